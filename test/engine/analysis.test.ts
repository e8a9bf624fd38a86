import assert from "node:assert/strict";
import { argmax, POOLING_STATISTICS, type Analysis } from "../../src/analysis/analysis";
import { poolingAt } from "../../src/analysis/segmentFigures";
import { tokenizeText } from "../../src/engine/document";
import { loadModel } from "../../src/engine/model";
import type { Progress } from "../../src/engine/protocol";
import { leadOf, sequenceOf } from "../../src/engine/sequence";
import { readCheckpoint } from "../../src/models/checkpoint";
import { rowsOf } from "../../src/ponet/step";
import { TINY } from "./checkpoints";
import { analyze, analyzeHere, createEngine, prose, RECORDS } from "./engine";

const close = (a: number, b: number, tolerance: number) => {
  assert.ok(Math.abs(a - b) <= tolerance, `${a} and ${b} differ by more than ${tolerance}`);
};

/** The sum over layers' cells of one statistic, per layer. */
function perLayer({ pooling, segmentTokens }: Analysis, statistic: (typeof POOLING_STATISTICS)[number]): number[] {
  const column = POOLING_STATISTICS.indexOf(statistic);
  return Array.from({ length: pooling.layers }, (_, layer) =>
    segmentTokens.reduce(
      (sum, _, k) =>
        sum + (pooling.values[(layer * segmentTokens.length + k) * POOLING_STATISTICS.length + column] ?? NaN),
      0,
    ),
  );
}

