import assert from "node:assert/strict";
import { classifySample } from "../harness/sample";
import type { TestWindow } from "../harness/window";
import { TEXT_START } from "./keys";

describe("PoNet: Classify Document", () => {
  let sample: TestWindow;

  before(async () => {
    sample = await classifySample();
  });

  after(() => sample.dispose());

  it("shows what was read and with what", async () => {
    const { panel, workbench } = sample;
    assert.equal(await panel.name.textContent(), "sample.txt");
    assert.match((await panel.summary.textContent()) ?? "", /^[\d,]+ tokens · \d+ segments · .+ on CPU$/);
    await workbench.screenshot("classified");
  });

  it("shows the scores of every head as bars, the predicted label first", async () => {
    const heads = await sample.panel.heads.all();
    assert.ok(heads.length > 0);
    for (const head of heads) {
      const labels = head.getByRole("listitem");
      const scores = (await labels.locator(".figure").allTextContents()).map((text) => Number.parseFloat(text));
      assert.ok(scores.length >= 2);
      assert.deepEqual(
        scores.toSorted((a, b) => b - a),
        scores,
      );
      assert.equal(await labels.first().locator(".predicted").count(), 1);
      const widest = await labels.first().locator(".bar").boundingBox();
      assert.ok(widest !== null && widest.width > 0);
    }
  });

  it("lists every segment with its first words", async () => {
    const { panel } = sample;
    const segments = await panel.segmentCount();
    assert.ok((await panel.summary.textContent())?.includes(` ${segments} segments `));
    await panel.segments.first().getByText("To the Senate and House of Representatives:").waitFor();
  });

  it("draws the pooling map in many colours, with a text alternative", async () => {
    const { panel } = sample;
    const colours = await panel.map.evaluate((canvas) => {
      if (!(canvas instanceof HTMLCanvasElement)) return 0;
      const image = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(image?.data.buffer ?? new ArrayBuffer(0))).size;
    });
    assert.ok(colours > 10, `${colours} colours`);
    await panel.frame.getByRole("application", { name: /layers by \d+ segments/ }).waitFor();
  });

  it("tells the provider and the speed of each phase", async () => {
    const { panel } = sample;
    assert.match((await panel.facts.textContent()) ?? "", /ProviderCPU/);
    assert.equal(await panel.phases.count(), 4);
    const speed = await panel.phases.filter({ hasText: "Total" }).locator("td").last().textContent();
    assert.ok(Number(speed?.replaceAll(",", "")) > 0);
  });

  it("shows the label, the score and the provider in the status bar", async () => {
    const item = sample.workbench.page.locator("[id='ponet-lens.ponet-lens.ponet.status']");
    assert.match((await item.textContent()) ?? "", /\S \d+(\.\d)?% · CPU$/);
  });

  it("reveals a segment that is clicked", async () => {
    const { panel, workbench } = sample;
    const words = (await panel.segments.nth(8).locator(".segment-text").textContent()) ?? "";
    await panel.segments.nth(8).click();
    await workbench.page
      .locator(".statusbar-item")
      .filter({ hasText: /\(\d+ selected\)/ })
      .waitFor();
    await workbench.editor.getByText(words.slice(0, 30)).waitFor();
  });

  it("reveals a segment by keyboard alone, from the list and from the map", async () => {
    const { panel, workbench } = sample;
    const selected = workbench.page.getByText(/^Ln \d+, Col \d+ \(\d+ selected\)/);
    const press = async (...keys: readonly string[]): Promise<void> => {
      for (const key of keys) await workbench.page.keyboard.press(key);
    };
    const deselect = async (): Promise<void> => {
      await workbench.editor.click();
      await selected.waitFor({ state: "hidden" });
    };
    await deselect();
    await panel.frame.getByRole("listbox").focus();
    await press("Home", "ArrowDown", "ArrowDown", "Enter");
    await selected.waitFor();
    const third = (await selected.textContent()) ?? "";
    await deselect();
    await panel.plot.focus();
    await press("ArrowRight", "ArrowRight", "ArrowRight");
    await panel.frame
      .locator(".tip")
      .getByText(/^Segment 3 · /)
      .waitFor();
    await press("Enter");
    await workbench.page.getByText(third, { exact: true }).waitFor();
  });

  it("tells of the segment under the pointer", async () => {
    const { workbench } = sample;
    await workbench.page.keyboard.press(TEXT_START);
    await workbench.editor.getByText("To the Senate and House of").hover();
    const hover = workbench.page.locator(".monaco-hover-content").filter({ hasText: "PoNet · segment 1 of" });
    await hover.waitFor();
    assert.match((await hover.textContent()) ?? "", /GA.*SMP.*LMP.*PF/s);
    const picture = hover.locator("img");
    await picture.evaluate((image) =>
      image instanceof HTMLImageElement ? image.decode() : Promise.reject(new Error("It is no picture.")),
    );
    await workbench.screenshot("hover");
  });

  it("leaves a key with Ctrl or Alt in the list to VS Code", async () => {
    const { panel, workbench } = sample;
    const { keyboard } = workbench.page;
    const list = panel.frame.getByRole("listbox");
    // A click has the frame take the keyboard from the editor, too; one on a row would move the cursor once more when it is revealed.
    await panel.frame.getByRole("heading", { name: "Segments", exact: true }).click();
    await list.focus();
    for (const key of ["Home", "Control+End", "Control+ArrowDown"]) await keyboard.press(key);
    // For the page alone: Alt that VS Code sees before the other key has its menu bar take the keyboard.
    await list.dispatchEvent("keydown", { key: "End", altKey: true });
    await keyboard.press("ArrowDown");
    // Chromium may still be scrolling, to the end that the page did not go to.
    await panel.frame.locator("[role=listbox][aria-activedescendant=row-1]").waitFor();
  });

  it("has the keyboard on no row of the list once the document ends before that, and begins at the first", async () => {
    const { panel, workbench } = sample;
    const { keyboard } = workbench.page;
    const list = panel.frame.getByRole("listbox");
    const heading = panel.frame.getByRole("heading", { name: "Segments", exact: true });
    // As above, a click has the frame take the keyboard.
    await heading.click();
    await list.focus();
    await keyboard.press("End");
    await workbench.editor.click();
    await keyboard.press("ControlOrMeta+a");
    await keyboard.type("A wonderful film.");
    await workbench.run("PoNet: Classify Again");
    await panel.frame.getByText(/^What the one segment adds to /).waitFor();
    assert.equal(await list.getAttribute("aria-activedescendant"), "");
    await heading.click();
    await list.focus();
    await keyboard.press("ArrowDown");
    await list.locator("[aria-selected=true][aria-posinset='1']").waitFor();
  });

  it("is asked for again from the palette where the first time failed", async () => {
    const { panel, workbench } = sample;
    await workbench.page.keyboard.press("ControlOrMeta+n");
    await workbench.run("PoNet: Classify Document");
    await panel.banner.getByText("has no words to classify").waitFor();
    await workbench.editor.click();
    await workbench.page.keyboard.type("A wonderful film.");
    await workbench.run("PoNet: Classify Again");
    await panel.frame.getByText(/^What the one segment adds to /).waitFor();
  });
});
