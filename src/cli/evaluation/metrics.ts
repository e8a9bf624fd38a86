import { accuracyOf, outcome, summarize } from "./accuracy";
import type { Metrics } from "../../models/card";
import type { HeadReader } from "./headReader";
import { predict, type TestRow } from "./testSet";

type UnseenProjects = NonNullable<Metrics["unseenProjects"]>;

/** What of a card's metrics says how to measure, without the figures themselves. */
export function testSetOf({ file, split, unseenProjects, baseline }: Metrics): Metrics {
  return { file, split, unseenProjects: unseenProjects && unmeasured(unseenProjects), baseline };
}

function unmeasured({ labels, seen }: UnseenProjects): UnseenProjects {
  return { labels, ...(seen && { seen }) };
}

/**
 * The figures of a head on its test set; those of unseen projects where `testSet` names their labels.
 * @param hasThreshold Whether there are figures of the rows of which the head is sure.
 */
export async function measureMetrics(
  reader: HeadReader,
  rows: readonly TestRow[],
  testSet: Metrics,
  hasThreshold: boolean,
): Promise<Metrics> {
  const predictions = await predict(reader, rows, "test set");
  const { n, accuracy, interval95, macroF1, ece, eceByChance } = summarize(predictions, reader.labels);
  const { unseenProjects } = testSet;
  const unseen = predictions.filter(
    ({ label, group = "" }) => unseenProjects?.labels.includes(label) && !unseenProjects.seen?.includes(group),
  );
  const sure = predictions.filter((row) => row.sure);
  return {
    ...testSetOf(testSet),
    n,
    accuracy,
    interval95,
    macroF1,
    ece,
    eceByChance,
    unseenProjects: unseenProjects && { ...unmeasured(unseenProjects), ...accuracyOf(unseen.map(outcome)) },
    sure: hasThreshold ? { coverage: sure.length / n, ...accuracyOf(sure.map(outcome)) } : undefined,
  };
}
