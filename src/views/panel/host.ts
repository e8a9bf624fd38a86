import * as vscode from "vscode";
import type { Found } from "../../readings/analyses";
import type { Reading } from "../../readings/reading";
import { loadPage } from "../loadPage";
import type { PanelContent } from "./content";
import type { InStep } from "./inStep";
import { parseFromPanel } from "./messages";
import type { FromPanel, ToPanel } from "./protocol";
import { answer } from "./requests";
import type { TokenReader } from "./tokenReader";

/** Where a page of the panel is: the side bar's view or an editor tab. */
export type PanelPlace = vscode.WebviewView | vscode.WebviewPanel;

/** One page's host end: the page is told what changes while it is visible, and everything when it loads. */
export class PanelHost implements vscode.Disposable {
  private readonly subscriptions: readonly vscode.Disposable[];
  /** Whether there is a page that has said so since the place was last hidden, which mostly ends it. */
  private loaded = false;
  private visible: boolean;
  /** What the page holds. */
  private sent: Reading | undefined;
  private readonly tokens: TokenReader;

  /**
   * @param onDidChangeVisibility fires whenever `place` may have been hidden or shown
   */
  constructor(
    private readonly place: PanelPlace,
    onDidChangeVisibility: vscode.Event<unknown>,
    extensionFolder: vscode.Uri,
    private readonly content: PanelContent,
    private readonly inStep: InStep,
  ) {
    this.visible = place.visible;
    this.tokens = content.createTokenReader();
    this.subscriptions = [
      onDidChangeVisibility(() => {
        if (place.visible === this.visible) return;
        this.visible = place.visible;
        if (place.visible) this.wake();
        else this.sleep();
      }),
      loadPage(place, extensionFolder, "panel", parseFromPanel, (request) => {
        this.handle(request);
      }),
    ];
  }

  /** Sends the page what it does not hold. */
  update(): void {
    const { shownReading: reading, state } = this.content;
    // Else the engine reads all of a document whose run was cancelled again, for a question about its draft.
    this.tokens.keepTo(reading?.id);
    if (this.ready && reading && reading.analysis !== this.sent?.analysis) {
      this.send(reading, reading === state?.running?.draft);
    }
    this.post({ type: "status", status: this.content.status });
  }

  /** Sends the page what was found of the draft that it holds, whichever document is shown: it is not sent that again. */
  find({ draft, parts }: Found): void {
    if (draft.analysis === this.sent?.analysis) this.post({ type: "found", readingId: draft.id, parts });
  }

  /** Sends the page a message; false when there is none to get it. */
  post(message: ToPanel): boolean {
    if (this.ready) void this.place.webview.postMessage(message);
    return this.ready;
  }

  dispose(): void {
    this.sleep();
    this.tokens.keepTo(undefined);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private get ready(): boolean {
    return this.loaded && this.place.visible;
  }

  private send(reading: Reading, draft: boolean): void {
    const { id: readingId, analysis } = reading;
    // Megabytes that the page has put together by itself would hold the host for nothing. Another draft of the same reading, from
    // before a driver failed, has other arrays.
    const completes = this.sent?.id === readingId && this.sent.analysis.pooling === analysis.pooling;
    this.sent = reading;
    if (!completes) this.post({ type: "reading", readingId, draft, analysis });
    else this.post({ type: "finished", readingId, timings: analysis.timings, peakRssMb: analysis.peakRssMb });
  }

  private sleep(): void {
    this.loaded = false;
    this.sent = undefined;
    this.inStep.point(undefined);
  }

  /** A new page asks for everything itself; so does, once it is told, one that lived on. */
  private wake(): void {
    // A tab taken over after a reload may be called hidden for a moment, in which its page loads or lives on.
    if (this.loaded) this.hydrate();
    else void this.place.webview.postMessage({ type: "shown" } satisfies ToPanel);
  }

  /** Sends the page everything, whatever it holds. */
  private hydrate(): void {
    this.sent = undefined;
    // Before the status, after which the page goes to where it was scrolled to: it is to be as long by then.
    const { kept } = this.content.throughput;
    if (kept.samples.length > 0) this.post({ type: "throughput", isAll: true, news: kept });
    this.update();
    this.inStep.update();
  }

  private handle(request: FromPanel): void {
    if (request.type !== "ready") {
      answer(request, this.content, this.tokens, this.inStep, (message) => this.post(message));
      return;
    }
    this.loaded = true;
    this.hydrate();
  }
}
