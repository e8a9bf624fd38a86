import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../harness/environment";
import type { PanelPage } from "../harness/panelPage";
import { until } from "../harness/until";
import { openWindow, type TestWindow } from "../harness/window";
import type { Workbench } from "../harness/workbench";
import { countReadings } from "./countReadings";
import { setTheme, THEMES } from "./themes";

const SAMPLE = readFileSync(join(ROOT, "test/fixtures/workspace/sample.txt"), "utf8");
/** Megabytes of it, seven hundred thousand tokens. */
const LONG = `${SAMPLE}\n\n`.repeat(Math.ceil(3.5e6 / SAMPLE.length));
/** What a machine may take that does much else besides. */
const PATIENCE_MS = 240_000;

describe("A document of megabytes", () => {
  let opened: TestWindow;
  let workbench: Workbench;
  let panel: PanelPage;

  before(async () => {
    opened = await openWindow({ files: { "long.txt": LONG } });
    ({ workbench, panel } = opened);
    await workbench.page.addInitScript(countReadings);
    await workbench.openFile("long.txt");
  });

  after(() => opened.dispose());

  /** The parts of the first map that are drawn and that are left to the hatching below it, of 1 together. */
  function drawn(): Promise<number> {
    return panel.map.evaluate((canvas) => {
      const context = canvas instanceof HTMLCanvasElement ? canvas.getContext("2d") : null;
      const pixels = context?.getImageData(0, 0, context.canvas.width, context.canvas.height).data ?? [];
      let opaque = 0;
      for (let alpha = 3; alpha < pixels.length; alpha += 4) if (pixels[alpha] === 255) opaque++;
      return opaque / (pixels.length / 4);
    });
  }

  it("is drawn as far as it is read, and hatched where nothing is known yet", async () => {
    await workbench.run("PoNet: Classify Document");
    await panel.map.waitFor();
    await workbench.resizeSideBar(640);
    await panel.banner.getByText(/[1-9]\d%/).waitFor();
    const share = await drawn();
    await workbench.screenshot("long-draft");
    assert.ok(share > 0 && share < 1, `${share} of the map is drawn`);
  });

  it("is read to its end", async function () {
    this.timeout(PATIENCE_MS);
    await panel.segments.first().waitFor({ timeout: PATIENCE_MS });
    await panel.settled();
    const pattern = /^[67]\d{2},\d{3} tokens · [\d,]+ segments · (\d+ s|\d min.*) on CPU/;
    assert.match((await panel.summary.textContent()) ?? "", pattern);
    // In the frame after the one that says so.
    await until(async () => (await drawn()) === 1);
    // What it has been sent part by part is not sent once more.
    assert.equal(await panel.frame.locator("html").evaluate((html) => html.dataset.readings), "1");
    await workbench.screenshot("long");
  });

  it("has a list that scrolls to its last segment", async () => {
    const count = await panel.segmentCount();
    assert.ok(count > 5000, `${count} segments`);
    await panel.frame.getByRole("listbox").focus();
    await workbench.page.keyboard.press("End");
    const last = panel.frame.locator(`[role=option][aria-posinset="${count}"]`);
    await last.getByText("In commending this subject to the extended powers").waitFor();
    assert.equal(await last.getAttribute("aria-selected"), "true");
    await workbench.screenshot("long-list-end");
    // Its rows are lower in a wide panel, and as high as before in this one.
    for (const width of [800, 640]) {
      await workbench.resizeSideBar(width);
      await last.waitFor();
    }
    // Once the page has its new width.
    await until(() =>
      last.evaluate((row) => {
        const list = row.closest("[role=listbox]")?.getBoundingClientRect();
        const { top, bottom } = row.getBoundingClientRect();
        return list !== undefined && top >= list.top && bottom <= list.bottom + 1;
      }),
    );
  });

  it("has maps that are pointed at and zoomed down to a segment", async () => {
    const { mouse, keyboard } = workbench.page;
    const tip = panel.frame.locator(".tip");
    await panel.map.hover();
    await tip.getByText(/^Segment [\d,]+ · layer \d/).waitFor();
    await tip.getByText(/Highest of segments [\d,]+ to [\d,]+/).waitFor();
    await keyboard.down("Control");
    for (let turn = 0; turn < 30; turn++) await mouse.wheel(0, -100);
    await keyboard.up("Control");
    const title = (await panel.frame.locator(".tokens h3").textContent()) ?? "";
    await tip.getByText(title.replace("Tokens of s", "S")).waitFor();
    await panel.frame.locator(".tokens .token-words").waitFor();
    await workbench.screenshot("long-zoomed");
    await panel.frame.getByRole("button", { name: "Zoom to all" }).click();
  });

  it("follows another theme", async () => {
    const picture = (): Promise<string> =>
      panel.map.evaluate((canvas) => (canvas instanceof HTMLCanvasElement ? canvas.toDataURL() : ""));
    const before = await picture();
    assert.ok(before.length > 1000);
    // The colours of light and dark are the same; those of high contrast are others.
    for (const theme of [THEMES.dark, THEMES["high-contrast"]]) {
      await setTheme(opened.server, panel.frame, theme);
      await panel.map.hover();
    }
    assert.notEqual(await picture(), before);
    await setTheme(opened.server, panel.frame, THEMES.dark);
    await panel.map.hover();
    await workbench.screenshot("long-dark");
  });
});
