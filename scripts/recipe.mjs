// Lint and format of the training recipe's Python, without a Python: `node scripts/recipe.mjs [--write]`.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { PositionEncoding, Workspace } from "@astral-sh/ruff-wasm-nodejs";
import { parse } from "smol-toml";

const FOLDER = "models/recipe";

const { values } = parseArgs({ options: { write: { type: "boolean" } } });
const ruff = new Workspace(parse(readFileSync(join(FOLDER, "ruff.toml"), "utf8")), PositionEncoding.Utf16);
const files = readdirSync(FOLDER, { recursive: true }).filter((name) => name.endsWith(".py"));
const found = files.flatMap((name) => {
  const file = join(FOLDER, name);
  const source = readFileSync(file, "utf8");
  const formatted = ruff.format(source);
  if (values.write) writeFileSync(file, formatted);
  const unformatted = formatted === source || values.write ? [] : [`${file}: not formatted`];
  const wrong = ruff
    .check(source)
    .map(({ code, message, start_location: at }) => `${file}:${at.row}: ${code} ${message}`);
  return [...unformatted, ...wrong];
});
for (const line of found) console.error(line);
process.exitCode = found.length > 0 ? 1 : 0;
