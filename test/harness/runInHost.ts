import { join } from "node:path";
import { format } from "node:util";
import type { Browser } from "playwright-core";
import { ROOT } from "./environment";
import type { PayloadEntry, Server } from "./server";

/**
 * Opens a window on the sample workspace, whose new extension host has this repository's extension and calls the `run`
 * that a file exports.
 * @param file A path from the repository's root.
 * @param log Is given what the window logs, with the console's method.
 * @returns the exit code: 0 unless `run` rejects
 */
export async function runInHost(
  server: Server,
  browser: Browser,
  file: string,
  log: (type: string, text: string) => void,
): Promise<number> {
  const page = await browser.newPage();
  await page.exposeFunction("codeAutomationLog", (type: string, args: unknown[]) => {
    log(type, format(...args));
  });
  const exit = new Promise<number>((resolve) => void page.exposeFunction("codeAutomationExit", resolve));
  const payload: PayloadEntry[] = [server.fromSource(), ["extensionTestsPath", server.uri(join(ROOT, file))]];
  const crash = new Promise<never>((_, reject) => {
    page.on("crash", () => {
      reject(new Error("The window crashed."));
    });
  });
  await page.goto(server.url(server.copyOfWorkspace(), payload));
  const code = await Promise.race([exit, crash]);
  await page.close();
  return code;
}
