import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { ROOT } from "../harness/environment";
import { openWindow, type TestWindow } from "../harness/window";
import type { Workbench } from "../harness/workbench";

/** Whether it is there, or gone, within two seconds. */
const becomes = (what: Locator, state: "visible" | "detached" | "hidden"): Promise<boolean> =>
  what.waitFor({ state, timeout: 2000 }).then(
    () => true,
    () => false,
  );

describe("Model folders", () => {
  const folder = mkdtempSync(join(tmpdir(), "ponet-lens-model-"));
  const own = join(folder, "my-own");
  let opened: TestWindow;
  let workbench: Workbench;
  const row = (text: string): Locator =>
    workbench.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: text });

  before(async () => {
    cpSync(join(ROOT, "models/ponet-tiny"), own, { recursive: true });
    opened = await openWindow();
    ({ workbench } = opened);
  });

  after(() =>
    opened.dispose().finally(() => {
      rmSync(folder, { recursive: true });
    }),
  );

  it("are chosen in a dialog, shown as what they hold, and listed once added", async () => {
    await workbench.run("PoNet: Select Model");
    await row("Add Model Folder").click();
    const input = workbench.page.locator(".quick-input-widget input.input");
    const dialog = workbench.page.locator(".quick-input-title").filter({ hasText: "Choose a PoNet checkpoint folder" });
    await dialog.waitFor();
    const check = workbench.page
      .locator(".quick-input-action")
      .filter({ hasText: "Check Folder" })
      .or(workbench.page.getByRole("button", { name: "Check Folder" }))
      .first();
    // VS Code's dialog overwrites what is typed before its first list is there, and takes no clicks while it is busy.
    do await input.fill(`${folder}/`);
    while (!(await becomes(row("my-own"), "visible")));
    await input.fill(`${own}/`);
    await row("my-own").waitFor({ state: "detached" });
    do {
      assert.equal(await input.inputValue(), `${own}/`);
      await check.click();
    } while (!(await becomes(dialog, "hidden")));
    await row("Heads").filter({ hasText: "kind (22 labels)" }).waitFor();
    await workbench.screenshot("add-model-folder");
    await row("Heads").click();
    await row("Add").first().click();
    // The setting is written after the pick has closed.
    do {
      await workbench.page.keyboard.press("Escape");
      await workbench.run("PoNet: Select Model");
      await row("ponet-small").waitFor();
    } while ((await row("my-own").count()) === 0);
    await workbench.screenshot("select-model");
    assert.match((await row("my-own").textContent()) ?? "", /\d\.\d MB · .*my-own.*Kind, topic/);
    await workbench.page.keyboard.press("Escape");
  });

  it("are marked when they have gone, and leave the list by their button", async () => {
    rmSync(own, { recursive: true });
    await workbench.run("PoNet: Select Model");
    await row("my-own").filter({ hasText: "missing" }).waitFor();
    await row("my-own").hover();
    await row("my-own").getByRole("button", { name: "Remove from This List" }).click();
    await row("my-own").waitFor({ state: "detached" });
    assert.equal(await row("ponet-small").count(), 1);
  });
});
