import * as z from "zod";
import { UserError } from "../errors";
import type { NormalizerOptions } from "./normalizer";
import { CONTINUATION } from "./vocabulary";

/** What a `tokenizer.json` says, as far as BERT's WordPiece tokenizer goes. */
export interface TokenizerFile {
  /** The id of each token of the model. */
  readonly vocab: ReadonlyMap<string, number>;
  /** The largest token id + 1. */
  readonly vocabSize: number;
  readonly special: { readonly unk: number; readonly cls: number; readonly sep: number };
  /** The tokens that are found in the text before anything else, longer ones first. */
  readonly added: readonly { readonly content: string; readonly id: number }[];
  /** The code points of the longest word that is not simply unknown. */
  readonly maxChars: number;
  readonly normalizer: NormalizerOptions;
}

const MAX_ID = 0xffffff;
const isTokenWithId = (entry: [string, unknown]): entry is [string, number] =>
  Number.isInteger(entry[1]) && Number(entry[1]) >= 0 && Number(entry[1]) <= MAX_ID;

// `z.record` would take longer over 30,000 tokens than everything else here.
const vocabulary = z
  .custom<Readonly<Record<string, unknown>>>((ids) => typeof ids === "object" && ids !== null, "expected an object")
  .transform((ids, context): ReadonlyMap<string, number> => {
    const entries = Object.entries(ids);
    if (entries.every(isTokenWithId)) return new Map(entries);
    context.addIssue("expected an id for each token");
    return z.NEVER;
  });

/** How an added token may be looked for otherwise than as it is written. */
const SWITCHES = ["single_word", "lstrip", "rstrip", "normalized"] as const;

const schema = z.object({
  added_tokens: z.array(
    z.object({
      id: z.int().min(0).max(MAX_ID),
      content: z.string().min(1),
      single_word: z.boolean(),
      lstrip: z.boolean(),
      rstrip: z.boolean(),
      normalized: z.boolean(),
    }),
  ),
  normalizer: z.object({
    type: z.literal("BertNormalizer"),
    clean_text: z.boolean(),
    handle_chinese_chars: z.boolean(),
    strip_accents: z.boolean().nullable(),
    lowercase: z.boolean(),
  }),
  pre_tokenizer: z.object({ type: z.literal("BertPreTokenizer") }),
  model: z.object({
    type: z.literal("WordPiece").optional(),
    unk_token: z.string(),
    continuing_subword_prefix: z.literal(CONTINUATION),
    max_input_chars_per_word: z.int().min(1).max(10_000),
    vocab: vocabulary,
  }),
});

/**
 * Reads the text of a `tokenizer.json`.
 * @param file Its name, for messages.
 * @throws UserError if it is not JSON, not the tokenizer of a BERT model, or one with tokens that are not looked for as they are written.
 */
export function parseTokenizer(json: string, file: string): TokenizerFile {
  const reject = (problem: string, cause?: unknown): never => {
    const message = `"${file}" is not a BERT WordPiece tokenizer (${problem}); use the tokenizer.json of a BERT vocabulary.`;
    throw new UserError(message, { cause });
  };
  const { added_tokens, normalizer, model } = readSchema(json, reject);
  for (const token of added_tokens) {
    const on = SWITCHES.find((key) => token[key]);
    if (on === undefined) continue;
    throw new UserError(
      `"${file}" has an added token "${token.content}" with "${on}": true, which PoNet Lens does not look for as the model's own tokenizer does: ` +
        "choose a checkpoint without such tokens.",
    );
  }
  const { vocab } = model;
  const idOf = (token: string): number => vocab.get(token) ?? reject(`its vocabulary lacks ${token}`);
  const added = added_tokens.map(({ content, id }) => ({ content, id: vocab.get(content) ?? id }));
  const ids = [...vocab.values(), ...added.map(({ id }) => id)];
  return {
    vocab,
    vocabSize: ids.reduce((a, b) => Math.max(a, b), -1) + 1,
    special: { unk: idOf(model.unk_token), cls: idOf("[CLS]"), sep: idOf("[SEP]") },
    added: added.sort((a, b) => b.content.length - a.content.length),
    maxChars: model.max_input_chars_per_word,
    normalizer: {
      cleanText: normalizer.clean_text,
      handleChineseChars: normalizer.handle_chinese_chars,
      stripAccents: normalizer.strip_accents ?? normalizer.lowercase,
      lowercase: normalizer.lowercase,
    },
  };
}

function readSchema(json: string, reject: (problem: string, cause?: unknown) => never): z.infer<typeof schema> {
  let data: unknown;
  try {
    data = JSON.parse(json);
  } catch (error) {
    return reject("it is not JSON", error);
  }
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  return reject([issue?.path.join("."), issue?.message].filter(Boolean).join(": "));
}
