import { count } from "../analysis/figures";
import { SEGMENTATIONS } from "../document/segmentations";
import type { Card, Metrics } from "../models/card";

/** A bundled model as the tables show it. */
export interface ShownModel {
  readonly id: string;
  readonly card: Card;
  /** The size of its folder. */
  readonly bytes: number;
}

type CardHead = Card["heads"][string];
/** A share of right answers; undefined figures are not measured yet. */
type Figures = Partial<Pick<Metrics, "n" | "accuracy" | "interval95">>;

/** What the cards of `models` state, as Markdown. */
export function modelTables(models: readonly ShownModel[]): string {
  return [folders(models), testSets(models), beginnings(models), steadiness(models), mixed(models)]
    .filter((t) => t !== "")
    .join("\n");
}

function folders(models: readonly ShownModel[]): string {
  const rows = models.map(({ id, card, bytes }) => [
    `\`${id}\``,
    card.description,
    `${(bytes / 2 ** 20).toFixed(1)} MiB`,
  ]);
  return table(["model", "what", "folder, with its vocabulary"], rows);
}

/** Heads by models: accuracy in percent, its 95% interval and macro-F1. */
function testSets(models: readonly ShownModel[]): string {
  const heads = [...new Set(models.flatMap(({ card }) => Object.keys(card.heads)))];
  const rows = heads.flatMap((name) => {
    const ofModels = models.map(({ card }) => card.heads[name]);
    const metrics = ofModels.flatMap((head) => head?.metrics ?? []);
    const test = metrics.find(({ n }) => n !== undefined);
    if (!test) return [];
    const baseline = metrics.find((one) => one.baseline)?.baseline;
    const set = test.split === undefined ? test.file : `${test.file}, ${test.split}`;
    const cells = (cell: (head: CardHead) => string) => ofModels.map((head) => (head ? cell(head) : ""));
    const all = [
      `\`${name}\``,
      set,
      countOf(test.n),
      ...cells(({ metrics }) => withF1(metrics)),
      baseline ? `${percent(baseline.accuracy)}, F1 ${percent(baseline.macroF1)}` : "",
    ];
    const unseen = [
      `\`${name}\`, unseen projects`,
      test.unseenProjects?.labels.join(", ") ?? "",
      countOf(test.unseenProjects?.n),
      ...cells(({ metrics }) => accuracy(metrics?.unseenProjects)),
      "",
    ];
    const calibrated = [`\`${name}\`, calibration error`, set, "", ...cells(({ metrics }) => calibration(metrics)), ""];
    const sure = [`\`${name}\`, where sure`, set, "", ...cells(whereSure), ""];
    return [
      all,
      ...(metrics.some(({ unseenProjects }) => unseenProjects?.n !== undefined) ? [unseen] : []),
      ...(metrics.some((one) => one.sure) ? [sure] : []),
      ...(metrics.some((one) => one.ece !== undefined) ? [calibrated] : []),
    ];
  });
  return titled("Test sets", ["head", "test set", "n", ...models.map(({ id }) => id), "TF-IDF"], rows);
}

function withF1(metrics: Metrics | undefined): string {
  const macroF1 = metrics?.macroF1;
  return macroF1 === undefined ? "" : `${accuracy(metrics)}, F1 ${percent(macroF1)}`;
}

function calibration(figures: Partial<Pick<Metrics, "ece" | "eceByChance">> | undefined): string {
  if (figures?.ece === undefined) return "";
  const { ece, eceByChance } = figures;
  return eceByChance === undefined ? percent(ece) : `${percent(ece)} (by chance ${percent(eceByChance)})`;
}

function whereSure({ metrics, threshold }: CardHead): string {
  const sure = metrics?.sure;
  if (!sure || threshold === undefined) return "";
  return `${accuracy(sure)} on the ${percent(sure.coverage)}% that score ${threshold} or more`;
}

function beginnings(models: readonly ShownModel[]): string {
  const rows = models.flatMap(({ id, card }) =>
    Object.entries(card.heads).flatMap(([name, { beginnings: found }]) =>
      found ? [[id, `\`${name}\``, countOf(found.tokens), countOf(found.n), accuracy(found), calibration(found)]] : [],
    ),
  );
  return titled("Beginnings", ["model", "head", "tokens", "documents", "accuracy", "calibration error"], rows);
}

function steadiness(models: readonly ShownModel[]): string {
  const rows = models.flatMap(({ id, card }) =>
    Object.entries(card.heads).flatMap(([name, { steadiness: found }]) => {
      if (!found) return [];
      const { long, alone, segmentations } = found;
      const ways = SEGMENTATIONS.map((way) => segmentations[way]);
      const accuracies = ways.map((way) => way.accuracy);
      return [
        [
          ...[id, `\`${name}\``, countOf(long.n), accuracy(long), accuracy(alone)],
          points(long.accuracy - alone.accuracy),
          ...[countOf(ways[0]?.n), ...ways.map(accuracy), points(Math.max(...accuracies) - Math.min(...accuracies))],
        ],
      ];
    }),
  );
  const long = ["long documents", "accuracy", "their members alone", "difference"];
  return titled("Steadiness", ["model", "head", ...long, "sample", ...SEGMENTATIONS, "largest difference"], rows);
}

function mixed(models: readonly ShownModel[]): string {
  const rows = models.flatMap(({ id, card }) =>
    Object.entries(card.heads).flatMap(([name, { mixed: found }]) => {
      if (!found) return [];
      const { bySegment, byToken, byPart, baseline } = found;
      return [
        [
          ...[
            id,
            `\`${name}\``,
            countOf(found.documents),
            countOf(bySegment.n),
            accuracy(bySegment),
            accuracy(byToken),
          ],
          ...[accuracy(baseline.bySegment), accuracy(baseline.byToken), countOf(byPart.n), accuracy(byPart)],
        ],
      ];
    }),
  );
  const segments = ["segments", "accuracy", "by tokens", "document's label", "document's label, by tokens"];
  return titled("Mixed documents", ["model", "head", "documents", ...segments, "parts", "accuracy of parts"], rows);
}

/** A table under a heading, or nothing where it would have no row. */
function titled(title: string, header: readonly string[], rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? "" : `### ${title}\n\n${table(header, rows)}`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
  return [header, header.map(() => "---"), ...rows].map(line).join("");
}

function accuracy(figures: Figures | undefined): string {
  if (figures?.accuracy === undefined || !figures.interval95) return "";
  const [low, high] = figures.interval95;
  return `${percent(figures.accuracy)} (${percent(low)} to ${percent(high)})`;
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}

function points(share: number): string {
  return `${percent(share)} points`;
}

function countOf(n: number | undefined): string {
  return n === undefined ? "" : count(n);
}
