import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { csvLines } from "../../../src/corpus/csv";
import { ProgressCount } from "../../../src/corpus/progressCount";
import { lastRows, ResultsFile } from "../../../src/corpus/resultsFile";
import type { Classified, Row } from "../../../src/corpus/row";
import { labelCounts } from "../../../src/corpus/summary";
import { UserError } from "../../../src/errors";

const key = { path: "/corpus/a.txt", hash: "0a", model: "tiny@1", segmentation: "paragraph", provider: "auto" };
const row = (change: Partial<Classified> = {}): Classified => ({
  ...key,
  ranOn: "cpu-int8",
  tokens: 7,
  heads: { kind: { label: "rfc", score: 0.75, sure: true }, topic: { label: "sci.space", score: 0.5, sure: false } },
  ...change,
});
const failure = { path: "/corpus/b.bin", error: '"/corpus/b.bin" looks like a binary file: open a text document.' };

describe("A file of results", () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "ponet-results-"));
    file = path.join(folder, "made", "results.jsonl");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const write = async (...rows: Parameters<ResultsFile["append"]>[0][]): Promise<void> => {
    const results = await ResultsFile.open(file);
    for (const each of rows) await results.append(each);
  };

  it("is made with its folder, and knows later what was appended", async () => {
    const doubtful = row({ doubt: "This does not seem to be English." });
    await write(doubtful, failure);
    const results = await ResultsFile.open(file);
    assert.deepEqual(results.find(key), doubtful);
  });

  it("knows what an earlier run wrote before it was told of what ran", async () => {
    const { ranOn, ...before } = row();
    assert.equal(ranOn, "cpu-int8");
    await write(before);
    const results = await ResultsFile.open(file);
    assert.deepEqual(results.find(key), before);
  });

  it("knows nothing of other content, another model, segmentation or provider, nor of a failure", async () => {
    await write(row(), failure);
    const results = await ResultsFile.open(file);
    for (const change of [
      { hash: "0b" },
      { model: "tiny@2" },
      { segmentation: "sentence" },
      { provider: "cpu" },
      { path: failure.path },
    ]) {
      assert.equal(results.find({ ...key, ...change }), undefined);
    }
  });

  it("says of each file what its last row says, and nothing before there is one", async () => {
    assert.deepEqual(await lastRows(file), new Map());
    const [again, now] = [row({ hash: "0b" }), row({ path: failure.path })];
    await write(row(), failure, again, now, { path: now.path, error: failure.error });
    assert.deepEqual(
      await lastRows(file),
      new Map<string, Row>([
        [key.path, again],
        [failure.path, failure],
      ]),
    );
    await write(now);
    assert.deepEqual((await lastRows(file)).get(failure.path), now);
    writeFileSync(file, "Somebody's notes.\nMore of them.\n");
    await assert.rejects(lastRows(file), UserError);
  });

  it("passes over a line that a crash cut short, wherever it was cut, and goes on after it", async () => {
    await write(row());
    const whole = readFileSync(file, "utf8");
    const next = row({ path: "/corpus/c.txt" });
    const line = JSON.stringify(next);
    for (const length of [1, 20, line.length - 1]) {
      writeFileSync(file, whole + line.slice(0, length));
      await write(row({ path: "/corpus/d.txt" }));
      const results = await ResultsFile.open(file);
      assert.deepEqual(results.find(key), row());
      assert.equal(results.find({ ...key, path: "/corpus/c.txt" }), undefined);
      assert.ok(results.find({ ...key, path: "/corpus/d.txt" }));
      // Nothing is left that other readers of JSON lines would stop at.
      assert.equal(readFileSync(file, "utf8"), `${whole}${JSON.stringify(row({ path: "/corpus/d.txt" }))}\n`);
    }
  });

  it("leaves a last line alone that is whole, though none of its rows", async () => {
    await write(row());
    const whole = readFileSync(file, "utf8");
    const foreign = JSON.stringify({ path: "/corpus/e.txt", note: "by hand" });
    writeFileSync(file, whole + foreign);
    await write(failure);
    assert.equal(readFileSync(file, "utf8"), `${whole}${foreign}\n${JSON.stringify(failure)}\n`);
    writeFileSync(file, foreign);
    await assert.rejects(ResultsFile.open(file), /is not a file of results/);
    assert.equal(readFileSync(file, "utf8"), foreign);
  });

  it("ends a row that lost its line's end alone", async () => {
    await write(row());
    const whole = readFileSync(file, "utf8");
    writeFileSync(file, whole.trimEnd());
    await write(failure);
    assert.equal(readFileSync(file, "utf8"), `${whole}${JSON.stringify(failure)}\n`);
  });

  it("goes on in a file whose only line a crash cut short", async () => {
    await write();
    for (const cut of ['{"pa', '{"path":"/corpus/a']) {
      writeFileSync(file, cut);
      await write(row());
      assert.equal(readFileSync(file, "utf8"), `${JSON.stringify(row())}\n`);
    }
  });

  it("goes on in a file where a power loss left NULs", async () => {
    const nuls = "\0".repeat(100);
    await write();
    for (const left of [nuls, `${nuls}\n{"pa${nuls}`]) {
      writeFileSync(file, left);
      await write(row());
      writeFileSync(file, `${readFileSync(file, "utf8")}${nuls}${JSON.stringify(failure)}\n`);
      assert.deepEqual([...(await lastRows(file)).values()], [row(), failure]);
    }
  });

  it("keeps a line whole that holds what other lines end with", async () => {
    const odd = row({ path: "/corpus/a\u2028b.txt" });
    await write(odd);
    const results = await ResultsFile.open(file);
    assert.deepEqual(results.find({ ...key, path: odd.path }), odd);
  });

  it("says once why a file cannot be read, until that changes", async () => {
    const other = { ...failure, error: "It is gone." };
    for (const each of [failure, failure, other, failure]) await write(each);
    await write(row({ path: failure.path }));
    await write(failure);
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    const errors = lines.map((line) => (JSON.parse(line) as { error?: string }).error);
    assert.deepEqual(errors, [failure.error, other.error, failure.error, undefined, failure.error]);
  });

  it("knows whether the last row of a file is of what it holds", async () => {
    await write(row(), row({ hash: "0b" }));
    const results = await ResultsFile.open(file);
    assert.deepEqual([results.isLast(key), results.isLast({ ...key, hash: "0b" })], [false, true]);
    await results.append({ ...failure, path: key.path });
    assert.equal(results.isLast({ ...key, hash: "0b" }), false);
  });

  it("knows the last few rows of each file, and is written anew with those alone once it has many more lines", async () => {
    const other = row({ path: "/corpus/other.txt" });
    const trained = Array.from({ length: 24 }, (_, i) => row({ model: `tiny@${i}` }));
    const lines = () => readFileSync(file, "utf8").trimEnd().split("\n").length;
    await write(other, failure, ...trained, row({ model: "tiny@22" }));
    assert.equal(lines(), 27);
    const results = await ResultsFile.open(file);
    assert.deepEqual(readdirSync(path.dirname(file)), ["results.jsonl"]);
    assert.equal(lines(), 6);
    await results.append({ ...failure, path: other.path });
    assert.equal(lines(), 7);
    const again = await ResultsFile.open(file);
    assert.deepEqual(
      trained.filter((each) => again.find(each)).map(({ model }) => model),
      ["tiny@20", "tiny@21", "tiny@22", "tiny@23"],
    );
    assert.ok(again.isLast(row({ model: "tiny@22" })));
    assert.deepEqual(again.find(other), other);
    assert.equal((await lastRows(file)).size, 3);
  });

  it("says so in a sentence when a row cannot be written, as where its folder has been deleted meanwhile", async () => {
    const results = await ResultsFile.open(file);
    rmSync(path.dirname(file), { recursive: true });
    await assert.rejects(results.append(row()), (error: Error) => {
      assert.match(
        error.message,
        /^".*" cannot be written \(.+\): its folder has been deleted, so classify again, which begins anew\.$/,
      );
      return error instanceof UserError;
    });
  });

  it("is not written over what is no file of results", async () => {
    await write();
    for (const other of [
      "Dear diary,\ntoday\n",
      "Dear diary",
      '{"editor.fontSize": 14}\n',
      '{"path":"a"}\n{"path":"b"}\n',
    ]) {
      writeFileSync(file, other);
      await assert.rejects(ResultsFile.open(file), UserError);
      assert.equal(readFileSync(file, "utf8"), other);
    }
    await assert.rejects(
      ResultsFile.open(path.join(file, "below")),
      /below" cannot be written \(E.+\): see that you may/,
    );
  });
});

