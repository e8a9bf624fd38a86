import { excerpt } from "../excerpt";
import { lostWithout } from "../explanation";
import { count, labelOf, percent, signed } from "../figures";
import { byStrength, peak } from "../segmentFigures";
import { segmentVerdict } from "../verdict";
import { escaped } from "./html";
import type { ExportInput } from "./input";

/** Rows that a browser still shows at once; the CSV has them all. */
const MOST_ROWS = 1000;

/**
 * The segments as a table in the document's order; of very many, the strongest.
 * @param values [K] What each contributes to the label.
 */
export function segmentRows(input: ExportInput, values: Float32Array): string {
  const { analysis, head, label, explanations = [] } = input;
  const strongest = byStrength(values).slice(0, MOST_ROWS).sort();
  const largest = peak(values);
  const rows = Array.from(strongest, (segment) => {
    const tokens = analysis.segmentTokens[segment] ?? 0;
    const verdict = segmentVerdict(analysis, head, segment);
    const value = values[segment] ?? 0;
    const cells = [
      `<th scope="row">${count(segment + 1)}</th>`,
      `<td dir="auto">${escaped(excerpt(input.text, analysis.bounds, segment))}</td>`,
      `<td>${count(tokens)}</td>`,
      `<td>${verdict ? escaped(labelOf(verdict)) : "–"}</td>`,
      `<td>${verdict ? escaped(percent(verdict.score)) : "–"}</td>`,
      `<td class="${value < 0 ? "against" : "for"}">${signed(value, largest)}</td>`,
    ];
    if (explanations.length > 0) {
      const lost = lostWithout(explanations, segment, head.name, label);
      cells.push(`<td>${lost === undefined ? "" : signed(lost, largest)}</td>`);
    }
    return `<tr>${cells.join("")}</tr>`;
  });
  const titles = ["", "Begins", "Tokens", head.name, "Score", `For ${head.labels[label] ?? ""}`];
  if (explanations.length > 0) titles.push("Lost without it");
  const header = titles.map((title) => `<th scope="col">${escaped(title)}</th>`).join("");
  const left = values.length - strongest.length;
  const note = left > 0 ? `<p>The ${count(strongest.length)} strongest of ${count(values.length)}.</p>` : "";
  return `${note}<table class="segments"><thead><tr>${header}</tr></thead><tbody>${rows.join("\n")}</tbody></table>`;
}
