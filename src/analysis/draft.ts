import { POOLING_STATISTICS, type Analysis, type HeadAnalysis } from "./analysis";
import { scoresOf } from "./scores";

/** What is known of an analysis before the model has read anything. */
export type Outline = Omit<Analysis, "heads" | "pooling" | "timings" | "peakRssMb"> & {
  readonly layers: number;
  readonly heads: readonly Pick<
    HeadAnalysis,
    "name" | "labels" | "threshold" | "doubt" | "temperature" | "segmentTemperature" | "contributionKind"
  >[];
};

/** What has become known of an analysis under way. */
export type Finding =
  /** Always first. */
  { readonly kind: "outline"; readonly outline: Outline } | Part;

/** Figures of neighbouring segments. */
export type Part =
  /** [segments, 6] The pooling maps of a layer. */
  | { readonly kind: "maps"; readonly layer: number; readonly firstSegment: number; readonly values: Float32Array }
  /** [segments, L] What they contribute to a head's logits, and the logits [L] as far as they are known: of `tokens` tokens. */
  | {
      readonly kind: "head";
      readonly head: number;
      readonly firstSegment: number;
      readonly contributions: Float32Array;
      readonly logits: Float32Array;
      readonly tokens: number;
    };

/** An analysis whose figures are not known yet: each is NaN. */
export function draftOf({ layers, heads, ...outline }: Outline): Analysis {
  const unknown = (length: number) => new Float32Array(length).fill(NaN);
  const segments = outline.segmentTokens.length;
  return {
    ...outline,
    heads: heads.map((head) => ({
      ...head,
      logits: unknown(head.labels.length),
      scores: unknown(head.labels.length),
      contributions: unknown(segments * head.labels.length),
    })),
    pooling: { layers, values: unknown(layers * segments * POOLING_STATISTICS.length) },
    timings: { segmentMs: 0, tokenizeMs: 0, inferMs: 0, totalMs: 0, tokensPerSecond: 0 },
    peakRssMb: 0,
  };
}

/** The draft with what was found: an outline begins another. */
export function takeIn(draft: Analysis | undefined, finding: Finding): Analysis | undefined {
  if (finding.kind === "outline") return draftOf(finding.outline);
  if (draft) addPart(draft, finding);
  return draft;
}

/** Writes what has become known into the arrays of a draft. */
export function addPart(draft: Analysis, part: Part): void {
  if (part.kind === "maps") {
    const row = part.layer * draft.segmentTokens.length + part.firstSegment;
    draft.pooling.values.set(part.values, row * POOLING_STATISTICS.length);
    return;
  }
  const head = draft.heads[part.head];
  if (!head) return;
  head.logits.set(part.logits);
  head.scores.set(scoresOf(part.logits, part.tokens, head.temperature));
  head.contributions.set(part.contributions, part.firstSegment * head.labels.length);
}
