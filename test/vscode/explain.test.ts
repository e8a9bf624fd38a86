import assert from "node:assert/strict";
import * as vscode from "vscode";
import { lostWithout } from "../../src/analysis/explanation";
import { byStrength, contributions } from "../../src/analysis/segmentFigures";
import { Explainer } from "../../src/commands/explainer";
import type { MessageAction, Notifier } from "../../src/editor/notifier";
import type { Progress } from "../../src/engine/protocol";
import {
  bundledModel,
  classified,
  classify,
  closeEditors,
  hoverAt,
  lens,
  messagesDuring,
  openLongText,
  openSample,
  openText,
  startClassifying,
  until,
} from "./lens";

describe("Explanations", () => {
  afterEach(closeEditors);

  it("tell what the logit loses without the segment at the cursor, in the hover too", async () => {
    const editor = await openSample();
    const { document } = editor;
    const { analysis } = await classified(document);
    const start = document.positionAt((analysis.bounds[4] ?? 0) + 1);
    editor.selection = new vscode.Selection(start, start);
    await vscode.commands.executeCommand("ponet.explainSegment");
    const { analyses } = await lens();
    const { explanations = [] } = analyses.current(document) ?? {};
    for (const { name, labels } of analysis.heads) {
      for (const label of labels.keys()) {
        const lost = lostWithout(explanations, 4, name, label);
        assert.ok(lost !== undefined && Number.isFinite(lost));
      }
    }
    assert.match(await hoverAt(document, start), /[+−]\d[\d.]* goes without it/);
  });

  it("of one segment are told, with a way to it in the panel", async () => {
    const { document } = await openSample();
    const reading = await classified(document);
    const { analyses, choice, engine, panel, shown } = await lens();
    const settings = { modelFolder: bundledModel(), provider: "auto", segmentation: "paragraph" } as const;
    const told: string[] = [];
    const actions: MessageAction[] = [];
    const information = (message: string, action: MessageAction): void => {
      told.push(message);
      actions.push(action);
    };
    const notifier = { information } as unknown as Notifier;
    const explainer = new Explainer(engine, analyses, () => Promise.resolve(settings), choice, notifier);
    await explainer.one({ document, reading, segment: 4 });
    assert.match(told.join(), /^Segment 5 of sample\.txt adds [+−][\d.]+ to .+; without it, [+−][\d.]+ goes\.$/);

    await openText("A document in front of it.");
    await until(() => shown.document !== document);
    const revealed: unknown[] = [];
    panel.reveal = (revealedIn, segment) => revealed.push([revealedIn === shown.document, segment]);
    try {
      await actions[0]?.run();
    } finally {
      Reflect.deleteProperty(panel, "reveal");
    }
    assert.deepEqual(revealed, [[true, 4]]);
    await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup");
    await vscode.commands.executeCommand("cursorEnd");
    await until(() => shown.document === vscode.window.activeTextEditor?.document);
    assert.notEqual(shown.document, document, "until somebody goes on in the editor that was active");
  });

  it("of the strongest are kept with the reading, and asked for the next ones after them", async () => {
    const { document } = await openSample();
    const { analysis } = await classified(document);
    const { analyses, choice } = await lens();
    const chosen = choice.of(document.uri, analysis);
    assert.ok(chosen);
    const order = Array.from(byStrength(contributions(chosen.head, chosen.label)));
    await vscode.commands.executeCommand("ponet.explainStrongest");
    await vscode.commands.executeCommand("ponet.explainStrongest");
    const explained = analyses.current(document)?.explanations?.flatMap(({ segments }) => segments);
    assert.deepEqual(explained, order.slice(0, explained?.length));
    assert.equal(explained.length, 16);
    await classified(document);
    assert.equal(analyses.current(document)?.explanations, undefined);
  });

  it("of a reading are made one at a time, and not again of a segment that was left out", async () => {
    const { document } = await openSample();
    await classified(document);
    const { analyses } = await lens();
    const explanations = () => analyses.current(document)?.explanations ?? [];
    const explain = (): Thenable<unknown> => vscode.commands.executeCommand("ponet.explainStrongest");
    const messages = await messagesDuring(() => Promise.all([explain(), explain()]));
    assert.deepEqual(messages, [
      "Segments of sample.txt are being left out: explain more once that is done or cancelled.",
    ]);
    assert.equal(explanations().length, 1);
    const [segment] = explanations()[0]?.segments ?? [];
    assert.ok(segment !== undefined);
    await vscode.commands.executeCommand("ponet.explainSegment", { segment });
    assert.equal(explanations().length, 1);
  });

  it("are refused in one sentence where there is none left to make", async () => {
    const { document } = await openText("A wonderful film.\n\nA dull one.");
    await classified(document);
    const messages = await messagesDuring(async () => {
      await vscode.commands.executeCommand("ponet.explainStrongest");
      await vscode.commands.executeCommand("ponet.explainStrongest");
    });
    assert.match(
      messages.join(),
      /^All segments of Untitled-\d+ have been left out: the panel shows what goes without/,
    );
  });

  it("of a reading that is out of date are refused in one sentence", async () => {
    const editor = await openSample();
    await classified(editor.document);
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), "P.S. ");
    });
    const messages = await messagesDuring(async () => {
      await vscode.commands.executeCommand("ponet.explainStrongest");
    });
    assert.deepEqual(messages, ["The analysis of sample.txt is out of date: classify it again, then explain it."]);
  });

  it("are refused in one sentence while the document is read again", async () => {
    const { document } = await openLongText();
    await classified(document);
    const { end } = await startClassifying(document);
    const messages = await messagesDuring(async () => {
      await vscode.commands.executeCommand("ponet.explainStrongest");
    });
    assert.match(messages.join(), /is being classified again: explain it once that is done\.$/);
    await vscode.commands.executeCommand("ponet.cancel");
    await end;
  });

  it("are given up where another reading has come before it is known how to read", async () => {
    const { document } = await openSample();
    const reading = await classified(document);
    const { analyses, choice, engine, notifier } = await lens();
    const settings = async () => {
      await classify();
      return { modelFolder: bundledModel(), provider: "auto", segmentation: "paragraph" } as const;
    };
    const explainer = new Explainer(engine, analyses, settings, choice, notifier);
    // To the bundle of these tests, which this explainer is of, the engine's error is any error.
    await assert.rejects(explainer.one({ document, reading, segment: 0 }), { name: "CancelledError" });
  });

  it("end without a word, in the engine too, when the document is closed meanwhile", async () => {
    const { document } = await openLongText();
    await classified(document);
    const { engine } = await lens();
    const explain = engine.explain.bind(engine);
    let answer: Promise<unknown> = Promise.resolve();
    let isReading = false;
    engine.explain = (request, segments, options) => {
      const onProgress = (progress: Progress): void => {
        isReading = progress.phase === "leavingOut";
        options?.onProgress?.(progress);
      };
      const explanation = explain(request, segments, { ...options, onProgress });
      answer = explanation;
      return explanation;
    };
    const messages = await messagesDuring(async () => {
      const end = vscode.commands.executeCommand("ponet.explainStrongest");
      await until(() => isReading);
      await closeEditors();
      await end;
    }).finally(() => Reflect.deleteProperty(engine, "explain"));
    assert.deepEqual(messages, []);
    await assert.rejects(answer, { name: "CancelledError" });
  });
});
