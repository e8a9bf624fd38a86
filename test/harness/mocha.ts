import { readdirSync } from "node:fs";
import { join } from "node:path";

const TIMEOUT_MS = 120_000;

/** The line before the first of a run's output. */
export const START = "##start";

/**
 * Runs every `*.test.js` in `folder` and prints each test's name and each failure's stack. The last line is for
 * scripts/test.mjs: `##counts {"passed":P,"failed":F}`.
 * @returns how many tests failed, failed hooks among them
 */
export async function runMocha(folder: string): Promise<number> {
  // Mocha is an ES module, and tests are bundled as CommonJS, which is what the extension host loads.
  const { default: Mocha } = await import("mocha");
  // What is left out by `.only` or `.skip` would be neither passed nor failed.
  const forbidden = { forbidOnly: true, forbidPending: true };
  const mocha = new Mocha({ ui: "bdd", timeout: TIMEOUT_MS, color: false, ...forbidden });
  mocha.fgrep(process.env.PONET_TEST_ONLY ?? "");
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    if (name.endsWith(".test.js")) mocha.addFile(join(folder, name));
  }
  console.log(START);
  let passed = 0;
  const failed = await new Promise<number>((resolve) => {
    mocha.run(resolve).on("pass", () => passed++);
  });
  console.log(`##counts ${JSON.stringify({ passed, failed })}`);
  return failed;
}
