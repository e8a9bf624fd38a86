import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { benchmarkMachine } from "../../src/commands/benchmarkMachine";
import { lens, until } from "./lens";

/** A contestant's process, see src/benchmark/protocol.ts: at once done with the trial and the first length, and never with another. */
const CONTESTANT = `
const { length } = JSON.parse(process.argv.at(-1));
const say = (answer) => console.log(JSON.stringify(answer));
say({ runtime: "none" });
process.stdin.on("data", () => length <= 512 && say({ ms: 1 })).on("end", () => say({ peakMb: 1 }));
`;

describe("Benchmark This Machine", () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "ponet-lens-benchmark-"));
    mkdirSync(join(folder, "dist"));
    writeFileSync(join(folder, "dist", "benchmark.js"), CONTESTANT);
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("ends with its tab", async () => {
    const { notifier } = await lens();
    const measuring = benchmarkMachine(vscode.Uri.file(folder), notifier);
    const tab = () =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ label }) => label === "PoNet: This Machine");
    await until(() => tab() !== undefined);
    const opened = tab();
    assert.ok(opened);
    await vscode.window.tabGroups.close(opened);
    await measuring;
  });
});
