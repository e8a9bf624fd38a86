import * as vscode from "vscode";
import type { Analyses, DocumentState, Reading, Running } from "./analyses";
import type { Choice } from "./choice";
import { documentName } from "./documentName";
import { InStep } from "./inStep";
import { parseFromPanel } from "./panelMessages";
import { panelPage } from "./panelPage";
import type { FromPanel, PanelStatus, ToPanel } from "./panelProtocol";
import { revealSegment } from "./revealSegment";
import type { ShownDocument } from "./shownDocument";

const EXCERPT_LENGTH = 80;

/** The side panel's host end: the page is told what changes while it is visible, and everything when it loads. */
export class Panel implements vscode.WebviewViewProvider, vscode.Disposable {
  private readonly subscriptions: readonly Pick<vscode.Disposable, "dispose">[];
  private readonly inStep: InStep;
  private view: vscode.WebviewView | undefined;
  /** Whether the page is visible and has loaded. */
  private ready = false;
  /** The reading that the page holds. */
  private sent: number | undefined;

  constructor(
    private readonly folder: vscode.Uri,
    private readonly shown: ShownDocument,
    private readonly analyses: Analyses,
    private readonly choice: Choice,
  ) {
    const update = (): void => {
      this.update();
    };
    this.inStep = new InStep(shown, analyses, (message) => this.post(message));
    this.subscriptions = [
      this.inStep,
      vscode.window.registerWebviewViewProvider("ponet.panel", this),
      shown.onDidChange(update),
      choice.onDidChange(update),
      analyses.onDidChange((uri) => {
        if (uri.toString() === shown.document?.uri.toString()) update();
      }),
    ];
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.view = view;
    this.ready = false;
    view.webview.options = { enableScripts: true, localResourceRoots: [this.folder] };
    view.webview.onDidReceiveMessage((message: unknown) => {
      const request = parseFromPanel(message);
      if (request) this.handle(request);
    });
    view.onDidChangeVisibility(() => {
      this.ready = false;
      this.inStep.point(undefined);
    });
    view.onDidDispose(() => {
      this.view = undefined;
      this.ready = false;
    });
    view.webview.html = panelPage(view.webview, this.folder);
  }

  /** What the page shows, or will show once it is visible, besides the figures. */
  get status(): PanelStatus {
    const { document } = this.shown;
    if (!document) return {};
    const { reading, running, failure } = this.state ?? {};
    const chosen = reading && this.choice.of(document.uri, reading.analysis);
    return {
      document: { name: documentName(document.uri), part: reading?.selection ? "selection" : "document" },
      ...(reading && { readingId: reading.id }),
      ...(reading?.stale !== undefined && { stale: reading.stale }),
      ...(chosen && { chosen: { head: chosen.headIndex, label: chosen.label } }),
      ...(running && { running: progressOf(running) }),
      ...(failure !== undefined && { failure }),
    };
  }

  /** Marks a segment of the shown document in the page and brings it into sight there, once there is a page. */
  reveal(document: vscode.TextDocument, segment: number): void {
    this.inStep.mark(document, segment, true);
  }

  /** Marks a segment of the shown document in the page, wherever that is scrolled to. */
  mark(document: vscode.TextDocument, segment: number): void {
    this.inStep.mark(document, segment, false);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private get state(): DocumentState | undefined {
    const { document } = this.shown;
    return document && this.analyses.get(document.uri);
  }

  private update(): void {
    if (!this.ready) return;
    const reading = this.state?.reading;
    if (reading && reading.id !== this.sent) {
      this.sent = reading.id;
      this.post({ type: "reading", readingId: reading.id, analysis: reading.analysis });
    }
    this.post({ type: "status", status: this.status });
    this.inStep.update();
  }

  /** Sends the page a message; false when there is none to get it. */
  private post(message: ToPanel): boolean {
    if (this.ready) void this.view?.webview.postMessage(message);
    return this.ready;
  }

  private handle(request: FromPanel): void {
    const { document } = this.shown;
    switch (request.type) {
      case "ready":
        this.ready = true;
        this.sent = undefined;
        this.update();
        return;
      case "classify":
        void vscode.commands.executeCommand("ponet.classifyDocument", document?.uri);
        return;
      case "cancel":
        this.state?.running?.abort.abort();
        return;
      case "choose":
        if (document) this.choice.choose(document.uri, request.head, request.label);
        return;
      case "reveal": {
        const reading = this.reading(request.readingId);
        if (document && reading) void revealSegment(document, reading, request.segment, request.focus);
        return;
      }
      case "point":
        this.inStep.point(this.reading(request.readingId) && request.segment);
        return;
      case "excerpts": {
        const reading = this.reading(request.readingId);
        if (!reading) return;
        const texts = request.segments.map((segment) => excerpt(reading, segment));
        this.post({ ...request, texts });
      }
    }
  }

  /** The reading that the page speaks of, unless another has taken its place meanwhile. */
  private reading(id: number): Reading | undefined {
    const reading = this.state?.reading;
    return reading?.id === id ? reading : undefined;
  }
}

function progressOf({ phase, fraction, timeRemainingMs }: Running): NonNullable<PanelStatus["running"]> {
  return { phase, fraction, ...(timeRemainingMs !== undefined && { timeRemainingMs }) };
}

/** A segment's first words on one line. */
function excerpt({ analysis, text }: Reading, segment: number): string {
  const [origin = 0] = analysis.bounds;
  const [start = 0, end = start] = analysis.bounds.subarray(segment, segment + 2);
  // Twice the length, for the white space that folding takes away.
  const head = text.slice(start - origin, Math.min(end - origin, start - origin + 2 * EXCERPT_LENGTH));
  return head.replaceAll(/\s+/g, " ").trim().slice(0, EXCERPT_LENGTH);
}
