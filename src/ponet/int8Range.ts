import { once } from "../once";
import { tokenLinear } from "./blocks";
import { Graph } from "./onnx/graph";
import { Tensor } from "./onnxruntime";
import { output, Session } from "./session";

/** What an int8 weight is at most where products are added in 32 bits. */
const WHOLE_RANGE = 127;

/** And where two products of an 8-bit number without a sign are added in 16 bits: 2 x 255 x 64 still fits. */
const HALF_RANGE = 64;

const [ROWS, INPUTS, OUTPUTS] = [4, 64, 16];

/** The largest int8 weight that this machine's CPU multiplies right: half of the range on x64 without VNNI. */
export const largestInt8Weight = once(tryWholeRange);

async function tryWholeRange(): Promise<number> {
  const graph = new Graph("int8_range");
  const ones = (shape: readonly number[]) => new Float32Array(shape.reduce((size, n) => size * n)).fill(1);
  const weights = { read: (_: string, shape: readonly number[]) => ones(shape) };
  const x = graph.input("x", "float32", ["n", INPUTS]);
  const build = { graph, weights, largestInt8: WHOLE_RANGE };
  graph.output("y", tokenLinear(build, "largest", x, INPUTS, OUTPUTS), ["n", OUTPUTS]);
  const session = await Session.create(graph.serialize(), "cpu");
  const made = await session.run({ x: new Tensor("float32", ones([ROWS, INPUTS]), [ROWS, INPUTS]) });
  await session.release();
  // Each is the sum of the inputs and the bias; a sum that was cut off is about half of that.
  return output(made, "y").every((y) => y > INPUTS) ? WHOLE_RANGE : HALF_RANGE;
}
