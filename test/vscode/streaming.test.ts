import assert from "node:assert/strict";
import { closeEditors, lens, openLongText, startClassifying, stateOf } from "./lens";

describe("An analysis that takes long", () => {
  afterEach(closeEditors);

  it("has a draft that grows, which the panel shows until the reading takes its place", async () => {
    const { document } = await openLongText(20);
    const { end } = await startClassifying(document);
    const { analyses, panel } = await lens();
    await stateOf(document, (state) => state?.running?.draft !== undefined);
    const draft = analyses.get(document.uri)?.running?.draft ?? assert.fail();
    const { values } = draft.analysis.pooling;
    const known = () => values.filter((value) => !Number.isNaN(value)).length;
    const before = known();
    assert.ok(before < values.length);
    assert.equal(panel.status.readingId, draft.id);
    await stateOf(document, ({ running } = { uri: document.uri }) => (running?.timeRemainingMs ?? 0) > 0);
    await stateOf(document, () => known() > before);

    await end;
    const reading = analyses.current(document) ?? assert.fail();
    assert.equal(reading.id, draft.id);
    assert.ok(!reading.analysis.pooling.values.some(Number.isNaN));
    assert.deepEqual(reading.analysis.bounds, draft.analysis.bounds);
  }).timeout(120_000);

  it("ends within a chunk when it is cancelled, and the engine process stays", async () => {
    const { engine } = await lens();
    const { document } = await openLongText(20);
    const { end } = await startClassifying(document);
    const { pid } = engine;
    const { analyses } = await lens();
    analyses.get(document.uri)?.running?.abort.abort();
    await end;
    assert.equal(analyses.get(document.uri), undefined);
    assert.equal(engine.pid, pid);
  }).timeout(120_000);
});
