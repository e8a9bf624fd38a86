import os from "node:os";
import path from "node:path";

/** Where the user's system keeps what programs can make anew. */
export function cacheFolder(): string {
  const home = os.homedir();
  switch (process.platform) {
    case "win32":
      return path.join(process.env.LOCALAPPDATA ?? path.join(home, "AppData", "Local"), "ponet-lens");
    case "darwin":
      return path.join(home, "Library", "Caches", "ponet-lens");
    default: {
      // https://specifications.freedesktop.org/basedir-spec/latest/ has what is no absolute path ignored.
      const { XDG_CACHE_HOME: named = "" } = process.env;
      return path.join(path.isAbsolute(named) ? named : path.join(home, ".cache"), "ponet-lens");
    }
  }
}
