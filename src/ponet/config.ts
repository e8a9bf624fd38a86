import * as z from "zod";
import { UserError } from "../errors";

/** The sizes and switches of one PoNet encoder, whichever file layout they came from. */
export interface PoNetConfig {
  /** `post`: pre-trained models in BERT's layout; `pre`: the Long Range Arena models. */
  readonly norm: "post" | "pre";
  readonly vocabSize: number;
  /** d, the width of a token vector. */
  readonly hiddenSize: number;
  readonly layers: number;
  /** h, the heads of the global attention. */
  readonly heads: number;
  readonly intermediateSize: number;
  /** Rows of the position table; token n reads row n modulo this. */
  readonly maxPositions: number;
  /** Rows of the token type table, 0 for a model without one. */
  readonly tokenTypes: number;
  readonly layerNormEps: number;
  /** Whether [CLS] and [SEP] see the global attention alone. */
  readonly clsgsepg: boolean;
  /** The ids that count as [CLS] and [SEP]; absent in models without special tokens, and in files that do not name both. */
  readonly special?: { readonly cls: number; readonly sep: number } | undefined;
  /** Label names of a `classifier` head, by index, where the file gives them. */
  readonly labels?: readonly string[];
}

const size = z.number().int().positive();

/** The authors saved their checkpoints as models of type "bert": then the class that was saved tells. */
const ModelType = z
  .object({ model_type: z.string().default("ponet"), architectures: z.array(z.string()).default([]) })
  .refine(
    ({ model_type, architectures }) =>
      model_type === "ponet" || (model_type === "bert" && architectures.some((name) => name.startsWith("PoNet"))),
    { path: ["model_type"], error: "not a PoNet" },
  );

/** Hugging Face layout. Keys that PoNet Lens does not use (dropout, initializer ranges, ...) may stand beside these. */
const HuggingFaceConfig = z.object({
  vocab_size: size,
  hidden_size: size,
  num_hidden_layers: size,
  num_attention_heads: size,
  intermediate_size: size,
  max_position_embeddings: size,
  type_vocab_size: z.number().int().nonnegative(),
  hidden_act: z.literal("gelu").default("gelu"),
  layer_norm_eps: z.number().positive(),
  position_embedding_type: z.literal("absolute").optional(),
  clsgsepg: z.boolean().default(true),
  cls_id: z.number().int().nonnegative().optional(),
  sep_id: z.number().int().nonnegative().optional(),
  id2label: z
    .record(z.string(), z.string())
    .refine((names) => new Set(Object.values(names)).size === Object.keys(names).length, "names a label twice")
    .refine((names) => Object.keys(names).every((_, i) => Object.hasOwn(names, i)), "does not number its labels from 0")
    .optional(),
  problem_type: z.string().nullish(),
});

/** The one of Hugging Face's problem types whose scores are a softmax's; it is the one of a file that names none. */
const PROBLEM_TYPE = "single_label_classification";

/** The layout of the authors' Long Range Arena code. */
const LongRangeArenaConfig = z.object({
  attn_type: z.literal("ponet"),
  vocab_size: size,
  transformer_dim: size,
  num_layers: size,
  num_head: size,
  transformer_hidden_dim: size,
  max_seq_len: size,
  pooling_mode: z.literal("MEAN"),
  learn_pos_emb: z.literal(true).default(true),
  tied_weights: z.literal(false).default(false),
});

/** PyTorch's default, which the Long Range Arena code keeps. */
const LONG_RANGE_ARENA_EPS = 1e-5;

/**
 * Reads a config.json in either layout.
 * @throws UserError naming `file` and the first value that is missing or not known.
 */
export function parseConfig(json: string, file: string): PoNetConfig {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new UserError(`"${file}" is not valid JSON: restore the config.json of this checkpoint.`);
  }
  const isLongRangeArena = z.object({ transformer_dim: z.unknown() }).safeParse(value).success;
  const config = isLongRangeArena
    ? fromLongRangeArena(validated(LongRangeArenaConfig, value, file))
    : fromHuggingFace(validated(ModelType.and(HuggingFaceConfig), value, file), file);
  if (config.hiddenSize % config.heads !== 0) {
    throw new UserError(
      `"${file}" asks for ${config.heads} heads, which do not divide ${config.hiddenSize} channels: restore the config.json of this checkpoint.`,
    );
  }
  return config;
}

function validated<T>(schema: z.ZodType<T>, value: unknown, file: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const key = issue?.path.join(".") ?? "";
  throw new UserError(
    `"${file}" has a value PoNet Lens does not know at "${key}" (${issue?.message ?? "unreadable"}): use the config.json of a PoNet checkpoint.`,
  );
}

function fromHuggingFace(c: z.infer<typeof HuggingFaceConfig>, file: string): PoNetConfig {
  if (c.problem_type && c.problem_type !== PROBLEM_TYPE) {
    throw new UserError(
      `"${file}" has the problem_type "${c.problem_type}", whose scores PoNet Lens does not compute: choose a checkpoint of "${PROBLEM_TYPE}".`,
    );
  }
  return {
    norm: "post",
    vocabSize: c.vocab_size,
    hiddenSize: c.hidden_size,
    layers: c.num_hidden_layers,
    heads: c.num_attention_heads,
    intermediateSize: c.intermediate_size,
    maxPositions: c.max_position_embeddings,
    tokenTypes: c.type_vocab_size,
    layerNormEps: c.layer_norm_eps,
    clsgsepg: c.clsgsepg,
    ...(c.cls_id !== undefined && c.sep_id !== undefined && { special: { cls: c.cls_id, sep: c.sep_id } }),
    // An object has such keys in the order of their numbers.
    ...(c.id2label && { labels: Object.values(c.id2label) }),
  };
}

function fromLongRangeArena(c: z.infer<typeof LongRangeArenaConfig>): PoNetConfig {
  return {
    norm: "pre",
    vocabSize: c.vocab_size,
    hiddenSize: c.transformer_dim,
    layers: c.num_layers,
    heads: c.num_head,
    intermediateSize: c.transformer_hidden_dim,
    maxPositions: c.max_seq_len,
    tokenTypes: 0,
    layerNormEps: LONG_RANGE_ARENA_EPS,
    clsgsepg: false,
  };
}
