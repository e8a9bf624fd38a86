import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readDocument } from "../../../src/corpus/readDocument";
import { CancelledError, UserError } from "../../../src/errors";

const TEXT = "Müller’s contract — €5";
const UTF_16 = Buffer.from(`\ufeff${TEXT}`, "utf16le");

describe("a document of a folder", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "ponet-lens-read-"));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const encodings: readonly (readonly [name: string, bytes: Uint8Array])[] = [
    ["UTF-8", Buffer.from(TEXT)],
    ["UTF-8 with a byte order mark", Buffer.from(`\ufeff${TEXT}`)],
    ["UTF-16, little end first", UTF_16],
    ["UTF-16, big end first", Buffer.from(UTF_16).swap16()],
    ["Windows-1252", Buffer.from("M\xfcller\x92s contract \x97 \x805", "latin1")],
  ];
  for (const [name, bytes] of encodings) {
    it(`is read in ${name}`, async () => {
      const file = join(folder, "document.txt");
      writeFileSync(file, bytes);
      assert.equal((await readDocument(file)).text, TEXT);
    });
  }

  it("is read in UTF-8 where that is damaged", async () => {
    const file = join(folder, "document.txt");
    writeFileSync(file, Buffer.from(TEXT).subarray(0, -3));
    assert.equal((await readDocument(file)).text, TEXT.replace("€5", "\ufffd"));
    writeFileSync(file, Buffer.concat([Buffer.from("\ufeffA line."), Buffer.from([0xfc])]));
    assert.equal((await readDocument(file)).text, "A line.\ufffd");
  });

  it("is read in UTF-16 without a byte order mark where Latin letters give that away", async () => {
    const file = join(folder, "document.txt");
    for (const bytes of [Buffer.from("Müller", "utf16le"), Buffer.from("Müller", "utf16le").swap16()]) {
      writeFileSync(file, bytes);
      assert.equal((await readDocument(file)).text, "Müller");
    }
  });

  it("that is binary is refused before it is decoded", async () => {
    const file = join(folder, "program");
    for (const bytes of [[0], [1, 0, 0, 2], [0x7f, 0x45, 0x4c, 0x46, 0, 0]]) {
      writeFileSync(file, Uint8Array.from(bytes));
      await assert.rejects(readDocument(file), /program" looks like a binary file: name a text file/);
    }
  });

  it("that has zeros behind its beginning is a text, as it is for VS Code", async () => {
    const file = join(folder, "server.log");
    const text = `${"A line.\n".repeat(64)}\0\0\0And on.`;
    writeFileSync(file, text);
    assert.equal((await readDocument(file)).text, text);
  });

  it("that is longer than is to be read is refused", async () => {
    const file = join(folder, "document.txt");
    writeFileSync(file, "x".repeat(2 ** 20));
    assert.equal((await readDocument(file, { mostBytes: 2 ** 20 })).text.length, 2 ** 20);
    writeFileSync(file, "x".repeat(2 ** 20 + 1));
    await assert.rejects(readDocument(file, { mostBytes: 2 ** 20 }), /document\.txt" is over 1 MB: split it/);
  });

  it("that is gone is told in one sentence", async () => {
    await assert.rejects(readDocument(join(folder, "gone.txt")), UserError);
  });

  it("whose name is not in UTF-8 is to be renamed", async () => {
    await assert.rejects(
      readDocument(join(folder, "\ufffdrger.txt")),
      /rger\.txt" cannot be read: its name, or its folder's, is not in UTF-8, so rename that\.$/,
    );
  });

  it("that cannot be read for another reason is told with that", async () => {
    await assert.rejects(readDocument(folder), /" cannot be read \(E[^)]+\): name a text file that is there/);
  });

  // Windows has no files that are pipes.
  if (process.platform !== "win32")
    it("that does not answer, as a share of the network may, is waited for until that is cancelled", async () => {
      const file = join(folder, "silent.txt");
      execFileSync("mkfifo", [file]);
      const abort = new AbortController();
      const reading = readDocument(file, { signal: abort.signal });
      await new Promise(setImmediate);
      abort.abort();
      await assert.rejects(reading, CancelledError);
      // The system goes on waiting until somebody is there to write; left open, as it may not have begun to.
      openSync(file, "r+");
    });
});
