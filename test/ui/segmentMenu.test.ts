import assert from "node:assert/strict";
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

  it("the editor's menu classifies what is selected", async () => {
    const { page, editor } = sample.workbench;
    const classify = page.locator(".monaco-menu .action-label").filter({ hasText: "Classify Selection" });
    const text = editor.getByText("To the Senate and House of");
    await text.click({ button: "right" });
    await page.locator(".monaco-menu .action-label").filter({ hasText: "Paste" }).first().waitFor();
    assert.equal(await classify.count(), 0);
    await page.keyboard.press("Escape");
    await text.dblclick();
    await text.click({ button: "right" });
    await classify.hover();
    await page.keyboard.press("Enter");
    await sample.panel.frame.getByText(/^Selection · /).waitFor();
  });
});
