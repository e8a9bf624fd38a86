// Every check there is: `npm test`, or some of them by name: `npm test -- unit ui [--only TITLE]`.
import { spawn, spawnSync } from "node:child_process";
import { delimiter, resolve } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { setup } from "./setup.mjs";

/** CI ends what takes 30 without a word of what passed and failed. */
const LIMIT_MINUTES = 28;
const END = performance.now() + LIMIT_MINUTES * 60_000;
/** One suite that hangs is not to take all others their turn. */
const SUITE_MINUTES = 15;
/** What a suite has to end in once its tests have. */
const LEAVE_MINUTES = 1;
const COUNTS = "##counts ";
const WINDOWS = process.platform === "win32";
const mocha = "node --enable-source-maps out/test/harness/run.js";

/** A suite with `tests` says how many passed and failed; one without is a single check, and all checks run at once. */
const suites = {
  eslint: { command: "eslint ." },
  format: { command: "prettier --check ." },
  recipe: { command: "node scripts/lintRecipe.mjs" },
  types: { command: "tsc -p . && tsc -p webview && tsc -p test/ui" },
  build: { command: "node scripts/build.mjs" },
  unit: { command: `${mocha} unit`, tests: true },
  // Chromium brings the software Vulkan on which the WebGPU provider is tested.
  engine: { command: `${mocha} engine`, tests: true, needs: ["xz", "browser"] },
  vscode: { command: "node out/test/harness/host.js", tests: true, needs: ["editor", "browser"] },
  ui: { command: `${mocha} ui`, tests: true, needs: ["editor", "browser"] },
  package: { command: `${mocha} package`, tests: true, needs: ["editor", "browser"] },
};

/** Runs a suite's command and gives `print` the lines of its output; how many of its checks passed and failed. */
async function outcome({ command, tests, needs = [] }, print) {
  await setup(...needs);
  // A process group of its own, so that a suite which hangs goes with everything it started; Windows has none, but a tree.
  const child = spawn(command, { shell: true, detached: !WINDOWS, env: { ...process.env, ...ours } });
  const end = () => {
    if (WINDOWS) spawnSync("taskkill", ["/pid", `${child.pid}`, "/t", "/f"]);
    else {
      try {
        process.kill(-child.pid, "SIGKILL");
      } catch {
        // All of the group have ended.
      }
    }
  };
  process.once("exit", end);
  let ended = false;
  let giveUp;
  const over = new Promise((done) => (giveUp = done));
  const endIn = (ms, why) =>
    setTimeout(() => {
      print(`Ended: ${why}.`);
      ended = true;
      end();
      giveUp();
    }, ms);
  const timers = [
    endIn(END - performance.now(), `all suites together may take ${LIMIT_MINUTES} minutes`),
    endIn(SUITE_MINUTES * 60_000, `one suite may take ${SUITE_MINUTES} minutes`),
  ];
  let counts;
  const reading = [child.stdout, child.stderr].map(async (stream) => {
    for await (const line of createInterface(stream)) {
      if (line.startsWith(COUNTS)) {
        counts = JSON.parse(line.slice(COUNTS.length));
        timers.push(endIn(LEAVE_MINUTES * 60_000, "a test left something that keeps the suite from ending"));
      } else if (!line.startsWith("##")) print(line);
    }
  });
  const code = await new Promise((done) => child.on("exit", done));
  // Where the suite itself had ended, what it left behind may hold its output open.
  await Promise.race([Promise.all(reading), over]);
  timers.forEach(clearTimeout);
  process.off("exit", end);
  if (!tests) return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  const { passed, failed } = counts ?? { passed: 0, failed: 0 };
  if (passed + failed === 0) print("No test ran.");
  const broken = passed + failed === 0 || ((ended || code !== 0) && failed === 0);
  return { passed, failed: failed + (broken ? 1 : 0) };
}

// Being interrupted is an exit like any other: it takes the running suite along.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

const { values, positionals } = parseArgs({ allowPositionals: true, options: { only: { type: "string" } } });
const unknown = positionals.filter((name) => !(name in suites));
if (unknown.length > 0) {
  console.error(`No suite named ${unknown.join(", ")}; there are ${Object.keys(suites).join(", ")}.`);
  process.exit(1);
}
const chosen = new Set(positionals.length > 0 ? positionals : Object.keys(suites));
if ([...chosen].some((name) => suites[name].tests)) chosen.add("build");

await setup("packages");
const ours = {
  PATH: [resolve("node_modules/.bin"), process.env.PATH].join(delimiter),
  PONET_TEST_ONLY: values.only ?? "",
};

/** A suite's outcome and seconds; one that could not run has failed. */
async function timed(suite, print) {
  const start = performance.now();
  const counts = await outcome(suite, print).catch((error) => {
    print(error.message);
    return { passed: 0, failed: 1 };
  });
  return { ...counts, seconds: (performance.now() - start) / 1000 };
}

/** A check, begun at once; its output is kept until its turn. */
function begun(suite) {
  const lines = [];
  const done = timed(suite, (line) => lines.push(line));
  return async () => {
    const result = await done;
    for (const line of lines) console.log(line);
    return result;
  };
}

const turns = Object.entries(suites).filter(([name]) => chosen.has(name));
const runs = new Map(turns.filter(([, { tests }]) => !tests).map(([name, suite]) => [name, begun(suite)]));
const total = { passed: 0, failed: 0 };
let built = true;
for (const [name, suite] of turns) {
  console.log(`\n== ${name} ==`);
  const notBuilt = { passed: 0, failed: 1, seconds: 0 };
  const run = runs.get(name) ?? (() => (built ? timed(suite, console.log) : notBuilt));
  const { passed, failed, seconds } = await run();
  if (name === "build") built = failed === 0;
  console.log(`${name}: ${passed} of ${passed + failed} in ${seconds.toFixed(1)} s`);
  total.passed += passed;
  total.failed += failed;
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
