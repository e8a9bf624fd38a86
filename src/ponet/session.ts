import { InferenceSession, type Tensor } from "./onnxruntime";
import { isCpu, type ExecutionProvider } from "./provider";

/** A graph's outputs by name, row-major. */
export type Outputs = ReadonlyMap<string, Float32Array>;

/** A graph loaded into onnxruntime on one execution provider. */
export class Session {
  private constructor(private readonly session: InferenceSession) {}

  /**
   * Loads a serialized graph.
   * @throws onnxruntime's error when the provider is not in this build, has no device, or does not take the graph.
   */
  static async create(graph: Uint8Array, provider: ExecutionProvider): Promise<Session> {
    const session = await InferenceSession.create(graph, {
      executionProviders: [isCpu(provider) ? "cpu" : provider],
      graphOptimizationLevel: "all",
      // A memory plan would be made for each length of a chunk seen. The arena is as large as the largest chunk asks for;
      // without it, half of the time goes into memory that the system clears anew for each tensor.
      enableMemPattern: false,
      logSeverityLevel: 3,
      // A model is several sessions with threads of their own: those of one must not spin while another runs.
      extra: { "session.force_spinning_stop": "1" },
    });
    return new Session(session);
  }

  /**
   * Runs the graph once, and blocks the thread meanwhile.
   * @param into Tensors over memory that outputs of these names are written to; they are not among those returned.
   */
  async run(feeds: Readonly<Record<string, Tensor>>, into: Readonly<Record<string, Tensor>> = {}): Promise<Outputs> {
    const fetches = Object.fromEntries(this.session.outputNames.map((name) => [name, into[name] ?? null]));
    const results = await this.session.run(feeds, fetches);
    const outputs = new Map<string, Float32Array>();
    for (const [name, tensor] of Object.entries(results)) {
      if (name in into) continue;
      if (!(tensor.data instanceof Float32Array)) throw new Error(`the output "${name}" is not float32`);
      outputs.set(name, tensor.data);
    }
    return outputs;
  }

  async release(): Promise<void> {
    await this.session.release();
  }
}

/** The values of an output. */
export function output(outputs: Outputs, name: string): Float32Array {
  const values = outputs.get(name);
  if (!values) throw new Error(`the graph has no output "${name}"`);
  return values;
}
