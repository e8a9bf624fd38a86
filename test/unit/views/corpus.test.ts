import assert from "node:assert/strict";
import { resolve } from "node:path";
import type { Row } from "../../../src/corpus/row";
import { folderName } from "../../../src/views/corpus/folderName";
import { parseFolder, parseFromCorpus } from "../../../src/views/corpus/messages";
import { columnsOf, sorted } from "../../../webview/corpus/columns";
import { below } from "../../../webview/corpus/paths";

describe("Messages from the page of a folder's results", () => {
  for (const message of [
    { type: "ready" },
    { type: "cancel" },
    { type: "run" },
    { type: "open", path: "/texts/a.txt", focus: true },
    { type: "open", path: "/texts/a.txt", focus: false },
    { type: "export", format: "csv" },
    { type: "export", format: "jsonl" },
  ]) {
    it(`${JSON.stringify(message)} is taken`, () => {
      assert.deepEqual(parseFromCorpus({ ...message, command: "evil" }), message);
    });
  }

  it("a row is opened without the focus, unless it is asked for in so many words", () => {
    const open = { type: "open", path: "/texts/a.txt" };
    assert.deepEqual(parseFromCorpus({ ...open, focus: "yes" }), { ...open, focus: false });
    assert.deepEqual(parseFromCorpus(open), { ...open, focus: false });
  });

  for (const message of [
    null,
    "run",
    {},
    { type: "delete" },
    { type: "open" },
    { type: "open", path: 3 },
    { type: "export", format: "exe" },
  ]) {
    it(`${JSON.stringify(message)} is refused`, () => {
      assert.equal(parseFromCorpus(message), undefined);
    });
  }
});

describe("What the page of a folder's results keeps of it", () => {
  const folder = resolve("texts");

  it("is taken, without what else the page keeps", () => {
    assert.equal(parseFolder({ scroll: 10, folder }), folder);
  });

  for (const state of [undefined, null, folder, {}, { folder: 3 }, { folder: "" }, { folder: "texts" }]) {
    it(`is not ${JSON.stringify(state ?? null)}`, () => {
      assert.equal(parseFolder(state), undefined);
    });
  }
});

describe("The order of a folder's results", () => {
  const row = (path: string, label: string, score: number, tokens: number): Row => ({
    ...{ path, hash: "", model: "", segmentation: "paragraph", tokens },
    heads: { kind: { label, score, sure: true } },
  });
  const rows: Row[] = [
    row("/a", "rfc", 0.5, 30),
    { path: "/b", error: "No." },
    row("/c", "drama", 0.9, 10),
    row("/d", "rfc", 0.8, 20),
  ];
  const by = (id: string, descending: boolean): string => {
    const column = columnsOf(["kind"]).find((each) => each.id === id);
    assert.ok(column);
    return Array.from(sorted(rows, column, descending), (place) => rows[place]?.path.slice(1)).join("");
  };

  it("is by label, the surest first, or by tokens, and what was not read comes last either way", () => {
    assert.equal(by("head kind", false), "cdab");
    assert.equal(by("head kind", true), "dacb");
    assert.equal(by("tokens", false), "cdab");
    assert.equal(by("tokens", true), "adcb");
    assert.equal(by("file", false), "abcd");
    assert.equal(by("file", true), "dcba");
  });

  it("knows no verdict of a head that is called as what every object has, where it was not asked", () => {
    const column = columnsOf(["constructor"]).find(({ id }) => id === "head constructor");
    assert.deepEqual(
      rows.map((each) => [column?.value(each), column?.second?.(each)]),
      rows.map(() => [undefined, 0]),
    );
  });
});

describe("The name of a folder", () => {
  it("is its last part, and of a whole disk or a drive, which have none, the path", () => {
    assert.deepEqual([folderName("/home/texts"), folderName("/")], ["texts", "/"]);
  });

  it("is left out of what lies below it, and of nothing else", () => {
    assert.equal(below("/home/texts", "/home/texts/deep/a.txt"), "deep/a.txt");
    assert.equal(below("C:\\texts", "C:\\texts\\a.txt"), "a.txt");
    assert.equal(below("/", "/home/a.txt"), "home/a.txt");
    assert.equal(below("C:\\", "C:\\home\\a.txt"), "home\\a.txt");
    assert.equal(below("/home/texts", '"/home/texts/a.txt" has no words.'), '"a.txt" has no words.');
    assert.equal(below("/home/texts", "It was added."), "It was added.");
  });
});
