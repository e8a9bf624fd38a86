import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../harness/environment";
import { classifySample } from "../harness/sample";
import { copyWithThreshold } from "../harness/threshold";
import type { TestWindow } from "../harness/window";

describe("A model whose scores are all below their thresholds", () => {
  let folder: string;
  let sample: TestWindow;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "ponet-lens-model-"));
    copyWithThreshold(join(ROOT, "models/ponet-tiny"), folder, 1);
    sample = await classifySample({
      settings: { "ponet.model": folder, "workbench.colorTheme": "Default Light Modern" },
    });
  });

  after(() =>
    sample.dispose().finally(() => {
      rmSync(folder, { recursive: true });
    }),
  );

  it("is not sure in the panel: a sentence, a guess and hatched bars for every head", async () => {
    const heads = await sample.panel.heads.all();
    assert.ok(heads.length > 0);
    for (const head of heads) {
      const guess = await head.getByRole("listitem").first().locator(".label").getAttribute("title");
      const sentence = await head.getByText(/^Not sure: /).textContent();
      assert.match(sentence ?? "", /^Not sure: [\w.]+ has \d+(\.\d)?%, below the threshold of 100%\.$/);
      assert.ok(sentence?.includes(` ${guess ?? "?"} `), sentence ?? "");
      await head.getByRole("button", { name: `not sure: ${guess ?? "?"}?` }).waitFor();
      const bar = head.locator(".bar").first();
      const fill = await bar.evaluate((element) => getComputedStyle(element, "::after").backgroundImage);
      assert.match(fill, /^repeating-linear-gradient/);
      assert.ok(((await bar.boundingBox())?.width ?? 0) > 0);
    }
  });

  it("gives every segment a guess", async () => {
    const { panel } = sample;
    // Of its kind the model may be as sure of a segment as a number can say, and reach any threshold.
    await panel.frame.getByRole("button", { name: "hyperpartisan" }).click();
    await panel.frame
      .getByRole("option", { name: /not sure: (?:true|false)\?/ })
      .first()
      .waitFor();
    assert.equal(await panel.segments.count(), await panel.segments.locator(".guess[title^='not sure: ']").count());
  });

  it("is not sure in the status bar, whose tooltip names score and threshold", async () => {
    const { page } = sample.workbench;
    const item = page.locator("[id='ponet-lens.ponet-lens.ponet.status']");
    assert.match((await item.textContent()) ?? "", /not sure: \w+\? \d+(\.\d)?% · CPU$/);
    await item.hover();
    const tooltip = page.locator(".monaco-hover-content").filter({ hasText: "below the threshold of 100%" });
    await tooltip.waitFor();
    await sample.workbench.screenshot("not-sure");
  });

  it("is not sure in the hover of a segment", async () => {
    const { page, editor } = sample.workbench;
    await page.keyboard.press("Escape");
    await editor.getByText("To the Senate and House of").hover();
    const hover = page.locator(".monaco-hover-content").filter({ hasText: "PoNet · segment 1 of" });
    await hover.waitFor();
    assert.match((await hover.textContent()) ?? "", /not\ssure:\s\w+\?\s\d+(\.\d)?%/);
    await sample.workbench.screenshot("not-sure-hover");
  });
});
