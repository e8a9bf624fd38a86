import { setMaxListeners } from "node:events";
import { pipeline } from "node:stream/promises";
import type { Analysis } from "../analysis/analysis";
import { analysisJson } from "../analysis/export/json";
import { counted } from "../analysis/figures";
import { doubtAbout } from "../analysis/verdict";
import { readDocument } from "../corpus/readDocument";
import { readAWord } from "../corpus/readAWord";
import type { ReadingSettings } from "../engine/client";
import { UserError } from "../errors";
import { withEngine } from "./engine";
import { headCell } from "./headCell";
import { withOptions } from "./program";
import { table } from "./table";

/**
 * Prints what each file is, a table or an object a line; the exit status is 1 when one of them could not be read.
 * @throws UserError when the model or the provider reads nothing
 */
export async function classifyFiles(
  files: readonly string[],
  settings: ReadingSettings,
  json: boolean,
): Promise<number> {
  const failed: string[] = [];
  const rows: string[][] = [];
  const doubts: string[] = [];
  // Each file's pipeline leaves it a listener, which Node.js would report as a leak.
  setMaxListeners(0, process.stdout);
  await withEngine(async (engine) => {
    await readAWord(engine, settings);
    for (const file of files) {
      try {
        const { text } = await readDocument(file);
        const analysis = await engine.analyze({ ...settings, text, name: file });
        if (json) await pipeline(analysisJson(file, analysis), process.stdout, { end: false });
        else rows.push(row(file, analysis));
        const doubt = doubtAbout(analysis);
        if (!json && doubt !== undefined) doubts.push(`"${file}": ${doubt}`);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        failed.push(error.message);
      }
    }
  });
  if (rows.length > 0) console.log(table(rows));
  for (const message of [...doubts, ...failed]) console.error(withOptions(message));
  return failed.length > 0 ? 1 : 0;
}

function row(file: string, { heads, tokens, timings, provider }: Analysis): string[] {
  const speed = `${Math.round(timings.tokensPerSecond)} tokens/s`;
  return [file, counted(tokens, "token"), speed, provider, ...heads.map(headCell)];
}
