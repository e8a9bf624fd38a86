import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { measureBeginnings } from "../../src/cli/evaluation/beginnings";
import { HeadReader } from "../../src/cli/evaluation/headReader";
import { measureMixed } from "../../src/cli/evaluation/mixed";
import { measureSteadiness } from "../../src/cli/evaluation/steadiness";
import type { TestRow } from "../../src/cli/evaluation/testSet";
import type { EngineClient } from "../../src/engine/client";
import { parseCard, type Card } from "../../src/models/card";
import { readCheckpoint } from "../../src/models/checkpoint";
import { ROOT } from "../harness/environment";
import { CheckpointFolders, TINY, writePublicCheckpoint } from "./checkpoints";
import { createEngine } from "./engine";

const PRAISE = "A wonderful, moving film with superb acting. I loved every minute of it.";
const BLAME = "Terrible. Boring plot, awful acting, a complete waste of time.";
const CLAUSE =
  "This Agreement shall be governed by the laws of the State of Delaware. Neither party may assign its rights or " +
  "obligations hereunder without the prior written consent of the other party, and any notice required under this " +
  "Section shall be delivered in writing to the address of the receiving party set forth above.";
const STEP =
  "Melt the butter in a pan and add the chopped onions. Stir until they are golden, then pour in the stock, season " +
  "with salt and pepper, and simmer for twenty minutes. Meanwhile peel the potatoes and preheat the oven.";

const row = (label: string, text: string): TestRow => ({ label, text, name: `a "${label}"` });
const paragraphs = (text: string, count: number) => Array<string>(count).fill(text).join("\n\n");

describe("the card command", () => {
  const folders = new CheckpointFolders();
  const share = { n: 9, accuracy: 0.1234, interval95: [0.1, 0.2] };
  let model: string;
  let data: string;

  const readCard = async (): Promise<Card> => {
    const file = path.join(model, "card.json");
    return parseCard(await readFile(file, "utf8"), file);
  };
  const run = async (...args: string[]) => {
    const program = path.join(ROOT, "out/src/cli/card.js");
    return promisify(execFile)("node", [program, ...args, model, data]).catch((error: unknown) => {
      return error as { stdout: string; stderr: string };
    });
  };

  beforeEach(async () => {
    model = await folders.copyOfTiny();
    data = await folders.empty();
    const rows = [
      { text: PRAISE, label: "pos", split: "test", group: "praise" },
      { text: BLAME, label: "neg", split: "test" },
      { text: " ", label: "neg", split: "test" },
      { text: BLAME, label: "pos", split: "test", group: "blame" },
      { text: BLAME, label: "pos", split: "train" },
    ];
    await writeFile(path.join(data, "reviews.jsonl"), rows.map((one) => JSON.stringify(one)).join("\n"));
    const bundled = parseCard(await readFile(path.join(TINY, "card.json"), "utf8"), "card.json");
    const { kind, topic, sentiment } = bundled.heads;
    assert.ok(kind && topic && sentiment);
    const heads = {
      kind: {
        ...kind,
        steadiness: undefined,
        mixed: {
          documents: 1,
          bySegment: share,
          byToken: share,
          byPart: share,
          baseline: { bySegment: share, byToken: share },
        },
      },
      topic: { ...topic, metrics: undefined, steadiness: undefined },
      sentiment: {
        labels: sentiment.labels,
        threshold: 0.6,
        metrics: { file: "reviews.jsonl", split: "test", unseenProjects: { labels: ["pos"], seen: ["blame"] } },
      },
    };
    await writeFile(path.join(model, "card.json"), JSON.stringify({ ...bundled, heads }));
  });
  after(() => folders.removeAll());

  it("measures what --only names and keeps the rest", async () => {
    const before = await readCard();
    const { stdout } = await run("--only", "sentiment/metrics");
    const { kind, topic, sentiment } = (await readCard()).heads;
    assert.deepEqual([kind, topic], [before.heads.kind, before.heads.topic]);
    const metrics = sentiment?.metrics;
    assert.equal(metrics?.n, 4);
    // Praise and blame are told apart; the blank text counts as wrong, and as not sure.
    assert.equal(metrics.accuracy, 0.5);
    assert.deepEqual(metrics.unseenProjects, {
      labels: ["pos"],
      seen: ["blame"],
      n: 1,
      accuracy: 1,
      interval95: [0.206549, 1],
    });
    assert.deepEqual([metrics.sure?.coverage, metrics.sure?.n, metrics.sure?.accuracy], [0.75, 3, 0.666667]);
    assert.deepEqual(JSON.parse(stdout.replace("sentiment: ", "")), { metrics });
  });

  it("keeps no figure of other weights", async () => {
    const file = path.join(model, "config.json");
    await writeFile(file, `${await readFile(file, "utf8")}\n`);
    await run("--only", "sentiment/metrics");
    const { kind, sentiment } = (await readCard()).heads;
    assert.equal(kind?.mixed, undefined);
    assert.deepEqual(Object.keys(kind?.metrics ?? {}).sort(), ["baseline", "file", "unseenProjects"]);
    assert.equal(sentiment?.metrics?.n, 4);
    // The engine's own check of the folder against the card.
    await readCheckpoint(model);
  });

  it("says which parts there are", async () => {
    const before = await readFile(path.join(model, "card.json"), "utf8");
    const { stderr } = await run("--only", "topic");
    assert.match(
      stderr,
      /^The card has no part "topic": --only can be one of kind\/metrics, kind\/beginnings, kind\/steadiness, kind\/mixed, /,
    );
    assert.equal(await readFile(path.join(model, "card.json"), "utf8"), before);
  });
});

