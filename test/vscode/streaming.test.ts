import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Analysis } from "../../src/analysis/analysis";
import { addPart, draftOf } from "../../src/analysis/draft";
import type { ExecutionProvider } from "../../src/ponet/provider";
import type { Panel } from "../../src/views/panel/panel";
import type { FromPanel, ToPanel } from "../../src/views/panel/protocol";
import { TokenReader } from "../../src/views/panel/tokenReader";
import {
  bundledModel,
  classified,
  closeEditors,
  lens,
  openLongText,
  openSample,
  openText,
  startClassifying,
  stateOf,
  until,
} from "./lens";

/** A page of the panel that puts together what it is sent, as ours does. */
class Page {
  analysis: Analysis | undefined;
  /** Whether of each reading that it was sent all is known. */
  readonly complete: boolean[] = [];
  /** What it was told of tokens, and how often of the throughput. */
  readonly tokens: ToPanel[] = [];
  throughputs = 0;
  private readonly asked = new vscode.EventEmitter<FromPanel>();
  private readonly closed = new vscode.EventEmitter<void>();

  constructor(panel: Panel) {
    const webview = {
      cspSource: "'none'",
      asWebviewUri: (uri: vscode.Uri) => uri,
      onDidReceiveMessage: this.asked.event,
      // A page gets copies: what is written into a draft later does not reach it.
      postMessage: (message: ToPanel) => Promise.resolve(this.receive(structuredClone(message))),
    };
    const { event: onDidChangeVisibility } = new vscode.EventEmitter<void>();
    const view = { webview, visible: true, onDidChangeVisibility, onDidDispose: this.closed.event };
    panel.resolveWebviewView(view as unknown as vscode.WebviewView);
    this.ask({ type: "ready" });
  }

  ask(question: FromPanel): void {
    this.asked.fire(question);
  }

  close(): void {
    this.closed.fire();
  }

  private receive(message: ToPanel): boolean {
    if (message.type === "reading") {
      this.analysis = message.analysis;
      this.complete.push(!message.draft);
    } else if (message.type === "found") {
      for (const part of message.parts) addPart(this.analysis ?? assert.fail(), part);
    } else if (message.type === "finished") {
      this.complete.splice(-1, 1, true);
    } else if (message.type === "tokens") {
      this.tokens.push(message);
    } else if (message.type === "throughput") {
      this.throughputs++;
    }
    return true;
  }
}

