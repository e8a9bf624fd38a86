import assert from "node:assert/strict";
import { documentVerdict, doubtAbout, segmentVerdict } from "../../src/analysis/verdict";
import { UserError } from "../../src/errors";
import { CheckpointFolders, TINY } from "./checkpoints";
import { analyze, createEngine, prose } from "./engine";

const GERMAN =
  "Der Beklagte wird verurteilt, an die Klägerin den Betrag von 4.000 Euro nebst Zinsen zu zahlen. Die Kosten des Verfahrens " +
  "hat der Beklagte zu tragen. Das Urteil ist nicht gegen eine Sicherheit vorläufig vollstreckbar.\n\n";

describe("What a model cannot read", () => {
  const engine = createEngine();
  const folders = new CheckpointFolders();
  after(async () => {
    engine.dispose();
    await folders.removeAll();
  });

  for (const [what, text, why] of [
    ["another language", GERMAN.repeat(10), /^This does not seem to be English, the one language that "ponet-tiny" /],
    ["words that are not in its vocabulary", "😀 ".repeat(300), /^Most of these words are not in the vocabulary of "/],
  ] as const) {
    it(`is doubted, whatever the scores: ${what}`, async () => {
      const analysis = await analyze(engine, text);
      assert.match(doubtAbout(analysis) ?? "", why);
      for (const head of analysis.heads) {
        assert.equal(documentVerdict(head).sure, false);
        assert.equal(segmentVerdict(analysis, head, 0)?.sure, false);
      }
    });
  }

  it("is doubted among documents that are read together, and what it reads is not", async () => {
    const documents = [prose(3), GERMAN.repeat(10), prose(2)].map((text, i) => ({ name: `${i}.txt`, text }));
    const settings = { modelFolder: TINY, provider: "cpu", segmentation: "paragraph" } as const;
    const found = await engine.classify(documents, settings);
    assert.deepEqual(
      found.map((one) => !(one instanceof UserError) && doubtAbout(one) !== undefined),
      [false, true, false],
    );
    assert.equal(doubtAbout(await analyze(engine, prose(3))), undefined);
  });

  it("is not known of a model whose card names no language", async () => {
    const modelFolder = await folders.copyOfTiny();
    assert.equal(doubtAbout(await analyze(engine, GERMAN.repeat(10), { modelFolder })), undefined);
  });
});
