import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { bundledCards } from "./bundledCards";
import { MODELS } from "./engine";
import { withMarked } from "./marked";
import { modelTables } from "./modelTables";
import { runProgram } from "./program";

runProgram("usage: npm run --silent tables", async (args) => {
  if (args.length > 0) return undefined;
  const file = path.join(MODELS, "README.md");
  const tables = modelTables(await bundledCards(MODELS));
  await writeFile(file, withMarked(await readFile(file, "utf8"), "tables", tables, file));
  console.log(tables);
  return 0;
});
