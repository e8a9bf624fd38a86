import type { Outputs } from "../../ponet/classifier";
import type { PoNetConfig } from "../../ponet/config";
import type { Batch } from "../../ponet/inputs";
import type { Session } from "../../ponet/session";

/** Largest deviation from the CPU, relative to the largest value of the tensor, that counts as rounding. */
const TOLERANCE = 1e-3;

/** Tokens of the short document that is computed everywhere, and of the longer one that is timed. */
const TEST_TOKENS = 48;
const TIMED_TOKENS = 2048;
const SEGMENT_TOKENS = 16;

/** How long a timing goes on, in milliseconds; a pass under way is finished. */
const TIMING_MS = 300;

/** What a session computes of a small document. */
export function testOutputs(config: PoNetConfig, session: Session): Promise<Outputs> {
  return session.run(madeUpBatch(config, TEST_TOKENS));
}

/** Whether outputs differ by no more than rounding. */
export function agree(expected: Outputs, actual: Outputs): boolean {
  return [...expected].every(([name, values]) => {
    const others = actual.get(name);
    const scale = values.reduce((largest, x) => Math.max(largest, Math.abs(x)), 1e-3);
    return values.every((x, i) => Math.abs(x - (others?.[i] ?? NaN)) <= TOLERANCE * scale);
  });
}

/** Tokens per second in the fastest of a few passes; the first one, in which a GPU compiles, does not count. */
export async function tokensPerSecond(config: PoNetConfig, session: Session): Promise<number> {
  const batch = madeUpBatch(config, TIMED_TOKENS);
  await session.run(batch);
  const started = performance.now();
  let fastest = Infinity;
  do {
    const before = performance.now();
    await session.run(batch);
    fastest = Math.min(fastest, performance.now() - before);
  } while (performance.now() - started < TIMING_MS);
  return (TIMED_TOKENS / fastest) * 1000;
}

/** [CLS], tokens spread over the vocabulary in segments of equal length, [SEP]. */
function madeUpBatch({ vocabSize, special }: PoNetConfig, length: number): Batch {
  const ids = Int32Array.from({ length }, (_, i) => (i * 7919) % vocabSize);
  const segmentIds = Int32Array.from({ length }, (_, i) => 1 + Math.floor(i / SEGMENT_TOKENS));
  if (special) {
    ids[0] = special.cls;
    ids[length - 1] = special.sep;
    segmentIds[0] = 0;
    segmentIds[length - 1] = length;
  }
  return { batch: 1, length, ids, segmentIds };
}
