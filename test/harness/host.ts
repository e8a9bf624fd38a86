// Runs the tests in test/vscode inside the extension host of a VS Code server, with a window in Chromium.
import { launchBrowser } from "./browser";
import { START } from "./mocha";
import { runInHost } from "./runInHost";
import { Server } from "./server";

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
  const browser = await launchBrowser();
  const server = await Server.start();
  try {
    const output = new HostOutput();
    const code = await runInHost(server, browser, "out/test/vscode/index.js", (type, text) => {
      output.add(type, text);
    });
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
