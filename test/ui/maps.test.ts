import assert from "node:assert/strict";
import { classifySample, type Sample } from "../harness/sample";

describe("The pooling maps", () => {
  let sample: Sample;

  before(async () => {
    sample = await classifySample();
  });

  after(() => sample.dispose());

  it("tell every pooling of the segment under the pointer", async () => {
    const { panel, workbench } = sample;
    await workbench.resizeSideBar(700);
    await panel.map.scrollIntoViewIfNeeded();
    await panel.map.hover();
    await panel.frame
      .locator(".tip")
      .getByText(/^Segment \d+ · layer \d/)
      .waitFor();
    const values = await panel.frame.locator(".map-value").allTextContents();
    assert.ok(values.length === 7 && values.every((value) => /\d/.test(value)), values.join());
    await workbench.screenshot("maps-hover-wide");
    await workbench.resizeSideBar(250);
    await panel.map.hover();
    await workbench.screenshot("maps-hover-narrow");
  });

  it("causes no error in the webview and breaks no content security policy", () => {
    assert.deepEqual(sample.workbench.webviewErrors, []);
  });
});
