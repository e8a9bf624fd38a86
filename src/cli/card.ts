import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { UserError } from "../errors";
import { parseCard, type Card } from "../models/card";
import { readCard } from "../models/readCard";
import { modelArgument, withEngine } from "./engine";
import { HeadReader } from "./evaluation/headReader";
import { testSetOf } from "./evaluation/metrics";
import { MEASURES, partsOf, type Part, type TestedHead } from "./evaluation/parts";
import { readTestSet } from "./evaluation/testSet";
import { runProgram } from "./program";

const USAGE =
  "usage: npm run --silent card -- [--only PART] MODEL DATA_FOLDER\n" +
  "  PART: a head, or metrics, beginnings, steadiness or mixed, or one of them for one head, such as kind/mixed";

/** More than any table shows: what is rounded twice may be rounded the wrong way. */
const DIGITS = 6;

runProgram(USAGE, async (args) => {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { only: { type: "string" } } });
  const [model, data] = positionals;
  if (model === undefined || data === undefined) return undefined;
  const modelFolder = await modelArgument(model);
  const file = path.join(modelFolder, "card.json");
  const card = await readCard(modelFolder);
  if (!card) throw new UserError(`"${file}" is missing: write the card, but for its figures, first.`);
  const work = wantedParts(card, values.only);
  await vouchForFiles(card, modelFolder);
  await writeCard(card, file);
  await withEngine(async (engine) => {
    for (const { name, head, parts } of work) {
      const reader = await HeadReader.open(engine, modelFolder, name);
      const rows = await readTestSet(path.join(data, head.metrics.file), head.metrics.split, reader);
      for (const part of parts) {
        const figures = rounded(await MEASURES[part](reader, rows, head));
        Object.assign(head, figures);
        await writeCard(card, file);
        console.log(`${name}: ${JSON.stringify(figures)}`);
      }
    }
  });
  return 0;
});

interface Work {
  readonly name: string;
  readonly head: TestedHead;
  readonly parts: readonly Part[];
}

/** @throws UserError when `only` names nothing that the card has. */
function wantedParts(card: Card, only: string | undefined): Work[] {
  const all = Object.entries(card.heads).flatMap(([name, head]) =>
    isTested(head) ? [{ name, head, parts: partsOf(name) }] : [],
  );
  if (only === undefined) return all;
  const wanted = all
    .map(({ name, head, parts }) => ({
      name,
      head,
      parts: parts.filter((p) => [name, p, `${name}/${p}`].includes(only)),
    }))
    .filter(({ parts }) => parts.length > 0);
  if (wanted.length > 0) return wanted;
  const names = all.flatMap(({ name, parts }) => parts.map((part) => `${name}/${part}`)).join(", ");
  throw new UserError(
    `The card has no part "${only}": --only can be one of ${names}, or what stands before or after the "/".`,
  );
}

function isTested(head: Card["heads"][string]): head is TestedHead {
  return head.metrics !== undefined;
}

/** The engine takes only files that the card vouches for. Where they have changed, so have the figures: none is kept. */
async function vouchForFiles(card: Card, modelFolder: string): Promise<void> {
  let changed = false;
  for (const [name, before] of Object.entries(card.files)) {
    const now = createHash("sha256")
      .update(await readFile(path.join(modelFolder, name)))
      .digest("hex");
    changed ||= now !== before;
    card.files[name] = now;
  }
  if (!changed) return;
  for (const head of Object.values(card.heads)) {
    head.metrics &&= testSetOf(head.metrics);
    delete head.beginnings;
    delete head.steadiness;
    delete head.mixed;
  }
}

/** Writes a card in the order of its schema, and none that could not be read again. */
async function writeCard(card: Card, file: string): Promise<void> {
  await writeFile(file, `${JSON.stringify(parseCard(JSON.stringify(card), file), undefined, 2)}\n`);
}

function rounded<T>(figures: T): T {
  const round = (_: string, x: unknown) => (typeof x === "number" ? Number(x.toFixed(DIGITS)) : x);
  return JSON.parse(JSON.stringify(figures, round)) as T;
}
