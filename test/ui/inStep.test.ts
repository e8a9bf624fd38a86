import assert from "node:assert/strict";
import { classifySample } from "../harness/sample";
import { until } from "../harness/until";
import type { TestWindow } from "../harness/window";
import { setTheme, THEMES } from "./themes";

describe("The editor and the panel in step", () => {
  let sample: TestWindow;

  before(async () => {
    sample = await classifySample();
  });

  after(() => sample.dispose());

  it("a segment that the pointer is on in the panel is marked in the editor, until the pointer leaves", async () => {
    const { panel, workbench } = sample;
    await panel.segments.nth(2).hover();
    await workbench.page.waitForFunction(pointedLines);
    await workbench.screenshot("in-step-pointed");
    await panel.name.hover();
    await workbench.page.waitForFunction(`!(${pointedLines.toString()})()`);
  });

  it("the segment that the editor's cursor is in is marked in the panel, and the next one as the cursor goes on", async () => {
    const { panel, workbench } = sample;
    await workbench.editor.getByText("To the Senate and House of").click();
    await panel.markedSegment("1").waitFor();
    await workbench.page.keyboard.press("ArrowDown");
    await workbench.page.keyboard.press("ArrowDown");
    await panel.markedSegment("2").waitFor();
    await workbench.screenshot("in-step-marked");
    assert.equal(await panel.frame.locator(".segment.marked").count(), 1);
  });

  it("the segment at the cursor is brought into sight in the panel", async () => {
    const { panel, workbench } = sample;
    await workbench.page.setViewportSize({ width: 1400, height: 480 });
    await workbench.editor.getByText("To the Senate and House of").click();
    await workbench.run("PoNet: Reveal Segment in Panel");
    const row = panel.markedSegment("1");
    const isInSight = (): Promise<boolean> =>
      row.evaluate((each) => {
        const { top, bottom } = each.getBoundingClientRect();
        return top >= 0 && bottom <= window.innerHeight;
      });
    await until(isInSight);
    await workbench.screenshot("in-step-revealed");
    const list = panel.frame.getByRole("listbox", { name: "Segments", exact: true });
    assert.equal(await list.getAttribute("aria-activedescendant"), await row.getAttribute("id"));
    assert.ok(!(await list.evaluate((each) => each === document.activeElement)));
    assert.equal(await row.evaluate((each) => getComputedStyle(each).outlineStyle), "none");
    await list.focus();
    await workbench.page.keyboard.press("ArrowDown");
    assert.equal(await panel.frame.locator(".segment[aria-selected='true'] .segment-number").textContent(), "2");
    await workbench.page.setViewportSize({ width: 1400, height: 900 });
  });

  it("the list's menu has the segment's commands alone, and copies its figures", async () => {
    const { panel, workbench } = sample;
    await panel.segments.nth(3).click({ button: "right" });
    const items = workbench.page.locator(".monaco-menu .action-label[aria-label]");
    // A menu that has just come up takes no clicks, lest the one that opened it chooses something.
    await items.filter({ hasText: "Copy Segment's Figures" }).hover();
    assert.deepEqual(await items.allTextContents(), ["Copy Segment's Figures", "Explain Segment"]);
    await workbench.screenshot("segment-menu");
    await workbench.page.keyboard.press("Enter");
    await workbench.page.getByText("Copied the figures of segment 4").first().waitFor();
  });

  it("the picture in a segment's hover has the theme's colours", async () => {
    const { panel, server, workbench } = sample;
    await setTheme(server, panel.frame, THEMES["high-contrast"]);
    await workbench.editor.getByText("To the Senate and House of").hover();
    const picture = workbench.page.locator(".monaco-hover-content img");
    await picture.waitFor();
    const svg = Buffer.from((await picture.getAttribute("src"))?.split("base64,")[1] ?? "", "base64").toString();
    assert.match(svg, /fill: #ffffff/);
    await workbench.screenshot("hover-high-contrast");
  });

  it("what is typed in live mode is in the panel after a pause, without a banner or a word of it before", async () => {
    const { panel, server, workbench } = sample;
    const status = workbench.page.locator("[id='ponet-lens.ponet-lens.ponet.status']");
    server.configure({ "ponet.live": true });
    await status.filter({ hasText: "· Live" }).waitFor();
    const tokens = async (): Promise<number> =>
      Number.parseInt(((await panel.summary.textContent()) ?? "").replaceAll(",", ""));
    const before = await tokens();
    await panel.frame.locator(".banners").evaluate(noteWhatIsTold);
    await workbench.editor.click();
    await workbench.page.keyboard.type(" One sentence more. ");
    await until(async () => (await tokens()) !== before);
    assert.ok((await tokens()) > before);
    assert.equal(await panel.frame.locator("html").evaluate((html) => html.dataset.told), undefined);
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

/** Notes on the page's root element each banner that comes into sight from now on, and each sentence for the ear. */
function noteWhatIsTold(banners: Element): void {
  const spoken = banners.querySelector(".spoken");
  let said = spoken?.textContent;
  new MutationObserver(() => {
    const told = [...banners.querySelectorAll(".banner")].filter((banner) => banner.checkVisibility());
    const sentences = told.map((banner) => banner.textContent);
    // What is no longer so is taken back without a word.
    if (spoken && spoken.textContent !== said && spoken.textContent !== "") sentences.push(spoken.textContent);
    said = spoken?.textContent;
    if (sentences.length > 0) document.documentElement.dataset.told = sentences.join();
  }).observe(banners, { attributes: true, characterData: true, childList: true, subtree: true });
}

/** How many lines in sight have the bar of a segment that the panel points at. */
function pointedLines(): number {
  const decorations = [...document.querySelectorAll(".view-overlays .cdr")];
  return decorations.filter((decoration) => getComputedStyle(decoration).borderLeftWidth === "3px").length;
}
