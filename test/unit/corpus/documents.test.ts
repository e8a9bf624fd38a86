import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { bytesToRead, contents } from "../../../src/corpus/contents";
import { findDocuments } from "../../../src/corpus/documents";
import { CancelledError, UserError } from "../../../src/errors";

describe("The documents of a corpus", () => {
  let folder: string;
  const file = (name: string): string => path.join(folder, name);
  const write = (name: string, content: string | Uint8Array = "Some words."): void => {
    mkdirSync(path.dirname(file(name)), { recursive: true });
    writeFileSync(file(name), content);
  };
  const names = async (...paths: string[]): Promise<string[]> =>
    (await findDocuments(paths)).documents.map((document) =>
      path.relative(folder, document.path).replaceAll(path.sep, "/"),
    );

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "ponet-corpus-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("are files with names of text, at any depth, sorted by path; the others are counted", async () => {
    for (const name of ["b.txt", "a/README", "a/deep/Paper.TeX", "a/103215", "page.html", "c.png", "data.json"])
      write(name);
    assert.deepEqual(await names(folder), ["a/103215", "a/README", "a/deep/Paper.TeX", "b.txt", "page.html"]);
    for (const ending of ["md", "rst", "adoc", "org", "eml", "srt", "vtt", "log"]) write(`other/a.${ending}`);
    assert.equal((await names(file("other"))).length, 8);
    assert.equal((await findDocuments([folder])).others, 2);
  });

  it("are not hidden, not a package's, and not behind a link", async () => {
    for (const name of [".git/HEAD", "node_modules/x/README.md", ".hidden.txt", "real/a.txt"]) write(name);
    for (const name of ["venv", "__pycache__", "bower_components"]) write(`${name}/a.txt`);
    symlinkSync(folder, file("real/loop"), "junction");
    assert.deepEqual(await names(folder), ["real/a.txt"]);
  });

  it("are behind a link that is named", async () => {
    write("real/a.txt");
    symlinkSync(file("real"), file("linked"), "junction");
    assert.deepEqual(await names(file("linked")), ["linked/a.txt"]);
  });

  // On Windows anybody may link to a folder, by a junction, but not to a file.
  if (process.platform !== "win32")
    it("are no links to files, but one that is named", async () => {
      write("a.txt", "A few words.");
      symlinkSync(file("a.txt"), file("b.txt"));
      assert.deepEqual(await names(folder), ["a.txt"]);
      assert.deepEqual((await findDocuments([file("b.txt")])).documents, [{ path: file("b.txt"), bytes: 12 }]);
    });

  it("include a file that is named, whatever its name, and none twice", async () => {
    write("odd.dat");
    write("a.txt");
    assert.deepEqual(await names(file("odd.dat"), folder, file("a.txt")), ["a.txt", "odd.dat"]);
  });

  it("cannot be looked for where nothing is", async () => {
    await assert.rejects(findDocuments([file("nowhere")]), (error) => {
      return error instanceof UserError && error.message.includes(file("nowhere"));
    });
  });

  it("cannot be looked for where the system refuses that, for the reason that it gives", async () => {
    symlinkSync(file("loop"), file("loop"), "junction");
    await assert.rejects(findDocuments([file("loop")]), /loop" cannot be read \(E.+\): name a folder or a file/);
  });

  it("are no longer looked for once that is cancelled", async () => {
    write("a.txt");
    await assert.rejects(findDocuments([folder], AbortSignal.abort()), CancelledError);
  });

  it("that are too large or have gone have a sentence in the place of their content", async () => {
    write("a.txt");
    write("large.txt");
    truncateSync(file("large.txt"), 51 * 2 ** 20);
    write("later.txt");
    const { documents } = await findDocuments([folder]);
    rmSync(file("later.txt"));
    const sentences: string[] = [];
    for await (const batch of contents(documents)) {
      for (const [, content] of batch) sentences.push(content instanceof UserError ? content.message : content.text);
    }
    assert.deepEqual(sentences, [
      "Some words.",
      `"${file("large.txt")}" is over 50 MB: split it to have it classified.`,
      `"${file("later.txt")}" cannot be read: name a text file that is there and that you may read.`,
    ]);
    assert.deepEqual(documents.map(bytesToRead), [11, 0, 11]);
    assert.equal(bytesToRead({ path: "a.txt", bytes: 50 * 2 ** 20 }), 50 * 2 ** 20);
  });

  it("are read no further than that, whatever size they were said to have", async () => {
    write("grows.txt");
    const { documents } = await findDocuments([folder]);
    truncateSync(file("grows.txt"), 51 * 2 ** 20);
    for await (const [[, content] = []] of contents(documents)) {
      assert.ok(content instanceof UserError);
      assert.equal(content.message, `"${file("grows.txt")}" is over 50 MB: split it to have it classified.`);
    }
  });

  it("are read no further once that is cancelled", async () => {
    write("long.txt", "x".repeat(2 ** 24));
    const { documents } = await findDocuments([folder]);
    const abort = new AbortController();
    const reading = contents(documents, abort.signal).next();
    abort.abort();
    await assert.rejects(reading, CancelledError);
  });

  it("are read in batches of neighbours: many that are short, a long one by itself", async () => {
    for (let i = 10; i < 30; i++) write(`short-${i}.txt`);
    write("long.txt", "x".repeat(2 ** 20));
    for (let i = 1; i <= 3; i++) write(`middle-${i}.txt`, "x".repeat(30_000));
    const batches: string[][] = [];
    for await (const batch of contents((await findDocuments([folder])).documents)) {
      batches.push(batch.map(([document]) => path.basename(document.path, ".txt")));
    }
    const shorts = Array.from({ length: 20 }, (_, i) => `short-${10 + i}`);
    assert.deepEqual(batches, [
      ["long"],
      ["middle-1", "middle-2"],
      ["middle-3", ...shorts.slice(0, 15)],
      shorts.slice(15),
    ]);
  });
});
