import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Copies a checkpoint folder; in the copy's card, every head has the threshold. */
export function copyWithThreshold(from: string, to: string, threshold: number): void {
  cpSync(from, to, { recursive: true });
  const file = join(to, "card.json");
  const card = JSON.parse(readFileSync(file, "utf8")) as { heads: Record<string, { threshold?: number }> };
  for (const head of Object.values(card.heads)) head.threshold = threshold;
  writeFileSync(file, JSON.stringify(card));
}
