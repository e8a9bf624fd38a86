import type { Chunk } from "./chunks";
import { documentsOf, type Sequence } from "./sequence";

/** The means of rows of width d over each of D documents, from sums over some of them. */
export class Means {
  /** [D, d] */
  private readonly sums: Float64Array;

  constructor(
    private readonly sequence: Sequence,
    private readonly width: number,
  ) {
    this.sums = new Float64Array(documentsOf(sequence).length * width);
  }

  /** @param sums [B, d] Over a chunk's rows of each of its documents. */
  add({ documents }: Chunk, sums: Float32Array): void {
    documents.forEach((document, row) => {
      const [from, to] = [row * this.width, document * this.width];
      for (let i = 0; i < this.width; i++) this.sums[to + i] = (this.sums[to + i] ?? 0) + (sums[from + i] ?? 0);
    });
  }

  /** [D, d] */
  values(): Float32Array {
    const rows = documentsOf(this.sequence).map(({ start, end }) => end - start);
    return divided(this.sums, rows);
  }
}

/** Sums [R, width], each row divided by its number of `by` [R]. */
function divided(sums: Float64Array, by: ArrayLike<number>): Float32Array {
  const quotients = new Float32Array(sums.length);
  const width = sums.length / by.length;
  for (let row = 0; row < by.length; row++) {
    const divisor = by[row] ?? 1;
    for (let i = row * width; i < (row + 1) * width; i++) quotients[i] = (sums[i] ?? 0) / divisor;
  }
  return quotients;
}

/** What the global aggregation found in a chunk of n rows of B documents; see {@link GlobalStatistics}. */
export interface AttentionPart {
  /** [B, h] */
  readonly largest: Float32Array;
  /** [B, h, n] */
  readonly weights: Float32Array;
}

/** What it found in whole documents. */
export interface GlobalSummary {
  /** [D, h] The largest score of each head, and the sum of exp(score - largest) over all rows. */
  readonly largest: Float64Array;
  readonly totals: Float64Array;
  /** [D, h, d] The rows' sum, weighted by the attention on each. */
  readonly attended: Float32Array;
}

/**
 * The softmax of h heads over all rows of each document from the softmaxes over chunks of them: each is brought to the
 * largest score of all, as in Milakov and Gimelshein, "Online normalizer calculation for softmax" (arXiv 1805.02867).
 */
export class GlobalMerge {
  /** [D, h] As {@link GlobalSummary} has them, of the chunks so far. */
  private readonly largest: Float64Array;
  private readonly totals: Float64Array;
  /** [D, h, d] */
  private readonly sums: Float64Array;

  constructor(
    documents: number,
    private readonly heads: number,
    private readonly width: number,
  ) {
    this.largest = new Float64Array(documents * heads).fill(-Infinity);
    this.totals = new Float64Array(documents * heads);
    this.sums = new Float64Array(documents * heads * width);
  }

  /** @param attended [B, h, d] The rows' sum, weighted by `part.weights`. */
  add({ documents, start, end }: Chunk, part: AttentionPart, attended: Float32Array): void {
    const [n, { heads, width }] = [end - start, this];
    for (let row = 0; row < documents.length * heads; row++) {
      const into = (documents[Math.floor(row / heads)] ?? 0) * heads + (row % heads);
      const before = this.largest[into] ?? 0;
      const here = part.largest[row] ?? 0;
      const largest = Math.max(before, here);
      const [old, fresh] = [Math.exp(before - largest), Math.exp(here - largest)];
      this.largest[into] = largest;
      let total = 0;
      for (let i = row * n; i < (row + 1) * n; i++) total += part.weights[i] ?? 0;
      this.totals[into] = (this.totals[into] ?? 0) * old + total * fresh;
      const [from, to] = [row * width, into * width];
      for (let i = 0; i < width; i++)
        this.sums[to + i] = (this.sums[to + i] ?? 0) * old + (attended[from + i] ?? 0) * fresh;
    }
  }

  summary(): GlobalSummary {
    const { largest, totals } = this;
    return {
      largest,
      totals,
      attended: divided(this.sums, totals),
    };
  }
}

/** [h, n] The attention on each row of a chunk, that of the document it is of; 0 where it is of none. */
export function attentionOn(
  { documents, start, end }: Chunk,
  { largest, weights }: AttentionPart,
  summary: GlobalSummary,
): Float32Array {
  const [n, heads] = [end - start, largest.length / documents.length];
  const attention = new Float32Array(heads * n);
  largest.forEach((here, row) => {
    const head = row % heads;
    const of = (documents[Math.floor(row / heads)] ?? 0) * heads + head;
    const scale = Math.exp(here - (summary.largest[of] ?? 0)) / (summary.totals[of] ?? 1);
    for (let i = 0; i < n; i++) {
      attention[head * n + i] = (attention[head * n + i] ?? 0) + (weights[row * n + i] ?? 0) * scale;
    }
  });
  return attention;
}

/** The maximum of each of K segments, [K, d], from the maxima over what chunks hold of them, where it is not known before. */
export class SegmentMaxima {
  /** [K, d] Zeros of a segment that no chunk holds: a part of a document takes no time for all the others. */
  readonly values: Float32Array;
  /** [K] 1 where a chunk holds some of a segment. */
  private readonly found: Uint8Array;

  /** @param known [d] Of some of the segments, by their numbers. */
  constructor(
    segments: number,
    private readonly width: number,
    private readonly known?: ReadonlyMap<number, Float32Array>,
  ) {
    this.values = new Float32Array(segments * width);
    this.found = new Uint8Array(segments);
  }

  /** @param maxima [S, d] One row for each of a chunk's segments. */
  add({ tree: { segments } }: Chunk, maxima: Float32Array): void {
    const { values, width, found, known } = this;
    for (let row = 0; row < segments.length; row++) {
      const segment = segments[row] ?? 0;
      const here = known?.get(segment) ?? maxima.subarray(row * width, (row + 1) * width);
      const whole = values.subarray(segment * width, (segment + 1) * width);
      if (found[segment]) for (let i = 0; i < width; i++) whole[i] = Math.max(whole[i] ?? 0, here[i] ?? 0);
      else whole.set(here);
      found[segment] = 1;
    }
  }
}

/** [rows.length + spare, width] Some rows of `values`, by their numbers, and zeros. */
export function picked(values: Float32Array, rows: ArrayLike<number>, width: number, spare = 0): Float32Array {
  const result = new Float32Array((rows.length + spare) * width);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    result.set(values.subarray(row * width, (row + 1) * width), i * width);
  }
  return result;
}
