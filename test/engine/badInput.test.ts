import assert from "node:assert/strict";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { UserError } from "../../src/errors";
import type { ClientRequest } from "../../src/engine/client";
import { CheckpointFolders, rewrite, sha256, TINY, writePublicCheckpoint } from "./checkpoints";
import { analyze, createEngine } from "./engine";

describe("bad input", () => {
  const engine = createEngine();
  const folders = new CheckpointFolders();
  after(() => {
    engine.dispose();
  });
  afterEach(() => folders.removeAll());

  /** One sentence that matches, and an engine that still works. */
  async function refused(text: string, request: Partial<ClientRequest>, pattern: RegExp): Promise<void> {
    await assert.rejects(analyze(engine, text, request), (error) => {
      assert.ok(error instanceof UserError, String(error));
      assert.match(error.message, pattern);
      assert.doesNotMatch(error.message, /\n/);
      assert.match(error.message, /\.$/);
      return true;
    });
  }

  it("an empty or blank document", async () => {
    for (const text of ["", " \r\n\t\f\u00a0", "\u200b\u0007"]) await refused(text, {}, /"notes.txt" has no words/);
  });

  it("a binary document", () => refused("PK\u0003\u0004\0\0", { name: "a.zip" }, /"a.zip" looks like a binary file/));

  it("a model folder that is missing", () =>
    refused("Hi.", { modelFolder: "/no/such/folder" }, /"\/no\/such\/folder" does not exist/));

  for (const name of ["config.json", "tokenizer.json", "model.safetensors"]) {
    it(`a model folder without ${name}`, async () => {
      const folder = await folders.copyOfTiny();
      await rm(path.join(folder, name));
      await refused("Hi.", { modelFolder: folder }, new RegExp(`lacks a readable ${name}`));
    });
  }

  it("weights in pytorch_model.bin alone", async () => {
    const folder = await folders.copyOfTiny();
    await rename(path.join(folder, "model.safetensors"), path.join(folder, "pytorch_model.bin"));
    await refused(
      "Hi.",
      { modelFolder: folder },
      /has its weights in pytorch_model.bin alone: .*python -c ".*v\.contiguous\(\)\.clone\(\).*torch\.load\('pytorch_model.bin'.*'model.safetensors'\)"\.$/,
    );
  });

  it("weights in several files", async () => {
    const folder = await folders.copyOfTiny();
    const file = path.join(folder, "model.safetensors");
    await rename(file, path.join(folder, "model-00001-of-00001.safetensors"));
    await writeFile(`${file}.index.json`, "{}");
    await refused(
      "Hi.",
      { modelFolder: folder },
      /has its weights in several files: save them as one, .*max_shard_size/,
    );
  });

  for (const name of ["tokenizer.json", "model.safetensors", "pytorch_model.bin"]) {
    it(`a clone that has a Git LFS pointer in place of ${name}`, async () => {
      const folder = await folders.copyOfTiny();
      if (name === "pytorch_model.bin") await rm(path.join(folder, "model.safetensors"));
      const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${"0".repeat(64)}\nsize 498818054\n`;
      await writeFile(path.join(folder, name), pointer);
      await refused("Hi.", { modelFolder: folder }, new RegExp(`${name}" is a Git LFS pointer, .* "git lfs pull"`));
    });
  }

  it("a vocabulary in vocab.txt alone", async () => {
    const folder = await folders.copyOfTiny();
    await rename(path.join(folder, "tokenizer.json"), path.join(folder, "vocab.txt"));
    await writeFile(path.join(folder, "tokenizer_config.json"), JSON.stringify({ tokenizer_class: "BertTokenizer" }));
    await refused(
      "Hi.",
      { modelFolder: folder },
      /has its vocabulary in vocab.txt alone: .*python -c "from transformers import BertTokenizerFast; .*"\.$/,
    );
  });

  it("a tokenizer that has a vocabulary, without its tokenizer.json", async () => {
    const folder = await folders.copyOfTiny();
    await rm(path.join(folder, "tokenizer.json"));
    await writeFile(path.join(folder, "tokenizer_config.json"), JSON.stringify({ tokenizer_class: "BertTokenizer" }));
    await refused("Hi.", { modelFolder: folder }, /tokenizer_config.json" does not name ByT5Tokenizer.*tokenizer.json/);
  });

  it("weights with more layers than the configuration has", async () => {
    const folder = await folders.copyOfTiny();
    await rewrite(folder, "config.json", (bytes) => bytes.toString().replace(/("num_hidden_layers": *)\d+/, "$13"));
    await refused("Hi.", { modelFolder: folder }, /holds more than the 3 layers of config\.json/);
  });

  it("weights with token types that the configuration has none of", async () => {
    const folder = await folders.copyOfTiny();
    await rewrite(folder, "config.json", (bytes) => bytes.toString().replace(/("type_vocab_size": *)\d+/, "$10"));
    await refused("Hi.", { modelFolder: folder }, /holds token types, of which config\.json has none: use the config/);
  });

  it("heads behind a prefix", async () => {
    const folder = await folders.copyOfTiny();
    // Names as long as those they replace, since the header gives its own length.
    await rewrite(folder, "model.safetensors", (bytes) =>
      Buffer.from(bytes.toString("latin1").replaceAll(/"heads\.\w\w/g, '"a.heads.'), "latin1"),
    );
    await refused("Hi.", { modelFolder: folder }, /has "a\." before the names of its tensors: .* without that prefix/);
  });

  it("other ids of [CLS] and [SEP] in config.json than in tokenizer.json", async () => {
    const folder = await folders.copyOfTiny();
    const replace = (before: string, after: string) =>
      rewrite(folder, "config.json", (bytes) => bytes.toString().replace(before, after));
    await replace('"clsgsepg"', '"cls_id": 101, "sep_id": 102, "clsgsepg"');
    assert.equal((await analyze(engine, "Hi.", { modelFolder: folder })).tokens, 2);
    await replace('"sep_id": 102', '"sep_id": 103');
    await refused(
      "Hi.",
      { modelFolder: folder },
      /tokenizer\.json" has other ids of \[CLS\] and \[SEP\] than the cls_id/,
    );
  });

  it("a model folder that is a file", async () => {
    const file = path.join(TINY, "model.safetensors");
    await refused("Hi.", { modelFolder: file }, /model\.safetensors" is a file: choose the folder that it lies in\./);
  });

  it("a head that reads [CLS] over bytes", async () => {
    const folder = await folders.empty();
    await writePublicCheckpoint(folder, { d: 8, layers: 1 });
    await rm(path.join(folder, "tokenizer.json"));
    await writeFile(path.join(folder, "tokenizer_config.json"), JSON.stringify({ tokenizer_class: "ByT5Tokenizer" }));
    await rewrite(folder, "config.json", (bytes) => bytes.toString().replace(/("vocab_size": *)\d+/, "$1259"));
    await refused("Hi.", { modelFolder: folder }, /has a head that reads \[CLS\], which ".*tokenizer_config.json"/);
  });

  it("weights that are cut short", async () => {
    const folder = await folders.copyOfTiny();
    await rewrite(folder, "model.safetensors", (bytes) => bytes.subarray(0, bytes.length / 2));
    await refused("Hi.", { modelFolder: folder }, /model.safetensors" is not a whole safetensors file/);
  });

  it("weights whose header claims 2^60 bytes", async () => {
    const folder = await folders.copyOfTiny();
    await rewrite(folder, "model.safetensors", (bytes) => {
      bytes.writeBigUInt64LE(2n ** 60n);
      return bytes;
    });
    await refused("Hi.", { modelFolder: folder }, /header claims 1152921504606846976 bytes/);
  });

  it("weights of another shape than config.json asks for", async () => {
    const folder = await folders.copyOfTiny();
    await rewrite(folder, "config.json", (bytes) => bytes.toString().replace(/("intermediate_size": *)512/, "$1256"));
    await refused("Hi.", { modelFolder: folder }, /in the shape \[512, 128\] where config.json asks for \[256, 128\]/);
  });

  it("weights in a dtype that is not read", async () => {
    const folder = await folders.copyOfTiny();
    await rewrite(folder, "model.safetensors", (bytes) =>
      Buffer.from(bytes.toString("latin1").replace('"F16"', '"F8x"'), "latin1"),
    );
    await refused("Hi.", { modelFolder: folder }, /as F8x, which PoNet Lens does not read/);
  });

  it("a value in config.json that is not known", async () => {
    const folder = await folders.copyOfTiny();
    await rewrite(folder, "config.json", (bytes) => bytes.toString().replace('"gelu"', '"mish"'));
    await refused("Hi.", { modelFolder: folder }, /config.json" has a value PoNet Lens does not know at "hidden_act"/);
  });

  it("a head of one label", async () => {
    const folder = await folders.empty();
    await writePublicCheckpoint(folder, { d: 8, layers: 1 }, ["score"]);
    await refused("Hi.", { modelFolder: folder }, /a head "classifier" of one label, .*"num_labels": 1 in config.json/);
  });

  it("two heads of one name", async () => {
    const folder = await folders.copyOfTiny();
    // Names as long as those they replace, since the header gives its own length.
    await rewrite(folder, "model.safetensors", (bytes) => {
      const renamed = bytes
        .toString("latin1")
        .replaceAll('"heads.kind.', '"classifier.')
        .replaceAll(/"heads\.hyperpartisan\.(\w+)"/g, '"heads.classifier.$1"   ');
      return Buffer.from(renamed, "latin1");
    });
    await refused("Hi.", { modelFolder: folder }, /model.safetensors" holds two heads called "classifier"/);
  });

  it("a vocabulary that does not match the embedding", async () => {
    const folder = await folders.copyOfTiny();
    const vocabulary = (change: (entries: [string, number][]) => [string, number][]) =>
      rewrite(folder, "tokenizer.json", (bytes) => {
        const tokenizer = JSON.parse(bytes.toString()) as { model: { vocab: Record<string, number> } };
        tokenizer.model.vocab = Object.fromEntries(change(Object.entries(tokenizer.model.vocab)));
        return JSON.stringify(tokenizer);
      });
    const first = (words: number) => (entries: [string, number][]) => entries.filter(([, id]) => id < words);
    await vocabulary(first(30_521));
    await refused("Hi.", { modelFolder: folder }, /has 30521 tokens where config.json has 30522 embeddings/);
    const more = Array.from({ length: 2 }, (_, i): [string, number] => [`##another-${i}`, 30_521 + i]);
    await vocabulary((entries) => [...entries, ...more]);
    await refused(
      "Hi.",
      { modelFolder: folder },
      /tokenizer.json" has 30523 tokens where config.json has 30522 embeddings/,
    );
    await writePublicCheckpoint(folder, { d: 8, layers: 1, vocabulary: 30_592 });
    assert.equal((await analyze(engine, "Hi.", { modelFolder: folder })).tokens, 2);
    await vocabulary(first(30_464));
    await refused("Hi.", { modelFolder: folder }, /has 30464 tokens where config.json has 30592 embeddings/);
  });

  it("a file that is not the one its card vouches for", async () => {
    const folder = await folders.copyOfTiny();
    const card = await readFile(path.join(TINY, "card.json"), "utf8");
    await writeFile(path.join(folder, "card.json"), card);
    await analyze(engine, "Hi.", { modelFolder: folder });
    const config = await readFile(path.join(folder, "config.json"));
    await writeFile(path.join(folder, "card.json"), card.replace(sha256(config), "0".repeat(64)));
    // A process that holds a model does not read its folder again.
    await analyze(engine, "Hi.");
    await refused("Hi.", { modelFolder: folder }, /config.json" is not the file its card.json vouches for/);
  });

  it("a card that names fewer labels than a head has", async () => {
    const folder = await folders.copyOfTiny();
    const sentiment = { labels: ["pos"] };
    const card = { description: "Cut short", licence: "MIT", heads: { sentiment }, files: {} };
    await writeFile(path.join(folder, "card.json"), JSON.stringify(card));
    await refused("Hi.", { modelFolder: folder }, /names 1 labels for the head "sentiment", which has 2: use the card/);
  });

  it("a provider asked for by name that this machine lacks", async () => {
    const provider = process.platform === "win32" ? "coreml" : "dml";
    await refused("Hi.", { provider }, /"ponet.executionProvider" to "auto" or to another of this build \([^)]*cpu/);
  });
});
