import assert from "node:assert/strict";
import { homedir } from "node:os";
import { join } from "node:path";
import { cacheFolder } from "../../../src/cli/cacheFolder";

// The other systems have no such variable.
if (process.platform === "linux")
  describe("the cache folder", () => {
    const { XDG_CACHE_HOME: before } = process.env;
    afterEach(() => {
      if (before === undefined) delete process.env.XDG_CACHE_HOME;
      else process.env.XDG_CACHE_HOME = before;
    });

    it("is below the one that XDG_CACHE_HOME names, where that is an absolute path", () => {
      const usual = join(homedir(), ".cache", "ponet-lens");
      for (const [named, folder] of [
        ["/var/cache/me", "/var/cache/me/ponet-lens"],
        ["", usual],
        ["cache", usual],
      ] as const) {
        process.env.XDG_CACHE_HOME = named;
        assert.equal(cacheFolder(), folder);
      }
    });
  });
