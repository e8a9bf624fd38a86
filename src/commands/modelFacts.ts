import type { ModelDescription } from "../models/description";
import { counted } from "../analysis/figures";
import { plainLabel } from "../editor/plainLabel";

/** One thing that was found in a checkpoint folder, and what it is. */
export interface ModelFact {
  readonly label: string;
  readonly description: string;
}

/** What was found in a checkpoint folder, a row each. */
export function modelFacts({ layers, width, bytes, heads, card }: ModelDescription): ModelFact[] {
  const found = [
    { label: "Encoder", description: `${counted(layers, "layer")} × ${width}, ${weightsSize(bytes)}` },
    {
      label: "Heads",
      description: plainLabel(heads.map(({ name, labels }) => `${name} (${counted(labels, "label")})`).join(", ")),
    },
  ];
  if (!card) return [...found, { label: "Card", description: "None: nothing vouches for the weights" }];
  const vouches = "model.safetensors" in card.files ? "Vouches" : "Does not vouch";
  return [
    ...found,
    { label: "Card", description: `${vouches} for the weights: ${plainLabel(card.description)}` },
    { label: "Licence", description: plainLabel(card.licence) },
  ];
}

/** The size of a model's weights in decimal units, or that they are missing. */
export function weightsSize(bytes: number | undefined): string {
  if (bytes === undefined) return "missing";
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(bytes < 1e8 ? 1 : 0)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