describe("An analysis that takes long", () => {
  afterEach(closeEditors);

  it("has a draft that grows, which the panel shows until the reading takes its place", async () => {
    const { document } = await openLongText(20);
    const { end } = await startClassifying(document);
    const { analyses, panel } = await lens();
    await stateOf(document, (state) => state?.running?.draft !== undefined);
    const draft = analyses.get(document.uri)?.running?.draft ?? assert.fail();
    const { values } = draft.analysis.pooling;
    const known = () => values.filter((value) => !Number.isNaN(value)).length;
    const before = known();
    assert.ok(before < values.length);
    assert.equal(panel.status.readingId, draft.id);
    await stateOf(document, ({ running } = { uri: document.uri }) => (running?.timeRemainingMs ?? 0) > 0);
    await stateOf(document, () => known() > before);

    await end;
    const reading = analyses.current(document) ?? assert.fail();
    assert.equal(reading.id, draft.id);
    assert.ok(!reading.analysis.pooling.values.some(Number.isNaN));
    assert.deepEqual(reading.analysis.bounds, draft.analysis.bounds);
  }).timeout(120_000);

  it("reaches a page whole, and once, that spoke of another document for a while, as does how fast it is read", async () => {
    const { analyses, panel, shown } = await lens();
    const { document } = await openLongText(40);
    const page = new Page(panel);
    const { end } = await startClassifying(document);
    await until(() => page.analysis !== undefined);
    await openText("Nobody classified this.");
    await until(() => shown.document !== document);
    await new Promise<void>((resolve) => {
      const subscription = analyses.onDidFind(() => {
        subscription.dispose();
        resolve();
      });
    });
    const told = page.throughputs;
    await until(() => page.throughputs > told);
    await vscode.window.showTextDocument(document);
    await until(() => shown.document === document);
    await end;
    page.close();
    assert.deepEqual(page.complete, [true]);
    const { pooling, bounds } = page.analysis ?? assert.fail();
    assert.ok(!pooling.values.some(Number.isNaN));
    assert.deepEqual(bounds, analyses.current(document)?.analysis.bounds);
  }).timeout(120_000);

  it("reaches a page whole that another document was shown in when a driver failed, and the text was read anew", async () => {
    const { analyses, panel, shown } = await lens();
    const { document } = await openSample();
    const { uri } = document;
    const { analysis, ...made } = await classified(document);
    const read = { ...made, id: analyses.nextReadingId() };
    analyses.drop(uri);
    const page = new Page(panel);
    const abort = new AbortController();
    analyses.start(uri, abort, read, false);
    const draftBy = (provider: ExecutionProvider): Analysis => {
      const draft = draftOf({ ...analysis, provider, layers: analysis.pooling.layers });
      analyses.find(uri, abort, draft, []);
      analyses.progress(uri, abort, { phase: "inferring", fraction: 0.5, tokensPerSecond: {}, rssMb: 1 });
      return draft;
    };
    draftBy("webgpu");
    assert.equal(page.analysis?.provider, "webgpu");
    await openText("Nobody classified this.");
    await until(() => shown.document !== document);
    const draft = draftBy("cpu");
    draft.pooling.values.set(analysis.pooling.values);
    analyses.succeed(uri, abort, { ...read, analysis: { ...draft } });
    await vscode.window.showTextDocument(document);
    await until(() => shown.document === document);
    page.close();
    assert.deepEqual(page.complete, [false, true]);
    assert.equal(page.analysis.provider, "cpu");
    assert.deepEqual(page.analysis.pooling, analysis.pooling);
  });

  it("ends within a chunk when it is cancelled, with what a page asks of its draft; the engine process stays", async () => {
    const { analyses, engine, panel } = await lens();
    const { document } = await openLongText(20);
    const page = new Page(panel);
    const { end } = await startClassifying(document);
    const { pid } = engine;
    await stateOf(document, (state) => state?.running?.draft !== undefined);
    page.ask({ type: "tokens", readingId: panel.status.readingId ?? -1, segment: 0 });
    analyses.get(document.uri)?.running?.abort.abort();
    await end;
    assert.equal(analyses.get(document.uri), undefined);
    // What is asked for now is answered after what was asked before.
    await classified((await openText("A wonderful film.")).document);
    page.close();
    assert.deepEqual(page.tokens, []);
    assert.equal(engine.pid, pid);
  }).timeout(120_000);

  it("is not read again to its end for a segment's tokens once the page wants none any more", async () => {
    const { engine, notifier, panel, shown } = await lens();
    const short = await classified((await openSample()).document);
    const { document } = await openLongText(20);
    const { id: readingId } = await classified(document);
    const settings = { modelFolder: bundledModel(), provider: "auto", segmentation: "paragraph" } as const;
    const reader = new TokenReader(engine, () => Promise.resolve(settings), notifier);
    const ofShort = () => reader.read("sample.txt", short, 0, () => undefined);
    // From now on the engine has another document in its hands.
    await ofShort();
    assert.equal(shown.document, document);
    const page = new Page(panel);
    page.ask({ type: "tokens", readingId, segment: 0 });
    await until(() => page.tokens.length > 0);
    page.ask({ type: "tokens", readingId });
    // What is asked for now is answered after what was asked before.
    const answer = await ofShort();
    page.close();
    assert.ok(answer && "details" in answer);
    assert.ok(page.tokens.every((told) => "fraction" in told));
  }).timeout(120_000);
});
