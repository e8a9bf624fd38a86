import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Report } from "../../src/benchmark/report";
import { openWindow, type TestWindow } from "../harness/window";
import type { Workbench } from "../harness/workbench";
import { overflowAt } from "./overflow";
import { setTheme, THEMES } from "./themes";

/** What a length may take: ten processes, five rounds of each. */
const PATIENCE_MS = 200_000;

describe("Benchmark This Machine", () => {
  let opened: TestWindow;
  let workbench: Workbench;

  before(async () => {
    opened = await openWindow();
    ({ workbench } = opened);
  });

  after(() => opened.dispose());

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
    const report = JSON.parse(readFileSync(join(opened.workspace, "ponet-benchmark.json"), "utf8")) as Report;
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
    await setTheme(opened.server, workbench.editorPanel, THEMES["high-contrast"]);
    const html = workbench.editorPanel.locator("html");
    const before = await html.evaluate(({ clientWidth }) => clientWidth);
    await workbench.page.setViewportSize({ width: 700, height: 900 });
    assert.equal(await html.evaluate(overflowAt, [0, before - 1] as const), 0);
    await workbench.screenshot("benchmark-high-contrast-narrow");
    // A table stays where it was scrolled to as one measurement more comes.
    const scrolledTo = await html.evaluate(
      (page, report) => {
        const before = page.querySelector(".wide");
        if (before) before.scrollLeft = 20;
        window.dispatchEvent(new MessageEvent("message", { data: { report } }));
        return page.querySelector(".wide")?.scrollLeft;
      },
      JSON.parse(readFileSync(join(opened.workspace, "ponet-benchmark.json"), "utf8")) as Report,
    );
    assert.equal(scrolledTo, 20);
    await workbench.page.setViewportSize({ width: 1400, height: 900 });
  });
});
