import * as vscode from "vscode";
import { lostWithout, type Explanation } from "../analysis/explanation";
import { count, counted, signed } from "../analysis/figures";
import { byStrength, contribution, contributions } from "../analysis/segmentFigures";
import { cancellable } from "../editor/cancellable";
import { documentName } from "../editor/documentName";
import type { Notifier } from "../editor/notifier";
import type { EngineClient, ReadingSettings } from "../engine/client";
import { PreconditionError } from "../errors";
import type { Analyses } from "../readings/analyses";
import type { Choice } from "../readings/choice";
import type { SegmentArgument } from "../views/segmentArgument";
import type { DocumentReading, SegmentTarget } from "./segmentTarget";

/** Segments that are left out at once: the rest of the document is read again for each. */
const STRONGEST = 8;

/** Has the engine leave segments out, each by itself, and keeps with the reading what goes with them. */
export class Explainer {
  /** The readings of which segments are being left out. */
  private readonly under = new Set<number>();

  constructor(
    private readonly engine: EngineClient,
    private readonly analyses: Analyses,
    private readonly readingSettings: () => Promise<ReadingSettings>,
    private readonly choice: Choice,
    private readonly notifier: Notifier,
  ) {}

  /** Whether segments of any reading are being left out: what comes of it is kept with the reading. */
  get isRunning(): boolean {
    return this.under.size > 0;
  }

  /**
   * "PoNet: Explain Segment": tells what the chosen label's logit loses without it, and where the panel has it.
   * @throws PreconditionError when the reading is out of date or being explained, UserError when the engine fails
   */
  async one({ document, reading, segment }: SegmentTarget): Promise<void> {
    const unknown = unexplained([segment], reading.explanations);
    await this.explain({ document, reading }, unknown, `Leaving out segment ${count(segment + 1)}`);
    const chosen = this.choice.of(document.uri, reading.analysis);
    const { explanations = [] } = this.analyses.get(document.uri)?.reading ?? {};
    if (!chosen) return;
    const lost = lostWithout(explanations, segment, chosen.head.name, chosen.label);
    if (lost === undefined) return;
    const adds = signed(contribution(chosen.head, segment, chosen.label));
    const label = chosen.head.labels[chosen.label] ?? "";
    const place = `Segment ${count(segment + 1)} of ${documentName(document.uri)}`;
    const argument: SegmentArgument = { uri: document.uri.toString(), readingId: reading.id, segment };
    this.notifier.information(`${place} adds ${adds} to ${label}; without it, ${signed(lost)} goes.`, {
      title: "Reveal in Panel",
      run: () => vscode.commands.executeCommand("ponet.revealInPanel", argument),
    });
  }

  /**
   * "PoNet: Explain Strongest Segments": the strongest for the chosen label that are not explained yet.
   * @throws PreconditionError as {@link one}, and when there is none left
   */
  async strongest({ document, reading }: DocumentReading): Promise<void> {
    const { analysis, explanations } = reading;
    const chosen = this.choice.of(document.uri, analysis);
    if (!chosen) return;
    const { head, label } = chosen;
    const order = Array.from(byStrength(contributions(head, label)));
    const segments = unexplained(order, explanations).slice(0, STRONGEST);
    if (segments.length === 0) {
      const name = documentName(document.uri);
      throw new PreconditionError(
        `All segments of ${name} have been left out: the panel shows what goes without each.`,
      );
    }
    await this.explain({ document, reading }, segments, `Leaving out ${counted(segments.length, "segment")}`);
  }

  private async explain(
    { document, reading }: DocumentReading,
    segments: readonly number[],
    title: string,
  ): Promise<void> {
    const name = documentName(document.uri);
    if (reading.stale !== undefined) {
      throw new PreconditionError(`The analysis of ${name} is out of date: classify it again, then explain it.`);
    }
    if (this.analyses.get(document.uri)?.running) {
      throw new PreconditionError(`${name} is being classified again: explain it once that is done.`);
    }
    if (this.under.has(reading.id)) {
      throw new PreconditionError(
        `Segments of ${name} are being left out: explain more once that is done or cancelled.`,
      );
    }
    if (segments.length === 0) return;
    this.under.add(reading.id);
    try {
      await this.leaveOut({ document, reading }, segments, `${title} of ${name}`);
    } finally {
      this.under.delete(reading.id);
    }
  }

  private async leaveOut(
    { document, reading }: DocumentReading,
    segments: readonly number[],
    title: string,
  ): Promise<void> {
    const { modelKey, segmentation } = reading.analysis;
    const outdated = new AbortController();
    // What is found out is of no use to another reading, which is not to wait for it either.
    const subscription = this.analyses.onDidChange((uri) => {
      if (uri.toString() !== document.uri.toString()) return;
      const now = this.analyses.get(uri);
      if (now?.running || now?.reading?.id !== reading.id) outdated.abort();
    });
    try {
      const request = {
        ...(await this.readingSettings()),
        segmentation,
        text: reading.text,
        name: documentName(document.uri),
        modelKey,
      };
      const explanation = await cancellable(
        title,
        (signal, tell) =>
          this.engine.explain(request, segments, {
            signal,
            onProgress: ({ fraction }) => {
              tell(fraction);
            },
          }),
        outdated,
      );
      if (explanation) this.analyses.explain(document.uri, reading.id, explanation);
    } finally {
      subscription.dispose();
    }
  }
}

/** Those of the segments of which it is not known yet what goes without them. */
function unexplained(segments: readonly number[], explanations: readonly Explanation[] = []): number[] {
  const known = new Set(explanations.flatMap((explanation) => explanation.segments));
  return segments.filter((segment) => !known.has(segment));
}
