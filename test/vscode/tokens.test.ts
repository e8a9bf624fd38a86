import assert from "node:assert/strict";
import { TokenReader } from "../../src/views/panel/tokenReader";
import { bundledModel, classified, closeEditors, lens, openLongText, openSample } from "./lens";

describe("The tokens of a segment", () => {
  afterEach(closeEditors);

  it("of a document that was not read last come with how far it has been read again", async () => {
    const { document } = await openLongText(20);
    const reading = await classified(document);
    await classified((await openSample()).document);
    const { engine, notifier } = await lens();
    const settings = { modelFolder: bundledModel(), provider: "auto", segmentation: "paragraph" } as const;
    const reader = new TokenReader(engine, () => Promise.resolve(settings), notifier);
    const told: number[] = [];
    const answer = await reader.read("long.txt", reading, 3, (fraction) => told.push(fraction));
    assert.ok(answer && "details" in answer);
    assert.equal(answer.texts.length, reading.analysis.segmentTokens[3]);
    assert.ok(told.some((fraction) => fraction > 0 && fraction < 1));
    assert.deepEqual(
      told,
      told.toSorted((a, b) => a - b),
    );
  }).timeout(120_000);
});
