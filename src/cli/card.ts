import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseCard, type Card } from "../models/card";
import { modelArgument, withEngine } from "./engine";
import { evaluate, type Evaluation } from "./evaluation";
import { runProgram } from "./program";

const DIGITS = 4;

runProgram("usage: npm run --silent card -- MODEL DATA_FOLDER", async ([model, data]) => {
  if (model === undefined || data === undefined) return undefined;
  const modelFolder = await modelArgument(model);
  const file = path.join(modelFolder, "card.json");
  const card = parseCard(await readFile(file, "utf8"), file);
  const save = () => writeFile(file, `${JSON.stringify(card, undefined, 2)}\n`);
  // The weights may have changed since: the engine takes only files that the card vouches for.
  for (const name of Object.keys(card.files)) {
    card.files[name] = createHash("sha256")
      .update(await readFile(path.join(modelFolder, name)))
      .digest("hex");
  }
  await save();
  await withEngine(async (engine) => {
    for (const [head, { metrics }] of Object.entries(card.heads)) {
      if (!metrics) continue;
      const set = { file: path.join(data, metrics.file), split: metrics.split };
      Object.assign(metrics, rounded(await evaluate(engine, { modelFolder, head, ...set })));
      console.log(`${head}: ${JSON.stringify(metrics)}`);
      await save();
    }
  });
  return 0;
});

type Metrics = NonNullable<Card["heads"][string]["metrics"]>;

function rounded(figures: Evaluation): Partial<Metrics> {
  const round = (x: number) => Number(x.toFixed(DIGITS));
  const { n, accuracy, macroF1, interval95, ece } = figures;
  return {
    n,
    accuracy: round(accuracy),
    macroF1: round(macroF1),
    interval95: [round(interval95[0]), round(interval95[1])],
    ece: round(ece),
  };
}
