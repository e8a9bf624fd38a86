import { existsSync } from "node:fs";
import path from "node:path";
import { debuglog } from "node:util";
import { EngineClient } from "../engine/client";
import { UserError } from "../errors";
import { bundledModels } from "../models/registry";
import { cacheFolder } from "./cacheFolder";

/** The repository's root, seen from a bundled program anywhere in its folder `out`. */
const ROOT = __dirname.slice(0, __dirname.lastIndexOf(`${path.sep}out${path.sep}`));
/** The folder of the bundled models. */
export const MODELS = path.join(ROOT, "models");

/** The model that runs when none is named. */
export const DEFAULT_MODEL = "ponet-small";

/** Lends the engine as the editor runs it, the same process behind the same client, and ends it afterwards. */
export async function withEngine<T>(use: (engine: EngineClient) => Promise<T>): Promise<T> {
  const engine = new EngineClient({
    enginePath: path.join(ROOT, "dist", "engine.js"),
    recordsFolder: path.join(cacheFolder(), "providers"),
    idleMinutes: 0,
    // NODE_DEBUG=ponet shows what the editor keeps in its output channel.
    log: debuglog("ponet"),
  });
  try {
    return await use(engine);
  } finally {
    engine.dispose();
  }
}

/**
 * The checkpoint folder that an argument names: a bundled id, or a folder.
 * @throws UserError naming the bundled ids when it is neither
 */
export async function modelArgument(value: string): Promise<string> {
  const bundled = await bundledModels(MODELS);
  const folder =
    bundled.find(({ id }) => id === value)?.folder ?? (existsSync(value) ? path.resolve(value) : undefined);
  if (folder !== undefined) return folder;
  const ids = bundled.map(({ id }) => `"${id}"`).join(", ");
  throw new UserError(`"${value}" is neither a bundled model (${ids}) nor a folder that is there: name one of them.`);
}
