import assert from "node:assert/strict";
import { Random } from "../../../src/cli/evaluation/random";
import { accuracyOf, summarize, type Outcome, type Prediction } from "../../../src/cli/evaluation/accuracy";

const row = (label: string, predicted: string | undefined, confidence: number): Prediction => ({
  label,
  predicted,
  confidence,
});

describe("evaluation metrics", () => {
  const predictions = [
    row("a", "a", 0.9),
    row("a", "b", 0.6),
    row("b", "b", 0.9),
    row("b", "b", 0.8),
    row("b", undefined, 0),
  ];
  const summary = summarize(predictions, ["a", "b", "c"]);

  it("count an unclassified text as wrong", () => {
    assert.equal(summary.n, 5);
    assert.equal(summary.accuracy, 3 / 5);
  });

  it("give precision, recall and F1 per label, and their mean over the labels that occur", () => {
    assert.deepEqual(summary.perLabel.a, { n: 2, precision: 1, recall: 1 / 2, f1: 2 / 3 });
    assert.deepEqual(summary.perLabel.b, { n: 3, precision: 2 / 3, recall: 2 / 3, f1: 2 / 3 });
    assert.deepEqual(summary.perLabel.c, { n: 0, precision: 0, recall: 0, f1: 0 });
    assert.ok(Math.abs(summary.macroF1 - 2 / 3) < 1e-12);
  });

  it("give Wilson's 95% interval", () => {
    // 3 of 5: statsmodels' proportion_confint(3, 5, method="wilson").
    const [low, high] = summary.interval95;
    assert.ok(Math.abs(low - 0.2307) < 1e-4 && Math.abs(high - 0.8824) < 1e-4, `${low} ${high}`);
  });

  it("take the rows of one group for one where they are right or wrong together", () => {
    const pairs = Array.from({ length: 20 }, (_, k) => [row("a", k < 15 ? "a" : "b", 0.9), String(k)] as const);
    const alone = pairs.map(([one]) => one);
    const rows = pairs.flatMap(([one, group]) => [
      { ...one, group },
      { ...one, group },
    ]);
    const width = (some: readonly Prediction[]): number => {
      const [low, high] = summarize(some, ["a", "b"]).interval95;
      return high - low;
    };
    // Student's quantile of 19 degrees of freedom, 2.093, for the normal one.
    const wider = 2.093 / 1.96;
    assert.ok(Math.abs(width(rows) / width(alone) - wider) < 0.03, `${width(rows)}, ${width(alone)}`);
    // Forty groups of one row each tell as much as forty rows, but for Student's quantile of 39 degrees of freedom, 2.023.
    const apart = rows.map((one, k) => ({ ...one, group: String(k) }));
    const ratio = width(apart) / width(pairs.flatMap(([one]) => [one, one]));
    assert.ok(Math.abs(ratio - 2.023 / 1.96) < 0.01, `${ratio}`);
  });

  it("give the expected calibration error over 15 bins", () => {
    // Bins of 0.9 (two right), 0.8 (one right), 0.6 (none right), 0 (none right).
    assert.ok(Math.abs(summary.ece - (0.2 + 0.2 + 0.6) / 5) < 1e-12, String(summary.ece));
  });

  it("give what calibrated scores have for a calibration error by chance", () => {
    const random = new Random(0);
    const scores = Array.from({ length: 300 }, () => 0.5 + random.integer(500) / 1000);
    const draws = Array.from({ length: 200 }, () =>
      summarize(
        scores.map((p) => row("a", random.integer(1000) < 1000 * p ? "a" : "b", p)),
        ["a", "b"],
      ),
    );
    const mean = draws.reduce((sum, { ece }) => sum + ece, 0) / draws.length;
    const expected = draws[0]?.eceByChance ?? 0;
    assert.ok(Math.abs(mean - expected) < 0.05 * expected, `${mean} on average, not ${expected}`);
  });
});

describe("a weighted accuracy", () => {
  const outcome = (isRight: boolean, weight: number): Outcome => ({ isRight, weight });

  it("weighs its outcomes, and has the interval of as many equal ones as tell as much", () => {
    const { n, accuracy, interval95 } = accuracyOf([outcome(true, 3), outcome(false, 1), outcome(true, 1)]);
    assert.equal(n, 3);
    assert.equal(accuracy, 4 / 5);
    // (3 + 1 + 1)^2 / (9 + 1 + 1) = 25 / 11 rows, of which 4 / 5 are right, by Wilson's formula.
    assert.ok(Math.abs(interval95[0] - 0.2427) < 1e-4 && Math.abs(interval95[1] - 0.9804) < 1e-4, interval95.join(" "));
  });

  it("has a wider interval where outcomes of a cluster are right or wrong together, and no narrower one where they are not", () => {
    const width = (outcomes: readonly Outcome[]): number => {
      const [low, high] = accuracyOf(outcomes).interval95;
      return high - low;
    };
    const of = (isRight: (k: number) => boolean, cluster?: (k: number) => number): Outcome[] =>
      Array.from({ length: 40 }, (_, k) => ({ ...outcome(isRight(k), 1), cluster: cluster?.(k) }));
    const alone = width(of((k) => k % 8 < 4));
    // Ten clusters of four alike say as much as ten rows: by Wilson's formula at Student's quantile, 2.262, half of them right.
    const alike = width(
      of(
        (k) => k % 8 < 4,
        (k) => Math.floor(k / 4),
      ),
    );
    assert.ok(Math.abs(alike - 0.5818) < 0.03, `${alike}`);
    assert.ok(
      width(
        of(
          (k) => k % 2 < 1,
          (k) => Math.floor(k / 4),
        ),
      ) >= width(of((k) => k % 2 < 1)),
    );
    assert.ok(alike > alone);
    assert.ok(
      width(
        of(
          () => true,
          (k) => Math.floor(k / 4),
        ),
      ) > width(of(() => true)),
    );
  });

  it("has Student's quantile for few clusters, however little they differ", () => {
    // Four clusters of ten, half of each right: Wilson's formula for 40 rows at 3.182, three degrees of freedom's quantile.
    const outcomes = Array.from({ length: 40 }, (_, k) => ({ ...outcome(k % 2 < 1, 1), cluster: Math.floor(k / 10) }));
    const [low, high] = accuracyOf(outcomes).interval95;
    assert.ok(Math.abs(low - 0.2753) < 0.002 && Math.abs(high - 0.7247) < 0.002, `${low} ${high}`);
  });

  it("of one cluster tells as much as one row", () => {
    const cluster = "all";
    const { accuracy, interval95 } = accuracyOf([true, true, false].map((is) => ({ ...outcome(is, 1), cluster })));
    assert.equal(accuracy, 2 / 3);
    assert.ok(interval95[0] < 0.15 && interval95[1] > 0.95, interval95.join(" "));
  });

  it("does not change with the scale of the weights", () => {
    const ofScale = (scale: number) => accuracyOf([outcome(true, scale), outcome(false, scale)]);
    assert.deepEqual(ofScale(4), ofScale(1));
  });

  it("of nothing may be anything", () => {
    assert.deepEqual(accuracyOf([]), { n: 0, accuracy: 0, interval95: [0, 1] });
  });
});
