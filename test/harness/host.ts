// Runs the tests in test/vscode inside the extension host of a VS Code server, with a window in Chromium.
import { join } from "node:path";
import { format } from "node:util";
import { ROOT } from "./environment";
import { START } from "./mocha";
import { Server, type PayloadEntry } from "./server";
import { launchBrowser } from "./workbench";

/** What the window logs: the tests' output is printed, its errors only when asked for, its own affairs never. */
class HostOutput {
  readonly #errors: string[] = [];
  #started = false;

  add(type: string, text: string): void {
    if (text === START) this.#started = true;
    else if (type === "error") this.#errors.push(text);
    else if (this.#started && type === "info") console.log(text);
  }

  /** Those of the extension; the server's own, of what it misses that nobody needs, have its paths in them. */
  printErrors(): void {
    console.error(this.#errors.filter((text) => !text.includes("code-server")).join("\n"));
  }
}

async function main(): Promise<number> {
  const server = await Server.start();
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const output = new HostOutput();
    await page.exposeFunction("codeAutomationLog", (type: string, args: unknown[]) => {
      output.add(type, format(...args));
    });
    const exit = new Promise<number>((resolve) => void page.exposeFunction("codeAutomationExit", resolve));
    const payload: PayloadEntry[] = [
      server.fromSource(),
      ["extensionTestsPath", server.uri(join(ROOT, "out/test/vscode/index.js"))],
    ];
    await page.goto(server.url(server.copyOfWorkspace(), payload));
    const code = await exit;
    if (code !== 0) output.printErrors();
    return code;
  } finally {
    await browser.close();
    await server.dispose();
  }
}

void main().then((code) => {
  process.exitCode = code;
});
