/** One evaluated row. */
export interface Prediction {
  readonly label: string;
  /** Undefined when the text could not be classified; counts as wrong. */
  readonly predicted: string | undefined;
  /** The score of the predicted label, 0 to 1. */
  readonly confidence: number;
  /** The rows of one group are right or wrong together; a row without one tells something of its own. */
  readonly group?: string | undefined;
}

export interface LabelMetrics {
  readonly n: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** The share of right answers among n, with its 95% interval. */
export interface Accuracy {
  readonly n: number;
  readonly accuracy: number;
  readonly interval95: [number, number];
}

/** One answer, and how much it counts. */
export interface Outcome {
  readonly isRight: boolean;
  readonly weight: number;
  /** What it has in common with others, which are right or wrong together; without it, nothing. */
  readonly cluster?: unknown;
}

export interface Summary extends Accuracy {
  readonly macroF1: number;
  /** Expected calibration error. */
  readonly ece: number;
  /** What it would be on average of as many rows with these scores, were the scores exactly calibrated. */
  readonly eceByChance: number;
  readonly perLabel: Readonly<Record<string, LabelMetrics>>;
}

/** The 97.5% quantile of the normal distribution. */
const Z = 1.959964;

/** Bins of the calibration error, as in Guo et al., "On Calibration of Modern Neural Networks" (ICML 2017). */
const CALIBRATION_BINS = 15;

/** Accuracy and its kin over at least one row; macro-F1 is the mean over the labels that occur. */
export function summarize(predictions: readonly Prediction[], labels: readonly string[]): Summary {
  const perLabel = Object.fromEntries(labels.map((label) => [label, labelMetrics(predictions, label)]));
  const occurring = Object.values(perLabel).filter((metrics) => metrics.n > 0);
  return {
    ...accuracyOf(predictions.map(outcome)),
    macroF1: occurring.reduce((sum, { f1 }) => sum + f1, 0) / occurring.length,
    ...calibration(predictions),
    perLabel,
  };
}

/** What a prediction counts for where every row counts the same. */
export function outcome({ label, predicted, group }: Prediction): Outcome {
  return { isRight: label === predicted, weight: 1, cluster: group };
}

/**
 * The weighted share of right outcomes. Its interval is Wilson's for as many rows of equal weight as tell as much: by Kish's
 * effective sample size, and where outcomes have clusters no more than by the variance of the clusters' sums (Cochran,
 * "Sampling Techniques", 1977, chapter 9A). Few clusters show that roughly, and may show too little of it by chance: so with
 * Student's quantile for the normal one. No outcome tells nothing, which is accuracy 0 within [0, 1].
 */
export function accuracyOf(outcomes: readonly Outcome[]): Accuracy {
  const n = outcomes.length;
  if (n === 0) return { n, accuracy: 0, interval95: [0, 1] };
  const sum = (of: (outcome: Outcome) => number) => outcomes.reduce((total, outcome) => total + of(outcome), 0);
  const total = sum(({ weight }) => weight);
  const accuracy = sum(({ isRight, weight }) => (isRight ? weight : 0)) / total;
  const alike = total ** 2 / sum(({ weight }) => weight ** 2);
  const { tell, clusters } = clustersTell(outcomes, accuracy, total, alike);
  return { n, accuracy, interval95: wilsonInterval(accuracy, Math.min(tell, alike), studentQuantile(clusters - 1)) };
}

/**
 * As many independent rows of equal weight as have the variance that the clusters' sums show, and the number of clusters that
 * showed it; without clusters, any number of both.
 * @param alike as many as there are, of equal weight
 */
function clustersTell(
  outcomes: readonly Outcome[],
  accuracy: number,
  total: number,
  alike: number,
): { readonly tell: number; readonly clusters: number } {
  if (outcomes.every(({ cluster }) => cluster === undefined)) return { tell: Infinity, clusters: Infinity };
  const clusters = new Map<unknown, { weight: number; excess: number }>();
  for (const { isRight, weight, cluster = Symbol() } of outcomes) {
    const sums = clusters.get(cluster) ?? { weight: 0, excess: 0 };
    sums.weight += weight;
    sums.excess += weight * ((isRight ? 1 : 0) - accuracy);
    clusters.set(cluster, sums);
  }
  const sums = [...clusters.values()];
  // One cluster shows no variance at all.
  if (sums.length === 1) return { tell: 1, clusters: Infinity };
  // All right or all wrong, they show none: then each tells as much as one row.
  if (accuracy === 0 || accuracy === 1)
    return { tell: total ** 2 / sums.reduce((all, { weight }) => all + weight ** 2, 0), clusters: Infinity };
  // Sums, and rows, vary about a mean of their own, which takes one of each.
  const unbiased = (sums.length - 1) / sums.length / (1 - 1 / alike);
  const squares = sums.reduce((all, { excess }) => all + excess ** 2, 0);
  return { tell: (unbiased * accuracy * (1 - accuracy) * total ** 2) / squares, clusters: sums.length };
}

/**
 * The 97.5% quantile of Student's t distribution: Cornish and Fisher's expansion (Abramowitz and Stegun, 26.7.5), which is far off
 * for one and two degrees of freedom.
 */
function studentQuantile(freedom: number): number {
  if (freedom <= 2) return freedom === 1 ? 12.7062 : 4.3027;
  const [z3, z5, z7] = [Z ** 3, Z ** 5, Z ** 7];
  return (
    Z +
    (z3 + Z) / (4 * freedom) +
    (5 * z5 + 16 * z3 + 3 * Z) / (96 * freedom ** 2) +
    (3 * z7 + 19 * z5 + 17 * z3 - 15 * Z) / (384 * freedom ** 3)
  );
}

function labelMetrics(predictions: readonly Prediction[], label: string): LabelMetrics {
  const n = predictions.filter((row) => row.label === label).length;
  const predicted = predictions.filter((row) => row.predicted === label).length;
  const right = predictions.filter((row) => row.label === label && row.predicted === label).length;
  const ratio = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
  return { n, precision: ratio(right, predicted), recall: ratio(right, n), f1: ratio(2 * right, n + predicted) };
}

/** Wilson's score interval for a proportion (JASA 22, 1927), at the quantile z. */
function wilsonInterval(p: number, n: number, z: number): [number, number] {
  const center = (p + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const margin = (z / (1 + z ** 2 / n)) * Math.sqrt((p * (1 - p)) / n + z ** 2 / (4 * n ** 2));
  return [center - margin, center + margin];
}

/**
 * The mean over rows of |accuracy - mean confidence| of their bin. By chance the right ones of a bin are off from the sum of
 * their scores p by sqrt(2 / pi * sum of p (1 - p)): the mean absolute deviation of the normal distribution that they near.
 */
function calibration(predictions: readonly Prediction[]): Pick<Summary, "ece" | "eceByChance"> {
  const bins = Array.from({ length: CALIBRATION_BINS }, () => ({ right: 0, confidence: 0, variance: 0 }));
  for (const { label, predicted, confidence } of predictions) {
    const bin = bins[Math.min(CALIBRATION_BINS - 1, Math.floor(confidence * CALIBRATION_BINS))];
    if (!bin) continue;
    bin.right += label === predicted ? 1 : 0;
    bin.confidence += confidence;
    bin.variance += confidence * (1 - confidence);
  }
  const mean = (of: (bin: (typeof bins)[number]) => number) =>
    bins.reduce((sum, bin) => sum + of(bin), 0) / predictions.length;
  return {
    ece: mean(({ right, confidence }) => Math.abs(right - confidence)),
    eceByChance: mean(({ variance }) => Math.sqrt((2 / Math.PI) * variance)),
  };
}