describe("an analysis", () => {
  const engine = createEngine();
  after(() => {
    engine.dispose();
  });

  it("knows a recipe from a court opinion", async () => {
    const recipe =
      "# Onion soup\n\n- 1 kg onions\n- 50 g butter\n- 1 litre stock\n\nSlice the onions. Melt the butter in a pan and cook the " +
      "onions gently for 40 minutes until golden.\n\nAdd the stock, simmer for 20 minutes, season with salt and serve hot.";
    const opinion =
      "The appellant appeals from the judgment of the Federal Magistrates Court dismissing the application for judicial review " +
      "of the decision of the Tribunal.\n\nThe appellant submitted that the Tribunal fell into jurisdictional error. I am not " +
      "satisfied that the Tribunal failed to comply with the Act. The appeal must be dismissed with costs.";
    const kind = ({ heads }: Analysis) => {
      const head = heads.find(({ name }) => name === "kind");
      return head?.labels[argmax(head.scores)];
    };
    assert.equal(kind(await analyze(engine, recipe)), "recipe");
    assert.equal(kind(await analyze(engine, opinion)), "court_opinion");
  });

  it("has contributions that add up to the document's logits, and scores that add up to 1", async () => {
    const { heads, segmentTokens } = await analyze(engine, prose(40));
    assert.equal(heads.length, 4);
    assert.equal(segmentTokens.length, 40);
    for (const { labels, logits, scores, contributions, contributionKind } of heads) {
      assert.equal(contributionKind, "additive");
      close(
        scores.reduce((a, b) => a + b),
        1,
        1e-5,
      );
      labels.forEach((_, l) => {
        close(
          segmentTokens.reduce((sum, _, k) => sum + (contributions[k * labels.length + l] ?? NaN), 0),
          logits[l] ?? NaN,
          1e-4,
        );
      });
    }
  });

  it("covers every character with its segments", async () => {
    const text = "\n\n  First.\r\n\r\nSecond.\u00a0\f\n\n\n\u200b\n\nThird";
    const { bounds, segmentTokens, tokens } = await analyze(engine, text);
    assert.equal(bounds[0], 0);
    assert.equal(bounds.at(-1), text.length);
    assert.ok(segmentTokens.every((n) => n > 0));
    assert.equal(
      segmentTokens.reduce((a, b) => a + b),
      tokens,
    );
  });

  it("is of the whole text, however many pieces it is sent in, and wherever they are cut", async () => {
    const { tokenizer } = await readCheckpoint(TINY);
    // A piece ends before a surrogate pair, and in the middle of one; the next one in a word.
    for (const start of ["ab", "a"]) {
      const text = `${start}${" ".repeat(2 ** 19 - 2)}\u{1F600} ${" ".repeat(2 ** 19 - 7)}a word or two.`;
      const { bounds, tokens } = await analyze(engine, text);
      assert.equal(bounds.at(-1), text.length);
      assert.equal(tokens, tokenizer.encode(text).ids.length);
    }
  });

  it("has pooling shares that are shares", async () => {
    const analysis = await analyze(engine, prose(30));
    for (const share of perLayer(analysis, "ga")) assert.ok(share > 0 && share < 1, String(share));
    for (const share of perLayer(analysis, "smp")) close(share, 1, 1e-4);
    for (const share of perLayer(analysis, "lmp")) assert.ok(share > 0 && share < 30, String(share));
  });

  it("has the mean norms of G, S' and L, each in its place", async () => {
    const model = await loadModel(TINY, { provider: "cpu", excluded: [], onTry: () => undefined }, RECORDS);
    const text = prose(6);
    const analysis = await analyzeHere(text, model);
    const document = tokenizeText(text, "notes.txt", analysis.bounds, model.tokenizer);
    const { config } = model.checkpoint;
    const names = [
      ["pfGlobal", "globalNorm"],
      ["pfSegment", "segmentNorm"],
      ["pfLocal", "localNorm"],
    ] as const;
    let compared = 0;
    for await (const step of model.network.run(sequenceOf(document, config), model.chunkRows)) {
      if (step.kind !== "computed") continue;
      for (const [statistic, name] of names) {
        const norms = rowsOf(step, name).subarray(leadOf(config));
        analysis.segmentTokens.forEach((tokens, k) => {
          const [start = 0, end = start] = document.tokenBounds.subarray(k, k + 2);
          const mean = norms.subarray(start, end).reduce((sum, norm) => sum + norm, 0) / tokens;
          const found = poolingAt(analysis, step.layer, k)[POOLING_STATISTICS.indexOf(statistic)] ?? NaN;
          close(found, mean, 1e-4 * mean);
          compared++;
        });
      }
    }
    assert.equal(compared, config.layers * names.length * analysis.segmentTokens.length);
    await model.network.release();
  });

  it("tells its speeds in tokens per second of its phases", async () => {
    let last: Progress | undefined;
    const { tokens, timings } = await analyze(engine, prose(40), {}, { onProgress: (progress) => (last = progress) });
    const { segmentMs, tokenizeMs, inferMs, totalMs, tokensPerSecond } = timings;
    const speeds: [speed: number | undefined, ms: number][] = [
      [last?.tokensPerSecond.segmenting, segmentMs],
      [last?.tokensPerSecond.tokenizing, tokenizeMs],
      [tokensPerSecond, totalMs],
    ];
    for (const [speed = NaN, ms] of speeds) close((speed * ms) / 1000, tokens, 1e-6 * tokens);
    close(segmentMs + tokenizeMs + inferMs, totalMs, 1e-6 * totalMs);
  });

  it("says which CPU computed it", async () => {
    const { provider, adapter, trials } = await analyze(engine, "Hello.");
    assert.deepEqual([provider, trials], ["cpu", []]);
    assert.ok(adapter);
  });

  it("reads a document of any length whole", async () => {
    const part = prose(400);
    const one = await analyze(engine, part);
    const copies = 6;
    const long = await analyze(engine, Array.from({ length: copies }, () => part).join("\n\n"));
    assert.equal(long.tokens, copies * one.tokens);
    assert.ok(long.tokens > 100_000);
    for (const share of perLayer(long, "smp")) close(share, 1, 1e-3);
    for (const [h, head] of long.heads.entries()) {
      const scale = Math.max(1, ...head.logits.map(Math.abs));
      head.logits.forEach((logit, l) => {
        const { labels, contributions } = head;
        const column = long.segmentTokens.reduce((sum, _, k) => sum + (contributions[k * labels.length + l] ?? NaN), 0);
        close(column, logit, 1e-4);
        // The same text over and over says what the text says.
        close(logit, one.heads[h]?.logits[l] ?? NaN, 0.05 * scale);
      });
    }
  }).timeout(240_000);

  it("tokenizes of a text that was edited the lines that changed alone", async () => {
    const model = await loadModel(TINY, { provider: "cpu", excluded: [], onTry: () => undefined }, RECORDS);
    const { tokenizer } = model.checkpoint;
    const encode = tokenizer.encode.bind(tokenizer);
    let tokenized: string[] = [];
    tokenizer.encode = (text) => {
      tokenized.push(text);
      return encode(text);
    };
    const lines = prose(40).split("\n");
    const edited = lines.with(20, `${lines[20]} And this was added.`).join("\n");
    await analyzeHere(lines.join("\n"), model);
    tokenized = [];
    const analysis = await analyzeHere(edited, model);
    assert.deepEqual(
      tokenized.map((text) => text.trim()),
      [`${lines[20]} And this was added.`],
    );
    assert.deepEqual(analysis.heads, (await analyze(engine, edited)).heads);
    await model.network.release();
  });
});
