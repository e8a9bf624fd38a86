import { argmax, type HeadAnalysis } from "../../src/analysis/analysis";
import type { Comparison, Pair } from "../../src/views/comparison/protocol";
import { both } from "./pair";

/** A head by its name, as either side has it; at least one of them does. */
export interface PairedHead {
  readonly name: string;
  /** The labels of either, those that score highest on either side first. */
  readonly labels: readonly string[];
  readonly sides: Pair<HeadAnalysis | undefined>;
}

/** A label that both sides' heads have. */
export interface PairedLabel {
  readonly name: string;
  readonly heads: Pair<HeadAnalysis>;
}

/** The heads of both sides in the order of the first, those of the second alone last. */
export function pairedHeads({ sides }: Comparison): PairedHead[] {
  const names = new Set(sides.flatMap(({ analysis }) => analysis.heads.map(({ name }) => name)));
  return [...names].map((name) => {
    const heads = both(sides, ({ analysis }) => analysis.heads.find((head) => head.name === name));
    const labels = [...new Set(heads.flatMap((head) => head?.labels ?? []))];
    const highest = (label: string): number => Math.max(...heads.map((head) => scoreOf(head, label) ?? 0));
    return { name, labels: labels.sort((a, b) => highest(b) - highest(a)), sides: heads };
  });
}

/** A head's score of a label, 0 to 1; undefined for one that it does not have. */
export function scoreOf(head: HeadAnalysis | undefined, label: string): number | undefined {
  return head?.scores[head.labels.indexOf(label)];
}

/** The label as both sides have it; undefined where one of them lacks it. */
export function pairedLabel({ sides: [first, second] }: PairedHead, name: string): PairedLabel | undefined {
  return first?.labels.includes(name) && second?.labels.includes(name) ? { name, heads: [first, second] } : undefined;
}

/** What is looked at first: of the first head that both have, the label that the first side gives most. */
export function firstLabel(heads: readonly PairedHead[]): PairedLabel | undefined {
  for (const head of heads) {
    const best = head.sides[0]?.labels[argmax(head.sides[0].scores)];
    for (const label of [...(best === undefined ? [] : [best]), ...head.labels]) {
      const paired = pairedLabel(head, label);
      if (paired) return paired;
    }
  }
  return undefined;
}
