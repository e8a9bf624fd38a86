import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import * as vscode from "vscode";
import { argmax, POOLING_STATISTICS } from "../../src/analysis/analysis";
import { labelOf, percent, signed } from "../../src/analysis/figures";
import { contribution, contributions, highest, peak, poolingAt, segmentAt } from "../../src/analysis/segmentFigures";
import { segmentVerdict } from "../../src/analysis/verdict";
import { EDITED, OTHER_SETTINGS } from "../../src/readings/staleness";
import { Settings } from "../../src/settings";
import { Highlights } from "../../src/views/highlights";
import { literal } from "../../src/views/markdown";
import { RulerMarks } from "../../src/views/rulerMarks";
import { writePublicCheckpoint } from "../engine/checkpoints";
import { copyWithThreshold } from "../harness/threshold";
import { bundledModel, classified, closeEditors, hoverAt, lens, openSample, openText, set, until } from "./lens";

/** The rows of a hover's table of the pooling: which statistics each has, and how it writes them. */
const POOLINGS = [
  { pooling: "GA", statistics: [0], format: percent },
  { pooling: "SMP", statistics: [1], format: percent },
  { pooling: "LMP", statistics: [2], format: percent },
  { pooling: "PF", statistics: [3, 4, 5], format: (value: number) => value.toPrecision(3) },
];

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

  it("a hover's figures are those of its segment, each in its own cell", async () => {
    const { document } = await openSample();
    const { analysis } = await classified(document);
    const { choice } = await lens();
    const segment = 4;
    const text = await hoverAt(document, document.positionAt((analysis.bounds[segment] ?? 0) + 1));
    const rows = text.split("\n").filter((line) => line.startsWith("| "));
    for (const head of analysis.heads) {
      const verdict = segmentVerdict(analysis, head, segment) ?? assert.fail();
      const label = choice.labelIn(document.uri, head);
      const own = `**${literal(labelOf(verdict))}** ${percent(verdict.score)}`;
      const adds = `${signed(contribution(head, segment, label))} for ${literal(head.labels[label] ?? "?")}`;
      assert.ok(rows.includes(`| ${literal(head.name)} | ${own} | &emsp;${adds} |`), text);
    }
    const layers = Array.from({ length: analysis.pooling.layers }, (_, layer) => poolingAt(analysis, layer, segment));
    const means = POOLING_STATISTICS.map(
      (_, statistic) => layers.reduce((sum, values) => sum + (values[statistic] ?? NaN), 0) / layers.length,
    );
    for (const { pooling, statistics, format } of POOLINGS) {
      const figures = (values: ArrayLike<number>): string =>
        statistics.map((statistic) => format(values[statistic] ?? NaN)).join("/");
      const row = rows.find((line) => line.startsWith(`| ${pooling} | ${figures(means)} `));
      assert.ok(row?.endsWith(` | &emsp;${layers.map(figures).join(" · ")} |`), text);
    }
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

  it("highlights have one half of their colours for what speaks for the label, the other for what speaks against it", async () => {
    const editor = await openSample();
    const { document } = editor;
    const { analysis } = await classified(document);
    const { choice, highlights } = await lens();
    const [head] = analysis.heads;
    assert.ok(head);
    const signs = new Set<number>();
    for (const [label, name] of head.labels.entries()) {
      choice.choose(document.uri, head.name, name);
      for (const [bucket, ranges] of highlights.rangesIn(editor).entries()) {
        for (const { start } of ranges) {
          const segment = segmentAt(analysis.bounds, document.offsetAt(start)) ?? assert.fail();
          const sign = Math.sign(contribution(head, segment, label));
          assert.equal(sign, bucket < 3 ? 1 : -1, `${name} in segment ${segment + 1}`);
          signs.add(sign);
        }
      }
    }
    choice.choose(document.uri, head.name);
    assert.equal(signs.size, 2);
  });

  it("highlights are painted in their colours, and anew when the choice, the analysis or the setting changes", async () => {
    const shown = await openSample();
    const { analysis, id } = await classified(shown.document);
    const { analyses, choice } = await lens();
    const { document, visibleRanges } = shown;
    const painted = new Map<string, readonly vscode.Range[]>();
    const setDecorations = (type: { key: string }, ranges: readonly vscode.Range[]): void => {
      // The extension's own colour it, too.
      if (type.key.startsWith("ponet.")) painted.set(type.key, ranges);
    };
    const editor = { document, visibleRanges, setDecorations } as unknown as vscode.TextEditor;
    const settings = new Settings((sentence) => {
      assert.fail(sentence);
    });
    const { createTextEditorDecorationType } = vscode.window;
    const named = ({ backgroundColor, overviewRulerColor }: vscode.DecorationRenderOptions): object => ({
      key: ((backgroundColor ?? overviewRulerColor) as vscode.ThemeColor).id,
      dispose: () => undefined,
    });
    Object.assign(vscode.window, { createTextEditorDecorationType: named });
    const highlights = new Highlights(analyses, choice, settings);
    Object.assign(vscode.window, { createTextEditorDecorationType });
    const inSight = Object.getOwnPropertyDescriptor(vscode.window, "visibleTextEditors") ?? assert.fail();
    Object.defineProperty(vscode.window, "visibleTextEditors", { configurable: true, get: () => [editor] });
    const isPainted = (): boolean => {
      const buckets = ["for1", "for2", "for3", "against1", "against2", "against3"];
      const ranges = highlights.rangesIn(editor);
      const marks = [...(painted.get("ponet.for") ?? []), ...(painted.get("ponet.against") ?? [])];
      return (
        marks.length > 0 === ranges.flat().length > 0 &&
        buckets.every((name, bucket) => isDeepStrictEqual(painted.get(`ponet.${name}Background`), ranges[bucket]))
      );
    };
    const isBare = (): boolean => painted.size === 8 && [...painted.values()].every(({ length }) => length === 0);
    try {
      choice.choose(document.uri, analysis.heads[0]?.name ?? "");
      assert.ok(highlights.rangesIn(editor).flat().length > 0);
      await until(isPainted);
      analyses.outdate(document.uri, OTHER_SETTINGS);
      await until(isBare);
      analyses.renew(document);
      assert.equal(analyses.current(document)?.id, id);
      await until(() => !isBare() && isPainted());
      await set("highlights", false);
      await until(isBare);
    } finally {
      await set("highlights", undefined);
      Object.defineProperty(vscode.window, "visibleTextEditors", inSight);
      highlights.dispose();
      settings.dispose();
    }
  });

  it("the status bar tells that the analysis is out of date, by its icon and to a screen reader", async () => {
    const editor = await openSample();
    await classified(editor.document);
    const { statusBar } = await lens();
    const spoken = () => (Reflect.get(statusBar, "item") as vscode.StatusBarItem).accessibilityInformation?.label;
    assert.doesNotMatch(statusBar.text ?? "", /history/);
    assert.doesNotMatch(spoken() ?? "", /out of date/);
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), "P.S. ");
    });
    assert.match(statusBar.text ?? "", /^\$\(history\) /);
    assert.ok(spoken()?.endsWith(`, out of date: ${EDITED}`), spoken());
  });

  it("the scroll bar has marks for the ten strongest segments each way, set again where the label or the reading is another", async () => {
    const { document } = await openSample();
    const reading = await classified(document);
    const { choice } = await lens();
    const { bounds } = reading.analysis;
    const chosen = choice.of(document.uri, reading.analysis) ?? assert.fail();
    const given: number[][] = [];
    const setDecorations = (_: unknown, ranges: readonly vscode.Range[]) =>
      given.push(ranges.map(({ start }) => segmentAt(bounds, document.offsetAt(start)) ?? -1));
    const editor = { document, setDecorations } as unknown as vscode.TextEditor;
    const faintest = 0.02;
    const marks = new RulerMarks(faintest);
    const marksOf = (wanted: Parameters<RulerMarks["render"]>[1]): number[][] => {
      given.length = 0;
      marks.render(editor, wanted);
      return [...given];
    };
    const values = contributions(chosen.head, chosen.label);
    const [first, second] = marksOf({ reading, ...chosen });
    const isCounted = (segment: number): boolean => Math.abs(values[segment] ?? 0) >= faintest * peak(values);
    assert.deepEqual(first, highest(values, 1, 10).filter(isCounted));
    assert.deepEqual(second, highest(values, -1, 10).filter(isCounted));
    assert.ok(first.length > 0);
    // As what is next to nothing has no colour either.
    assert.ok(second.length < highest(values, -1, 10).length);
    assert.deepEqual(marksOf({ reading, ...chosen }), []);
    assert.notDeepEqual(marksOf({ reading, ...chosen, label: (chosen.label + 1) % chosen.head.labels.length }), []);
    assert.notDeepEqual(marksOf({ reading: { ...reading }, ...chosen }), []);
    assert.deepEqual(marksOf(undefined), [[], []]);
    marks.dispose();
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
