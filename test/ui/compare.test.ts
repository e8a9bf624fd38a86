import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FrameLocator, Locator } from "playwright-core";
import { accessibilityFaults } from "../harness/accessibility";
import { ROOT } from "../harness/environment";
import { until } from "../harness/until";
import { openWindow, type TestWindow } from "../harness/window";
import type { Workbench } from "../harness/workbench";
import { TEXT_END } from "./keys";
import { overflowAt } from "./overflow";
import { selectedText } from "./selectedText";
import { setTheme, THEMES } from "./themes";
import { ZoomedMaps } from "./zoomedMaps";

const SAMPLE = readFileSync(join(ROOT, "test/fixtures/workspace/sample.txt"), "utf8");

const REVIEW = [
  "A wonderful, moving film with superb acting. I loved every minute of it.",
  "The plot is simple, but what the director makes of it is a delight from the first scene to the last.",
  "Only the ending drags: it is too long, too loud and, frankly, boring.",
];

describe("Compare With", () => {
  const folder = mkdtempSync(join(tmpdir(), "ponet-lens-model-"));
  const [shallow, unnamed] = [join(folder, "ponet-shallow"), join(folder, "ponet-unnamed")];
  const missing = join(folder, "ponet-missing");
  let opened: TestWindow;
  let workbench: Workbench;
  let page: FrameLocator;
  let maps: ZoomedMaps;

  before(async () => {
    copyOfThreeLayers(join(ROOT, "models/ponet-tiny"), shallow);
    cpSync(shallow, unnamed, { recursive: true });
    rmSync(join(unnamed, "card.json"));
    const review = Array.from({ length: 5 }, () => REVIEW.join("\n\n")).join("\n\n");
    opened = await openWindow({
      settings: { "ponet.modelFolders": [shallow, unnamed, missing] },
      files: { "review.txt": review, "message.txt": SAMPLE },
    });
    ({ workbench } = opened);
    page = workbench.editorPanel;
    maps = new ZoomedMaps(page.getByRole("slider", { name: /Part of the axis/ }));
  });

  after(() =>
    opened.dispose().finally(() => {
      rmSync(folder, { recursive: true });
    }),
  );

  /** Runs the command on a file and chooses what to compare it with. */
  async function choose(file: string, other: string, open = fromPalette): Promise<void> {
    // Else it would open in the column of the comparison before.
    await workbench.page.keyboard.press("ControlOrMeta+1");
    await workbench.openFile(file);
    await open();
    await row(other).first().waitFor();
    await workbench.screenshot("compare-choose");
    await row(other).first().click();
  }

  /** Compares and waits for the tab of the two. */
  async function compare(file: string, other: string, tab: string, open?: () => Promise<void>): Promise<void> {
    await choose(file, other, open);
    await workbench.page.locator(".tab.active").filter({ hasText: tab }).waitFor({ timeout: 90_000 });
    await page.getByRole("heading", { name: "Contributions and Pooling Maps" }).waitFor();
  }

  /**
   * Clicks the words of the first difference, of the sample's text in the first column, in which nothing is selected before.
   * @returns the words, and what is selected then
   */
  async function revealFirst(): Promise<readonly [words: string, selected: string]> {
    const { keyboard } = workbench.page;
    await keyboard.press("ControlOrMeta+1");
    await workbench.editor.click();
    await workbench.page.getByText(/^Ln \d+, Col \d+ \(\d+ selected\)/).waitFor({ state: "hidden" });
    const link = differences().first().getByRole("button", { name: /\w{3}/ });
    const words = ((await link.textContent()) ?? "").replace(/…$/, "");
    await link.click();
    await workbench.page.locator(".monaco-editor .selected-text").first().waitFor();
    await workbench.screenshot("compare-reveal");
    // The status bar tells of the column that has the keyboard.
    await keyboard.press("ControlOrMeta+1");
    return [words, (await selectedText(workbench.page, SAMPLE)).trimStart()];
  }

  const fromPalette = (): Promise<void> => workbench.run("PoNet: Compare With");
  const fromEditorMenu = async (): Promise<void> => {
    await workbench.editor.click({ button: "right" });
    // A menu that has just come up takes no clicks, lest the one that opened it chooses something.
    await workbench.page.getByRole("menuitem", { name: "Compare With…" }).hover();
    await workbench.page.keyboard.press("Enter");
  };
  const row = (text: string): Locator =>
    workbench.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: text });
  /** What is drawn of a strip or map, counted from the top. */
  const picture = (index: number): Promise<string> =>
    page
      .locator(".map-body canvas")
      .nth(index)
      .evaluate((canvas) => (canvas instanceof HTMLCanvasElement ? canvas.toDataURL() : ""));
  const differences = (): Locator => page.locator(".differences tbody tr");
  /** The figures of a row of a table. */
  const figures = async (of: Locator): Promise<number[]> =>
    (await of.locator("td").allTextContents()).map((text) => Number(text.replace("−", "-")));

  it("sets another model's reading beside that of the model in use, segment by segment", async () => {
    await compare("sample.txt", "ponet-shallow", "ponet-tiny and ponet-shallow");
    assert.deepEqual(await page.locator(".paired-heads thead th").allTextContents(), ["ponet-tiny", "ponet-shallow"]);
    const layers = await page.locator(".paired-heads tr", { hasText: "Layers" }).locator("td").allTextContents();
    assert.deepEqual(layers, ["4", "3"]);
    assert.equal(await differences().count(), 10);
    const [first = 0, second = 0, difference = 0] = await figures(differences().first());
    assert.ok(difference !== 0 && Math.abs(first - second - difference) < 0.02 * Math.abs(difference));
    await differences().first().getByRole("button", { name: /\w{3}/ }).waitFor();
    await workbench.screenshot("compare-models");
  });

  it("speaks of the label that is clicked, and goes on showing that", async () => {
    const labels = page.locator(".paired-heads button[aria-pressed]");
    const few = await labels.count();
    await page.getByRole("button", { name: "Show all 22" }).click();
    const seventh = page.locator("#label-0-6");
    await seventh.click();
    await page.getByRole("button", { name: "Show fewer" }).click();
    assert.equal(await seventh.getAttribute("aria-pressed"), "true");
    assert.equal(await labels.count(), few + 1);
    await workbench.screenshot("compare-few");
    await page.getByRole("button", { name: "neg", exact: true }).click();
    await page.getByText("By what each adds to the logit of neg.").waitFor();
    await page.getByText("to the logit of neg", { exact: true }).waitFor();
  });

  it("draws each pair on one scale", async () => {
    const legends = await page.locator(".legend").allTextContents();
    assert.equal(legends.length, 14);
    for (let i = 0; i < legends.length; i += 2) assert.equal(legends[i], legends[i + 1]);
  });

  it("tells both sides' values under the pointer", async () => {
    await page.locator(".map-body").nth(2).hover();
    await page
      .locator(".tip")
      .getByText(/^Segment \d+ · \d+ tokens\s+\w/)
      .waitFor();
    const values = await page.locator(".map-value").allTextContents();
    assert.ok(values.length === 14 && values.every((value) => /\d/.test(value)), values.join());
    await workbench.screenshot("compare-hover");
  });

  it("zooms both at once: with Ctrl and the wheel, by dragging, by the brush, and to a segment that is double-clicked", async () => {
    const map = page.locator(".map-body").nth(3);
    const all = await maps.part();
    const pictures = await Promise.all([2, 3].map(picture));
    await map.hover({ position: { x: 5, y: 5 } });
    await workbench.page.keyboard.down("Control");
    await maps.partAfter(() => workbench.page.mouse.wheel(0, -100));
    await workbench.page.keyboard.up("Control");
    const zoomed = await Promise.all([2, 3].map(picture));
    assert.ok(zoomed.every((each, side) => each !== pictures[side]));
    await workbench.screenshot("compare-zoomed");
    const [first] = await maps.partAfter(() => maps.drag(map, 0.8, 0.2));
    assert.ok(first > 1);
    await maps.partAfter(() => page.getByRole("button", { name: "Zoom to all" }).click());
    const [left, right] = await maps.partAfter(() => maps.drag(maps.overview, 0.5, 0.75));
    assert.ok(Math.abs(left - all[1] / 2) <= 2 && Math.abs(right - (3 * all[1]) / 4) <= 2, `${left} to ${right}`);
    const [one, other] = await maps.partAfter(() => map.dblclick({ position: { x: 40, y: 5 } }));
    assert.equal(one, other);
    assert.deepEqual(await maps.partAfter(() => page.getByRole("button", { name: "Zoom to all" }).click()), all);
  });

  it("is zoomed, moved through and told by keyboard alone", async () => {
    const plot = page.getByRole("application", { name: /pooling maps/ });
    const tip = page.locator(".tip");
    const spoken = page.locator(".plot .spoken");
    const { keyboard } = workbench.page;
    await plot.focus();
    await keyboard.press("End");
    await tip.getByText(/^Segment 57 · /).waitFor();
    for (const segment of [56, 55, 54, 53, 52, 51]) {
      await keyboard.press("ArrowLeft");
      await spoken.getByText(new RegExp(`Segment ${segment} · \\d+ tokens?\\s+\\S`)).waitFor();
    }
    await keyboard.press("End");
    await keyboard.press("ArrowLeft");
    await tip.getByText(/^Segment 56 · /).waitFor();
    await spoken.getByText(/^Contribution: ponet-tiny [+−].+, ponet-shallow [+−].+, Segment 56/).waitFor();
    await keyboard.press("ArrowDown");
    await keyboard.press("ArrowDown");
    await keyboard.press("ArrowDown");
    await spoken.getByText(/^GA: ponet-tiny .+×, ponet-shallow .+×, Segment 56/).waitFor();
    await page.locator(".map.current").getByText("ponet-shallow").waitFor();
    const [first, last] = await maps.partAfter(() => keyboard.press("+"));
    assert.ok(first > 1 && last === 57, `${first} to ${last}`);
    assert.equal(await spoken.textContent(), `segments ${first} to 57 of 57`);
    await workbench.screenshot("compare-keyboard");
    await maps.partAfter(() => keyboard.press("0"));
    assert.equal(await spoken.textContent(), "all of 57 segments");
    await keyboard.press("Enter");
    await workbench.page.getByText(/^Ln \d+, Col \d+ \(\d+ selected\)/).waitFor();
    await workbench.page.locator(".editor-group-container.active .tab.active").getByText("sample.txt").waitFor();
    await plot.focus();
    await keyboard.press("Escape");
    await tip.waitFor({ state: "hidden" });
  });

  it("colours the maps of both by the intensity, and back", async () => {
    const before = await Promise.all([2, 3].map(picture));
    const slider = page.getByRole("slider", { name: "Intensity" });
    await slider.focus();
    await workbench.page.keyboard.press("End");
    await page.locator(".map-body").nth(2).hover();
    const after = await Promise.all([2, 3].map(picture));
    assert.ok(after.every((each, side) => each !== before[side]));
    await page.getByRole("button", { name: "Reset" }).click();
    await page.locator(".map-body").nth(2).hover();
    assert.deepEqual(await Promise.all([2, 3].map(picture)), before);
  });

  it("has every figure in a table", async () => {
    await page.getByText("As a Table").click();
    const rows = page.locator(".map-table tbody tr");
    await rows.first().waitFor();
    assert.equal(await rows.count(), 100);
    assert.deepEqual(await rows.nth(1).locator("th").allTextContents(), ["ponet-shallow"]);
    const table = page.getByRole("region", { name: "Figures of the comparison" });
    // Where there is no room the place stays in sight, and neither side's name.
    const names = await table.evaluate((area) => {
      area.style.width = "80px";
      area.scrollLeft = 1000;
      const at = [...area.querySelectorAll("tbody th[scope=row]")].map((name) => name.getBoundingClientRect().x);
      area.style.width = "";
      return at.slice(0, 2);
    });
    assert.equal(names[0], names[1]);
    await table.focus();
    assert.ok(await table.evaluate((area) => area === document.activeElement), "the keyboard reaches the table");
    await page.getByRole("button", { name: "Next" }).click();
    await page
      .locator(".map-table .spoken")
      .getByText(/^Segments 51 to 57 of 57/)
      .waitFor();
    const previous = page.getByRole("button", { name: "Previous" });
    assert.ok(await previous.evaluate((button) => button === document.activeElement), "the keyboard can turn back");
    await workbench.screenshot("compare-table");
    await page.getByText("As a Table").click();
  });

  it("shows a segment in the editor", async () => {
    const [words, selected] = await revealFirst();
    assert.equal(selected.slice(0, words.length), words);
  });

  it("says when the text has been edited since", async () => {
    await workbench.page.locator(".tab").filter({ hasText: "sample.txt" }).click();
    await workbench.editor.click();
    await workbench.page.keyboard.type(" ");
    const why = "sample.txt has been edited since: compare again to see it as it is.";
    await page.locator(".banner").getByText(why).waitFor();
    const spoken = page.locator("body > .spoken");
    assert.equal(await spoken.textContent(), why);
    await workbench.screenshot("compare-stale");
    await workbench.page.keyboard.press("ControlOrMeta+z");
    await page.locator(".banner").waitFor({ state: "hidden" });
    assert.equal(await spoken.textContent(), "");
  });

  it("has no command for documents in the menu of its title, as a document's own tab has", async () => {
    const items = workbench.page.locator(".monaco-menu .action-label[aria-label]");
    const compare = items.filter({ hasText: "Compare With…" });
    const seen = async (): Promise<readonly [commands: boolean, compare: number]> => {
      const all = await items.allTextContents();
      return [all.includes("Close All"), await compare.count()];
    };
    await workbench.useTitleMenu("sample.txt", "Close All", async () => {
      assert.deepEqual(await seen(), [true, 1]);
    });
    await workbench.page.keyboard.press("Escape");
    await items.first().waitFor({ state: "detached" });
    await workbench.useTitleMenu("ponet-tiny and ponet-shallow", "Close All", async () => {
      assert.deepEqual(await seen(), [true, 0]);
    });
    await workbench.page.keyboard.press("Escape");
    // A menu that is still open takes the keys of the next test.
    await items.first().waitFor({ state: "detached" });
  });

  it("leaves what is there when the other model cannot be read, and says why in one sentence", async () => {
    await choose("sample.txt", "ponet-missing");
    await workbench.page.locator(".notifications-toasts").getByText("ponet-missing").first().waitFor();
    await workbench.screenshot("compare-failed");
    await page.getByText("Two models on one document").waitFor();
    assert.equal(await differences().count(), 10);
    await workbench.run("Notifications: Clear All Notifications");
  });

  it("sets the scores alone beside each other where no label is one of both", async () => {
    await compare("review.txt", "ponet-unnamed", "ponet-tiny and ponet-unnamed");
    await page.getByText("have no label in common").waitFor();
    await workbench.screenshot("compare-no-label");
  });

  it("sets another model's reading of a selection beside that of the model in use, by the same segments", async () => {
    const { keyboard } = workbench.page;
    await keyboard.press("ControlOrMeta+1");
    await workbench.openFile("message.txt");
    await workbench.editor.getByText("Though I am not able now").click();
    await keyboard.press("Home");
    await keyboard.press(`Shift+${TEXT_END}`);
    await workbench.run("PoNet: Classify Selection");
    await workbench.panel.getByText(/^Selection · .+ segments · /).waitFor();
    await compare("message.txt", "ponet-shallow", "ponet-tiny and ponet-shallow");
    await page.getByRole("heading", { name: "selection of message.txt" }).waitFor();
    await page.getByText("From left to right: the segments, which are the same for both.").waitFor();
    const [words, selected] = await revealFirst();
    assert.equal(selected.slice(0, words.length), words);
    assert.ok(SAMPLE.indexOf(selected) >= SAMPLE.indexOf("Though I am not able now"), selected);
    // There is another tab of this title.
    const tab = workbench.page.locator(".tab.active").filter({ hasText: "ponet-tiny and ponet-shallow" });
    await tab.locator(".codicon-close").click();
    await tab.waitFor({ state: "hidden" });
    // What comes to the front loads its page anew: opened over it while it does, another one stays empty.
    await page.getByText("Two models on one document").waitFor();
  });

  it("sets another document beside this one, by the share of each", async () => {
    await compare("review.txt", "sample.txt", "review.txt and sample.txt", fromEditorMenu);
    await page.getByText("each document, from its beginning to its end").waitFor();
    assert.match((await differences().first().locator("th").textContent()) ?? "", /^\d+–\d+%/);
    for (const name of ["review.txt", "sample.txt"]) {
      const link = differences()
        .first()
        .getByRole("button", { name: new RegExp(`^${name}: [^…]`) });
      assert.equal(await link.getAttribute("title"), name);
    }
    assert.equal(await differences().first().getByRole("button").count(), 2);
    await workbench.screenshot("compare-documents");
  });

  it("keeps the labels, the zoom and its table when its tab is hidden and shown again", async () => {
    await page.getByRole("button", { name: "Show all 22" }).click();
    await page.getByRole("button", { name: "pos", exact: true }).click();
    await page.getByText("to the logit of pos", { exact: true }).waitFor();
    await maps.partAfter(() => page.getByRole("button", { name: "Zoom in" }).click());
    const zoomed = await maps.overview.getAttribute("aria-valuetext");
    assert.equal(zoomed, "25% to 75%");
    await page.getByText("As a Table").click();
    await page.locator(".map-table tbody tr").first().waitFor();
    await workbench.page.locator(".tab").filter({ hasText: "ponet-tiny and ponet-unnamed" }).click();
    await page.getByText("Two models on one document").waitFor();
    await workbench.page.locator(".tab").filter({ hasText: "review.txt and sample.txt" }).click();
    await page.getByText("to the logit of pos", { exact: true }).waitFor();
    assert.equal(await maps.overview.getAttribute("aria-valuetext"), zoomed);
    await page.locator(".map-table tbody tr").first().waitFor();
    await page.getByText("As a Table").click();
    await page.getByRole("button", { name: "Zoom to all" }).click();
    await page.getByRole("button", { name: "Show fewer" }).click();
  });

  it("is drawn anew as soon as the theme is one of high contrast, and as before when it is not", async () => {
    const before = await picture(2);
    opened.server.configure({ "workbench.colorTheme": THEMES["high-contrast"] });
    await until(async () => (await picture(2)) !== before);
    opened.server.configure();
    await until(async () => (await picture(2)) === before);
  });

  for (const [name, theme] of Object.entries(THEMES)) {
    it(`follows the ${name} theme`, async () => {
      await setTheme(opened.server, page, theme);
      await workbench.screenshot(`compare-${name}`);
      for (const [size, width] of Object.entries({ narrow: 760, wide: 1900 })) {
        await workbench.page.setViewportSize({ width, height: 900 });
        await page.getByRole("heading", { name: "PF: norm of G" }).scrollIntoViewIfNeeded();
        await maps.overview.scrollIntoViewIfNeeded();
        await page.locator(".map-body").nth(3).hover();
        await page
          .locator(".tip")
          .getByText(/Segment/)
          .waitFor();
        await workbench.screenshot(`compare-${name}-${size}`);
      }
      await workbench.page.setViewportSize({ width: 1400, height: 900 });
    });
  }

  for (const [name, width] of Object.entries({ narrow: 760, wide: 2600 })) {
    it(`fits a ${name} window`, async () => {
      const html = page.locator("html");
      const before = await html.evaluate(({ clientWidth }) => clientWidth);
      await workbench.page.setViewportSize({ width, height: 900 });
      const range = name === "narrow" ? ([0, before - 1] as const) : ([before + 1, width] as const);
      const overflow = await html.evaluate(overflowAt, range);
      await workbench.screenshot(`compare-${name}`);
      await page.getByRole("heading", { name: "Contributions and Pooling Maps" }).scrollIntoViewIfNeeded();
      await page.getByRole("heading", { name: "PF: norm of L" }).scrollIntoViewIfNeeded();
      await workbench.screenshot(`compare-${name}-maps`);
      await page.getByRole("heading", { name: "Where They Differ Most" }).scrollIntoViewIfNeeded();
      await workbench.screenshot(`compare-${name}-differences`);
      assert.equal(overflow, 0);
    });
  }

  it("has a name for every control and table, and no heading that skips a level", async () => {
    assert.deepEqual(accessibilityFaults(await page.locator("body").ariaSnapshot()), []);
  });

  it("is there again after Reload Window, of documents whose readings were kept", async () => {
    await workbench.page.setViewportSize({ width: 1400, height: 900 });
    const cells = page.locator(".paired-heads td");
    const figures = await cells.allTextContents();
    await workbench.reload();
    await page.getByText("to the logit of pos", { exact: true }).waitFor();
    assert.deepEqual(await cells.allTextContents(), figures);
    assert.equal(await page.locator(".banner:visible").count(), 0);
    await differences()
      .first()
      .getByRole("button", { name: /: [^…]/ })
      .first()
      .waitFor();
    await workbench.screenshot("compare-reloaded");
  });

  it("says after Reload Window what was not kept, and compares again", async () => {
    await workbench.page.locator(".tab").filter({ hasText: "ponet-tiny and ponet-shallow" }).click();
    await page.getByText("The analysis of ponet-shallow that was compared is not there any more").waitFor();
    await workbench.screenshot("compare-gone");
    await page.getByRole("button", { name: "Compare Again…" }).click();
    await row("ponet-shallow").waitFor();
    await workbench.page.keyboard.press("Escape");
  });
});

/** A copy of a checkpoint of four layers that reads with the first three of them. */
function copyOfThreeLayers(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
  const [configFile, cardFile] = [join(to, "config.json"), join(to, "card.json")];
  const weightsFile = join(to, "model.safetensors");
  const config = JSON.parse(readFileSync(configFile, "utf8")) as Record<string, unknown>;
  const card = JSON.parse(readFileSync(cardFile, "utf8")) as { files: Record<string, string> };
  writeFileSync(configFile, JSON.stringify({ ...config, num_hidden_layers: 3 }));
  // Weights of more layers than the configuration has are refused: the fourth is none any more, under a name as long.
  const weights = readFileSync(weightsFile, "latin1").replaceAll("ponet.encoder.layer.3.", "spare.encoder.layer.3.");
  writeFileSync(weightsFile, weights, "latin1");
  delete card.files["config.json"];
  delete card.files["model.safetensors"];
  writeFileSync(cardFile, JSON.stringify(card));
}
