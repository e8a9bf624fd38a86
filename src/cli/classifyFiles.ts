import type { Analysis, HeadAnalysis } from "../analysis/analysis";
import { analysisToJson } from "../analysis/export/json";
import { documentVerdict } from "../analysis/verdict";
import { readDocument } from "../corpus/readDocument";
import type { CorpusSettings } from "../corpus/reader";
import { UserError } from "../errors";
import { withEngine } from "./engine";
import { table } from "./table";

/** Prints what each file is, a table or an object a line; the exit status is 1 when one of them could not be read. */
export async function classifyFiles(
  files: readonly string[],
  settings: CorpusSettings,
  json: boolean,
): Promise<number> {
  const failed: string[] = [];
  const rows: string[][] = [];
  await withEngine(async (engine) => {
    for (const file of files) {
      try {
        const { text } = await readDocument(file);
        const analysis = await engine.analyze({ ...settings, text, name: file });
        if (json) console.log(JSON.stringify(analysisToJson(file, analysis)));
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
