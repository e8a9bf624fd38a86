import type { Card, Metrics } from "../../models/card";
import { measureBeginnings } from "./beginnings";
import type { HeadReader } from "./headReader";
import { measureMetrics } from "./metrics";
import { measureMixed } from "./mixed";
import { measureSteadiness } from "./steadiness";
import type { TestRow } from "./testSet";

type CardHead = Card["heads"][string];

/** A head whose card names a test set. */
export type TestedHead = CardHead & { readonly metrics: Metrics };

/** The parts of what a card says of a head that are measured. */
export type Part = "metrics" | "beginnings" | "steadiness" | "mixed";

/** The head whose labels the parts of one document can differ in. */
const MIXED_HEAD = "kind";
const MIXED_DOCUMENTS = 200;

/** About 50 words: a short paragraph. */
const BEGINNINGS = { tokens: 64, rows: 2000 };

const LONG_TOKENS = 32_000;
/** Long documents of a head: as many for each label, no more than these in all, and no more than these for one label. */
const LONG_PER_HEAD = 100;
const LONG_PER_LABEL = 30;
const SEGMENTATION_SAMPLE = { rows: 1000, tokens: 2_000_000 };

type Measure = (reader: HeadReader, rows: readonly TestRow[], head: TestedHead) => Promise<Partial<CardHead>>;

/** How each part is measured. */
export const MEASURES: Readonly<Record<Part, Measure>> = {
  async metrics(reader, rows, { metrics, threshold }) {
    return { metrics: await measureMetrics(reader, rows, metrics, threshold !== undefined) };
  },
  async beginnings(reader, rows) {
    return { beginnings: await measureBeginnings(reader, rows, BEGINNINGS) };
  },
  async steadiness(reader, rows) {
    const perLabel = Math.max(1, Math.min(LONG_PER_LABEL, Math.floor(LONG_PER_HEAD / reader.labels.length)));
    const size = { long: { tokens: LONG_TOKENS, perLabel }, sample: SEGMENTATION_SAMPLE };
    return { steadiness: await measureSteadiness(reader, rows, size) };
  },
  async mixed(reader, rows) {
    return { mixed: await measureMixed(reader, rows, MIXED_DOCUMENTS) };
  },
};

/** The parts that a head of this name has. */
export function partsOf(head: string): Part[] {
  return head === MIXED_HEAD
    ? ["metrics", "beginnings", "steadiness", "mixed"]
    : ["metrics", "beginnings", "steadiness"];
}
