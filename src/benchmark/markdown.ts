import { count, PROVIDER_NAMES } from "../analysis/figures";
import { failuresOf, grid, machineSentence, memoryTitle, providersOf, ratios, type Grid, type Report } from "./report";

/** A report as Markdown: for each provider the speeds, the ratios and the memory; then what could not be measured. */
export function markdown(report: Report): string {
  const parts = providersOf(report).flatMap((provider) => [
    `Tokens per second on ${PROVIDER_NAMES[provider]}, by tokens in the document:`,
    table(grid(report, provider, "tokensPerSecond"), (speed) => count(speed)),
    "The same as ratios of speed:",
    table(ratios(report, provider), (ratio) => ratio.toFixed(2)),
    `In MiB, the ${memoryTitle(provider)}:`,
    table(grid(report, provider, "peakMb"), (mb) => count(mb)),
  ]);
  const failures = failuresOf(report).map((failure) => `- ${failure}`);
  return [...parts, ...(failures.length > 0 ? [failures.join("\n")] : []), `${machineSentence(report)}.`].join("\n\n");
}

/** Aligned as Prettier aligns tables. */
function table({ lengths, rows }: Grid, format: (value: number) => string): string {
  const head = ["", ...lengths.map(count)];
  const body = rows.map(({ title, cells }) => [
    title,
    ...cells.map((cell) => (cell === undefined ? "–" : format(cell))),
  ]);
  const widths = head.map((_, column) => Math.max(3, ...[head, ...body].map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(" | ")} |`;
  const rule = widths.map((width, i) => (i === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [line(head), line(rule), ...body.map(line)].join("\n");
}
