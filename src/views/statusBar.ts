import * as vscode from "vscode";
import type { Analysis, HeadAnalysis } from "../analysis/analysis";
import { counted, duration, labelOf, percent, PROVIDER_NAMES, scoreOf } from "../analysis/figures";
import { documentVerdict, doubtAbout, type Verdict } from "../analysis/verdict";
import { plainLabel } from "../editor/plainLabel";
import type { Analyses, DocumentState } from "../readings/analyses";
import type { Choice } from "../readings/choice";
import type { Settings } from "../settings";
import { literal } from "./markdown";

/** The one status bar item: what the active editor's document is. */
export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("ponet.status", vscode.StatusBarAlignment.Right, 100);
  private readonly subscriptions: readonly Pick<vscode.Disposable, "dispose">[];
  private isShown = false;

  constructor(
    private readonly analyses: Analyses,
    private readonly choice: Choice,
    settings: Settings,
  ) {
    this.item.name = "PoNet Lens";
    this.item.command = "ponet.panel.focus";
    const render = (): void => {
      this.render();
    };
    this.subscriptions = [
      this.item,
      analyses.onDidChange(render),
      choice.onDidChange(render),
      settings.onDidChange(render),
      vscode.window.onDidChangeActiveTextEditor(render),
    ];
    render();
  }

  /** The text on show; undefined while the item is hidden. */
  get text(): string | undefined {
    return this.isShown ? this.item.text : undefined;
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private get state(): DocumentState | undefined {
    const document = vscode.window.activeTextEditor?.document;
    return document && this.analyses.get(document.uri);
  }

  private render(): void {
    const state = this.state;
    this.isShown = state !== undefined;
    if (!state) {
      this.item.hide();
      return;
    }
    const head = this.head(state);
    const verdict = head && documentVerdict(head);
    const text = summary(state, head, verdict) + (this.analyses.answersTyping(state) ? " · Live" : "");
    this.item.text = `$(${icon(state, verdict)}) ${plainLabel(text)}`;
    this.item.tooltip = tooltip(state);
    this.item.accessibilityInformation = { label: `PoNet: ${text}${remark(state)}` };
    this.item.show();
  }

  /** The chosen head, whose verdict is told, whichever label is being looked at. */
  private head({ uri, reading }: DocumentState): HeadAnalysis | undefined {
    return reading && this.choice.of(uri, reading.analysis)?.head;
  }
}

function summary(
  { reading, running }: DocumentState,
  head: HeadAnalysis | undefined,
  verdict: Verdict | undefined,
): string {
  if (!reading || !verdict) return running && running.fraction > 0 ? `PoNet ${percent(running.fraction)}` : "PoNet";
  const { heads, provider } = reading.analysis;
  // The first head's labels say of themselves what they are of; "true" and "pos" do not.
  const of = head && head.name !== heads[0]?.name ? `${head.name}: ` : "";
  const part = reading.selection ? "Selection · " : "";
  return `${part}${of}${labelOf(verdict)} ${percent(verdict.score)} · ${PROVIDER_NAMES[provider]}`;
}

function icon({ running, failure, reading }: DocumentState, verdict: Verdict | undefined): string {
  if (running) return "loading~spin";
  if (failure !== undefined) return "error";
  if (reading?.stale !== undefined) return "history";
  return verdict?.sure === false ? "question" : "tag";
}

function remark({ running, failure, reading }: DocumentState): string {
  if (running) return ", analysis running";
  if (failure !== undefined) return `, ${failure}`;
  if (reading?.stale !== undefined) return `, out of date: ${reading.stale}`;
  const doubt = reading && doubtAbout(reading.analysis);
  return doubt === undefined ? "" : `, ${doubt}`;
}

function tooltip({ failure, reading }: DocumentState): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  if (failure !== undefined) text.appendText(failure).appendMarkdown("\n\n");
  if (!reading) return text;
  if (reading.stale !== undefined) text.appendMarkdown("*").appendText(reading.stale).appendMarkdown("*\n\n");
  const doubt = doubtAbout(reading.analysis);
  if (doubt !== undefined) text.appendMarkdown("*").appendText(doubt).appendMarkdown("*\n\n");
  return text.appendMarkdown(`${verdicts(reading.analysis)}\n\n${run(reading.analysis)}`);
}

function verdicts({ heads }: Analysis): string {
  const rows = heads.map((head) => {
    const verdict = documentVerdict(head);
    return `| ${literal(head.name)} | **${literal(labelOf(verdict))}** | &emsp;${scoreOf(verdict, head)} |`;
  });
  return ["| PoNet | | |", "|:--|:--|--:|", ...rows].join("\n");
}

function run({ model, tokens, timings, provider }: Analysis): string {
  return `${literal(model)} · ${counted(tokens, "token")} in ${duration(timings.totalMs)} on ${PROVIDER_NAMES[provider]}`;
}
