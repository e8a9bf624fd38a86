import * as z from "zod";
import type * as analysis from "../analysis/scores";
import { SEGMENTATIONS } from "../document/segmentations";
import { UserError } from "../errors";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "expected a sha256 in hexadecimal");

/** A share of right answers among n, with its 95% interval. */
const Accuracy = z.object({
  n: z.number().int().nonnegative(),
  accuracy: z.number(),
  interval95: z.tuple([z.number(), z.number()]),
});

/** A test set and its figures, which `npm run card` fills in: whole documents, segmented by paragraph. */
const Metrics = Accuracy.extend({ macroF1: z.number(), ece: z.number(), eceByChance: z.number() })
  .partial()
  .extend({
    /** File in the data folder, and the value of its rows' "split"; absent: every row. */
    file: z.string(),
    split: z.string().optional(),
    /** The rows of those labels whose test documents come from projects that training saw nothing of, but for those `seen`. */
    unseenProjects: Accuracy.partial()
      .extend({ labels: z.array(z.string()).min(1), seen: z.array(z.string()).optional() })
      .optional(),
    /** The rows of which the head is sure, and their share of all. */
    sure: Accuracy.extend({ coverage: z.number() }).optional(),
    /** TF-IDF with logistic regression on the same rows. */
    baseline: z.object({ accuracy: z.number(), macroF1: z.number() }).optional(),
  });
export type Metrics = z.infer<typeof Metrics>;

/** What a head says of the first `tokens` tokens of texts that have more, and the calibration error of its scores. */
const Beginnings = Accuracy.extend({ tokens: z.number().int().positive(), ece: z.number(), eceByChance: z.number() });
export type Beginnings = z.infer<typeof Beginnings>;

/** Whether the length of a document and the way it is segmented change what a head says. */
const Steadiness = z.object({
  /** Long documents, joined from test documents of one label. */
  long: Accuracy,
  /** The documents they are joined from, each read alone; every long document counts the same. */
  alone: Accuracy,
  /** One sample of the test set under each segmentation. */
  segmentations: z.record(z.enum(SEGMENTATIONS), Accuracy),
});
export type Steadiness = z.infer<typeof Steadiness>;

/** Documents of several parts with a label each: whether the segments' own best labels are those of their parts. */
const Mixed = z.object({
  documents: z.number().int().nonnegative(),
  bySegment: Accuracy,
  /** The same segments, weighted by their tokens. */
  byToken: Accuracy,
  /** The label of a part: the best by its tokens' logits. */
  byPart: Accuracy,
  /** Every segment given the label of the whole document. */
  baseline: z.object({ bySegment: Accuracy, byToken: Accuracy }),
});
export type Mixed = z.infer<typeof Mixed>;

const Temperature = z.object({
  longest: z.number().int().positive(),
  atLongest: z.number().positive(),
  byLength: z.number().nonnegative(),
  byDeviation: z.number().min(0).max(1),
}) satisfies z.ZodType<analysis.Temperature>;

const Card = z.object({
  /** One line for pickers. */
  description: z.string(),
  licence: z.string(),
  /** The one language that it has learned. Of "en" others are told apart: what is said of them is not to be believed. */
  language: z.string().optional(),
  heads: z.record(
    z.string(),
    z.object({
      labels: z
        .array(z.string())
        .min(1)
        .refine((labels) => new Set(labels).size === labels.length, "names a label twice"),
      /** The score below which the best label is not to be believed: the result is "not sure". */
      threshold: z.number().min(0).max(1).optional(),
      /** What turns logits into scores, of texts and of segments in their midst; fitted by the recipe's calibrate.py. */
      temperature: Temperature.optional(),
      segmentTemperature: Temperature.optional(),
      metrics: Metrics.optional(),
      beginnings: Beginnings.optional(),
      steadiness: Steadiness.optional(),
      mixed: Mixed.optional(),
    }),
  ),
  /** How it was trained, in a few sentences. */
  training: z.string().optional(),
  /** Where the training data came from and under which terms, those that limit commercial use first. */
  data: z.array(z.object({ name: z.string(), source: z.string(), licence: z.string() })).default([]),
  /** sha256 of each file of the folder but the card itself. */
  files: z.record(z.string().regex(/^(?!\.\.?$)[^/\\]+$/, "must be the name of a file in the folder"), sha256),
});
export type Card = z.infer<typeof Card>;

/**
 * Reads a card.json.
 * @throws UserError naming `file` and the first value that is not as it should be.
 */
export function parseCard(json: string, file: string): Card {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new UserError(`"${file}" is not valid JSON: restore the card of this checkpoint, or remove it.`);
  }
  const parsed = Card.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new UserError(
    `"${file}" is not a model card at "${issue?.path.join(".") ?? ""}" (${issue?.message ?? "unreadable"}): restore it, or remove it.`,
  );
}
