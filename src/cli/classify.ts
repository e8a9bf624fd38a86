import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { EXECUTION_PROVIDERS, type Analysis, type HeadAnalysis } from "../analysis/analysis";
import { analysisToJson } from "../analysis/export/json";
import { documentVerdict } from "../analysis/verdict";
import { SEGMENTATIONS } from "../document/segment";
import { UserError } from "../errors";
import { DEFAULT_MODEL, modelArgument, withEngine } from "./engine";
import { oneOf, runProgram } from "./program";

const USAGE =
  "usage: npm run --silent classify -- [--model ID|DIR] [--provider P] [--segmentation S] [--json] FILE...\n" +
  `  P: auto, ${EXECUTION_PROVIDERS.join(", ")}; S: ${SEGMENTATIONS.join(", ")}`;

runProgram(USAGE, async (args) => {
  const { values, positionals: files } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      model: { type: "string", default: DEFAULT_MODEL },
      provider: { type: "string", default: "auto" },
      segmentation: { type: "string", default: "paragraph" },
      json: { type: "boolean", default: false },
    },
  });
  if (files.length === 0) return undefined;
  const settings = {
    modelFolder: await modelArgument(values.model),
    provider: oneOf(["auto", ...EXECUTION_PROVIDERS], values.provider, "--provider"),
    segmentation: oneOf(SEGMENTATIONS, values.segmentation, "--segmentation"),
  };
  const failed: string[] = [];
  const rows: string[][] = [];
  await withEngine(async (engine) => {
    for (const file of files) {
      try {
        const analysis = await engine.analyze({ ...settings, text: await readText(file), name: file });
        if (values.json) console.log(JSON.stringify(analysisToJson(file, analysis)));
        else rows.push(row(file, analysis));
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        failed.push(error.message);
      }
    }
  });
  if (rows.length > 0) console.log(table(rows));
  for (const message of failed) console.error(message);
  return failed.length > 0 ? 1 : 0;
});

async function readText(file: string): Promise<string> {
  try {
    return new TextDecoder().decode(await readFile(file));
  } catch {
    throw new UserError(`"${file}" cannot be read: name a text file.`);
  }
}

function row(file: string, { heads, tokens, timings, provider }: Analysis): string[] {
  const speed = `${Math.round(timings.tokensPerSecond)} tokens/s`;
  return [file, `${tokens} tokens`, speed, provider, ...heads.map(headCell)];
}

function headCell(head: HeadAnalysis): string {
  const { label, score, sure } = documentVerdict(head);
  const result = `${label} ${score.toFixed(2)}`;
  return `${head.name} ${sure ? result : `not sure (${result})`}`;
}

function table(rows: readonly string[][]): string {
  const widths = rows.reduce<number[]>((all, row) => row.map((cell, i) => Math.max(all[i] ?? 0, cell.length)), []);
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
