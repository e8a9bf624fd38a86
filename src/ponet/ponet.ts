import { Tensor } from "onnxruntime-node";
import type { ExecutionProvider } from "../analysis/analysis";
import type { Weights } from "./blocks";
import { chunksOf, type Chunk } from "./chunks";
import type { PoNetConfig } from "./config";
import { embeddingGraph, headsGraph, outputsGraph, statisticsGraph } from "./graphs";
import type { Head } from "./heads";
import { attentionOn, GlobalMerge, Mean, SegmentMaxima, type AttentionPart, type GlobalSummary } from "./merge";
import type { Sequence } from "./sequence";
import { output, Session, type Outputs } from "./session";
import { State } from "./state";

/** What a model is made of. */
export interface Parts {
  readonly config: PoNetConfig;
  readonly weights: Weights;
  readonly heads: readonly Head[];
}

export interface LoadOptions {
  /** Whether sequences have token types; else all tokens are of type 0. */
  readonly tokenTypes?: boolean;
  /** Whether the outputs hold tensors from within each layer. */
  readonly probe?: boolean;
}

/** A step of a run. What it holds of the state is good until the next step. */
export type Step =
  | { readonly kind: "embedded"; readonly chunk: Chunk; readonly hidden: Float32Array }
  /** A chunk's statistics were taken. */
  | { readonly kind: "read"; readonly layer: number; readonly chunk: Chunk }
  /** All were, and merged: `maxima` [K, d] of every segment. */
  | {
      readonly kind: "merged";
      readonly layer: number;
      readonly maxima: Float32Array;
      readonly summary: LayerSummary;
    }
  | ComputedStep
  /** The logits of the heads that are no mean heads; always the last step. */
  | { readonly kind: "done"; readonly outputs: Outputs };

/** What a layer's rows take from the whole sequence, their segments' maxima apart. */
export interface LayerSummary extends GlobalSummary {
  /** [d] The mean of what the layer mixes. */
  readonly mean: Float32Array;
}

/** A layer made a chunk's new rows. */
export interface ComputedStep {
  readonly kind: "computed";
  readonly layer: number;
  readonly chunk: Chunk;
  /** [h, n] The global attention on each row. */
  readonly attention: Float32Array;
  /** [n, d] The layer's output; the last layer's are the final token vectors. */
  readonly hidden: Float32Array;
  /** See {@link outputsGraph}. */
  readonly outputs: Outputs;
}

/** A PoNet encoder with its heads, loaded onto one execution provider. */
export class PoNet {
  private constructor(
    private readonly config: PoNetConfig,
    private readonly embedding: Session,
    private readonly layers: readonly { readonly statistics: Session; readonly outputs: Session }[],
    private readonly heads: Session | undefined,
  ) {}

  /**
   * @throws UserError when the weights lack a tensor or hold one of another shape; onnxruntime's error when the provider
   *   is not in this build, has no device, or does not take a graph.
   */
  static async load(
    { config, weights, heads }: Parts,
    provider: ExecutionProvider,
    { tokenTypes = false, probe = false }: LoadOptions = {},
  ): Promise<PoNet> {
    const int8 = provider === "cpu-int8";
    const opened: Session[] = [];
    const open = async (graph: Uint8Array): Promise<Session> => {
      const session = await Session.create(graph, provider);
      opened.push(session);
      return session;
    };
    try {
      const embedding = await open(embeddingGraph(config, weights, { tokenTypes }));
      const layers = [];
      for (let i = 0; i < config.layers; i++) {
        const statistics = await open(statisticsGraph(config, weights, i, int8));
        layers.push({ statistics, outputs: await open(outputsGraph(config, weights, i, heads, { int8, probe })) });
      }
      const pooledHeads = heads.filter(({ kind }) => kind !== "mean");
      const last = pooledHeads.length > 0 ? await open(headsGraph(config, weights, pooledHeads)) : undefined;
      return new PoNet(config, embedding, layers, last);
    } catch (error) {
      for (const session of opened) await session.release();
      throw error;
    }
  }

