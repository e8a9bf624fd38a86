import type { Outputs } from "../../ponet/session";
import type { PoNetConfig } from "../../ponet/config";
import type { PoNet } from "../../ponet/ponet";
import type { ExecutionProvider } from "../../ponet/provider";
import { joined, type Sequence } from "../../ponet/sequence";

/** Largest deviation from the CPU, relative to the largest value of the tensor, that counts as rounding. */
const TOLERANCE = 1e-3;

/**
 * What int8 costs shows in all of a tensor's values together, its largest deviation being that of one unlucky value. Of this
 * test's documents, which no text is like, `ponet-tiny` has 0.9995, with half of the range 0.9991, and `ponet-small` 0.997 and
 * 0.998, and is right of as many test documents as in float32. Where a product is wrong, it is much less. That products are
 * cut off is found out before, see {@link largestInt8Weight}.
 */
const INT8_COSINE = 0.985;

/**
 * Tokens of the segments of the two short documents that are computed everywhere, together: one of a single token, one that
 * takes every level of a pooling tree, and one that spans two chunks.
 */
const TEST_SEGMENTS = [
  [13, 1, 150, 60],
  [5, 19],
];
const TEST_CHUNK_ROWS = 200;

/** The document that is timed. */
const TIMED_SEGMENTS = Array.from({ length: 128 }, () => 16);

/** How long a timing goes on, in milliseconds; a pass under way is finished. */
const TIMING_MS = 300;

/** What a network computes of two small documents, in two chunks. */
export async function testOutputs(config: PoNetConfig, network: PoNet): Promise<Outputs> {
  const outputs = new Map<string, Float32Array>();
  const documents = joined(TEST_SEGMENTS.map((segments) => madeUpSequence(config, segments)));
  for await (const step of network.run(documents, TEST_CHUNK_ROWS)) {
    if (step.kind !== "computed" && step.kind !== "done") continue;
    for (const [name, values] of step.outputs) {
      // A count of which of two neighbours is the larger, not a number that rounding changes little.
      if (name !== "neighbourShare") outputs.set(`${outputs.size} ${name}`, values);
    }
    if (step.kind === "computed") outputs.set(`${outputs.size} hidden`, step.hidden.slice());
  }
  return outputs;
}

/** Whether a provider's outputs differ by no more than its rounding from those that are expected. */
export function agree(expected: Outputs, actual: Outputs, provider: ExecutionProvider): boolean {
  return [...expected].every(([name, values]) => {
    const others = actual.get(name);
    if (provider === "cpu-int8") return cosine(values, others ?? new Float32Array()) >= INT8_COSINE;
    const scale = values.reduce((largest, x) => Math.max(largest, Math.abs(x)), 1e-3);
    return values.every((x, i) => Math.abs(x - (others?.[i] ?? NaN)) <= TOLERANCE * scale);
  });
}

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, i) => sum + value * (y[i] ?? NaN), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

/** Tokens per second in the fastest of a few passes; the first one, in which a GPU compiles, does not count. */
export async function tokensPerSecond(config: PoNetConfig, network: PoNet): Promise<number> {
  const sequence = madeUpSequence(config, TIMED_SEGMENTS);
  const pass = async () => {
    const steps = network.run(sequence, sequence.ids.length);
    while (!(await steps.next()).done);
  };
  await pass();
  const started = performance.now();
  let fastest = Infinity;
  do {
    const before = performance.now();
    await pass();
    fastest = Math.min(fastest, performance.now() - before);
  } while (performance.now() - started < TIMING_MS);
  return (sequence.ids.length / fastest) * 1000;
}

/** Tokens spread over the vocabulary in segments of some lengths, between [CLS] and [SEP] where the model has them. */
function madeUpSequence({ vocabSize, special }: PoNetConfig, lengths: readonly number[]): Sequence {
  const whole = special ? [1, ...lengths, 1] : lengths;
  const segments = Int32Array.from(whole.flatMap((length, segment) => Array.from({ length }, () => segment)));
  const ids = segments.map((_, i) => (i * 7919) % vocabSize);
  if (special) {
    ids[0] = special.cls;
    ids[ids.length - 1] = special.sep;
  }
  return { ids, segments, segmentCount: whole.length };
}
