import type { Part } from "../analysis/draft";
import { LayerMaps } from "../analysis/layerMaps";
import { MeanHead } from "../analysis/meanHead";
import { SegmentSums } from "../analysis/segmentSums";
import type { PoNetConfig } from "../ponet/config";
import { logitsName } from "../ponet/graphs";
import type { Head } from "../ponet/heads";
import { meanOverHeads, ROW_STATISTICS, segmentShares } from "../ponet/maps";
import { rowsOf, type ComputedStep, type KnownLayer, type Step } from "../ponet/step";
import { output, type Outputs } from "../ponet/session";
import type { TokenizedDocument } from "./document";
import type { SegmentRun } from "./leaveOneOut";
import { leadOf } from "./sequence";

/**
 * Of segments of at least so many tokens the maxima are kept: shorter ones are soon read again. So what is kept of a layer is
 * no more than a 64th of the document's vectors, however many segments there are.
 */
const LONG_SEGMENT = 64;

/** Makes figures of a document's segments out of the steps of a run over it, and gives them to `add` as they are known. */
export class StepReader {
  private readonly segments: SegmentSums;
  private readonly lead: number;
  private maps: LayerMaps | undefined;
  /** By the head's index; those that are no mean heads are left out. */
  private readonly meanHeads = new Map<number, MeanHead>();
  /** What a part of the document can be computed with again. */
  readonly layers: KnownLayer[] = [];
  /** [L] of each head, by index, as far as it is known. */
  readonly logits: Float32Array[] = [];

  constructor(
    { tokenBounds }: TokenizedDocument,
    private readonly config: PoNetConfig,
    private readonly heads: readonly Head[],
    private readonly add: (part: Part) => void,
  ) {
    this.segments = new SegmentSums(tokenBounds);
    this.lead = leadOf(config);
    heads.forEach(({ kind, labels }, i) => {
      if (kind === "mean") this.meanHeads.set(i, new MeanHead(this.segments, labels));
    });
  }

  read(step: Step): void {
    if (step.kind === "merged") {
      this.maps = new LayerMaps(this.segments, this.shares(step.maxima));
      this.layers.push({ ...step.summary, maxima: this.longSegments(step.maxima) });
    } else if (step.kind === "computed") this.readRows(step);
    else if (step.kind === "done") this.readPooledHeads(step.outputs);
  }

  /** @param lost [L] Of each head, by index: what the document's logits lose without the segments of `run`. */
  leaveOut({ firstSegment, endSegment, tokens }: SegmentRun, lost: readonly Float32Array[]): void {
    for (const [head, logits] of this.logits.entries()) {
      if (this.meanHeads.has(head)) continue;
      const labels = logits.length;
      const contributions = Float32Array.from({ length: (endSegment - firstSegment) * labels }, (_, i) => {
        const share = this.segments.tokensOf(firstSegment + Math.floor(i / labels)) / (tokens[1] - tokens[0]);
        return (lost[head]?.[i % labels] ?? 0) * share;
      });
      this.add({ kind: "head", head, firstSegment, contributions, logits, tokens: this.segments.tokens });
    }
  }

  private readRows(step: ComputedStep): void {
    const { layer, chunk, attention } = step;
    const firstToken = chunk.start - this.lead;
    const finished = this.segments.segmentAt(chunk.end - this.lead);
    const statistics = ROW_STATISTICS.map((name) => rowsOf(step, name));
    this.maps?.add(firstToken, meanOverHeads(attention, this.config.heads), statistics);
    if (this.maps) this.add({ kind: "maps", layer, ...this.maps.finish(finished) });
    if (layer + 1 < this.config.layers) return;
    for (const [head, reader] of this.meanHeads) {
      const { [head]: described } = this.heads;
      if (described) reader.add(rowsOf(step, logitsName(described)), firstToken);
      const found = reader.finish(finished);
      this.logits[head] = found.logits;
      this.add({ kind: "head", head, ...found });
    }
  }

  private readPooledHeads(outputs: Outputs): void {
    this.heads.forEach((head, i) => {
      if (head.kind === "mean") return;
      const logits = output(outputs, logitsName(head));
      this.logits[i] = logits;
      const { tokens } = this.segments;
      this.add({ kind: "head", head: i, firstSegment: 0, contributions: new Float32Array(), logits, tokens });
    });
  }

  /** [K or more] [CLS] and [SEP] hold maxima too where they are pooled. */
  private shares(maxima: Float32Array): Float32Array {
    const { clsgsepg, hiddenSize } = this.config;
    return segmentShares(clsgsepg ? maxima.subarray(0, this.segments.segments * hiddenSize) : maxima, hiddenSize);
  }

  private longSegments(maxima: Float32Array): Map<number, Float32Array> {
    const { hiddenSize } = this.config;
    const kept = new Map<number, Float32Array>();
    for (let segment = 0; segment < this.segments.segments; segment++) {
      if (this.segments.tokensOf(segment) < LONG_SEGMENT) continue;
      kept.set(segment, maxima.slice(segment * hiddenSize, (segment + 1) * hiddenSize));
    }
    return kept;
  }
}
