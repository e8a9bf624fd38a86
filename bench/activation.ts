import { median } from "../src/benchmark/median";
import { runInHost } from "../test/harness/runInHost";
import { Server } from "../test/harness/server";
import { launchBrowser } from "../test/harness/workbench";
import { MARK, type Activation } from "./activationMark";

const STARTS = 9;

/**
 * Prints what activating the extension takes in a new extension host of VS Code's server: until its code is loaded, and
 * until `activate` has returned, as VS Code itself marks it, in whole milliseconds; and what processor time that is.
 *
 * @param args Starts (9).
 */
export async function activation(args: readonly string[]): Promise<void> {
  const [starts = STARTS] = args.map(Number);
  const server = await Server.start();
  const browser = await launchBrowser();
  const activations: Activation[] = [];
  try {
    for (let start = 0; start < starts; start++) {
      await runInHost(server, browser, "out/bench/activationProbe.js", (_, text) => {
        if (text.startsWith(MARK)) activations.push(JSON.parse(text.slice(MARK.length)) as Activation);
      });
    }
  } finally {
    await browser.close();
    await server.dispose();
  }
  const row = (what: string, ms: (activation: Activation) => number) => {
    const all = activations.map(ms);
    return { what, "median ms": median(all), "fastest ms": Math.min(...all), "slowest ms": Math.max(...all) };
  };
  console.table([
    row("loading the code", ({ loaded }) => loaded),
    row("activate", ({ activated }) => activated),
    row("both", ({ loaded, activated }) => loaded + activated),
    row("processor time of the extension host", ({ cpu }) => Math.round(cpu)),
  ]);
}
