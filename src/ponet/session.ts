import { InferenceSession, Tensor } from "onnxruntime-node";
import type { ExecutionProvider } from "../analysis/analysis";
import type { PoNetConfig } from "./config";
import { prepare, type Batch, type Inputs } from "./inputs";

/** A graph loaded into onnxruntime on one execution provider. */
export class Session {
  private constructor(
    private readonly session: InferenceSession,
    private readonly config: PoNetConfig,
  ) {}

  /**
   * Loads a serialized graph.
   * @throws onnxruntime's error when the provider is not in this build, has no device, or does not take the graph.
   */
  static async create(config: PoNetConfig, graph: Uint8Array, provider: ExecutionProvider): Promise<Session> {
    const session = await InferenceSession.create(graph, {
      executionProviders: [provider],
      graphOptimizationLevel: "all",
      // Documents differ in length: an arena or a memory plan for each length seen would only grow.
      enableCpuMemArena: false,
      enableMemPattern: false,
      logSeverityLevel: 3,
    });
    return new Session(session, config);
  }

  /** Runs one batch; gives each output's values, row-major, by name. Blocks the thread meanwhile. */
  async run(batch: Batch): Promise<ReadonlyMap<string, Float32Array>> {
    const inputs = prepare(this.config, batch);
    const known = feeds(this.config, inputs);
    // A graph asks for what it uses: onnxruntime refuses a feed it does not know.
    const asked = Object.fromEntries(
      this.session.inputNames.flatMap((name) => (known[name] ? [[name, known[name]]] : [])),
    );
    const results = await this.session.run(asked);
    return new Map(
      Object.entries(results).map(([name, tensor]) => {
        if (!(tensor.data instanceof Float32Array)) throw new Error(`the output "${name}" is not float32`);
        return [name, tensor.data];
      }),
    );
  }

  async release(): Promise<void> {
    await this.session.release();
  }
}

/** The tensors that the inputs declared by {@link encoder} and {@link classifierGraph} take, by name. */
function feeds(config: PoNetConfig, inputs: Inputs): Record<string, Tensor> {
  const { batch, length, ids, tree } = inputs;
  const total = ids.length;
  const int32 = (data: Int32Array, shape: number[]) => new Tensor("int32", data, shape);
  return {
    ids: int32(ids, [total]),
    positions: int32(inputs.positions, [total]),
    token_types: int32(inputs.tokenTypes ?? new Int32Array(total), [total]),
    hidden_shape: new Tensor("int64", BigInt64Array.of(BigInt(batch), BigInt(length), BigInt(config.hiddenSize)), [3]),
    mean_weights: new Tensor("float32", inputs.meanWeights, [batch, 1, length]),
    attention_bias: new Tensor("float32", inputs.attentionBias, [batch, 1, length]),
    pooled: new Tensor("bool", inputs.pooled, [total, 1]),
    ...Object.fromEntries(
      tree.levels.map(({ rows, width, table }, i) => [`tree_level_${i}`, int32(table, [rows, width])]),
    ),
    segment_row: int32(tree.segmentRow, [total]),
    segment_rows: int32(tree.segments, [tree.segments.length]),
  };
}
