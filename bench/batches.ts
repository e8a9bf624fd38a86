import { readFileSync } from "node:fs";
import type { DocumentScores } from "../src/analysis/analysis";
import { median } from "../src/benchmark/median";
import { modelArgument, withEngine } from "../src/cli/engine";
import type { NamedText } from "../src/engine/client";
import { UserError } from "../src/errors";

const ROUNDS = 9;
const DOCUMENTS = 16;
const WORDS = [20, 50, 100, 200, 500, 1000];

/**
 * Prints how long a model, ponet-tiny unless another is named, takes for documents of several lengths, asked for one by one and
 * all at once, as a folder's are; on the CPU, in alternating rounds. In int8 the rows of a run are rounded with one scale, so
 * that a score depends a little on what is computed beside it: by how much is printed, too.
 */
export async function batches([model = "ponet-tiny"]: readonly string[]): Promise<void> {
  const words = readFileSync("test/fixtures/workspace/sample.txt", "utf8").split(/(?<=\s)(?=\S)/);
  const modelFolder = await modelArgument(model);
  await withEngine(async (engine) => {
    const rows: object[] = [];
    for (const provider of ["cpu", "cpu-int8"] as const) {
      const settings = { modelFolder, provider, segmentation: "paragraph" } as const;
      for (const length of WORDS) {
        const documents = Array.from({ length: DOCUMENTS }, (_, i): NamedText => {
          const start = (i * length) % (words.length - length);
          return { name: `document ${i}`, text: words.slice(start, start + length).join("") };
        });
        const alone: number[] = [];
        const together: number[] = [];
        let moved = 0;
        for (let round = 0; round <= ROUNDS; round++) {
          const start = performance.now();
          const separate: (DocumentScores | UserError)[] = [];
          for (const document of documents) separate.push(...(await engine.classify([document], settings)));
          const middle = performance.now();
          const joint = await engine.classify(documents, settings);
          // The first round warms up.
          if (round === 0) continue;
          alone.push(middle - start);
          together.push(performance.now() - middle);
          moved = largestDifference(separate.flatMap(scoresOf), joint.flatMap(scoresOf));
        }
        const [one, all] = [median(alone), median(together)];
        rows.push({
          provider,
          "words each": length,
          "one by one, ms": Number(one.toFixed(1)),
          "together, ms": Number(all.toFixed(1)),
          "times as fast": Number((one / all).toFixed(2)),
          "a score moves by": Number(moved.toPrecision(2)),
        });
      }
    }
    console.log(`${model}, ${DOCUMENTS} documents, medians of ${ROUNDS} alternating rounds`);
    console.table(rows);
  });
}

function scoresOf(document: DocumentScores | UserError): number[] {
  if (document instanceof UserError) throw document;
  return document.heads.flatMap(({ scores }) => [...scores]);
}

function largestDifference(a: readonly number[], b: readonly number[]): number {
  return a.reduce((largest, x, i) => Math.max(largest, Math.abs(x - (b[i] ?? NaN))), 0);
}
