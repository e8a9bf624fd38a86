import assert from "node:assert/strict";
import { PanelPage } from "../harness/panelPage";
import { classifySample, type Sample } from "../harness/sample";

describe("Reload Window", () => {
  let sample: Sample;

  before(async () => {
    sample = await classifySample();
  });

  after(() => sample.dispose());

  it("shows the last analysis again, in the side bar and in the editor tab, without running it again", async () => {
    const { workbench, panel } = sample;
    const tab = new PanelPage(workbench.editorPanel);
    await workbench.run("PoNet: Open Panel in Editor");
    await tab.settled();
    // With the time that the analysis took, which another run would not take exactly.
    const summary = await panel.summary.textContent();
    const phases = await panel.phases.allTextContents();
    await workbench.page.reload();
    await panel.settled();
    await tab.settled();
    for (const page of [panel, tab]) {
      assert.equal(await page.summary.textContent(), summary);
      assert.deepEqual(await page.phases.allTextContents(), phases);
      assert.equal(await page.banner.count(), 0);
    }
    await workbench.screenshot("reloaded");
  });
});
