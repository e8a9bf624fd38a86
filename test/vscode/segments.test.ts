import assert from "node:assert/strict";
import * as vscode from "vscode";
import { statisticAt } from "../../src/analysis/statistics";
import { byStrength, contributions, segmentAt } from "../../src/analysis/segmentFigures";
import type { SegmentArgument } from "../../src/views/segmentArgument";
import { classified, closeEditors, lens, messagesDuring, openSample, openText, until } from "./lens";

const next = "ponet.nextStrongestSegment";
const previous = "ponet.previousStrongestSegment";

/** Runs a command and tells which segment the editor's selection begins in afterwards. */
async function segmentAfter(command: string, editor: vscode.TextEditor): Promise<number | undefined> {
  await vscode.commands.executeCommand(command);
  const { analyses } = await lens();
  const reading = analyses.current(editor.document);
  return reading && segmentAt(reading.analysis.bounds, editor.document.offsetAt(editor.selection.start));
}

describe("Segments", () => {
  afterEach(closeEditors);

  it("the strongest is revealed first, then the next, and back, round the end", async () => {
    const editor = await openSample();
    const { analysis } = await classified(editor.document);
    const { choice } = await lens();
    const chosen = choice.of(editor.document.uri, analysis);
    assert.ok(chosen);
    const [first, second, ...others] = byStrength(contributions(chosen.head, chosen.label));
    assert.equal(await segmentAfter(next, editor), first);
    assert.equal(await segmentAfter(next, editor), second);
    assert.equal(await segmentAfter(previous, editor), first);
    assert.equal(await segmentAfter(previous, editor), others.at(-1));
    assert.equal(await segmentAfter(next, editor), first);
  });

  it("the walk begins again once the cursor has left it, or another label is chosen", async () => {
    const editor = await openSample();
    const { analysis } = await classified(editor.document);
    const { choice } = await lens();
    const [head] = analysis.heads;
    assert.ok(head);
    await segmentAfter(next, editor);
    await segmentAfter(next, editor);
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    const [strongest] = byStrength(contributions(head, choice.labelIn(editor.document.uri, head)));
    assert.equal(await segmentAfter(next, editor), strongest);
    choice.choose(editor.document.uri, head.name, head.labels[1]);
    assert.equal(await segmentAfter(next, editor), byStrength(contributions(head, 1))[0]);
    choice.choose(editor.document.uri, head.name);
  });

  it("are revealed within a diff editor, which stays", async () => {
    const { document } = await openSample();
    await closeEditors();
    const provider = vscode.workspace.registerTextDocumentContentProvider("ponet-test", {
      provideTextDocumentContent: () => "What it said before.",
    });
    try {
      await vscode.commands.executeCommand("vscode.diff", vscode.Uri.parse("ponet-test:/before.txt"), document.uri);
      await until(() => vscode.window.activeTextEditor?.document.uri.toString() === document.uri.toString());
      const editor = vscode.window.activeTextEditor ?? assert.fail();
      assert.equal(editor.viewColumn, undefined);
      const { analysis } = await classified(editor.document);
      const { choice } = await lens();
      const chosen = choice.of(document.uri, analysis) ?? assert.fail();
      const [first, second] = byStrength(contributions(chosen.head, chosen.label));
      assert.equal(await segmentAfter(next, editor), first);
      assert.equal(await segmentAfter(next, editor), second);
      const { tabs, activeTab } = vscode.window.tabGroups.activeTabGroup;
      assert.equal(tabs.length, 1);
      assert.ok(activeTab?.input instanceof vscode.TabInputTextDiff);
    } finally {
      provider.dispose();
    }
  });

  it("without an analysis, or after an edit, a sentence says what to do", async () => {
    const editor = await openText("Something short.");
    const messages = await messagesDuring(async () => {
      await vscode.commands.executeCommand(next);
      await classified(editor.document);
      await editor.edit((edit) => {
        edit.insert(new vscode.Position(0, 0), "Now ");
      });
      await vscode.commands.executeCommand(next);
      await vscode.commands.executeCommand("ponet.copySegment");
    });
    assert.match(messages[0] ?? "", /^Classify the document first/);
    assert.match(messages[1] ?? "", /has been edited since it was classified: classify it again/);
    assert.equal(messages[2], messages[1]);
  });

  it("the figures of the one at the cursor are copied as text with tabs", async () => {
    const editor = await openSample();
    const { analysis } = await classified(editor.document);
    const start = editor.document.positionAt((analysis.bounds[4] ?? 0) + 3);
    editor.selection = new vscode.Selection(start, start);
    await vscode.commands.executeCommand("ponet.copySegment");
    const lines = (await vscode.env.clipboard.readText()).split("\n").map((line) => line.split("\t"));
    const count = analysis.segmentTokens.length;
    assert.deepEqual(lines[0], [`sample.txt, segment 5 of ${count}, ${analysis.segmentTokens[4] ?? 0} tokens`]);
    assert.deepEqual(
      lines.slice(2, 2 + analysis.heads.length).map(([name]) => name),
      analysis.heads.map(({ name }) => name),
    );
    const layers = lines.slice(3 + analysis.heads.length, -1);
    assert.deepEqual(
      layers.map((layer) => layer.map(Number)[1]?.toFixed(5)),
      Array.from({ length: analysis.pooling.layers }, (_, layer) => statisticAt(analysis, 0, layer, 4).toFixed(5)),
    );
  });

  it("the one at the cursor is that of the active editor, where the selection begins, and at the very end the last", async () => {
    const left = await openSample();
    const { document } = left;
    const { analysis } = await classified(document);
    const right = await vscode.window.showTextDocument(document, vscode.ViewColumn.Beside);
    const copied = async (): Promise<string> => {
      await vscode.commands.executeCommand("ponet.copySegment");
      return /segment (\d+) of/.exec(await vscode.env.clipboard.readText())?.[1] ?? "";
    };
    const [at, end] = [document.positionAt(analysis.bounds[6] ?? 0), document.positionAt(document.getText().length)];
    left.selection = new vscode.Selection(0, 0, 0, 0);
    right.selection = new vscode.Selection(at, document.positionAt(analysis.bounds[7] ?? 0));
    assert.equal(await copied(), "7");
    right.selection = new vscode.Selection(end, end);
    assert.equal(await copied(), String(analysis.segmentTokens.length));
    right.selection = new vscode.Selection(new vscode.Position(0, 0), end);
    assert.equal(await copied(), "1");
  });

  it("one that a link names is copied only while it is the reading's", async () => {
    const { document } = await openSample();
    const { id } = await classified(document);
    const argument: SegmentArgument = { uri: document.uri.toString(), readingId: id, segment: 7 };
    await vscode.commands.executeCommand("ponet.copySegment", argument);
    assert.match(await vscode.env.clipboard.readText(), /^sample\.txt, segment 8 of /);
    await classified(document);
    const messages = await messagesDuring(async () => {
      await vscode.commands.executeCommand("ponet.copySegment", argument);
      await vscode.commands.executeCommand("ponet.revealInPanel", { segment: 1e6 });
    });
    assert.equal(messages.filter((message) => message.startsWith("There is no such segment any more")).length, 2);
  });
});
