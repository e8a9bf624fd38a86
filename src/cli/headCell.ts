import type { HeadScores } from "../analysis/analysis";
import { documentVerdict } from "../analysis/verdict";

/** A head and what it says of a document, for a table: `kind rfc 0.98`. */
export function headCell(head: HeadScores): string {
  const { label, score, sure } = documentVerdict(head);
  if (sure) return `${head.name} ${label} ${score.toFixed(2)}`;
  // Where it would read as the threshold, which is sure, it is rounded down.
  const shown = score.toFixed(2) === head.threshold?.toFixed(2) ? Math.floor(score * 100) / 100 : score;
  return `${head.name} not sure (${label} ${shown.toFixed(2)})`;
}
