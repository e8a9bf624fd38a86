import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { classifySample, type Sample } from "../harness/sample";

describe("A segment's menu and hover", () => {
  let sample: Sample;

  before(async () => {
    sample = await classifySample({ settings: { "workbench.colorTheme": "Default High Contrast" } });
  });

  after(() => sample.dispose());

  it("the list's menu has the segment's commands alone, and copies its figures", async () => {
    const { panel, workbench } = sample;
    await panel.segments.nth(3).click({ button: "right" });
    const items = workbench.page.locator(".monaco-menu .action-label[aria-label]");
    await items.filter({ hasText: "Copy Segment's Figures" }).waitFor();
    assert.deepEqual(await items.allTextContents(), ["Copy Segment's Figures", "Explain Segment"]);
    await workbench.screenshot("segment-menu");
    await items.first().click();
    await workbench.page.getByText("Copied the figures of segment 4").first().waitFor();
  });

  it("the hover's picture has the theme's colours", async () => {
    const { workbench } = sample;
    await workbench.editor.getByText("To the Senate and House of").hover();
    const picture = workbench.page.locator(".monaco-hover-content img");
    await picture.waitFor();
    const svg = Buffer.from((await picture.getAttribute("src"))?.split("base64,")[1] ?? "", "base64").toString();
    assert.match(svg, /fill: #ffffff/);
    await workbench.screenshot("hover-high-contrast");
  });

  it("the editor's menu classifies a selection, and that of the output pane does not", async () => {
    const { page, editor } = sample.workbench;
    const items = page.locator(".monaco-menu .action-label[aria-label]");
    const classify = items.filter({ hasText: "Classify Selection" });
    const openMenu = async (text: Locator): Promise<void> => {
      await text.click();
      await page.keyboard.press("Control+a");
      await text.click({ button: "right" });
      await items.filter({ hasText: "Copy" }).first().waitFor();
    };
    await openMenu(editor.getByText("To the Senate and House of"));
    assert.equal(await classify.count(), 1);
    await page.keyboard.press("Escape");
    await items.first().waitFor({ state: "detached" });
    await sample.workbench.run("Output: Show Output Channels");
    await page.locator(".quick-input-list .monaco-list-row").filter({ hasText: "PoNet Lens" }).first().click();
    await openMenu(page.locator(".output-view").getByText("PoNet runs on the").first());
    assert.equal(await classify.count(), 0);
    await page.keyboard.press("Escape");
  });
});
