import { Tensor } from "../ponet/onnxruntime";
import { PoNet } from "../ponet/ponet";
import type { Sequence } from "../ponet/sequence";
import { Session } from "../ponet/session";
import { rowsOf } from "../ponet/step";
import { sequencesOf } from "./batch";
import type { Case, Fixture } from "./fixtures";
import { parityHeadsGraph } from "./heads";
import { BatchTensors } from "./tensors";

/** A fixture's model with every tensor on the way laid open, on the CPU. */
export class ParityModel {
  private constructor(
    private readonly fixture: Fixture,
    private readonly network: PoNet,
    private readonly heads: Session,
  ) {}

  static async load(fixture: Fixture): Promise<ParityModel> {
    const { config, weights } = fixture;
    const network = await PoNet.load({ config, weights, heads: [] }, "cpu", { probe: true });
    return new ParityModel(fixture, network, await Session.create(parityHeadsGraph(config, weights), "cpu"));
  }

  /** Every tensor of a case, named as the golden ones are. */
  async tensors({ batch }: Case, chunkRows: number): Promise<ReadonlyMap<string, Float32Array>> {
    const tensors = new BatchTensors(batch);
    for (const [i, sequence] of sequencesOf(this.fixture.config, batch).entries()) {
      await this.encode(sequence, chunkRows, i, tensors);
      await this.readHeads(i, tensors, batch.length);
    }
    return tensors.values;
  }

  async release(): Promise<void> {
    await this.network.release();
    await this.heads.release();
  }

  private async encode(sequence: Sequence, chunkRows: number, i: number, tensors: BatchTensors): Promise<void> {
    const { hiddenSize: d, heads, layers } = this.fixture.config;
    for await (const step of this.network.run(sequence, chunkRows)) {
      if (step.kind === "embedded") tensors.setRows("out.embedding", i, step.chunk.start, step.hidden, d);
      if (step.kind !== "computed") continue;
      const { chunk, layer, outputs } = step;
      tensors.setColumns(`layer${layer}.att_prob`, i, chunk.start, step.attention, heads);
      tensors.setSequence(`layer${layer}.g_prime`, i, outputs.get("g_prime") ?? new Float32Array());
      for (const name of ["smp", "lmp", "P", "out"]) {
        tensors.setRows(`layer${layer}.${name}`, i, chunk.start, rowsOf(step, name), d);
      }
      if (layer + 1 === layers) tensors.setRows("out.last_hidden_state", i, chunk.start, step.hidden, d);
    }
  }

  private async readHeads(i: number, tensors: BatchTensors, length: number): Promise<void> {
    const { hiddenSize: d } = this.fixture.config;
    const all = tensors.values.get("out.last_hidden_state") ?? new Float32Array();
    const sequence = all.subarray(i * length * d, (i + 1) * length * d);
    const padded = sequence.findIndex(Number.isNaN);
    const hidden = padded < 0 ? sequence : sequence.subarray(0, padded);
    // The authors' mean is over the padded length.
    const mean = new Float32Array(d);
    hidden.forEach((x, j) => {
      mean[j % d] = (mean[j % d] ?? 0) + x / length;
    });
    const feeds = {
      hidden: new Tensor("float32", hidden, [hidden.length / d, d]),
      mean: new Tensor("float32", mean, [1, d]),
    };
    for (const [name, values] of await this.heads.run(feeds)) {
      const perToken = name === "out.token_cls_logits" || name === "out.mlm_logits";
      if (perToken) tensors.setRows(name, i, 0, values, (values.length * d) / hidden.length);
      else tensors.setSequence(name, i, values);
    }
  }
}
