import type { Graph, Value } from "../../ponet/onnx/graph";
import type { Mixer } from "./mixer";

/**
 * The real part of the Fourier transform over tokens and channels (Lee-Thorp et al. 2021), no parameters. As matrix
 * products: over the d channels one, over the N = A B tokens two in Cooley and Tukey's four steps, with n = B a + b and
 * k = p + A q:  X[k] = sum_b w_B^(b q) w_N^(b p) sum_a w_A^(a p) x[n],  w_M = exp(-2 pi i / M).
 * ONNX's DFT operator takes several times as long on the CPU.
 */
export const fnet: Mixer = ({ graph }, { length, width: d }, _module, x) => {
  const A = largestDivisor(length);
  const B = length / A;
  const product = (left: Value, right: Value) => graph.node("MatMul", [left, right]);
  const shaped = (value: Value, ...shape: number[]) => graph.node("Reshape", [value, graph.int64s(...shape)]);

  // Over the channels, [N, d] to the real and the imaginary part one above the other, [2 A, B d].
  const overChannels = [cosines(d, d), sines(d, d).map((sine) => -sine)].map((data) =>
    shaped(product(x, matrix(graph, "channels", d, d, data)), A, B * d),
  );
  const parts = graph.node("Concat", overChannels, { axis: 0 });

  // Over a: [[C, S], [-S, C]] is the complex product with C - i S.
  const [C, S] = [cosines(A, A), sines(A, A)];
  const rotation = stacked(A, [C, S], [S.map((sine) => -sine), C]);
  const overA = shaped(product(matrix(graph, "rotation", 2 * A, 2 * A, rotation), parts), 2, A, B, d);
  const [real, imaginary] = [0, 1].map((part) =>
    graph.node("Gather", [overA, graph.constant("part", { type: "int32", shape: [], data: Int32Array.of(part) })], {
      axis: 0,
    }),
  ) as [Value, Value];

  // Twiddled by w_N^(b p), and both parts of one p below each other: [A, 2 B, d].
  const twiddle = (data: Float32Array) => graph.constant("twiddle", { type: "float32", shape: [A, B, 1], data });
  const [cosine, sine] = [twiddle(cosines(A, B, length)), twiddle(sines(A, B, length))];
  const times = (left: Value, right: Value) => graph.node("Mul", [left, right]);
  const twiddled = graph.node(
    "Concat",
    [
      graph.node("Add", [times(real, cosine), times(imaginary, sine)]),
      graph.node("Sub", [times(imaginary, cosine), times(real, sine)]),
    ],
    { axis: 1 },
  );

  // Over b, of which only the real part is asked for: [A, B, d], given back in the order of k.
  const realPart = stacked(B, [cosines(B, B), sines(B, B)]);
  const overB = product(matrix(graph, "real", B, 2 * B, realPart), twiddled);
  return shaped(graph.node("Transpose", [overB], { perm: [1, 0, 2] }), length, d);
};

/** The largest divisor up to the square root. */
function largestDivisor(n: number): number {
  let divisor = Math.floor(Math.sqrt(n));
  while (n % divisor !== 0) divisor--;
  return divisor;
}

const angles = (rows: number, columns: number, period: number, wave: (angle: number) => number) =>
  Float32Array.from({ length: rows * columns }, (_, i) =>
    wave((2 * Math.PI * ((Math.floor(i / columns) * (i % columns)) % period)) / period),
  );
/** cos(2 pi r c / period) for each row r and column c. */
const cosines = (rows: number, columns: number, period = columns) => angles(rows, columns, period, Math.cos);
const sines = (rows: number, columns: number, period = columns) => angles(rows, columns, period, Math.sin);

/** Square [n, n] blocks side by side and below each other. */
function stacked(n: number, ...rows: readonly (readonly Float32Array[])[]): Float32Array {
  const columns = n * (rows[0]?.length ?? 0);
  const all = new Float32Array(rows.length * n * columns);
  rows.forEach((blocks, r) => {
    blocks.forEach((block, c) => {
      for (let i = 0; i < n; i++) all.set(block.subarray(i * n, (i + 1) * n), (r * n + i) * columns + c * n);
    });
  });
  return all;
}

function matrix(graph: Graph, name: string, rows: number, columns: number, data: Float32Array): Value {
  return graph.constant(name, { type: "float32", shape: [rows, columns], data });
}
