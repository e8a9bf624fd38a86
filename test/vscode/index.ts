import { runMocha } from "../harness/mocha";
import { set } from "./lens";

/** What VS Code's extension host calls when told to run these tests, on the desktop and in the server alike. */
export async function run(): Promise<void> {
  await set("model", "ponet-tiny");
  const failed = await runMocha(__dirname);
  if (failed > 0) throw new Error(`${failed} failed.`);
}
