// The mocha suite of test/vscode in desktop VS Code: the one VSCODE_EXECUTABLE names, else a download.
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import "./build.mjs";

const { runTests } = await import("@vscode/test-electron");
const folder = mkdtempSync(join(tmpdir(), "ponet-lens-electron-"));
const workspace = join(folder, "workspace");
cpSync("test/fixtures/workspace", workspace, { recursive: true });
try {
  process.exitCode = await runTests({
    cachePath: resolve(".editor/desktop"),
    vscodeExecutablePath: process.env.VSCODE_EXECUTABLE,
    extensionDevelopmentPath: resolve("."),
    extensionTestsPath: resolve("out/test/vscode/index.js"),
    launchArgs: [
      workspace,
      "--disable-extensions",
      "--user-data-dir",
      join(folder, "data"),
      "--extensions-dir",
      join(folder, "extensions"),
    ],
  });
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  // Windows lets nothing go that a process holds, and VS Code's helpers end after it.
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