  /**
   * Encodes a sequence of any length, exactly: each layer takes the statistics of one chunk after the other, merges
   * them, and makes the new rows of one chunk after the other. What it holds at a time is the [R, d] state, the segments'
   * [K, d] maxima and what one chunk needs.
   * @param chunkRows The most rows that are computed together.
   * @param summaries Of a run over the whole sequence that this one is a part of. What is computed of a segment is then
   *   right if as many whole segments as there are layers stand before and behind it, or all there are.
   */
  async *run(
    sequence: Sequence,
    chunkRows: number,
    summaries?: readonly LayerSummary[],
  ): AsyncGenerator<Step, void, undefined> {
    const { config } = this;
    const chunks = chunksOf(config, sequence, chunkRows);
    const state = new State(sequence.ids.length, config.hiddenSize);
    let mean = new Mean(config.hiddenSize);
    for (const chunk of chunks) {
      mean.add(await this.embed(chunk, state), chunk.end - chunk.start);
      yield { kind: "embedded", chunk, hidden: state.rows(chunk.start, chunk.end) };
    }
    for (const [layer, { statistics, outputs }] of this.layers.entries()) {
      const layerMean = summaries?.[layer]?.mean ?? mean.value();
      const parts: AttentionPart[] = [];
      const global = new GlobalMerge(config.heads, config.hiddenSize);
      const maxima = new SegmentMaxima(sequence.segmentCount, config.hiddenSize);
      for (const chunk of chunks) {
        const found = await statistics.run(statisticsFeeds(chunk, state, layerMean, config));
        const part = { largest: output(found, "largest"), weights: output(found, "weights") };
        parts.push(part);
        global.add(part, output(found, "attended"));
        maxima.add(chunk.tree.segments, output(found, "maxima"));
        yield { kind: "read", layer, chunk };
      }
      const summary = summaries?.[layer] ?? { mean: layerMean, ...global.summary() };
      yield { kind: "merged", layer, maxima: maxima.values, summary };
      mean = new Mean(config.hiddenSize);
      for (const chunk of chunks) {
        const { start, end } = chunk;
        const part = parts.shift();
        const made = await state.replace(start, end, (old, into) =>
          outputs.run(outputsFeeds(chunk, old, summary.attended, maxima.of(chunk.tree.segments), config), {
            output: rows(into, config.hiddenSize),
          }),
        );
        mean.add(output(made, "sum"), end - start);
        yield {
          kind: "computed",
          layer,
          chunk,
          attention: part ? attentionOn(part, summary) : new Float32Array(),
          hidden: state.rows(start, end),
          outputs: made,
        };
      }
    }
    const first = rows(state.rows(0, 1), config.hiddenSize);
    const feeds = { first, mean: rows(mean.value(), config.hiddenSize) };
    yield { kind: "done", outputs: this.heads ? await this.heads.run(feeds) : new Map() };
  }

  async release(): Promise<void> {
    const layers = this.layers.flatMap(({ statistics, outputs }) => [statistics, outputs]);
    for (const session of [this.embedding, ...layers, ...(this.heads ? [this.heads] : [])]) await session.release();
  }

  /** Writes a chunk's embedded rows to the state; gives the sum of what the first layer mixes of them. */
  private async embed({ start, end, ids, positions, tokenTypes }: Chunk, state: State): Promise<Float32Array> {
    const feeds = {
      ids: int32(ids),
      positions: int32(positions),
      ...(tokenTypes && { token_types: int32(tokenTypes) }),
    };
    const hidden = rows(state.rows(start, end), this.config.hiddenSize);
    return output(await this.embedding.run(feeds, { hidden }), "sum");
  }
}

function statisticsFeeds({ start, end, tree }: Chunk, state: State, mean: Float32Array, { hiddenSize }: PoNetConfig) {
  return {
    hidden: rows(state.rows(start, end), hiddenSize),
    mean: rows(mean, hiddenSize),
    tree_rows: int32(tree.rows),
    ...Object.fromEntries(
      tree.levels.map(({ rows, width, table }, i) => [`tree_level_${i}`, int32(table, [rows, width])]),
    ),
  };
}

function outputsFeeds(
  { pooled, handicap, segmentRow }: Chunk,
  hidden: Float32Array,
  attended: Float32Array,
  maxima: Float32Array,
  { hiddenSize }: PoNetConfig,
) {
  return {
    hidden: rows(hidden, hiddenSize),
    attended: rows(attended, hiddenSize),
    maxima: rows(maxima, hiddenSize),
    segment_row: int32(segmentRow),
    pooled: rows(pooled, 1),
    handicap: rows(handicap, 1),
  };
}

const int32 = (data: Int32Array, shape: number[] = [data.length]) => new Tensor("int32", data, shape);
const rows = (data: Float32Array, width: number) => new Tensor("float32", data, [data.length / width, width]);
