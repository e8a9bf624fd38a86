import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "../harness/environment";
import { classifySample, type Sample } from "../harness/sample";

describe("PoNet: Export Analysis…", () => {
  let sample: Sample;

  before(async () => {
    sample = await classifySample();
  });

  after(() => sample.dispose());

  it("saves a report beside the document, which a browser shows in light and dark", async () => {
    const { page } = sample.workbench;
    await sample.workbench.run("PoNet: Export Analysis");
    await page.locator(".quick-input-list .monaco-list-row").filter({ hasText: "Report" }).click();
    await page.locator(".quick-input-widget").filter({ hasText: "Export Report" }).waitFor();
    const file = await sample.workbench.acceptFile("/workspace/sample.ponet.html");
    await page.getByText("Report exported to sample.ponet.html.").first().waitFor();

    const viewer = await page
      .context()
      .browser()
      ?.newPage({ viewport: { width: 1100, height: 900 } });
    assert.ok(viewer);
    const errors: string[] = [];
    viewer.on("console", (message) => {
      if (message.type() === "error") errors.push(message.text());
    });
    for (const colorScheme of ["light", "dark"] as const) {
      await viewer.emulateMedia({ colorScheme });
      await viewer.goto(pathToFileURL(file).href);
      await viewer.locator("h1").getByText("sample.txt").waitFor();
      const overflow: number = await viewer.locator("html").evaluate((html) => html.scrollWidth - html.clientWidth);
      assert.equal(overflow, 0);
      const path = join(ROOT, "test/screenshots", `report-${colorScheme}.png`);
      await viewer.screenshot({ path, clip: { x: 0, y: 0, width: 1100, height: 1700 }, fullPage: true });
    }
    assert.deepEqual(errors, []);
    await viewer.close();
  });
});
