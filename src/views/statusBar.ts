import * as vscode from "vscode";
import { argmax, type Analysis } from "../analysis/analysis";
import type { Analyses, DocumentState } from "./analyses";
import type { Choice } from "./choice";
import { count, duration, percent, PROVIDER_NAMES } from "./figures";
import { literal } from "./markdown";

/** The one status bar item: what the active editor's document is. */
export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("ponet.status", vscode.StatusBarAlignment.Right, 100);
  private readonly subscriptions: readonly Pick<vscode.Disposable, "dispose">[];

  constructor(
    private readonly analyses: Analyses,
    private readonly choice: Choice,
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
      vscode.window.onDidChangeActiveTextEditor(render),
    ];
    render();
  }

  /** The text on show; undefined while the item is hidden. */
  get text(): string | undefined {
    return this.state ? this.item.text : undefined;
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
    if (!state) {
      this.item.hide();
      return;
    }
    const verdict = this.verdict(state);
    this.item.text = `$(${icon(state)}) ${verdict}`;
    this.item.tooltip = tooltip(state);
    this.item.accessibilityInformation = { label: `PoNet: ${verdict}${remark(state)}` };
    this.item.show();
  }

  /** The predicted label of the chosen head, whichever label is being looked at. */
  private verdict({ uri, reading, running }: DocumentState): string {
    const head = reading && this.choice.of(uri, reading.analysis)?.head;
    if (!head) return running && running.fraction > 0 ? `PoNet ${percent(running.fraction)}` : "PoNet";
    const best = argmax(head.scores);
    const provider = PROVIDER_NAMES[reading.analysis.provider];
    return `${head.labels[best] ?? ""} ${percent(head.scores[best] ?? 0)} · ${provider}`;
  }
}

function icon({ running, failure, reading }: DocumentState): string {
  if (running) return "loading~spin";
  if (failure !== undefined) return "error";
  return reading?.stale === undefined ? "tag" : "history";
}

function remark({ running, failure, reading }: DocumentState): string {
  if (running) return ", analysis running";
  if (failure !== undefined) return `, ${failure}`;
  return reading?.stale === undefined ? "" : `, out of date: ${reading.stale}`;
}

function tooltip({ failure, reading }: DocumentState): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  if (failure !== undefined) text.appendText(failure).appendMarkdown("\n\n");
  if (!reading) return text;
  if (reading.stale !== undefined) text.appendMarkdown("*").appendText(reading.stale).appendMarkdown("*\n\n");
  return text.appendMarkdown(`${verdicts(reading.analysis)}\n\n${run(reading.analysis)}`);
}

function verdicts({ heads }: Analysis): string {
  const rows = heads.map(({ name, labels, scores }) => {
    const best = argmax(scores);
    return `| ${literal(name)} | **${literal(labels[best] ?? "")}** | &emsp;${percent(scores[best] ?? 0)} |`;
  });
  return ["| PoNet | | |", "|:--|:--|--:|", ...rows].join("\n");
}

function run({ model, tokens, timings, provider }: Analysis): string {
  return `${literal(model)} · ${count(tokens)} tokens in ${duration(timings.totalMs)} on ${PROVIDER_NAMES[provider]}`;
}