describe("Rows of a corpus", () => {
  it("are written as CSV with a label, a score and a certainty for each head", () => {
    const [mark, head, first, second, ...others] = [...csvLines([failure, row({ path: '/a "b",c.txt' })])];
    assert.equal(mark, "\ufeff");
    assert.equal(
      head,
      "path,tokens,kind,kind score,kind sure,topic,topic score,topic sure,model,segmentation,ran on,doubt,error\r\n",
    );
    assert.equal(
      first,
      '/corpus/b.bin,,,,,,,,,,,,"""/corpus/b.bin"" looks like a binary file: open a text document."\r\n',
    );
    assert.equal(second, '"/a ""b"",c.txt",7,rfc,0.75,true,sci.space,0.5,false,tiny@1,paragraph,cpu-int8,,\r\n');
    assert.deepEqual(others, []);
  });

  it("have an empty cell where it was not told of yet what they ran on", () => {
    const { ranOn, ...before } = row();
    assert.equal(ranOn, "cpu-int8");
    assert.match([...csvLines([before])][2] ?? "", /,tiny@1,paragraph,,,\r\n$/);
  });

  it("say why a verdict is not to be believed", () => {
    const doubt = "This does not seem to be English.";
    assert.match([...csvLines([row({ doubt })])][2] ?? "", /,cpu-int8,This does not seem to be English\.,\r\n$/);
  });

  it("have columns for the heads of every model that made one", () => {
    const other = row({ heads: { genre: { label: "ode", score: 0.5, sure: true } } });
    const [, head, first, second] = [...csvLines([row(), other])];
    assert.match(head ?? "", /^path,tokens,kind,.*,topic,.*,genre,genre score,genre sure,model/);
    assert.match(first ?? "", /,7,rfc,0.75,true,sci.space,0.5,false,,,,tiny@1/);
    assert.match(second ?? "", /,7,,,,,,,ode,0.5,true,tiny@1/);
  });

  it("have empty cells under a head that is called as what every object has", () => {
    const other = row({ heads: { constructor: { label: "ode", score: 0.5, sure: true } } });
    assert.match([...csvLines([row(), other])][2] ?? "", /,sci.space,0.5,false,,,,tiny@1/);
  });

  it("are counted as not sure under such a head, where they were not asked", () => {
    const other = row({ heads: { constructor: { label: "ode", score: 0.5, sure: true } } });
    assert.deepEqual(labelCounts([other, row()])[0], { head: "constructor", labels: [["ode", 1]], unsure: 1 });
  });

  it("are counted by label, the most frequent first", () => {
    const drama = row({ heads: { kind: { label: "drama", score: 1, sure: true } } });
    assert.deepEqual(labelCounts([drama, row(), failure, row()])[0], {
      head: "kind",
      labels: [
        ["rfc", 2],
        ["drama", 1],
      ],
      unsure: 0,
    });
    assert.deepEqual(labelCounts([row()])[1], { head: "topic", labels: [], unsure: 1 });
    assert.deepEqual(labelCounts([failure]), []);
  });
});

