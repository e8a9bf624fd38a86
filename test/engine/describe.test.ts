import assert from "node:assert/strict";
import { rm, stat } from "node:fs/promises";
import path from "node:path";
import { CancelledError, UserError } from "../../src/errors";
import { EngineClient } from "../../src/engine/client";
import { until } from "../harness/until";
import { CheckpointFolders, rewrite, TINY, writePublicCheckpoint } from "./checkpoints";
import { analyze, createEngine, prose, RECORDS } from "./engine";

const childProcesses = () => process.getActiveResourcesInfo().filter((name) => name === "ProcessWrap").length;

describe("the description of a checkpoint folder", () => {
  const folders = new CheckpointFolders();
  let engine: EngineClient;
  beforeEach(() => {
    engine = createEngine();
  });
  afterEach(async () => {
    engine.dispose();
    await folders.removeAll();
  });

  it("says what the bundled model is", async () => {
    const { card, ...rest } = await engine.describe(TINY);
    assert.deepEqual(rest, {
      id: "ponet-tiny",
      folder: TINY,
      bytes: (await stat(path.join(TINY, "model.safetensors"))).size,
      layers: 4,
      width: 128,
      heads: [
        { name: "kind", labels: 22 },
        { name: "topic", labels: 20 },
        { name: "sentiment", labels: 2 },
        { name: "hyperpartisan", labels: 2 },
      ],
    });
    assert.deepEqual(Object.keys(card?.files ?? {}).sort(), ["config.json", "model.safetensors", "tokenizer.json"]);
  });

  it("says what a public checkpoint without a card is", async () => {
    const folder = await folders.empty();
    await writePublicCheckpoint(folder, { d: 16, layers: 2 });
    const { card, layers, width, heads } = await engine.describe(folder);
    assert.equal(card, undefined);
    assert.deepEqual({ layers, width, heads }, { layers: 2, width: 16, heads: [{ name: "classifier", labels: 3 }] });
  });

  it("is not begun once it is cancelled", async () => {
    const before = childProcesses();
    const described = engine.describe(TINY, AbortSignal.abort());
    assert.equal(childProcesses(), before);
    await assert.rejects(described, CancelledError);
  });

  it("is refused where the weights compute no numbers, as an analysis is", async () => {
    const folder = await folders.empty();
    await writePublicCheckpoint(folder, { d: 16, layers: 2 });
    // The last weights: float32 of which every bit is set is no number.
    await rewrite(folder, "model.safetensors", (bytes) => bytes.fill(0xff, bytes.length - 64));
    const broken = /computes no numbers from ".*": its weights are broken/;
    await assert.rejects(engine.describe(folder), broken);
    await assert.rejects(analyze(engine, "Hi.", { modelFolder: folder }), broken);
    const documents = [{ name: "a.txt", text: "Hi." }];
    await assert.rejects(
      engine.classify(documents, { modelFolder: folder, provider: "cpu", segmentation: "paragraph" }),
      broken,
    );
  });

  it("can be given up", async () => {
    const abort = new AbortController();
    const describing = engine.describe(TINY, abort.signal);
    abort.abort();
    await assert.rejects(describing, CancelledError);
  });

  it("is refused in the sentence that an analysis gives", async () => {
    const broken = await Promise.all([folders.empty(), folders.copyOfTiny(), folders.copyOfTiny()]);
    const [, cut, misfit] = broken;
    await rewrite(cut, "model.safetensors", (bytes) => bytes.subarray(0, bytes.length / 2));
    await rewrite(misfit, "config.json", (bytes) => bytes.toString().replace(/("intermediate_size": *)512/, "$1256"));
    for (const folder of [...broken, "/no/such/folder"]) {
      const message = await analyze(engine, "Hi.", { modelFolder: folder }).then(
        () => assert.fail(`${folder} was analysed with`),
        (error: unknown) => String(error),
      );
      await assert.rejects(engine.describe(folder), (error) => error instanceof UserError && String(error) === message);
    }
  });

  it("leaves the model in use where it is and an analysis under way alone", async () => {
    await analyze(engine, "Warm up.");
    const { pid } = engine;
    const folder = await folders.copyOfTiny();
    let described: Promise<unknown> | undefined;
    let fraction = 0;
    const long = analyze(
      engine,
      prose(100),
      {},
      {
        onProgress: (progress) => {
          fraction = progress.fraction;
          if (progress.phase === "inferring") described ??= engine.describe(folder);
        },
      },
    );
    assert.ok((await long).tokens > 0);
    assert.equal(fraction, 1);
    assert.ok(await described);
    assert.equal(engine.pid, pid);
    // A process that holds a model does not read its folder again.
    await rm(folder, { recursive: true });
    await analyze(engine, "Still here.");
    assert.equal(engine.pid, pid);
  });

  it("leaves no process behind", async () => {
    const before = childProcesses();
    await engine.describe(TINY);
    assert.equal(engine.pid, undefined);
    await until(() => childProcesses() <= before);
  });

  it("is given up when the client is disposed", async () => {
    const described = engine.describe(TINY);
    engine.dispose();
    await assert.rejects(described, CancelledError);
  });

  it("that takes the engine down fails in one sentence that names the folder", async () => {
    const engineless = new EngineClient({
      enginePath: "/no/such/engine.js",
      recordsFolder: RECORDS,
      idleMinutes: 0,
      log: () => undefined,
    });
    await assert.rejects(
      engineless.describe(TINY),
      (error) => error instanceof UserError && error.message.includes(`"${TINY}"`),
    );
  });
});
