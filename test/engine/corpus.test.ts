import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { mock } from "node:test";
import { classifyCorpus } from "../../src/corpus/classifyCorpus";
import { findDocuments } from "../../src/corpus/documents";
import type { CorpusEngine } from "../../src/corpus/engine";
import type { CorpusProgress } from "../../src/corpus/progress";
import { ResultsFile } from "../../src/corpus/resultsFile";
import { isClassified, type Row } from "../../src/corpus/row";
import type { ReadingSettings } from "../../src/engine/client";
import type { EngineClient } from "../../src/engine/client";
import { EngineProcess } from "../../src/engine/process";
import { CancelledError, UserError } from "../../src/errors";
import { ROOT } from "../harness/environment";
import { until } from "../harness/until";
import { rewrite, TINY } from "./checkpoints";
import { analyze, createEngine, prose } from "./engine";

const SETTINGS = { modelFolder: TINY, provider: "cpu", segmentation: "paragraph" } as const;

describe("a corpus", () => {
  let folder: string;
  let resultsFile: string;
  let engine: EngineClient;
  const file = (name: string): string => path.join(folder, "texts", name);

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "ponet-corpus-"));
    resultsFile = path.join(folder, "results.jsonl");
    await mkdir(path.join(folder, "texts"));
    for (let i = 0; i < 6; i++) await writeFile(file(`prose-${i}.txt`), prose(i + 2));
    await writeFile(file("binary"), new Uint8Array([1, 0, 0, 2]));
    await writeFile(file("empty.txt"), "");
    engine = createEngine();
  });
  afterEach(async () => {
    engine.dispose();
    await rm(folder, { recursive: true });
  });

  async function run(
    change: { engine?: CorpusEngine; abort?: AbortController } & Partial<ReadingSettings> = {},
    follow: (row: Row) => void = () => undefined,
  ): Promise<{ rows: Row[]; progress: CorpusProgress[] }> {
    const { engine: ownEngine = engine, abort = new AbortController(), ...settings } = change;
    const { documents } = await findDocuments([path.join(folder, "texts")]);
    const results = await ResultsFile.open(resultsFile);
    const rows: Row[] = [];
    const progress: CorpusProgress[] = [];
    await classifyCorpus({
      documents,
      settings: { ...SETTINGS, ...settings },
      engine: ownEngine,
      results,
      signal: abort.signal,
      onRow: (row) => {
        rows.push(row);
        follow(row);
      },
      onProgress: (each) => progress.push(each),
    });
    return { rows, progress };
  }

  /** An engine that counts what it is asked to read. */
  function counting(): CorpusEngine & { readonly names: string[] } {
    const names: string[] = [];
    return {
      names,
      classify: (documents, ...rest) => {
        names.push(...documents.map(({ name }) => path.basename(name)));
        return engine.classify(documents, ...rest);
      },
    };
  }

  it("has a row for each file: a verdict as the document alone gets it, or a sentence", async () => {
    const { rows, progress } = await run();
    assert.deepEqual(
      rows.map((row) => path.basename(row.path)),
      ["binary", "empty.txt", ...Array.from({ length: 6 }, (_, i) => `prose-${i}.txt`)],
    );
    const alone = await analyze(engine, prose(5));
    const row = rows.find((each) => each.path === file("prose-3.txt"));
    assert.ok(row && isClassified(row));
    assert.equal(row.tokens, alone.tokens);
    assert.equal(row.ranOn, "cpu");
    assert.deepEqual(Object.keys(row.heads), ["kind", "topic", "sentiment", "hyperpartisan"]);
    const score = Math.max(...(alone.heads[0]?.scores ?? []));
    assert.ok(Math.abs((row.heads.kind?.score ?? NaN) - score) < 1e-5, `${row.heads.kind?.score}, alone ${score}`);
    const failures = rows.flatMap((each) => (isClassified(each) ? [] : [each.error]));
    assert.equal(failures.length, 2);
    assert.match(failures[0] ?? "", /binary" looks like a binary file: name/);
    assert.match(failures[1] ?? "", /empty\.txt" has no words/);
    assert.deepEqual(
      (await readFile(resultsFile, "utf8"))
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as Row),
      rows,
    );
    const last = progress.at(-1);
    assert.deepEqual([last?.finished, last?.reused, last?.total, last?.fraction], [8, 0, 8, 1]);
    assert.ok(progress.every(({ fraction }, i) => fraction >= (progress[i - 1]?.fraction ?? 0)));
  });

  it("goes on after it was cancelled, without reading a finished file again", async () => {
    const abort = new AbortController();
    const cancelled = run({ abort }, (row) => {
      if (row.path === file("prose-2.txt")) abort.abort();
    });
    await assert.rejects(cancelled, CancelledError);
    const counted = counting();
    const { rows, progress } = await run({ engine: counted });
    assert.equal(rows.length, 8);
    assert.deepEqual(
      counted.names.filter((name) => name.startsWith("prose")),
      ["prose-3.txt", "prose-4.txt", "prose-5.txt"],
    );
    assert.equal(progress.at(-1)?.reused, 3);
  });

  it("reads again what was edited: the last row of a file says what it is now, also where it is again what it was", async () => {
    await run();
    await writeFile(file("prose-4.txt"), prose(9));
    const edited = counting();
    await run({ engine: edited });
    assert.deepEqual(
      edited.names.filter((name) => name.startsWith("prose")),
      ["prose-4.txt"],
    );
    await writeFile(file("prose-4.txt"), prose(6));
    const again = counting();
    const { rows } = await run({ engine: again });
    assert.deepEqual(
      again.names.filter((name) => name.startsWith("prose")),
      [],
    );
    const lines = (await readFile(resultsFile, "utf8")).trimEnd().split("\n");
    const ofFile = lines.map((line) => JSON.parse(line) as Row).filter((row) => row.path === file("prose-4.txt"));
    assert.equal(ofFile.length, 3);
    assert.deepEqual(ofFile.at(-1), ofFile[0]);
    assert.deepEqual(
      ofFile.at(-1),
      rows.find((row) => row.path === file("prose-4.txt")),
    );
    await run();
    assert.equal((await readFile(resultsFile, "utf8")).trimEnd().split("\n").length, lines.length);
  });

  it("reads all again when the model's card has another threshold", async () => {
    const modelFolder = path.join(folder, "model");
    await cp(TINY, modelFolder, { recursive: true });
    await run({ modelFolder });
    await rewrite(modelFolder, "card.json", (json) =>
      json.toString().replaceAll('"threshold": 0.6', '"threshold": 0.999'),
    );
    const { rows, progress } = await run({ modelFolder });
    assert.equal(progress.at(-1)?.reused, 0);
    assert.ok(rows.filter(isClassified).every(({ heads }) => !heads.topic?.sure));
  });

  it("reads all again when another provider is asked for", async () => {
    await run();
    const { progress } = await run({ provider: "cpu-int8" });
    assert.equal(progress.at(-1)?.reused, 0);
  });

  it("ends with one sentence when the engine reads nothing any more", async () => {
    let asked = 0;
    const lost: CorpusEngine = {
      classify: async (...request) => {
        if (asked++ === 0) return engine.classify(...request);
        throw new UserError("The GPU is gone.");
      },
    };
    const rows: Row[] = [];
    await assert.rejects(
      run({ engine: lost }, (row) => rows.push(row)),
      /The GPU is gone/,
    );
    assert.equal(rows.filter((row) => row.path.includes("prose")).length, 0);
  });

  it("ends when the model is written anew meanwhile, for its rows would be of two", async () => {
    const modelFolder = path.join(folder, "model");
    await cp(TINY, modelFolder, { recursive: true });
    let asked = 0;
    const trained: CorpusEngine = {
      classify: async (...request) => {
        const found = await engine.classify(...request);
        if (asked++ === 1) await rewrite(modelFolder, "card.json", (json) => `${json.toString()}\n`);
        return found;
      },
    };
    await assert.rejects(run({ engine: trained, modelFolder }), /was written anew while documents were read/);
    assert.doesNotMatch(await readFile(resultsFile, "utf8"), /prose/);
  });

  // Windows has no signal that holds a process.
  if (process.platform !== "win32")
    it("has rows for the others of a batch whose reading ends in a crash", async () => {
      const crashing: CorpusEngine = {
        classify: (documents, ...rest) => {
          const { pid } = engine;
          if (pid !== undefined && documents.some(({ name }) => name === file("prose-3.txt"))) {
            // Held, it has the question and no answer when it dies.
            process.kill(pid, "SIGSTOP");
            const asking = mock.method(EngineProcess.prototype, "ask");
            void until(() => asking.mock.callCount() > 0).then(() => {
              asking.mock.restore();
              process.kill(pid, "SIGKILL");
            });
          }
          return engine.classify(documents, ...rest);
        },
      };
      const { rows } = await run({ engine: crashing });
      const failed = rows.flatMap((row) => (isClassified(row) || !row.path.endsWith(".txt") ? [] : [row]));
      assert.deepEqual(
        failed.map(({ path }) => path),
        [file("empty.txt"), file("prose-3.txt")],
      );
      assert.match(failed[1]?.error ?? "", /The engine stopped while it read ".*prose-3\.txt"/);
      assert.equal(rows.filter(isClassified).length, 5);
    });

  it("ends with the sentence of a model that cannot be used, and fails no file for it", async () => {
    await assert.rejects(run({ modelFolder: path.join(folder, "nowhere") }), (error) => {
      return error instanceof UserError && error.message.includes("does not exist");
    });
    assert.equal(await readFile(resultsFile, "utf8"), "");
  });

  it("goes on where a killed command line left it", async () => {
    const program = path.join(ROOT, "out/src/cli/classify.js");
    const options = ["--model", "ponet-tiny", "--provider", "cpu", "--results", resultsFile];
    const args = [program, ...options, path.join(folder, "texts")];
    for (let i = 0; i < 40; i++) await writeFile(file(`more-${i}.txt`), prose(40));
    const killed = spawn(process.execPath, args, { stdio: "ignore" });
    await until(async () => (await readFile(resultsFile, "utf8").catch(() => "")).split("\n").length >= 5);
    killed.kill("SIGKILL");
    await once(killed, "exit");
    // As if the kill had come in the middle of a write.
    const half = (await readFile(resultsFile, "utf8")).slice(0, -10);
    await writeFile(resultsFile, half);
    const finished = half.split("\n").length - 1;
    assert.ok(finished < 48);

    const resumed = spawn(process.execPath, [...args, "--csv", path.join(folder, "results.csv")], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    let stdout = "";
    resumed.stdout.on("data", (data) => (stdout += String(data)));
    assert.deepEqual(await once(resumed, "close"), [1, null]);
    const kinds = /^kind +(.*)$/m.exec(stdout)?.[1]?.match(/\d+/g) ?? [];
    assert.equal(
      kinds.reduce((sum, documents) => sum + Number(documents), 0),
      46,
    );
    assert.match(stdout, /48 documents, 2 of them not read: see /);
    const classified = (await readFile(resultsFile, "utf8")).match(/^{.*"heads".*}$/gm) ?? [];
    assert.equal(classified.length, 46);
    const csv = await readFile(path.join(folder, "results.csv"), "utf8");
    assert.match(csv, /^\ufeffpath,tokens,kind,/);
    assert.equal(csv.split("\r\n").length, 48 + 2);
  });
});
