import type { ExecutionProvider } from "../../analysis/analysis";
import type { Outputs } from "../../ponet/session";
import type { PoNetConfig } from "../../ponet/config";
import type { PoNet } from "../../ponet/ponet";
import type { Sequence } from "../../ponet/sequence";

/** Largest deviation from the CPU, relative to the largest value of the tensor, that counts as rounding. */
const TOLERANCE = 1e-3;

/**
 * What int8 costs shows in all of a tensor's values together, its largest deviation being that of one unlucky value.
 * The bundled models have 0.9998 and more, with half of the range 0.9992; where products are cut off, 0.996 and less.
 */
const INT8_COSINE = 0.998;

/** Tokens of the short document that is computed everywhere, and of the longer one that is timed. */
const TEST_TOKENS = 48;
const TEST_CHUNK_ROWS = 20;
const TIMED_TOKENS = 2048;
const SEGMENT_TOKENS = 16;

/** How long a timing goes on, in milliseconds; a pass under way is finished. */
const TIMING_MS = 300;

/** What a network computes of a small document, in chunks that its segments span. */
export async function testOutputs(config: PoNetConfig, network: PoNet): Promise<Outputs> {
  const outputs = new Map<string, Float32Array>();
  for await (const step of network.run(madeUpSequence(config, TEST_TOKENS), TEST_CHUNK_ROWS)) {
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
  const sequence = madeUpSequence(config, TIMED_TOKENS);
  const pass = async () => {
    const steps = network.run(sequence, TIMED_TOKENS);
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
  return (TIMED_TOKENS / fastest) * 1000;
}

/** [CLS], tokens spread over the vocabulary in segments of equal length, [SEP]. */
function madeUpSequence({ vocabSize, special }: PoNetConfig, length: number): Sequence {
  const ids = Int32Array.from({ length }, (_, i) => (i * 7919) % vocabSize);
  const segments = Int32Array.from({ length }, (_, i) => 1 + Math.floor(i / SEGMENT_TOKENS));
  const last = 1 + Math.ceil(length / SEGMENT_TOKENS);
  if (special) {
    ids[0] = special.cls;
    ids[length - 1] = special.sep;
    segments[0] = 0;
    segments[length - 1] = last;
  }
  return { ids, segments, segmentCount: last + 1 };
}
