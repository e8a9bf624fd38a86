import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import type { Report } from "../../src/benchmark/report";
import { Server } from "../harness/server";
import { launchBrowser, Workbench } from "../harness/workbench";

/** What a length may take: ten processes, five rounds of each. */
const PATIENCE_MS = 200_000;

describe("Benchmark This Machine", () => {
  let server: Server;
  let browser: Browser;
  let workbench: Workbench;
  let workspace: string;

  before(async () => {
    browser = await launchBrowser();
    server = await Server.start();
    workspace = server.copyOfWorkspace();
    workbench = await Workbench.open(browser, server.url(workspace, [server.fromSource()]));
  });

  after(async () => {
    await browser.close();
    await server.dispose();
  });

  it("shows each length once it is measured, and keeps what it has when it is cancelled", async function () {
    this.timeout(2 * PATIENCE_MS);
    await workbench.run("PoNet: Benchmark This Machine");
    const speeds = workbench.editorPanel.getByRole("table").first();
    await speeds.getByRole("columnheader", { name: "512" }).waitFor({ timeout: PATIENCE_MS });
    // A second one would measure the first.
    await workbench.run("PoNet: Benchmark This Machine");
    await workbench.page.getByText("A benchmark is under way").first().waitFor();
    await workbench.page.locator(".notifications-toasts").getByRole("button", { name: "Cancel" }).click();
    await workbench.page.getByText("Benchmarking this machine").first().waitFor({ state: "detached" });
    const row = speeds
      .getByRole("row")
      .filter({ has: workbench.page.getByRole("rowheader", { name: "PoNet", exact: true }) });
    assert.match((await row.getByRole("cell").first().textContent()) ?? "", /^\d/);
    await workbench.screenshot("benchmark");
  });

  it("copies its tables as Markdown and writes its times as JSON", async () => {
    await workbench.editorPanel.getByText("Copy as Markdown").click();
    await workbench.page.getByText("have been copied as Markdown").first().waitFor();
    await workbench.editorPanel.getByText("Export JSON").click();
    await workbench.acceptFile("/workspace/ponet-benchmark.json");
    await workbench.page.getByText("Benchmark exported to ponet-benchmark.json").first().waitFor();
    const report = JSON.parse(readFileSync(join(workspace, "ponet-benchmark.json"), "utf8")) as Report;
    const ponet = report.measurements.find(({ name, length }) => name === "ponet" && length === 512);
    assert.equal(ponet?.milliseconds.length, report.rounds);
  });

  it("is there again after Reload Window", async () => {
    const speeds = workbench.editorPanel.getByRole("table").first();
    const figures = await speeds.allTextContents();
    await workbench.reload();
    await speeds.waitFor();
    assert.deepEqual(await speeds.allTextContents(), figures);
  });

  it("follows a high-contrast theme, in a narrow editor too", async () => {
    server.configure({ "workbench.colorTheme": "Default High Contrast" });
    await workbench.editorPanel.locator("body[data-vscode-theme-id='Default High Contrast']").waitFor();
    await workbench.page.setViewportSize({ width: 700, height: 900 });
    await workbench.screenshot("benchmark-default-high-contrast-narrow");
    const wide = await workbench.editorPanel.locator("html").evaluate((html) => html.scrollWidth > html.clientWidth);
    assert.equal(wide, false);
    await workbench.page.setViewportSize({ width: 1400, height: 900 });
  });

  it("ends with its tab", async function () {
    this.timeout(2 * PATIENCE_MS);
    const tab = workbench.page.locator(".tab").filter({ hasText: "PoNet: This Machine" });
    await tab.locator(".codicon-close").click();
    await tab.waitFor({ state: "detached" });
    await workbench.run("PoNet: Benchmark This Machine");
    const notification = workbench.page.locator(".notification-toast").filter({ hasText: "Benchmarking this machine" });
    await notification.waitFor();
    await tab.waitFor({ timeout: PATIENCE_MS });
    await tab.locator(".codicon-close").click();
    await notification.waitFor({ state: "detached" });
  });

  it("causes no error in the webview and breaks no content security policy", () => {
    assert.deepEqual(workbench.webviewErrors, []);
  });
});
