import assert from "node:assert/strict";
import { classifySample, type Sample } from "../harness/sample";

describe("The editor and the panel in step", () => {
  let sample: Sample;

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
    while (!(await isInSight())) await new Promise((resolve) => setTimeout(resolve, 50));
    await workbench.screenshot("in-step-revealed");
    await workbench.page.setViewportSize({ width: 1400, height: 900 });
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
    while ((await tokens()) === before) await workbench.page.waitForTimeout(50);
    assert.ok((await tokens()) > before);
    assert.equal(await panel.frame.locator("html").evaluate((html) => html.dataset.told), undefined);
  });

  it("causes no error in the webview and breaks no content security policy", () => {
    assert.deepEqual(sample.workbench.webviewErrors, []);
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
