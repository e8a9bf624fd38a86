import { z } from "zod";
import { UserError } from "../errors";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "expected a sha256 in hexadecimal");

/** Figures of one test set, as `npm run evaluate` prints them. */
const Metrics = z.object({
  /** File in the data folder, and the value of its rows' "split"; absent: every row. */
  file: z.string(),
  split: z.string().optional(),
  n: z.number().int().nonnegative(),
  accuracy: z.number(),
  macroF1: z.number(),
  interval95: z.tuple([z.number(), z.number()]),
  ece: z.number(),
  /** TF-IDF with logistic regression on the same rows. */
  baseline: z.object({ accuracy: z.number(), macroF1: z.number() }).optional(),
});

const Card = z.object({
  /** One line for pickers. */
  description: z.string(),
  licence: z.string(),
  heads: z.record(
    z.string(),
    z.object({
      labels: z.array(z.string()).min(1),
      /** The score below which the best label is not to be believed: the result is "not sure". */
      threshold: z.number().min(0).max(1).optional(),
      metrics: Metrics.optional(),
    }),
  ),
  /** How it was trained, in a few sentences. */
  training: z.string().optional(),
  /** Where the training data came from and under which terms, those that limit commercial use first. */
  data: z.array(z.object({ name: z.string(), source: z.string(), licence: z.string() })).default([]),
  /** sha256 of each file of the folder but the card itself. */
  files: z.record(z.string(), sha256),
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
