import { BYTE_ORDER_MARK, csvRow } from "../analysis/export/csvRow";
import { decimal } from "../analysis/export/decimal";
import { headsOf, isClassified, verdictOf, type Row } from "./row";

/** A table of rows as CSV, a byte order mark and its lines: a head has columns for its label, score and whether it is sure. */
export function* csvLines(rows: readonly Row[]): Generator<string> {
  const heads = headsOf(rows);
  const headCells = heads.flatMap((head) => [head, `${head} score`, `${head} sure`]);
  yield BYTE_ORDER_MARK;
  yield csvRow(["path", "tokens", ...headCells, "model", "segmentation", "ran on", "doubt", "error"]);
  for (const row of rows) {
    if (!isClassified(row)) {
      yield csvRow([row.path, "", ...headCells.map(() => ""), "", "", "", "", row.error]);
      continue;
    }
    const cells = heads.flatMap((head) => {
      const verdict = verdictOf(row, head);
      return verdict ? [verdict.label, decimal(verdict.score), String(verdict.sure)] : ["", "", ""];
    });
    const { path, tokens, model, segmentation, ranOn = "", doubt = "" } = row;
    yield csvRow([path, String(tokens), ...cells, model, segmentation, ranOn, doubt, ""]);
  }
}