describe("the figures of a card", () => {
  const folders = new CheckpointFolders();
  let engine: EngineClient;
  before(() => {
    engine = createEngine();
  });
  after(async () => {
    engine.dispose();
    await folders.removeAll();
  });

  it("tell how sure a head is of the beginnings of texts, and how often it is right", async () => {
    const reader = await HeadReader.open(engine, TINY, "sentiment");
    const rows = [row("pos", `${PRAISE} ${BLAME}`), row("neg", `${BLAME} ${PRAISE}`), row("neg", `${PRAISE} ${BLAME}`)];
    const short = row("neg", PRAISE);
    const tokens = reader.countTokens(PRAISE);
    const found = await measureBeginnings(reader, [short, ...rows], { tokens, rows: 9 });
    // What is no longer than a beginning is left out, and of the others only that counts.
    assert.ok(found);
    assert.deepEqual([found.tokens, found.n, found.accuracy], [tokens, 3, 2 / 3]);
    const [alone] = await reader.read([short]);
    assert.ok(alone && found.ece > 0 && found.ece < alone.confidence);
    assert.equal((await measureBeginnings(reader, rows, { tokens, rows: 2 }))?.n, 2);
    assert.equal(await measureBeginnings(reader, [short], { tokens, rows: 9 }), undefined);
  });

  it("compare long documents with their members, and segmentations with each other", async () => {
    const reader = await HeadReader.open(engine, TINY, "sentiment");
    // One of the three negative reviews is wrongly labelled: alone it is an error, among the others it is not.
    const rows = [
      row("pos", PRAISE),
      row("neg", BLAME),
      row("neg", `${BLAME} Awful.`),
      row("neg", PRAISE),
      row("neg", ""),
    ];
    const tokens = 3 * reader.countTokens(`${BLAME} Awful.`);
    const size = { long: { tokens, perLabel: 3 }, sample: { rows: 4, tokens: 1000 } };
    const { long, alone, segmentations } = await measureSteadiness(reader, rows, size);
    // The rows of neither label are enough for two documents.
    assert.equal(long.n, 2);
    assert.equal(alone.n, 4);
    assert.ok(alone.accuracy > 0.5 && alone.accuracy < 1, String(alone.accuracy));
    assert.ok(long.accuracy > alone.accuracy, `${long.accuracy} ${alone.accuracy}`);
    assert.deepEqual(Object.keys(segmentations).sort(), ["fixed", "paragraph", "section", "sentence"]);
    assert.ok(Object.values(segmentations).every(({ n }) => n === 4));
    assert.deepEqual(await measureSteadiness(reader, rows, size), { long, alone, segmentations });
  });

  it("find the kinds of a mixed document's parts", async () => {
    const reader = await HeadReader.open(engine, TINY, "kind");
    const rows = [row("legal_contract", paragraphs(CLAUSE, 8)), row("recipe", paragraphs(STEP, 8))];
    const { documents, bySegment, byToken, byPart, baseline } = await measureMixed(reader, rows, 6);
    assert.equal(documents, 6);
    assert.equal(byPart.n, 12);
    assert.ok(bySegment.n >= 6 * 2 * 3 && byToken.n === bySegment.n);
    assert.ok(bySegment.accuracy > baseline.bySegment.accuracy, `${bySegment.accuracy} ${baseline.bySegment.accuracy}`);
    // One label for the whole of a document is right for one of its two parts at most.
    assert.ok(byPart.accuracy > 0.5, String(byPart.accuracy));
  });

  it("are not made up of a head without labels of segments", async () => {
    const modelFolder = await folders.empty();
    await writePublicCheckpoint(modelFolder, { d: 32, layers: 2 });
    const reader = await HeadReader.open(engine, modelFolder, "classifier");
    const rows = [row("dull", paragraphs(CLAUSE, 8)), row("odd", paragraphs(STEP, 8))];
    await assert.rejects(
      measureMixed(reader, rows, 1),
      /^UserError: The head "classifier" has no labels of segments: /,
    );
  });
});
