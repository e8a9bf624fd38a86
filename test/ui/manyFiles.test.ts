import assert from "node:assert/strict";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { openWindow, type TestWindow } from "../harness/window";
import type { Workbench } from "../harness/workbench";

/** No more than the page is told of in one message: once it is loaded again, no other one puts right what that leaves. */
const FILES = 1500;
/** What a machine may take that does much else besides. */
const PATIENCE_MS = 90_000;
const ROW_HEIGHT = 40;

describe("A folder of many files", () => {
  let opened: TestWindow;
  let workbench: Workbench;
  let paths: readonly string[];
  let list: Locator;
  /** Of the files in descending order. */
  let last: Locator;
  const top = (): Promise<number> => list.evaluate((element) => element.scrollTop);

  before(async () => {
    const names = Array.from({ length: FILES }, (_, file) => `many/${10_000 + file}.txt`);
    opened = await openWindow({ files: Object.fromEntries(names.map((name) => [name, "A word."])) });
    ({ workbench } = opened);
    paths = names.map((name) => join(opened.workspace, name));
    list = workbench.editorPanel.getByRole("listbox", { name: "Documents" });
    last = list.locator(`[role=option][aria-posinset="${FILES}"]`).filter({ hasText: "10000.txt" });
  });

  after(() => opened.dispose());

  it("has its order and is where it was scrolled to when its tab is shown again", async function () {
    this.timeout(2 * PATIENCE_MS);
    const file = workbench.editorPanel.getByRole("button", { name: "File" });
    await workbench.page.keyboard.press("ControlOrMeta+Shift+E");
    const folder = workbench.page.locator(".explorer-folders-view .monaco-list-row").filter({ hasText: "many" });
    await folder.click({ button: "right" });
    // A menu that has just come up takes no clicks, lest the one that opened it chooses something.
    await workbench.page.getByRole("menuitem", { name: "Classify Folder" }).hover();
    await workbench.page.keyboard.press("Enter");
    const finished = workbench.editorPanel.getByText(/^1,500 documents · read by ponet-tiny$/);
    await finished.first().waitFor({ timeout: PATIENCE_MS });
    await file.click();
    await file.click();
    await list.focus();
    await workbench.page.keyboard.press("End");
    await last.waitFor();
    // The place is kept with the scroll event, which comes with a frame.
    await list.evaluate(async () => {
      for (let frame = 0; frame < 3; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
    });
    const before = await top();
    await workbench.run("Preferences: Open Settings (UI)");
    await list.waitFor({ state: "detached" });
    await workbench.page.locator(".tab").filter({ hasText: "PoNet: many" }).click();
    await last.waitFor();
    const after = await top();
    assert.ok(before > 1000 * ROW_HEIGHT && Math.abs(after - before) < ROW_HEIGHT, `${before}, then ${after}`);
    await workbench.editorPanel.getByRole("button", { name: "File, descending" }).waitFor();
  });

  it("is where it was when its rows come anew, part by part, as those of a run that was cancelled do", async () => {
    const before = await top();
    await list.evaluate(async (_, paths) => {
      const rows = paths.map((path) => ({ path, error: "It came anew." }));
      for (const [first, end] of [
        [0, 100],
        [100, rows.length],
      ] as const) {
        const data = { type: "rows", first, rows: rows.slice(first, end) };
        window.dispatchEvent(new MessageEvent("message", { data }));
        for (let frame = 0; frame < 3; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    }, paths);
    await last.getByText("It came anew.").waitFor();
    assert.equal(await top(), before);
  });

  it("keeps the keyboard on the row of a file when its rows come anew", async () => {
    await list.focus();
    await workbench.page.keyboard.press("End");
    await last.and(list.locator("[aria-selected=true]")).waitFor();
    await list.evaluate((_, paths) => {
      const rows = paths.map((path) => ({ path, error: "It came once more." }));
      window.dispatchEvent(new MessageEvent("message", { data: { type: "rows", first: 0, rows } }));
    }, paths);
    await last.and(list.locator("[aria-selected=true]")).getByText("It came once more.").waitFor();
  });
});
