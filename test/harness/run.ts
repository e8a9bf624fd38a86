// Runs one suite in plain Node: `node out/test/harness/run.js unit`.
import { join } from "node:path";
import { closeSuiteBrowser } from "./browser";
import { ROOT } from "./environment";
import { runMocha } from "./mocha";

const [suite = "unit"] = process.argv.slice(2);
void runMocha(join(ROOT, "out/test", suite)).then((failed) => {
  process.exitCode = failed === 0 ? 0 : 1;
  return closeSuiteBrowser();
});
