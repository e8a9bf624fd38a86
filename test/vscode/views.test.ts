import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { argmax } from "../../src/analysis/analysis";
import { segmentVerdict } from "../../src/analysis/verdict";
import { literal } from "../../src/views/markdown";
import { writePublicCheckpoint } from "../engine/checkpoints";
import { copyWithThreshold } from "../harness/threshold";
import { bundledModel, classified, closeEditors, lens, openSample, openText, set } from "./lens";

async function hoverAt(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    "vscode.executeHoverProvider",
    document.uri,
    position,
  );
  const contents = hovers.flatMap(({ contents }) => contents);
  return contents.map((content) => (content instanceof vscode.MarkdownString ? content.value : "")).join("\n");
}

describe("Views", () => {
  afterEach(closeEditors);

  it("a hover tells a segment's verdicts, contribution and pooling shares", async () => {
    const { document } = await openSample();
    const { analysis } = await classified(document);
    const segment = 4;
    const text = await hoverAt(document, document.positionAt((analysis.bounds[segment] ?? 0) + 1));
    assert.ok(text.includes(`segment ${segment + 1} of ${analysis.segmentTokens.length}`), text);
    for (const { name } of analysis.heads) assert.ok(text.includes(name), name);
    assert.match(text, /[+−]\d/);
    assert.match(text, /% of the document’s tokens/);
    for (const pooling of ["GA", "SMP", "LMP", "PF"]) assert.ok(text.includes(`| ${pooling} |`), pooling);
    const picture = /data:image\/svg\+xml;base64,([\w+/=]+)/.exec(text)?.[1] ?? "";
    const bars = Buffer.from(picture, "base64")
      .toString()
      .match(/<rect /g)?.length;
    // A bar a layer for GA, SMP and LMP, and three parts of one for PF.
    assert.equal(bars, analysis.pooling.layers * 6);
  });

  it("a hover has a dash where a head has no verdict of a segment, and tells how its contribution was found", async () => {
    const folder = mkdtempSync(join(tmpdir(), "ponet-lens-public-"));
    await writePublicCheckpoint(folder, { d: 64, layers: 2 });
    await set("model", folder);
    try {
      const { document } = await openText("A fine film.\n\nI loved it.");
      const { analysis } = await classified(document);
      const [head] = analysis.heads;
      assert.equal(head?.contributionKind, "leave-one-out");
      const hover = await hoverAt(document, new vscode.Position(0, 1));
      assert.ok(hover.includes(`| ${literal(head.name)} | – |`) && hover.includes(" by leaving segments out |"), hover);
    } finally {
      await set("model", "ponet-tiny");
      rmSync(folder, { recursive: true });
    }
  });

  it("a hover's links run exactly the commands that it trusts", async () => {
    const { document } = await openSample();
    await classified(document);
    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      new vscode.Position(0, 0),
    );
    const [content] = hover?.contents ?? [];
    assert.ok(content instanceof vscode.MarkdownString && typeof content.isTrusted === "object");
    const linked = [...content.value.matchAll(/command:([\w.]+)/g)].map(([, command]) => command);
    assert.deepEqual(linked, content.isTrusted.enabledCommands);
    assert.deepEqual(
      linked.filter((command) => !command?.startsWith("ponet.")),
      [],
    );
  });

  it("there is no hover where nothing was classified", async () => {
    const { document } = await openText("Nobody classified this.");
    assert.equal(await hoverAt(document, new vscode.Position(0, 0)), "");
  });

  it("highlights colour only what is in sight, by what it contributes to the chosen label", async () => {
    const editor = await openSample();
    const { document } = editor;
    const { analysis } = await classified(document);
    const { choice, highlights } = await lens();
    const ranges = highlights.rangesIn(editor);
    const lastLine = Math.max(...editor.visibleRanges.map(({ end }) => end.line));
    assert.ok(ranges.flat().length > 0);
    assert.ok(ranges.flat().every(({ start }) => start.line <= lastLine));

    const [head] = analysis.heads;
    assert.ok(head);
    const least = argmax(head.logits.map((logit) => -logit));
    choice.choose(document.uri, head.name, head.labels[least]);
    assert.notDeepEqual(highlights.rangesIn(editor), ranges);
    choice.choose(document.uri, head.name);
    assert.deepEqual(highlights.rangesIn(editor), ranges);
  });

  it("the status bar and the panel follow the chosen head", async () => {
    const { document } = await openSample();
    const { analysis } = await classified(document);
    const { choice, panel, statusBar } = await lens();
    for (const [index, head] of analysis.heads.entries()) {
      choice.choose(document.uri, head.name);
      assert.ok(statusBar.text?.includes(head.labels[argmax(head.logits)] ?? "?"), statusBar.text);
      assert.deepEqual(panel.status.chosen, { head: index, label: argmax(head.logits) });
    }
    choice.choose(document.uri, analysis.heads[0]?.name ?? "");
  });

  it("a score below the threshold of the model's card is told as not sure, with the best guess", async () => {
    const folder = mkdtempSync(join(tmpdir(), "ponet-lens-model-"));
    copyWithThreshold(bundledModel(), folder, 1);
    try {
      await set("model", folder);
      const { document } = await openSample();
      const { analysis } = await classified(document);
      const [head] = analysis.heads;
      assert.ok(head);
      const { statusBar } = await lens();
      const guess = head.labels[argmax(head.logits)] ?? "?";
      assert.ok(statusBar.text?.startsWith(`$(question) not sure: ${guess}? `), statusBar.text);
      const hover = await hoverAt(document, document.positionAt((analysis.bounds[4] ?? 0) + 1));
      for (const each of analysis.heads) {
        const { label } = segmentVerdict(analysis, each, 4) ?? {};
        assert.ok(hover.includes(`**${literal(`not sure: ${label}?`)}**`), hover);
      }
    } finally {
      await set("model", "ponet-tiny");
      rmSync(folder, { recursive: true });
    }
  });
});
