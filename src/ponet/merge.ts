/** The mean of rows of width d, from sums over some of them. */
export class Mean {
  private readonly sums: Float64Array;
  private rows = 0;

  constructor(width: number) {
    this.sums = new Float64Array(width);
  }

  add(sum: Float32Array, rows: number): void {
    this.rows += rows;
    sum.forEach((x, i) => {
      this.sums[i] = (this.sums[i] ?? 0) + x;
    });
  }

  value(): Float32Array {
    return Float32Array.from(this.sums, (x) => x / this.rows);
  }
}

/** What the global aggregation found in n rows; see {@link GlobalStatistics}. */
export interface AttentionPart {
  /** [h] */
  readonly largest: Float32Array;
  /** [h, n] */
  readonly weights: Float32Array;
}

/** What it found in a whole sequence. */
export interface GlobalSummary {
  /** [h] The largest score of each head, and the sum of exp(score - largest) over all rows. */
  readonly largest: Float64Array;
  readonly totals: Float64Array;
  /** [h, d] The rows' sum, weighted by the attention on each. */
  readonly attended: Float32Array;
}

/**
 * The softmax over all rows of h heads from the softmaxes over chunks of them: each is brought to the largest score of
 * all, as in Milakov and Gimelshein, "Online normalizer calculation for softmax" (arXiv 1805.02867).
 */
export class GlobalMerge {
  private readonly largest: Float64Array;
  private readonly totals: Float64Array;
  /** [h, d] */
  private readonly sums: Float64Array;

  constructor(
    private readonly heads: number,
    private readonly width: number,
  ) {
    this.largest = new Float64Array(heads).fill(-Infinity);
    this.totals = new Float64Array(heads);
    this.sums = new Float64Array(heads * width);
  }

  /** @param attended [h, d] The rows' sum, weighted by `part.weights`. */
  add(part: AttentionPart, attended: Float32Array): void {
    const n = part.weights.length / this.heads;
    for (let head = 0; head < this.heads; head++) {
      const before = this.largest[head] ?? 0;
      const here = part.largest[head] ?? 0;
      const largest = Math.max(before, here);
      const [old, fresh] = [Math.exp(before - largest), Math.exp(here - largest)];
      this.largest[head] = largest;
      let total = 0;
      for (let i = head * n; i < (head + 1) * n; i++) total += part.weights[i] ?? 0;
      this.totals[head] = (this.totals[head] ?? 0) * old + total * fresh;
      for (let i = head * this.width; i < (head + 1) * this.width; i++) {
        this.sums[i] = (this.sums[i] ?? 0) * old + (attended[i] ?? 0) * fresh;
      }
    }
  }

  summary(): GlobalSummary {
    const { largest, totals, width } = this;
    return {
      largest,
      totals,
      attended: Float32Array.from(this.sums, (sum, i) => sum / (totals[Math.floor(i / width)] ?? 1)),
    };
  }
}

/** [h, n] The attention on the rows of a part of the sequence that `summary` is of. */
export function attentionOn({ largest, weights }: AttentionPart, summary: GlobalSummary): Float32Array {
  const n = weights.length / largest.length;
  const scales = Float64Array.from(
    largest,
    (here, head) => Math.exp(here - (summary.largest[head] ?? 0)) / (summary.totals[head] ?? 1),
  );
  return weights.map((weight, i) => weight * (scales[Math.floor(i / n)] ?? 0));
}

/** The maximum of each of K segments, [K, d], from the maxima over what chunks hold of them. */
export class SegmentMaxima {
  /** [K, d] */
  readonly values: Float32Array;

  constructor(
    segments: number,
    private readonly width: number,
  ) {
    this.values = new Float32Array(segments * width).fill(-Infinity);
  }

  /** @param maxima [S, d] One row for each of `segments` [S]. */
  add(segments: Int32Array, maxima: Float32Array): void {
    segments.forEach((segment, row) => {
      const from = row * this.width;
      const to = segment * this.width;
      for (let i = 0; i < this.width; i++) {
        this.values[to + i] = Math.max(this.values[to + i] ?? 0, maxima[from + i] ?? 0);
      }
    });
  }

  /** [S + 1, d] The maxima of `segments` [S], and zeros. */
  of(segments: Int32Array): Float32Array {
    const rows = new Float32Array((segments.length + 1) * this.width);
    segments.forEach((segment, row) => {
      rows.set(this.values.subarray(segment * this.width, (segment + 1) * this.width), row * this.width);
    });
    return rows;
  }
}
