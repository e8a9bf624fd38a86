import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { linesOf } from "../../../src/corpus/lines";

async function lines(...chunks: string[]): Promise<string[]> {
  const found: string[] = [];
  for await (const line of linesOf(Readable.from(chunks))) found.push(line);
  return found;
}

describe("lines", () => {
  it("end at line feeds, wherever the chunks do", async () => {
    assert.deepEqual(await lines("a", "b\nc\n\n", "d", "\n", "e"), ["ab", "c", "", "d", "e"]);
  });

  it("end nowhere else", async () => {
    assert.deepEqual(await lines("a\u2028b\u2029c\u0085d\re\r\nf"), ["a\u2028b\u2029c\u0085d\re\r", "f"]);
  });

  it("leave the text's byte order mark out, and no other", async () => {
    assert.deepEqual(await lines("\ufeffa\n", "\ufeffb"), ["a", "\ufeffb"]);
  });

  it("are none in an empty text, and the last one needs no end", async () => {
    assert.deepEqual([await lines(), await lines("\n"), await lines("a\n")], [[], [""], ["a"]]);
  });
});
