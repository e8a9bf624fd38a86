import assert from "node:assert/strict";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { modelKey } from "../../../src/models/modelKey";
import { ROOT } from "../../harness/environment";

describe("a model's key", () => {
  let folder: string;
  beforeEach(async () => {
    folder = path.join(await mkdtemp(path.join(os.tmpdir(), "ponet-key-")), "mine");
    await cp(path.join(ROOT, "models/ponet-tiny"), folder, { recursive: true });
  });
  afterEach(() => rm(path.dirname(folder), { recursive: true }));

  it("is the same until a file is written anew, and the same again with what it held before", async () => {
    const before = await modelKey(folder);
    assert.match(before, /^mine@[0-9a-f]{12}$/);
    assert.equal(await modelKey(folder), before);
    for (const name of ["card.json", "config.json", "model.safetensors", "tokenizer.json"]) {
      await writeFile(path.join(folder, name), "{}");
      assert.notEqual(await modelKey(folder), before, name);
      await cp(path.join(ROOT, "models/ponet-tiny", name), path.join(folder, name));
      assert.equal(await modelKey(folder), before);
    }
    await writeFile(path.join(folder, "tokenizer_config.json"), "{}");
    assert.notEqual(await modelKey(folder), before);
  });

  it("is not there of a folder that is gone", async () => {
    await modelKey(folder);
    await rm(folder, { recursive: true });
    await assert.rejects(modelKey(folder));
    await cp(path.join(ROOT, "models/ponet-tiny"), folder, { recursive: true });
    assert.match(await modelKey(folder), /^mine@/);
  });
});
