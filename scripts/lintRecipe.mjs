// Lint and format of the training recipe's Python, without a Python: `node scripts/lintRecipe.mjs [--write]`.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { PositionEncoding, Workspace } from "@astral-sh/ruff-wasm-nodejs";
import { parse } from "smol-toml";

const FOLDER = "models/recipe";

const { values } = parseArgs({ options: { write: { type: "boolean" } } });
const ruff = new Workspace(parse(readFileSync(join(FOLDER, "ruff.toml"), "utf8")), PositionEncoding.Utf16);

/** What is wrong with a file, a line each; with `--write`, once it is formatted. */
function wrongIn(file) {
  const source = readFileSync(file, "utf8");
  const formatted = ruff.format(source);
  if (values.write) writeFileSync(file, formatted);
  const text = values.write ? formatted : source;
  const unformatted = formatted === text ? [] : [`${file}: not formatted`];
  const wrong = ruff
    .check(text)
    .map(({ code, message, start_location: at }) => `${file}:${at.row}: ${code} ${message}`);
  return [...unformatted, ...wrong];
}

const files = readdirSync(FOLDER, { recursive: true }).filter((name) => name.endsWith(".py"));
const found = files.flatMap((name) => {
  const file = join(FOLDER, name);
  try {
    return wrongIn(file);
  } catch (error) {
    // It is no Python: the other files are to be told of all the same.
    return [`${file}: ${error.message}`];
  }
});
for (const line of found) console.error(line);
process.exitCode = found.length > 0 ? 1 : 0;
