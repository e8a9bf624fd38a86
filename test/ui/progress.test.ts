import assert from "node:assert/strict";
import type { PanelPage } from "../harness/panelPage";
import { openWindow, type TestWindow } from "../harness/window";
import type { Workbench } from "../harness/workbench";

/** Long enough that no machine reads it within the two seconds after which the notification comes. */
const LONG = "It was a long book about many things, and nobody who began it had ever come to its end.\n\n".repeat(
  40_000,
);

describe("An analysis that takes long", () => {
  let opened: TestWindow;
  let workbench: Workbench;
  let panel: PanelPage;

  before(async () => {
    opened = await openWindow({ settings: { "ponet.executionProvider": "auto" }, files: { "long.txt": LONG } });
    ({ workbench, panel } = opened);
  });

  after(() => opened.dispose());

  it("shows what is known so far, and is announced by a notification that cancels it", async () => {
    await workbench.openFile("long.txt");
    await workbench.run("PoNet: Classify Document");
    await panel.frame.locator(".banner.running").waitFor();
    const notification = workbench.page.locator(".notification-toast").filter({ hasText: "Classifying long.txt" });
    await notification.waitFor();
    await panel.banner.getByText(/%, \d+ (s|min) left/).waitFor();
    await panel.map.waitFor();
    assert.match((await panel.summary.textContent()) ?? "", /^[\d,]+ tokens · [\d,]+ segments on [^·]+$/);
    await workbench.screenshot("busy");
    await notification.getByRole("button", { name: "Cancel" }).click();
    await notification.waitFor({ state: "detached" });
    await panel.frame.locator(".banner.running").waitFor({ state: "hidden" });
    await workbench.screenshot("cancelled");
  });

  it("leaves an editor that classifies the next document", async () => {
    await workbench.openFile("sample.txt");
    await workbench.run("PoNet: Classify Document");
    await panel.settled();
  });

  it("keeps Try Execution Providers Again waiting, which a notification tells", async () => {
    const toast = (text: string) => workbench.page.locator(".notification-toast").filter({ hasText: text });
    await workbench.openFile("long.txt");
    await workbench.run("PoNet: Classify Document");
    await panel.frame.locator(".banner.running").waitFor();
    await workbench.run("PoNet: Try Execution Providers Again");
    await toast("are tried again after the analysis under way").waitFor();
    await panel.frame.getByRole("button", { name: "Cancel" }).click();
    await toast("The next document to be classified tries the execution providers again.").waitFor();
    await toast("are tried again after the analysis under way").waitFor({ state: "detached" });
  });
});
