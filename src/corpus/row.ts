import { z } from "zod";
import type { Analysis } from "../analysis/analysis";
import { documentVerdict } from "../analysis/verdict";

/** What a result holds for: this content, read by this model in this way. */
const Key = z.object({
  /** Absolute path of the file. */
  path: z.string(),
  /** The sha256 of its bytes. */
  hash: z.string(),
  /** See {@link modelKey}. */
  model: z.string(),
  segmentation: z.string(),
});
export type Key = z.infer<typeof Key>;

const Verdict = z.object({ label: z.string(), score: z.number(), sure: z.boolean() });

/** A document that was classified, as a line of a results file. */
const Classified = Key.extend({
  tokens: z.number(),
  /** The best label by head, in the order of the model's heads. */
  heads: z.record(z.string(), Verdict),
});
export type Classified = z.infer<typeof Classified>;

/** A file that was not: why, in one sentence. */
const NotRead = z.object({ path: z.string(), error: z.string() });

/** What came of one file. */
export const Row = z.union([Classified, NotRead]);
export type Row = z.infer<typeof Row>;

/** The row of a document that was analysed. */
export function classified(key: Key, { tokens, heads }: Analysis): Classified {
  return { ...key, tokens, heads: Object.fromEntries(heads.map((head) => [head.name, documentVerdict(head)])) };
}

/** Whether the row is one of a document that was classified. */
export function isClassified(row: Row): row is Classified {
  return "heads" in row;
}
