import { compareFixture } from "../parity/compare";
import { readFixtures } from "../parity/fixtures";
import { runProgram } from "./program";

/** The golden tensors' own tolerance: fp32, largest absolute difference on real tokens. */
const TOLERANCE = 1e-4;

/** Rows that are computed together: fewer than the longer sequences have. */
const CHUNK_ROWS = 64;

runProgram("usage: npm run --silent parity -- DIR", async ([folder]) => {
  if (folder === undefined) return undefined;
  let failed = 0;
  for (const fixture of await readFixtures(folder)) {
    console.log(fixture.name);
    for (const { kind, worst, cases } of await compareFixture(fixture, CHUNK_ROWS)) {
      const over = worst > TOLERANCE;
      if (over) failed++;
      console.log(
        `  ${kind.padEnd(28)} ${worst.toExponential(2)}  ${cases.join(" ")}${over ? `  over ${TOLERANCE}` : ""}`,
      );
    }
  }
  return failed > 0 ? 1 : 0;
});
