import type { Analysis } from "./analysis";
import { NOT_KNOWN, percent, times } from "./figures";
import { poolingAt } from "./segmentFigures";

/** A pooling statistic as the map shows it. */
export interface Statistic {
  readonly title: string;
  /** Its name where there is little room. */
  readonly name: string;
  /** What the colour says, for the legend. */
  readonly meaning: string;
  /** Writes a value; NaN is not known yet. */
  readonly format: (value: number) => string;
}

const known =
  (format: (value: number) => string) =>
  (value: number): string =>
    Number.isNaN(value) ? NOT_KNOWN : format(value);
const norm = known((value) => value.toPrecision(3));

/** In the order of {@link POOLING_STATISTICS}. */
export const STATISTICS: readonly Statistic[] = [
  { title: "GA: global attention", name: "GA", meaning: "attention over share of tokens", format: known(times) },
  { title: "SMP: segment maxima", name: "SMP", meaning: "share of channel maxima", format: known(percent) },
  { title: "LMP: local maxima", name: "LMP", meaning: "window maxima from a neighbour", format: known(percent) },
  { title: "PF: norm of G", name: "PF G", meaning: "mean norm of the global part", format: norm },
  { title: "PF: norm of S′", name: "PF S′", meaning: "mean norm of the segment part", format: norm },
  { title: "PF: norm of L", name: "PF L", meaning: "mean norm of the local part", format: norm },
];

/**
 * The statistic of one segment in one layer. Attention grows with a segment's length, so it is shown as a multiple of
 * the segment's share of the tokens.
 */
export function statisticAt(analysis: Analysis, statistic: number, layer: number, segment: number): number {
  const value = poolingAt(analysis, layer, segment)[statistic] ?? 0;
  return statistic > 0 ? value : value * overShareOfTokens(analysis, segment);
}

/**
 * What makes a segment's share of the attention a multiple of its share of the tokens. [CLS] and [SEP] get attention, too,
 * and are no part of that share: in a text of a few words what is even is less than 1×.
 */
export function overShareOfTokens({ segmentTokens, tokens }: Analysis, segment: number): number {
  return tokens / (segmentTokens[segment] ?? tokens);
}
