import assert from "node:assert/strict";
import { PanelPage } from "../harness/panelPage";
import { classifySample } from "../harness/sample";
import type { TestWindow } from "../harness/window";
import { countReadings } from "./countReadings";

describe("The panel's page, loaded anew", () => {
  let sample: TestWindow;
  let tab: PanelPage;
  let shown: readonly string[];

  /** With the times that the analysis took, which another run would not take exactly. */
  const figures = async (page: PanelPage): Promise<string[]> => {
    await page.settled();
    return [(await page.summary.textContent()) ?? "", ...(await page.phases.allTextContents())];
  };

  before(async () => {
    sample = await classifySample();
    tab = new PanelPage(sample.workbench.editorPanel);
    shown = await figures(sample.panel);
    await sample.workbench.page.addInitScript(countReadings);
  });

  after(() => sample.dispose());

  /** Checks that the page was sent the analysis once, with the last of all that it is sent when it is shown. */
  const sentOnce = async ({ frame }: PanelPage): Promise<void> => {
    await frame.locator(".segment.marked").waitFor();
    assert.equal(await frame.locator("html").evaluate((html) => html.dataset.readings), "1");
  };

  it("shows the last analysis again after the side bar showed something else", async () => {
    const { workbench, panel } = sample;
    await workbench.page.keyboard.press("ControlOrMeta+Shift+E");
    await panel.name.waitFor({ state: "detached" });
    await workbench.page.locator(".activitybar").getByRole("tab", { name: "PoNet Lens" }).click();
    assert.deepEqual(await figures(panel), shown);
    await sentOnce(panel);
  });

  it("shows the last analysis again after its tab was behind another", async () => {
    const { workbench } = sample;
    await workbench.run("PoNet: Open Panel in Editor");
    assert.deepEqual(await figures(tab), shown);
    const table = tab.frame.locator(".maps > .map-table");
    await table.locator("summary").click();
    await workbench.run("Preferences: Open Settings (UI)");
    await tab.name.waitFor({ state: "detached" });
    await workbench.page.locator(".tab").filter({ hasText: "PoNet Lens" }).click();
    assert.deepEqual(await figures(tab), shown);
    await table.locator("tbody tr").first().waitFor();
    await table.locator("summary").click();
    await sentOnce(tab);
  });

  it("shows the last analysis again after Reload Window, in the side bar and in the tab", async () => {
    const { workbench, panel } = sample;
    await workbench.reload();
    for (const page of [panel, tab]) {
      assert.deepEqual(await figures(page), shown);
      assert.equal(await page.banner.count(), 0);
    }
    await workbench.screenshot("reloaded");
  });

  it("is where it was scrolled to once its document is shown again, after one that was not read", async () => {
    const { workbench, panel } = sample;
    const html = panel.frame.locator("html");
    const places = (): Promise<number[]> =>
      html.evaluate((page) => [page, ...page.querySelectorAll("[role=listbox]")].map((each) => each.scrollTop));
    await html.evaluate(async (page) => {
      for (const each of [page, ...page.querySelectorAll("[role=listbox]")]) each.scrollTop = 200;
      // A place is kept with the scroll event, which comes with a frame.
      for (let frame = 0; frame < 3; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
    });
    const before = await places();
    assert.ok(before.every((place) => place > 0));
    await workbench.page.keyboard.press("ControlOrMeta+n");
    await panel.frame.locator("main").waitFor({ state: "hidden" });
    await workbench.page.locator(".tab").filter({ hasText: "sample.txt" }).click();
    await panel.segments.first().waitFor();
    assert.deepEqual(await places(), before);
  });
});
