import { median } from "../src/benchmark/median";
import { inEditor } from "./inEditor";
import { numbers } from "./numbers";
import type { Activation } from "./probes/activation";

/**
 * Prints what activating the extension takes in a new extension host of VS Code's server: until its code is loaded, and
 * until `activate` has returned, as VS Code itself marks it, in whole milliseconds; and what processor time that is.
 *
 * @param args Starts (9).
 */
export async function activation(args: readonly string[]): Promise<void> {
  const [starts = 9] = numbers(args, "activation [STARTS]");
  const activations = await inEditor<Activation>("activation", starts);
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
