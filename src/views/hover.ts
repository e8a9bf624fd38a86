import * as vscode from "vscode";
import { argmax, type Analysis, type HeadAnalysis } from "../analysis/analysis";
import { segmentVerdict } from "../analysis/verdict";
import type { Analyses, Reading } from "./analyses";
import { count, counted, labelOf, percent, signed } from "../analysis/figures";
import { literal } from "./markdown";
import { contribution, meanPooling, segmentAt, segmentCount } from "../analysis/segmentFigures";

/**
 * Tells of the segment under the pointer what it says, what it adds to the document's verdict and how it was pooled.
 * `onHover` is told of the segment.
 */
export function registerHover(
  analyses: Analyses,
  onHover: (document: vscode.TextDocument, segment: number) => void,
): vscode.Disposable {
  return vscode.languages.registerHoverProvider("*", {
    provideHover(document, position) {
      const reading = analyses.current(document);
      if (!reading) return undefined;
      const segment = segmentAt(reading.analysis.bounds, document.offsetAt(position));
      if (segment === undefined) return undefined;
      onHover(document, segment);
      return new vscode.Hover(describe(reading, segment));
    },
  });
}

function describe({ analysis, selection }: Reading, segment: number): vscode.MarkdownString {
  const tokens = analysis.segmentTokens[segment] ?? 0;
  const whole = selection ? "selection" : "document";
  const share = percent(tokens / Math.max(1, analysis.tokens));
  const place = `PoNet · segment ${count(segment + 1)} of ${count(segmentCount(analysis))}`;
  const size = `${counted(tokens, "token")}, ${share} of the ${whole}’s tokens`;
  const text = new vscode.MarkdownString(`**${place}** · ${size} · [Show Panel](command:ponet.panel.focus)\n\n`);
  text.isTrusted = { enabledCommands: ["ponet.panel.focus"] };
  if (tokens > 0) text.appendMarkdown(`${verdicts(analysis, segment, whole)}\n\n${pooling(analysis, segment)}`);
  return text;
}

function verdicts({ heads }: Analysis, segment: number, whole: string): string {
  const rows = heads.map((head) => {
    const verdict = segmentVerdict(head, segment);
    const own = `**${literal(labelOf(verdict))}** ${percent(verdict.score)}`;
    return `| ${literal(head.name)} | ${own} | &emsp;${adds(head, segment)} |`;
  });
  return [`| Head | Segment | &emsp;To the ${whole}’s logit |`, "|:--|:--|:--|", ...rows].join("\n");
}

/** What the segment adds to the logit of the document's predicted label, and how that was found. */
function adds(head: HeadAnalysis, segment: number): string {
  const predicted = argmax(head.logits);
  const value = signed(contribution(head, segment, predicted));
  const how = head.contributionKind === "leave-one-out" ? " when left out" : "";
  return `${value} for ${literal(head.labels[predicted] ?? "")}${how}`;
}

function pooling(analysis: Analysis, segment: number): string {
  const [ga = 0, smp = 0, lmp = 0, g = 0, s = 0, l = 0] = meanPooling(analysis, segment);
  const evenShare = (analysis.segmentTokens[segment] ?? 0) / Math.max(1, analysis.tokens);
  return [
    "| Pooling | Mean over layers |",
    "|:--|:--|",
    `| GA | ${percent(ga)} of the attention on ${percent(evenShare)} of the tokens |`,
    `| SMP | ${percent(smp)} of the channel maxima |`,
    `| LMP | ${percent(lmp)} of window maxima from a neighbour |`,
    `| PF | norms: G ${norm(g)}, S′ ${norm(s)}, L ${norm(l)} |`,
  ].join("\n");
}

function norm(value: number): string {
  return value.toPrecision(2);
}
