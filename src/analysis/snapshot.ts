import { deserialize, serialize } from "node:v8";
import * as z from "zod";
import { SEGMENTATIONS } from "../document/segmentations";
import { EXECUTION_PROVIDERS } from "../ponet/provider";
import { POOLING_STATISTICS, type Analysis, type HeadAnalysis } from "./analysis";
import type { Explanation } from "./explanation";

/** Changes whenever a snapshot of before could be misread. */
const VERSION = 5;

const floats = z.instanceof(Float32Array);
const counts = z.instanceof(Uint32Array);

const Temperature = z.strictObject({
  longest: z.number(),
  atLongest: z.number(),
  byLength: z.number(),
  byDeviation: z.number(),
});

const Head = z
  .strictObject({
    name: z.string(),
    labels: z.array(z.string()).min(1),
    threshold: z.number().optional(),
    doubt: z.string().optional(),
    temperature: Temperature.optional(),
    segmentTemperature: Temperature.optional(),
    logits: floats,
    scores: floats,
    contributionKind: z.enum(["additive", "leave-one-out"]),
    contributions: floats,
  })
  .refine(({ labels, logits, scores }) => logits.length === labels.length && scores.length === labels.length);

const Trial = z.strictObject({
  provider: z.enum(EXECUTION_PROVIDERS),
  adapter: z.string().optional(),
  tokensPerSecond: z.number().optional(),
  leftOut: z.string().optional(),
});

const Timings = z.strictObject({
  segmentMs: z.number(),
  tokenizeMs: z.number(),
  inferMs: z.number(),
  leaveOutMs: z.number().optional(),
  totalMs: z.number(),
  tokensPerSecond: z.number(),
});

const AnalysisSchema = z
  .strictObject({
    model: z.string(),
    modelKey: z.string(),
    provider: z.enum(EXECUTION_PROVIDERS),
    adapter: z.string().optional(),
    trials: z.array(Trial),
    segmentation: z.enum(SEGMENTATIONS),
    tokens: z.number(),
    heads: z.array(Head),
    bounds: counts,
    segmentTokens: counts,
    pooling: z.strictObject({ layers: z.number().int().nonnegative(), values: floats }),
    timings: Timings,
    peakRssMb: z.number(),
  })
  .refine(({ heads, bounds, segmentTokens: { length: K }, pooling }) => {
    const fits = ({ labels, contributions }: HeadAnalysis): boolean => contributions.length === K * labels.length;
    return (
      bounds.length === K + 1 &&
      pooling.values.length === pooling.layers * K * POOLING_STATISTICS.length &&
      heads.every(fits)
    );
  }) satisfies z.ZodType<Analysis>;

const ExplanationSchema = z.strictObject({
  segments: z.array(z.number().int().nonnegative()),
  heads: z.array(z.strictObject({ name: z.string(), labels: z.array(z.string()), lost: floats })),
}) satisfies z.ZodType<Explanation>;

const SnapshotSchema = z.strictObject({
  version: z.literal(VERSION),
  uri: z.string(),
  /** What was set when it was read. */
  settings: z.strictObject({
    model: z.string(),
    executionProvider: z.enum(["auto", ...EXECUTION_PROVIDERS]),
    segmentation: z.enum(SEGMENTATIONS),
  }),
  /** SHA-256 of the text that was read, in hexadecimal. */
  textHash: z.string(),
  /** Whether only a selection was read. */
  isSelection: z.boolean(),
  analysis: AnalysisSchema,
  /** What went without those of its segments that were left out. */
  explanations: z.array(ExplanationSchema),
});

/** An analysis as it outlives the window: what was read is known by its hash, for nobody's text is copied. */
export type Snapshot = Omit<z.infer<typeof SnapshotSchema>, "version">;

/** The bytes of an analysis's figures by segment, nearly all of those of its snapshot. */
export function leastBytes({ bounds, segmentTokens, pooling, heads }: Analysis): number {
  const arrays = [bounds, segmentTokens, pooling.values, ...heads.map(({ contributions }) => contributions)];
  return arrays.reduce((bytes, { byteLength }) => bytes + byteLength, 0);
}

/** A snapshot in V8's own format, in which typed arrays stay as compact as they are. */
export function encodeSnapshot(snapshot: Snapshot): Uint8Array {
  return serialize({ version: VERSION, ...snapshot });
}

/**
 * Reads a snapshot back; one with a field that is not known here is refused, so that none is ever lost unseen.
 * @throws Error when the bytes are none, or one of another version of the format
 */
export function decodeSnapshot(bytes: Uint8Array): Snapshot {
  return SnapshotSchema.parse(deserialize(bytes));
}
