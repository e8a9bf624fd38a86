import { launchBrowser } from "../test/harness/browser";
import { runInHost } from "../test/harness/runInHost";
import { Server } from "../test/harness/server";
import { MARK } from "./probes/tell";

/** Runs a file of `bench/probes`, by its name, in so many new extension hosts of VS Code's server; what each told. */
export async function inEditor<T>(probe: string, times: number): Promise<T[]> {
  const browser = await launchBrowser();
  const server = await Server.start({ settings: { "ponet.model": "ponet-tiny" } });
  const told: T[] = [];
  try {
    for (let time = 0; time < times; time++) {
      const errors: string[] = [];
      const code = await runInHost(server, browser, `out/bench/probes/${probe}.js`, (type, text) => {
        if (text.startsWith(MARK)) told.push(JSON.parse(text.slice(MARK.length)) as T);
        else if (type === "error") errors.push(text);
      });
      if (code !== 0) throw new Error(errors.join("\n"));
    }
  } finally {
    await browser.close();
    await server.dispose();
  }
  return told;
}
