import { bytesToRead } from "./contents";
import type { CorpusDocument } from "./documents";
import type { CorpusProgress } from "./progress";

/**
 * What the pace is told from, at most: some batches. The clock of a machine that sleeps may run on, and the mean over a whole run
 * would not get over a night of it.
 */
const PACE_BYTES = 2 ** 20;

/** Counts files and bytes, and tells from the pace so far how long the rest takes. */
export class ProgressCount {
  private readonly total: number;
  private readonly totalBytes: number;
  private finished = 0;
  private reused = 0;
  private bytes = 0;
  /** Of what was read last in this run: what an earlier one read says nothing of the pace. */
  private readBytes = 0;
  private readMs = 0;

  constructor(documents: readonly CorpusDocument[]) {
    this.total = documents.length;
    this.totalBytes = documents.reduce((sum, document) => sum + bytesToRead(document), 0);
  }

  /** Counts a document that took so many milliseconds. */
  read(document: CorpusDocument, ms: number): void {
    this.readBytes += bytesToRead(document);
    this.readMs += ms;
    if (this.readBytes > PACE_BYTES) {
      this.readBytes /= 2;
      this.readMs /= 2;
    }
    this.finish(document);
  }

  /** Counts a document whose row was there. */
  reuse(document: CorpusDocument): void {
    this.reused++;
    this.finish(document);
  }

  /** @param current The documents under way, of which `fraction` is done. */
  progress(current: readonly CorpusDocument[] = [], fraction = 0): CorpusProgress {
    const { finished, reused, total, totalBytes, readBytes, readMs } = this;
    const underWay = current.reduce((sum, document) => sum + bytesToRead(document), 0);
    const bytes = this.bytes + underWay * fraction;
    return {
      finished,
      reused,
      total,
      fraction: totalBytes > 0 ? bytes / totalBytes : 1,
      ...(readBytes > 0 && { timeRemainingMs: ((totalBytes - bytes) * readMs) / readBytes }),
    };
  }

  private finish(document: CorpusDocument): void {
    this.finished++;
    this.bytes += bytesToRead(document);
  }
}