describe("The progress over a corpus", () => {
  const documents = [1000, 3000, 4000].map((bytes, i) => ({ path: `/${i}`, bytes }));

  it("goes by bytes, and the time that remains by what this run has read", () => {
    const count = new ProgressCount(documents);
    assert.deepEqual(count.progress(), { finished: 0, reused: 0, total: 3, fraction: 0 });
    count.reuse({ path: "/0", bytes: 1000 });
    assert.deepEqual(count.progress(), { finished: 1, reused: 1, total: 3, fraction: 1 / 8 });
    count.read({ path: "/1", bytes: 3000 }, 600);
    assert.deepEqual(count.progress(), { finished: 2, reused: 1, total: 3, fraction: 1 / 2, timeRemainingMs: 800 });
    const half = count.progress([{ path: "/2", bytes: 4000 }], 0.5);
    assert.deepEqual([half.finished, half.fraction, half.timeRemainingMs], [2, 3 / 4, 400]);
  });

  it("forgets how long a machine slept", () => {
    const many = Array.from({ length: 1000 }, (_, i) => ({ path: `/${i}`, bytes: 2 ** 16 }));
    const count = new ProgressCount(many);
    for (const [i, document] of many.slice(0, 900).entries()) count.read(document, i === 100 ? 8 * 3_600_000 : 10);
    assert.equal(Math.round(count.progress().timeRemainingMs ?? 0), 1000);
  });

  it("is complete where there is nothing to read", () => {
    assert.equal(new ProgressCount([]).progress().fraction, 1);
  });
});
