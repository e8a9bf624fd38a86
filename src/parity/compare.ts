import { isSpecial } from "../ponet/chunks";
import type { Tensor } from "../ponet/safetensors";
import { countedSegments } from "./batch";
import type { Case, Fixture } from "./fixtures";
import { ParityModel } from "./run";

/** The worst absolute difference over every case of a fixture, for one kind of tensor. */
export interface Difference {
  /** For instance `out.last_hidden_state`, or `layer.P` for the P of every layer. */
  readonly kind: string;
  readonly worst: number;
  readonly cases: readonly string[];
}

/**
 * Runs every case of a fixture on the CPU and compares every golden tensor, on real tokens.
 * @param chunkRows The most rows that are computed together: it makes no difference.
 */
export async function compareFixture(fixture: Fixture, chunkRows: number): Promise<Difference[]> {
  const model = await ParityModel.load(fixture);
  const found = new Map<string, { worst: number; cases: string[] }>();
  try {
    for (const one of fixture.cases) {
      const actual = new Map([...(await model.tensors(one, chunkRows)), ...derived(fixture, one)]);
      for (const [name, expected] of one.expected) {
        const kind = name.replace(/^layer\d+/, "layer");
        const entry = found.get(kind) ?? { worst: 0, cases: [] };
        found.set(kind, entry);
        if (!entry.cases.includes(one.name)) entry.cases.push(one.name);
        // A golden tensor that this project does not compute is a difference, not a silence.
        entry.worst = Math.max(entry.worst, worstDifference(one, expected, actual.get(name)));
      }
    }
  } finally {
    await model.release();
  }
  return [...found].map(([kind, { worst, cases }]) => ({ kind, worst, cases }));
}

/** What is counted rather than computed: segment numbers and the [CLS]/[SEP] mask. */
function derived({ config }: Fixture, { batch }: Case): [string, ArrayLike<number>][] {
  return [
    ["derived.segment_index", batch.segmentIds ?? countedSegments(config, batch)],
    ["derived.token_type_mask", batch.ids.map((id) => (isSpecial(config, id) ? 1 : 0))],
    ["segment_index", batch.segmentIds ?? []],
  ];
}

/** Infinity when there is nothing to compare with, or too little. */
function worstDifference(
  { batch: { mask, batch, length } }: Case,
  expected: Tensor,
  actual?: ArrayLike<number>,
): number {
  if (!actual || actual.length < expected.data.length) return Infinity;
  const [first, second, third] = expected.shape;
  const perToken = first === batch && second === length;
  const tokenOf = (i: number): number | undefined => {
    if (perToken) return Math.floor((i * batch * length) / expected.data.length);
    const isAttention = first === batch && third === length;
    return isAttention ? Math.floor((i * batch) / expected.data.length) * length + (i % length) : undefined;
  };
  let worst = 0;
  for (let i = 0; i < expected.data.length; i++) {
    const token = tokenOf(i);
    if (mask && token !== undefined && mask[token] === 0) continue;
    const difference = Math.abs((actual[i] ?? NaN) - (expected.data[i] ?? NaN));
    // NaN compares false with everything: it must count as the worst.
    worst = Number.isNaN(difference) ? Infinity : Math.max(worst, difference);
  }
  return worst;
}
