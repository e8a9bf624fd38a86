import assert from "node:assert/strict";
import { PanelPage } from "../harness/panelPage";
import { classifySample } from "../harness/sample";
import type { TestWindow } from "../harness/window";
import { TEXT_START } from "./keys";

describe("PoNet: Open Panel in Editor", () => {
  let sample: TestWindow;
  let tab: PanelPage;

  before(async () => {
    sample = await classifySample();
    tab = new PanelPage(sample.workbench.editorPanel);
  });

  after(() => sample.dispose());

  it("shows in a tab beside the text what the side bar shows", async () => {
    const { workbench, panel } = sample;
    await workbench.run("PoNet: Open Panel in Editor");
    await tab.settled();
    assert.equal(await tab.summary.textContent(), await panel.summary.textContent());
    assert.equal(await tab.segmentCount(), await panel.segmentCount());
    await workbench.screenshot("editor-panel");
    const surface = (page: PanelPage): Promise<string> =>
      page.frame.locator("body").evaluate((body) => getComputedStyle(body).getPropertyValue("--surface"));
    assert.notEqual(await surface(tab), await surface(panel));
  });

  it("follows a label that is chosen in the other", async () => {
    const { panel } = sample;
    const label = panel.heads.first().getByRole("listitem").nth(1).getByRole("button");
    await label.click();
    const pressed = tab.heads.first().locator("[aria-pressed='true'] .label-name");
    await pressed.getByText((await label.getAttribute("title")) ?? "?", { exact: true }).waitFor();
  });

  it("reveals a segment in the text, not over itself", async () => {
    const { workbench } = sample;
    await tab.segments.nth(5).click();
    await workbench.page.locator(".monaco-editor .selected-text").first().waitFor();
    await tab.segments.first().waitFor();
  });

  it("tells what goes when the strongest segments are left out, in both", async () => {
    const { workbench, panel } = sample;
    await tab.frame.getByRole("button", { name: "Explain Strongest" }).click();
    for (const { frame } of [tab, panel]) await frame.locator(".left-out tbody tr").nth(7).waitFor();
    const cells = await tab.frame.locator(".left-out tbody td").allTextContents();
    assert.ok(
      cells.every((figure) => /^[+−]?\d+\.\d+$/.test(figure)),
      cells.join(" "),
    );
    await tab.frame.locator(".left-out").scrollIntoViewIfNeeded();
    await panel.frame.locator(".left-out").scrollIntoViewIfNeeded();
    await workbench.screenshot("left-out");
  });

  it("has the commands of its document in the menu of its title", async () => {
    const { page } = sample.workbench;
    const asking = page.locator(".quick-input-title").filter({ hasText: "PoNet: Compare sample.txt With…" });
    await sample.workbench.useTitleMenu("PoNet Lens", "Compare With…", async () => {
      await page.keyboard.press("Enter");
      await asking.waitFor({ timeout: 10_000 });
    });
    await page.keyboard.press("Escape");
  });

  it("tells of the tokens of a classified sentence in both, which ask at once", async () => {
    const { workbench, panel } = sample;
    await workbench.page.locator(".tab").filter({ hasText: "sample.txt" }).click();
    await workbench.editor.click();
    await workbench.page.keyboard.press(TEXT_START);
    await workbench.page.keyboard.press("Shift+End");
    await workbench.run("PoNet: Classify Selection");
    for (const { frame } of [tab, panel]) await frame.locator(".token-words span").first().waitFor();
  });
});
