// Runs the tests in test/vscode inside the extension host of a VS Code server, with a window in Chromium.
import { join } from "node:path";
import { format } from "node:util";
import { ROOT } from "./environment";
import { Server, type PayloadEntry } from "./server";
import { launchBrowser } from "./workbench";

async function main(): Promise<number> {
  const server = await Server.start();
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const errors: string[] = [];
    await page.exposeFunction("codeAutomationLog", (type: string, args: unknown[]) => {
      // The tests print with console.log; the server's own complaints matter only when something failed.
      if (type === "error") errors.push(format(...args));
      else console.log(format(...args));
    });
    const exit = new Promise<number>((resolve) => void page.exposeFunction("codeAutomationExit", resolve));
    const payload: PayloadEntry[] = [
      server.fromSource(),
      ["extensionTestsPath", server.uri(join(ROOT, "out/test/vscode/index.js"))],
    ];
    await page.goto(server.url(server.copyOfWorkspace(), payload));
    const code = await exit;
    if (code !== 0) console.error(errors.join("\n"));
    return code;
  } finally {
    await browser.close();
    await server.dispose();
  }
}

void main().then((code) => {
  process.exitCode = code;
});
