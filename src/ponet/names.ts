import type { PoNetConfig } from "./config";

/** Where a checkpoint keeps the parameters of one layer; each is the name of a module with `.weight` and `.bias`. */
export interface LayerNames {
  readonly q: string;
  readonly k: string;
  readonly o: string;
  readonly segment: string;
  readonly local: string;
  /** The projection of the fused P. */
  readonly mixed: string;
  readonly mixingNorm: string;
  readonly intermediate: string;
  readonly output: string;
  readonly outputNorm: string;
}

export interface EmbeddingNames {
  readonly words: string;
  readonly positions: string;
  /** Absent in the Long Range Arena models. */
  readonly tokenTypes?: string;
  readonly norm?: string;
}

/** State-dict names of the public checkpoints (`post`) and of the authors' Long Range Arena models (`pre`). */
export function layerNames({ norm }: PoNetConfig, layer: number): LayerNames {
  if (norm === "pre") {
    const module = `model.transformer_${layer}`;
    return {
      q: `${module}.mha.W_q`,
      k: `${module}.mha.W_k`,
      o: `${module}.mha.W_v`,
      segment: `${module}.mha.W_segment`,
      local: `${module}.mha.W_local`,
      mixed: `${module}.mha.ff`,
      mixingNorm: `${module}.norm1`,
      intermediate: `${module}.mlpblock.0`,
      output: `${module}.mlpblock.3`,
      outputNorm: `${module}.norm2`,
    };
  }
  const module = `ponet.encoder.layer.${layer}`;
  return {
    q: `${module}.attention.self.dense_q`,
    k: `${module}.attention.self.dense_k`,
    o: `${module}.attention.self.dense_o`,
    segment: `${module}.attention.self.dense_segment`,
    local: `${module}.attention.self.dense_local`,
    mixed: `${module}.attention.output.dense`,
    mixingNorm: `${module}.attention.output.LayerNorm`,
    intermediate: `${module}.intermediate.dense`,
    output: `${module}.output.dense`,
    outputNorm: `${module}.output.LayerNorm`,
  };
}

export function embeddingNames({ norm }: PoNetConfig): EmbeddingNames {
  const module = norm === "pre" ? "model.embeddings" : "ponet.embeddings";
  return {
    words: `${module}.word_embeddings.weight`,
    positions: `${module}.position_embeddings.weight`,
    ...(norm === "post" && { tokenTypes: `${module}.token_type_embeddings.weight`, norm: `${module}.LayerNorm` }),
  };
}

/** The last LayerNorm of a pre-norm model. */
export const FINAL_NORM = "model.norm";
