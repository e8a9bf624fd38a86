import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../harness/environment";
import { classifySample } from "../harness/sample";
import { copyWithThreshold } from "../harness/threshold";
import { openWindow, type TestWindow } from "../harness/window";

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

describe("A text in a language that the model has not learned", () => {
  const JUDGMENT =
    "Der Beklagte wird verurteilt, an die Klägerin den Betrag von 4.000 Euro nebst Zinsen zu zahlen. Die Kosten des Verfahrens " +
    "hat der Beklagte zu tragen. Das Urteil ist nicht gegen eine Sicherheit vorläufig vollstreckbar.";
  const WHY =
    'This does not seem to be English, the one language that "ponet-tiny" has learned: what it says of it is worth nothing.';
  let window: TestWindow;

  before(async () => {
    window = await openWindow({ files: { "urteil.txt": Array(6).fill(JUDGMENT).join("\n\n") } });
    await window.workbench.openFile("urteil.txt");
    await window.workbench.run("PoNet: Classify Document");
    await window.panel.settled();
  });
  after(() => window.dispose());

  it("has no verdict that is sure, and the panel says why, aloud too", async () => {
    const { panel } = window;
    assert.equal(await panel.frame.locator("p.banner.doubt").textContent(), WHY);
    await panel.frame.locator(".spoken[role=status]").getByText(`Classified. ${WHY}`).waitFor();
    for (const head of await panel.heads.all()) assert.match((await head.textContent()) ?? "", /Not sure: [^ ]+ has /);
    await window.workbench.screenshot("not-english");
  });

  it("is told so in the status bar's tooltip", async () => {
    const { page } = window.workbench;
    await page.locator("[id='ponet-lens.ponet-lens.ponet.status']").hover();
    await page.locator(".monaco-hover-content").filter({ hasText: WHY }).waitFor();
  });
});
