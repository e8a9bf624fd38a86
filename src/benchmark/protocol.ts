import * as z from "zod";
import { EXECUTION_PROVIDERS } from "../ponet/provider";

// A contestant is a process of its own, so that its peak memory is its own. It is started with a configuration as its
// last argument, loads what it names, runs it once to warm up, says so, and from then on answers every line on
// standard input with a run's time, led in by another run where that is short; when that ends, with its peak memory. Each answer is one line of JSON.

/** The name of what is not measured: it asks whether a provider can be. */
export const TRIAL = "trial";

export const Configuration = z.object({
  /** What is measured, for instance `ponet`. */
  name: z.string(),
  /** Tokens of the one sequence that is read. */
  length: z.number().int().positive(),
  provider: z.enum(EXECUTION_PROVIDERS),
});
export type Configuration = z.infer<typeof Configuration>;

const Ready = z.object({ runtime: z.string(), adapter: z.string().optional() });
export type Ready = z.infer<typeof Ready>;

export const Answer = z.union([
  /** With what computes, for instance `onnxruntime 1.30.0`, and on which device, where that is known. */
  Ready,
  z.object({ ms: z.number().positive() }),
  z.object({ peakMb: z.number().positive() }),
  /** Why it cannot go on, in half a sentence. */
  z.object({ error: z.string() }),
]);
export type Answer = z.infer<typeof Answer>;
