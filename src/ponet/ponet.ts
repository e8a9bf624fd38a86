import type { Weights } from "./blocks";
import { chunksOf } from "./chunks";
import type { PoNetConfig } from "./config";
import { ChunkFeeds, rows } from "./feeds";
import { embeddingGraph, headsGraph, outputsGraph, statisticsGraph } from "./graphs";
import type { Head } from "./heads";
import { largestInt8Weight } from "./int8Range";
import { attentionOn, GlobalMerge, Means, SegmentMaxima, type AttentionPart } from "./merge";
import type { ExecutionProvider } from "./provider";
import { documentsOf, type Sequence } from "./sequence";
import { output, Session } from "./session";
import { State } from "./state";
import type { KnownLayer, Step } from "./step";

/** What a model is made of. */
export interface Parts {
  readonly config: PoNetConfig;
  readonly weights: Weights;
  readonly heads: readonly Head[];
}

export interface LoadOptions {
  /** Whether the outputs hold tensors from within each layer. */
  readonly probe?: boolean;
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
    { probe = false }: LoadOptions = {},
  ): Promise<PoNet> {
    const largestInt8 = provider === "cpu-int8" ? await largestInt8Weight() : undefined;
    const opened: Session[] = [];
    const open = async (graph: Uint8Array): Promise<Session> => {
      const session = await Session.create(graph, provider);
      opened.push(session);
      return session;
    };
    try {
      const embedding = await open(embeddingGraph(config, weights, largestInt8));
      const layers = [];
      for (let i = 0; i < config.layers; i++) {
        const statistics = await open(statisticsGraph(config, weights, i, largestInt8));
        layers.push({
          statistics,
          outputs: await open(outputsGraph(config, weights, i, heads, { largestInt8, probe })),
        });
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
   * Encodes documents of any length, each by itself and exactly: each layer takes the statistics of one chunk after the other, merges
   * them, and makes the new rows of one chunk after the other. What it holds at a time is the [R, d] state, the segments'
   * [K, d] maxima, what every chunk is fed in each layer alike, and what one chunk needs.
   * @param chunkRows The most rows that are computed together.
   * @param known Of each layer in a run over the whole document that this sequence is a part of. What is computed of a row is
   *   then right if all is there that it depends on: each layer looks one row further to either side, and at all of a segment
   *   whose maxima are not known.
   */
  async *run(
    sequence: Sequence,
    chunkRows: number,
    known?: readonly KnownLayer[],
  ): AsyncGenerator<Step, void, undefined> {
    const { config } = this;
    const documents = documentsOf(sequence);
    const chunks = chunksOf(config, sequence, chunkRows).map((chunk) => ({
      chunk,
      feeds: new ChunkFeeds(chunk, config),
    }));
    const state = new State(
      chunks.map(({ chunk }) => chunk),
      config.hiddenSize,
    );
    let means = new Means(sequence, config.hiddenSize);
    for (const [i, { chunk, feeds }] of chunks.entries()) {
      const hidden = state.rows(i);
      means.add(chunk, await this.embed(feeds, hidden));
      yield { kind: "embedded", chunk, hidden };
    }
    for (const [layer, { statistics, outputs }] of this.layers.entries()) {
      const mean = known?.[layer]?.mean ?? means.values();
      const parts: AttentionPart[] = [];
      const global = new GlobalMerge(documents.length, config.heads, config.hiddenSize);
      const maxima = new SegmentMaxima(sequence.segmentCount, config.hiddenSize, known?.[layer]?.maxima);
      for (const [i, { chunk, feeds }] of chunks.entries()) {
        const found = await statistics.run(feeds.statistics(state.rows(i), mean));
        const part = { largest: output(found, "largest"), weights: output(found, "weights") };
        parts.push(part);
        global.add(chunk, part, output(found, "attended"));
        maxima.add(chunk, output(found, "maxima"));
        yield { kind: "read", layer, chunk };
      }
      const summary = known?.[layer] ?? { mean, ...global.summary() };
      yield { kind: "merged", layer, maxima: maxima.values, summary };
      means = new Means(sequence, config.hiddenSize);
      for (const [i, { chunk, feeds }] of chunks.entries()) {
        const part = parts.shift();
        const made = await state.replace(i, (old) =>
          outputs.run(feeds.outputs(old, summary.attended, maxima.values), { output: rows(old, config.hiddenSize) }),
        );
        means.add(chunk, output(made, "sum"));
        yield {
          kind: "computed",
          layer,
          chunk,
          attention: part ? attentionOn(chunk, part, summary) : new Float32Array(),
          hidden: state.rows(i),
          outputs: made,
        };
      }
    }
    const first = new Float32Array(documents.length * config.hiddenSize);
    for (const [i, { start }] of documents.entries()) first.set(state.row(start), i * config.hiddenSize);
    const feeds = { first: rows(first, config.hiddenSize), mean: rows(means.values(), config.hiddenSize) };
    yield { kind: "done", outputs: this.heads ? await this.heads.run(feeds) : new Map() };
  }

  async release(): Promise<void> {
    const layers = this.layers.flatMap(({ statistics, outputs }) => [statistics, outputs]);
    for (const session of [this.embedding, ...layers, ...(this.heads ? [this.heads] : [])]) await session.release();
  }

  /** Writes a chunk's embedded rows to `hidden`; gives the sums of what the first layer mixes of them. */
  private async embed(feeds: ChunkFeeds, hidden: Float32Array): Promise<Float32Array> {
    return output(await this.embedding.run(feeds.embedding, { hidden: rows(hidden, this.config.hiddenSize) }), "sum");
  }
}
