import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { count, signed } from "../../src/analysis/figures";
import { STATISTICS } from "../../src/analysis/statistics";
import { suiteBrowser } from "../harness/browser";
import { ROOT } from "../harness/environment";
import { classifySample } from "../harness/sample";
import type { TestWindow } from "../harness/window";
import { screenshot } from "../harness/workbench";
import { selectedText } from "./selectedText";

const SAMPLE = readFileSync(join(ROOT, "test/fixtures/workspace/sample.txt"), "utf8");

/** What this reads of an analysis as JSON. */
interface Exported {
  readonly tokens: number;
  readonly segments: readonly {
    readonly start: number;
    readonly end: number;
    readonly heads: Readonly<Record<string, { readonly contributions: Readonly<Record<string, number>> }>>;
    /** Of each layer. */
    readonly pooling: readonly {
      readonly ga: number;
      readonly smp: number;
      readonly lmp: number;
      readonly pf: readonly number[];
    }[];
  }[];
}

describe("The panel's figures, beside those of the analysis as JSON", () => {
  let sample: TestWindow;
  let segments: Exported["segments"];
  /** What each segment adds to the label that the page speaks of. */
  let contributions: readonly { readonly segment: number; readonly value: number }[];
  let peak: number;
  /** [layers] The first segment's statistics, in their order. */
  let layers: readonly (readonly number[])[];

  /** A contribution as the page writes it. */
  const written = (segment: number): string => signed(contributions[segment]?.value ?? NaN, peak);
  const formatted = (values: readonly number[]): string[] =>
    STATISTICS.map(({ format }, statistic) => format(values[statistic] ?? NaN));
  /** What the page has of the first segment where it tells the mean over layers. */
  const means = (): string[] => {
    const over = STATISTICS.map((_, statistic) => layers.reduce((sum, each) => sum + (each[statistic] ?? NaN), 0));
    return [written(0), ...formatted(over.map((sum) => sum / layers.length))];
  };

  /** Exports the analysis in a format, by its name, as the file that is proposed; its path. */
  async function exportAs(format: string, name: string): Promise<string> {
    const { workbench } = sample;
    const { page } = workbench;
    await workbench.run("PoNet: Export Analysis");
    await page.locator(".quick-input-list .monaco-list-row").filter({ hasText: format }).click();
    await page
      .locator(".quick-input-widget")
      .filter({ hasText: `Export ${format}` })
      .waitFor();
    const file = await workbench.acceptFile(`/workspace/${name}`);
    await page.getByText(`${format} exported to ${name}.`).first().waitFor();
    return file;
  }

  before(async () => {
    sample = await classifySample();
    const { panel, workbench } = sample;
    const { page } = workbench;
    const file = await exportAs("Analysis as JSON", "sample.ponet.json");
    const exported = JSON.parse(readFileSync(file, "utf8")) as Exported;
    segments = exported.segments;

    const chosen = panel.frame.locator(".head:has([aria-pressed='true'])");
    const head = (await chosen.locator(".head-name").textContent()) ?? "";
    const label = (await chosen.locator("[aria-pressed='true']").getAttribute("title")) ?? "";
    contributions = segments.map(({ heads }, segment) => ({
      segment,
      value: heads[head]?.contributions[label] ?? NaN,
    }));
    peak = Math.max(...contributions.map(({ value }) => Math.abs(value)));

    // A click has the frame take the keyboard from the editor; what comes to lie under the pointer would be told of instead.
    await panel.frame.getByRole("heading", { name: "Pooling Maps", exact: true }).click();
    await page.mouse.move(700, 10);
    await panel.plot.focus();
    await page.keyboard.press("Home");
    // The JSON does not tell how many tokens a segment has, of whose share the attention is a multiple.
    const tip =
      (await panel.frame
        .locator(".tip")
        .getByText(/^Segment 1 · /)
        .textContent()) ?? "";
    const overShare = exported.tokens / Number(/(\d+) tokens?/.exec(tip)?.[1]);
    layers = (segments[0]?.pooling ?? []).map(({ ga, smp, lmp, pf }) => [ga * overShare, smp, lmp, ...pf]);
  });

  after(() => sample.dispose());

  it("are the same in the maps' titles: over all layers where the strip is pointed at, else those of a layer", async () => {
    const { panel, workbench } = sample;
    const { keyboard } = workbench.page;
    const tip = panel.frame.locator(".tip");
    const told = panel.plot.locator(".map-value");
    assert.deepEqual(await told.allTextContents(), means());
    for (const [layer, values] of layers.entries()) {
      await keyboard.press("ArrowDown");
      await tip.getByText(`Segment 1 · layer ${layer + 1} · `).waitFor();
      assert.deepEqual(await told.allTextContents(), [written(0), ...formatted(values)]);
    }
    await keyboard.press("Escape");
    await tip.waitFor({ state: "hidden" });
  });

  it("are the same in the maps' colours: of two cells of a map the higher one is never the darker", async () => {
    const canvases = await sample.panel.plot.locator(".map:not(.strip) .map-body canvas").all();
    assert.equal(canvases.length, STATISTICS.length);
    for (const [statistic, canvas] of canvases.entries()) {
      // That of the attention would take the tokens of every segment.
      if (statistic === 0) continue;
      // Of the palette's colours a higher one is never less green.
      const greens = await canvas.evaluate((element, columns) => {
        const context = element instanceof HTMLCanvasElement ? element.getContext("2d") : null;
        if (!context) return [];
        const { width, height } = context.canvas;
        const { data } = context.getImageData(0, 0, width, height);
        return Array.from({ length: height * columns }, (_, cell) => {
          const middle = Math.floor((((cell % columns) + 0.5) / columns) * width);
          return data[4 * (Math.floor(cell / columns) * width + middle) + 1] ?? NaN;
        });
      }, segments.length);
      const cells = layers.flatMap((_, layer) =>
        segments.map(({ pooling }) => {
          const { smp = NaN, lmp = NaN, pf = [] } = pooling[layer] ?? {};
          return [NaN, smp, lmp, ...pf][statistic] ?? NaN;
        }),
      );
      assert.equal(greens.length, cells.length);
      const rising = [...cells.keys()].sort((a, b) => (cells[a] ?? NaN) - (cells[b] ?? NaN));
      assert.deepEqual(
        rising.map((cell) => greens[cell]),
        greens.toSorted((a, b) => a - b),
        STATISTICS[statistic]?.title,
      );
    }
  });

  it("are the same in the table of the maps: over all layers, and layer by layer", async () => {
    const { panel, workbench } = sample;
    await panel.frame.locator(".maps > .map-table > summary").click();
    const row = panel.frame.locator(".maps > .map-table tbody tr").first();
    await row.locator("td").first().waitFor();
    assert.deepEqual(await row.locator("td").allTextContents(), means());
    await panel.frame.getByRole("combobox", { name: "Figures of the table" }).focus();
    for (const [statistic, { format }] of STATISTICS.entries()) {
      await workbench.page.keyboard.press("ArrowDown");
      const figures = layers.map((values) => format(values[statistic] ?? NaN));
      await row.filter({ hasText: ["1", ...figures].join("") }).waitFor();
    }
    await panel.frame.locator(".maps > .map-table > summary").click();
  });

  it("are the same in the evidence: the three segments that add most to the label, and the three that take most", async () => {
    const { frame } = sample.panel;
    for (const [name, sign] of [
      ["Speaks for it", 1],
      ["Speaks against it", -1],
    ] as const) {
      const rows = await frame.getByRole("list", { name }).getByRole("button").all();
      const shown = await Promise.all(rows.map((row) => row.locator(".figure").allTextContents()));
      const most = contributions
        .filter(({ value }) => sign * value > 0)
        .toSorted((a, b) => sign * (b.value - a.value))
        .slice(0, 3);
      assert.ok(most.length > 0, `no segment ${name.toLowerCase()}`);
      assert.deepEqual(
        shown,
        most.map(({ segment }) => [count(segment + 1), written(segment)]),
      );
    }
  });

  it("are the same in the list of segments, the strongest first where that is chosen, and a click selects that one", async () => {
    const { panel, workbench } = sample;
    const ranked = contributions.toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value));
    const [strongest = { segment: NaN }] = ranked;
    await panel.frame.getByRole("heading", { name: "Segments", exact: true }).click();
    await panel.frame.getByRole("combobox", { name: "Order of segments" }).focus();
    await workbench.page.keyboard.press("ArrowDown");
    const list = panel.frame.getByRole("listbox", { name: "Segments", exact: true });
    const row = list.locator("[aria-posinset='1']");
    await row
      .locator(".segment-number")
      .getByText(count(strongest.segment + 1), { exact: true })
      .waitFor();
    assert.equal(await row.locator(".figure").last().textContent(), written(strongest.segment));
    assert.deepEqual(
      (await list.locator(".segment-number").allTextContents()).slice(0, 5),
      ranked.slice(0, 5).map(({ segment }) => count(segment + 1)),
    );
    await workbench.screenshot("strongest-first");
    await row.click();
    const { start, end } = segments[strongest.segment] ?? {};
    assert.equal(await selectedText(workbench.page, SAMPLE), SAMPLE.slice(start, end).trimEnd());
  });

  it("are in a report, too, saved beside the document, which a browser shows in light and dark", async () => {
    const file = await exportAs("Report", "sample.ponet.html");
    const browser = await suiteBrowser();
    const viewer = await browser.newPage({ viewport: { width: 1100, height: 900 } });
    const errors: string[] = [];
    viewer.on("console", (message) => {
      if (message.type() === "error") errors.push(message.text());
    });
    for (const colorScheme of ["light", "dark"] as const) {
      await viewer.emulateMedia({ colorScheme });
      await viewer.goto(pathToFileURL(file).href);
      await viewer.locator("h1").getByText("sample.txt").waitFor();
      const overflow: number = await viewer.locator("html").evaluate((html) => html.scrollWidth - html.clientWidth);
      assert.equal(overflow, 0);
      const clip = { x: 0, y: 0, width: 1100, height: 1700 };
      await screenshot(viewer, `report-${colorScheme}`, { clip, fullPage: true });
    }
    assert.deepEqual(errors, []);
    await viewer.close();
  });
});
