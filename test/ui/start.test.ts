import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { suiteBrowser } from "../harness/browser";
import { PanelPage } from "../harness/panelPage";
import { Workbench } from "../harness/workbench";

describe("npm start", () => {
  let start: ChildProcess | undefined;
  let workbench: Workbench | undefined;

  after(async () => {
    start?.kill();
    await workbench?.close();
  });

  // On Windows a signal is no Ctrl+C: it ends a process at once, and what that has started stays.
  if (process.platform !== "win32")
    it("prints the address, with a token, of an editor in which the sample is open and classified, until Ctrl+C", async () => {
      const browser = await suiteBrowser();
      // As in a remote window, where `code` cannot open the extension: the server is what a test can look into.
      const env = { ...process.env, VSCODE_IPC_HOOK_CLI: "none" };
      start = spawn(process.execPath, ["scripts/start.mjs"], { env, stdio: ["ignore", "pipe", "inherit"] });
      const address = new URL(await printedAddress(start));
      workbench = await Workbench.open(browser, address.href);
      const panel = new PanelPage(workbench.panel);
      await panel.settled();
      assert.equal(await panel.name.textContent(), "sample.txt");
      await workbench.page.locator(".tab.active").filter({ hasText: "sample.txt" }).waitFor();
      await workbench.page.locator(".statusbar-item").filter({ hasText: "Restricted Mode" }).waitFor();
      await workbench.screenshot("start");
      assert.deepEqual(workbench.webviewErrors, []);
      address.searchParams.delete("tkn");
      assert.equal((await fetch(address)).status, 403);
      const exit = once(start, "exit");
      start.kill("SIGINT");
      assert.deepEqual(await exit, [0, null]);
    });
});

async function printedAddress({ stdout }: ChildProcess): Promise<string> {
  assert.ok(stdout);
  for await (const line of createInterface(stdout)) {
    if (!line.startsWith("http://")) continue;
    stdout.resume();
    return line;
  }
  throw new Error("It printed no address.");
}
