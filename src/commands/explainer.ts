import * as vscode from "vscode";
import { count, counted, signed } from "../analysis/figures";
import { lostWithout } from "../analysis/explanation";
import { byStrength, contribution, contributions } from "../analysis/segmentFigures";
import type { EngineClient } from "../engine/client";
import { UserError } from "../errors";
import type { Settings } from "../settings";
import type { Analyses } from "../views/analyses";
import { cancellable } from "../views/cancellable";
import type { Choice } from "../views/choice";
import { documentName } from "../views/documentName";
import { readingSettings } from "./readingSettings";
import type { ReadDocument, SegmentTarget } from "./segmentTarget";

/** Segments that are left out at once: the rest of the document is read again for each. */
const STRONGEST = 8;
const ANNOUNCED_MS = 10_000;

/** Has the engine leave segments out, each by itself, and keeps with the reading what goes with them. */
export class Explainer {
  constructor(
    private readonly engine: EngineClient,
    private readonly analyses: Analyses,
    private readonly settings: Settings,
    private readonly choice: Choice,
    private readonly modelsFolder: string,
  ) {}

  /**
   * "PoNet: Explain Segment": tells what the chosen label's logit loses without it.
   * @throws UserError when the reading is out of date or the engine fails
   */
  async one({ document, reading, segment }: SegmentTarget): Promise<void> {
    await this.explain({ document, reading }, [segment], `Leaving out segment ${count(segment + 1)}`);
    const chosen = this.choice.of(document.uri, reading.analysis);
    const { explanations = [] } = this.analyses.get(document.uri)?.reading ?? {};
    if (!chosen) return;
    const lost = lostWithout(explanations, segment, chosen.head.name, chosen.label);
    if (lost === undefined) return;
    const adds = signed(contribution(chosen.head, segment, chosen.label));
    const label = chosen.head.labels[chosen.label] ?? "";
    const told = `Segment ${count(segment + 1)} adds ${adds} to ${label}; without it, ${signed(lost)} goes`;
    vscode.window.setStatusBarMessage(told, ANNOUNCED_MS);
  }

  /**
   * "PoNet: Explain Strongest Segments": the strongest for the chosen label that are not explained yet.
   * @throws as {@link one}
   */
  async strongest({ document, reading }: ReadDocument): Promise<void> {
    const { analysis, explanations = [] } = reading;
    const chosen = this.choice.of(document.uri, analysis);
    if (!chosen) return;
    const { head, label } = chosen;
    const unexplained = Array.from(byStrength(contributions(head, label))).filter(
      (segment) => lostWithout(explanations, segment, head.name, label) === undefined,
    );
    const segments = unexplained.slice(0, STRONGEST);
    await this.explain({ document, reading }, segments, `Leaving out ${counted(segments.length, "segment")}`);
  }

  private async explain(
    { document, reading }: ReadDocument,
    segments: readonly number[],
    title: string,
  ): Promise<void> {
    const name = documentName(document.uri);
    if (reading.stale !== undefined) {
      throw new UserError(`The analysis of ${name} is out of date: classify it again, then explain it.`);
    }
    if (this.analyses.get(document.uri)?.running) {
      throw new UserError(`${name} is being classified again: explain it once that is done.`);
    }
    if (segments.length === 0) return;
    const { modelKey } = reading.analysis;
    const request = {
      ...(await readingSettings(this.settings, this.modelsFolder)),
      text: reading.text,
      name,
      modelKey,
    };
    const outdated = new AbortController();
    // What is found out is of no use to another reading, which is not to wait for it either.
    const subscription = this.analyses.onDidChange((uri) => {
      const now = this.analyses.get(document.uri);
      if (uri.toString() !== document.uri.toString()) return;
      if (now?.running || now?.reading?.id !== reading.id) outdated.abort();
    });
    try {
      const explanation = await cancellable(`${title} of ${name}`, (signal, tell) =>
        this.engine.explain(request, segments, {
          signal: AbortSignal.any([signal, outdated.signal]),
          onProgress: ({ fraction }) => {
            tell(fraction);
          },
        }),
      );
      if (explanation) this.analyses.explain(document.uri, reading.id, explanation);
    } finally {
      subscription.dispose();
    }
  }
}
