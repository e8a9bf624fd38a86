import assert from "node:assert/strict";
import { cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { UserError } from "../../../src/errors";
import { modelFiles } from "../../../src/models/modelFiles";
import { readCard } from "../../../src/models/readCard";
import { bundledModels, modelEntry, modelFolder } from "../../../src/models/registry";
import { ROOT } from "../../harness/environment";

const TINY = path.join(ROOT, "models/ponet-tiny");

describe("the registry of models", () => {
  let models: string;
  beforeEach(async () => {
    models = await mkdtemp(path.join(os.tmpdir(), "ponet-models-"));
    for (const id of ["ponet-tiny", "ponet-base", "ponet-small"]) {
      await cp(TINY, path.join(models, id), { recursive: true });
    }
    await mkdir(path.join(models, "recipe"));
    await writeFile(path.join(models, "README.md"), "Not a model.");
  });
  afterEach(() => rm(models, { recursive: true }));

  it("lists the bundled models by id, with card and size", async () => {
    const found = await bundledModels(models);
    assert.deepEqual(
      found.map(({ id }) => id),
      ["ponet-base", "ponet-small", "ponet-tiny"],
    );
    const { size } = await stat(path.join(TINY, "model.safetensors"));
    for (const { card, bytes } of found) {
      assert.match(card?.description ?? "", /^Kind, topic, sentiment/);
      assert.equal(bytes, size);
    }
  });

  it("refuses a bundled model whose card is broken, by its file, and no folder of the user's own for it", async () => {
    const card = path.join(models, "ponet-base", "card.json");
    await writeFile(card, "{");
    await assert.rejects(bundledModels(models), (error) => error instanceof UserError && error.message.includes(card));
    assert.equal(await modelFolder("/my/own", models), "/my/own");
  });

  it("reads a card that an editor has begun with a byte order mark", async () => {
    const folder = path.join(models, "ponet-tiny");
    const file = path.join(folder, "card.json");
    const before = await modelEntry(folder);
    await writeFile(file, `\uFEFF${await readFile(file, "utf8")}`);
    assert.ok(before.card);
    assert.deepEqual((await modelEntry(folder)).card, before.card);
  });

  it("refuses a card that is too large to be one, by its file", async () => {
    const folder = path.join(models, "ponet-tiny");
    const file = path.join(folder, "card.json");
    const card = await readFile(file, "utf8");
    await writeFile(file, card.padEnd(2 ** 20));
    assert.ok(await readCard(folder));
    await writeFile(file, card.padEnd(2 ** 20 + 1));
    const message = `"${file}" is over 1 MiB, too large for a model card: remove it.`;
    await assert.rejects(readCard(folder), { name: "UserError", message });
  });

  it("does not wait for a card that is no file", async () => {
    const folder = path.join(models, "ponet-tiny");
    const file = path.join(folder, "card.json");
    await rm(file);
    await mkdir(file);
    await assert.rejects(readCard(folder), { name: "UserError", message: `"${file}" is no file: remove it.` });
    assert.deepEqual(await modelFiles(folder), ["config.json", "model.safetensors", "tokenizer.json"]);
  });

  it("has an entry for any folder: without a card, with a broken one, and for one that is missing", async () => {
    const folder = path.join(models, "ponet-small");
    const { bytes } = await modelEntry(folder);
    assert.ok(bytes);
    await writeFile(path.join(folder, "card.json"), "{");
    assert.deepEqual(await modelEntry(folder), { id: "ponet-small", folder, bytes });
    await rm(path.join(folder, "card.json"));
    assert.deepEqual(await modelEntry(folder), { id: "ponet-small", folder, bytes });
    await rm(folder, { recursive: true });
    assert.deepEqual(await modelEntry(folder), { id: "ponet-small", folder });
  });

  it("finds the folder of a bundled id or an absolute path, and names the ids for anything else", async () => {
    assert.equal(await modelFolder("ponet-small", models), path.join(models, "ponet-small"));
    assert.equal(await modelFolder("/my/own", models), "/my/own");
    await assert.rejects(modelFolder("my/own", models), /"ponet-base", "ponet-small", "ponet-tiny"/);
  });
});
