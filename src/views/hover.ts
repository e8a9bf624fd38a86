import * as vscode from "vscode";
import type { HeadAnalysis } from "../analysis/analysis";
import { lostWithout, type Explanation } from "../analysis/explanation";
import { count, counted, labelOf, percent, signed } from "../analysis/figures";
import { contribution, segmentAt, segmentCount } from "../analysis/segmentFigures";
import { doubtAbout, segmentVerdict } from "../analysis/verdict";
import type { Analyses } from "../readings/analyses";
import type { Choice } from "../readings/choice";
import type { Reading } from "../readings/reading";
import type { Settings } from "../settings";
import { poolingSection } from "./hoverPooling";
import { literal } from "./markdown";
import type { SegmentArgument } from "./segmentArgument";

/** The commands that a hover offers; no other runs from it. */
const COMMANDS: Readonly<Record<string, string>> = {
  "ponet.revealInPanel": "Reveal in Panel",
  "ponet.explainSegment": "Explain",
  "ponet.copySegment": "Copy Figures",
};

/**
 * Tells, where segments are highlighted, of the one under the pointer what it says, what it adds to the document's verdict and
 * how it was pooled. `onHover` is told of the segment.
 */
export function registerHover(
  analyses: Analyses,
  choice: Choice,
  settings: Settings,
  onHover: (document: vscode.TextDocument, segment: number) => void,
): vscode.Disposable {
  return vscode.languages.registerHoverProvider("*", {
    provideHover(document, position) {
      const reading = settings.get("highlights") ? analyses.current(document) : undefined;
      if (!reading) return undefined;
      const segment = segmentAt(reading.analysis.bounds, document.offsetAt(position));
      if (segment === undefined) return undefined;
      onHover(document, segment);
      return new vscode.Hover(describe(document.uri, reading, segment, choice));
    },
  });
}

function describe(uri: vscode.Uri, reading: Reading, segment: number, choice: Choice): vscode.MarkdownString {
  const { analysis, selection } = reading;
  const tokens = analysis.segmentTokens[segment] ?? 0;
  const whole = selection ? "selection" : "document";
  const share = percent(tokens / Math.max(1, analysis.tokens));
  const place = `PoNet · segment ${count(segment + 1)} of ${count(segmentCount(analysis))}`;
  const size = `${counted(tokens, "token")}, ${share} of the ${whole}’s tokens`;
  const text = new vscode.MarkdownString(`**${place}** · ${size}\n\n${links(uri, reading, segment)}`);
  text.isTrusted = { enabledCommands: Object.keys(COMMANDS) };
  const rows = verdicts(reading, segment, whole, (head) => choice.labelIn(uri, head));
  const doubt = doubtAbout(analysis);
  if (doubt !== undefined) text.appendMarkdown("\n\n*").appendText(doubt).appendMarkdown("*");
  text.appendMarkdown(`\n\n${rows}\n\n${poolingSection(analysis, segment)}`);
  return text;
}

function verdicts(
  { analysis, explanations }: Reading,
  segment: number,
  whole: string,
  labelIn: (head: HeadAnalysis) => number,
): string {
  const rows = analysis.heads.map((head) => {
    const verdict = segmentVerdict(analysis, head, segment);
    const own = verdict ? `**${literal(labelOf(verdict))}** ${percent(verdict.score)}` : "–";
    return `| ${literal(head.name)} | ${own} | &emsp;${adds(head, segment, labelIn(head), explanations)} |`;
  });
  return [`| Head | Segment | &emsp;To the ${whole}’s logit |`, "|:--|:--|:--|", ...rows].join("\n");
}

/** What the segment adds to the logit of the label that is looked at, and how that was found. */
function adds(head: HeadAnalysis, segment: number, label: number, explanations: readonly Explanation[] = []): string {
  const value = signed(contribution(head, segment, label));
  const how = head.contributionKind === "leave-one-out" ? " by leaving segments out" : "";
  const lost = lostWithout(explanations, segment, head.name, label);
  const without = lost === undefined ? "" : `, ${signed(lost)} goes without it`;
  return `${value} for ${literal(head.labels[label] ?? "")}${how}${without}`;
}

function links(uri: vscode.Uri, { id }: Reading, segment: number): string {
  const argument: SegmentArgument = { uri: uri.toString(), readingId: id, segment };
  const query = encodeURIComponent(JSON.stringify(argument));
  return Object.entries(COMMANDS)
    .map(([command, title]) => `[${title}](command:${command}?${query})`)
    .join(" · ");
}
