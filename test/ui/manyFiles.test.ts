import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { Server } from "../harness/server";
import { launchBrowser, Workbench } from "../harness/workbench";

/** No more than the page is told of in one message: once it is loaded again, no other one puts right what that leaves. */
const FILES = 1500;
/** What a machine may take that does much else besides. */
const PATIENCE_MS = 90_000;
const ROW_HEIGHT = 40;

describe("A folder of many files", () => {
  let server: Server;
  let browser: Browser;
  let workbench: Workbench;

  before(async () => {
    browser = await launchBrowser();
    server = await Server.start({ settings: { "ponet.executionProvider": "cpu" } });
    const workspace = server.copyOfWorkspace();
    mkdirSync(join(workspace, "many"));
    for (let file = 0; file < FILES; file++) writeFileSync(join(workspace, "many", `${10_000 + file}.txt`), "A word.");
    workbench = await Workbench.open(browser, server.url(workspace, [server.fromSource()]));
  });

  after(async () => {
    await browser.close();
    await server.dispose();
  });

  it("has its order and is where it was scrolled to when its tab is shown again", async function () {
    this.timeout(2 * PATIENCE_MS);
    const list = workbench.editorPanel.getByRole("listbox", { name: "Documents" });
    const last = list.locator(`[role=option][aria-posinset="${FILES}"]`).filter({ hasText: "10000.txt" });
    const file = workbench.editorPanel.getByRole("button", { name: "File" });
    const top = (): Promise<number> => list.evaluate((element) => element.scrollTop);
    await workbench.page.keyboard.press("Control+Shift+E");
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

  it("causes no error in the webview and breaks no content security policy", () => {
    assert.deepEqual(workbench.webviewErrors, []);
  });
});
