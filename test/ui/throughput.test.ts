import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { PanelPage } from "../harness/panelPage";
import { until } from "../harness/until";
import { openWindow, type TestWindow } from "../harness/window";
import type { Workbench } from "../harness/workbench";
import { overflowAt } from "./overflow";
import { setTheme, THEMES } from "./themes";

const BOOK = "It was a long book about many things, and nobody who began it had ever come to its end.\n\n".repeat(300);

/** Long enough to be seen on its way. */
const LIBRARY = BOOK.repeat(100);

describe("Throughput", () => {
  let opened: TestWindow;
  let workbench: Workbench;
  let panel: PanelPage;
  const inked = (): Promise<number> =>
    panel.frame.locator(".throughput canvas").evaluate((canvas) => {
      if (!(canvas instanceof HTMLCanvasElement)) return 0;
      const { data } = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      return Array.from(data).filter((value, i) => i % 4 === 3 && value > 0).length;
    });

  const classify = async (name: string): Promise<void> => {
    await workbench.page.locator(".tab").filter({ hasText: name }).click();
    await workbench.page.locator(".tab.active").filter({ hasText: name }).waitFor();
    // The command palette closes when the editor takes the focus after it.
    await workbench.page.locator(".editor-group-container.active .monaco-editor.focused").waitFor();
    await workbench.run("PoNet: Classify Document");
    await panel.name.getByText(name).waitFor();
  };

  before(async () => {
    opened = await openWindow({ files: { "book.txt": BOOK, "library.txt": LIBRARY } });
    ({ workbench, panel } = opened);
    // First, as the explorer takes the panel's place.
    for (const name of ["sample.txt", "book.txt", "library.txt"]) await workbench.openFile(name);
  });

  after(() => opened.dispose());

  it("is drawn while the first document is read", async () => {
    await workbench.run("PoNet: Classify Document");
    await panel.frame.locator(".banner.running").getByText(/left/).waitFor();
    await panel.frame.locator(".throughput canvas").waitFor();
    await panel.frame.locator(".throughput").scrollIntoViewIfNeeded();
    await until(async () => (await inked()) > 100);
    await workbench.screenshot("throughput-live");
    await workbench.run("PoNet: Cancel");
    await panel.frame.locator(".banner.running").waitFor({ state: "hidden" });
  });

  it("is drawn for each document that was read, and told in a table", async () => {
    for (const name of ["sample.txt", "book.txt"]) {
      await classify(name);
      await panel.settled();
    }
    assert.ok((await inked()) > 500);
    await panel.frame.locator(".throughput summary").click();
    const rows = panel.frame.locator(".throughput tbody tr").filter({ hasText: ".txt" });
    assert.deepEqual(
      (await rows.locator("th").allTextContents()).map((text) => text.trim()),
      ["book.txt", "sample.txt"],
    );
    for (const cell of await rows.first().locator("td").allTextContents()) assert.match(cell, /\d/);
    await panel.frame.locator(".throughput").scrollIntoViewIfNeeded();
    await workbench.screenshot("throughput");
  });

  for (const [theme, width] of [
    [THEMES.light, 250],
    [THEMES.dark, 340],
    [THEMES["high-contrast"], 620],
  ] as const) {
    it(`follows ${theme} at ${width} pixels`, async () => {
      await setTheme(opened.server, panel.frame, theme);
      await workbench.resizeSideBar(width);
      const overflow = await panel.frame.locator("html").evaluate(overflowAt, [width - 5, width + 5] as const);
      assert.equal(overflow, 0);
      await panel.frame.locator(".throughput").scrollIntoViewIfNeeded();
      const table = panel.frame.getByRole("region", { name: "Tokens per second of each document" });
      await table.focus();
      await workbench.page.keyboard.press("End");
      const place = async (what: Locator) => (await what.boundingBox()) ?? { x: NaN, width: NaN };
      const lastInSight = async () => {
        const [area, last] = [await place(table), await place(table.locator("tbody td").last())];
        return last.x + last.width <= area.x + area.width + 1;
      };
      // Scrolling by key is animated.
      for (let step = 0; step < 100 && !(await lastInSight()); step++) {
        await workbench.page.keyboard.press("ArrowRight");
      }
      await workbench.screenshot(`throughput-${width}`);
      assert.ok(await lastInSight(), "the last column comes into sight");
      assert.ok(
        (await place(table.locator("tbody th").first())).x >= (await place(table)).x,
        "the document's name stays in sight",
      );
    });
  }

  it("is there with its history in a page that is opened later", async () => {
    await workbench.run("PoNet: Open Panel in Editor");
    const tab = new PanelPage(workbench.editorPanel);
    await tab.frame.locator(".throughput canvas").waitFor();
    assert.equal(await tab.frame.locator(".throughput tbody tr").filter({ hasText: ".txt" }).count(), 2);
    await tab.frame.locator(".throughput").scrollIntoViewIfNeeded();
    await workbench.screenshot("throughput-editor");
  });
});
