import { inEditor } from "./inEditor";
import { numbers } from "./numbers";
import type { Hold, Span } from "./probes/hold";

/**
 * Prints for how long the extension host's event loop is held while it has 10 MB classified and shown, in VS Code's
 * server: the longest spans between two of its turns, until the reading is there and from then on. The processor time in
 * a span is what can be ours or the editor's; the rest is what the machine gave to others, the engine among them.
 *
 * @param args Runs (3).
 */
export async function hold(args: readonly string[]): Promise<void> {
  const [runs = 3] = numbers(args, "hold [RUNS]");
  const holds = await inEditor<Hold>("hold", runs);
  const rows = holds.flatMap(({ tokens, reading, read }, run) => {
    const row = (when: string, { start, wall, cpu }: Span) => ({
      run: run + 1,
      tokens,
      when,
      "at, s": Number((start / 1000).toFixed(2)),
      "wall, ms": Number(wall.toFixed(1)),
      "processor, ms": Number(cpu.toFixed(1)),
    });
    return [...reading.map((span) => row("while it is read", span)), ...read.map((span) => row("once it is", span))];
  });
  console.table(rows);
}
