import assert from "node:assert/strict";
import type { Analysis } from "../../src/analysis/analysis";
import { addPart, type Finding, type Part } from "../../src/analysis/draft";
import { poolingAt } from "../../src/analysis/segmentFigures";
import type { ClientRequest } from "../../src/engine/client";
import type { Phase, Progress } from "../../src/engine/protocol";
import { CheckpointFolders, TINY, writePublicCheckpoint } from "./checkpoints";
import { analyze, createEngine, prose } from "./engine";

const close = (actual: number | undefined, expected: number | undefined, what: string) => {
  assert.ok(Math.abs((actual ?? NaN) - (expected ?? NaN)) <= 1e-4, `${what}: ${actual}, expected ${expected}`);
};

/** A draft, copied when it was first heard of, and what was found of it since, as a page gets them. */
class Told {
  draft: Analysis | undefined;
  parts = 0;

  readonly onFound = (draft: Analysis, parts: readonly Part[]): void => {
    if (this.draft) for (const part of parts) addPart(this.draft, part);
    this.draft ??= structuredClone(draft);
    this.parts += parts.length;
  };
}

describe("what is asked of an analysed text", () => {
  const engine = createEngine();
  const folders = new CheckpointFolders();
  after(async () => {
    engine.dispose();
    await folders.removeAll();
  });

  const text = prose(30);
  const paragraphs = text.split("\n\n");
  const request = (changed: Partial<ClientRequest> = {}): ClientRequest => ({
    ...{ name: "notes.txt", modelFolder: TINY, provider: "cpu", segmentation: "paragraph", text },
    ...changed,
  });
  const named = (heads: readonly { readonly name: string }[]) => heads.map(({ name }) => name);

  it("a segment's leave-one-out effect is what a text without it loses", async () => {
    const whole = await analyze(engine, text);
    const { segments, heads } = await engine.explain(request(), [7, 0]);
    assert.deepEqual(segments, [7, 0]);
    assert.deepEqual(named(heads), named(whole.heads));
    for (const [row, segment] of segments.entries()) {
      const rest = await analyze(engine, paragraphs.filter((_, k) => k !== segment).join("\n\n"));
      heads.forEach(({ lost, labels }, h) => {
        labels.forEach((label, l) => {
          const expected = (whole.heads[h]?.logits[l] ?? NaN) - (rest.heads[h]?.logits[l] ?? NaN);
          close(lost[row * labels.length + l], expected, label);
        });
      });
    }
  });

  it("is refused where the model has been trained on since", async () => {
    const { modelKey } = await analyze(engine, text);
    assert.match(modelKey, /^ponet-tiny@[0-9a-f]{12}$/);
    await engine.explain(request({ modelKey }), [0]);
    const asked = request({ modelKey: "ponet-tiny@000000000000" });
    const refusal = /ponet-tiny" has been changed since "notes\.txt" was classified: classify it again/;
    await assert.rejects(engine.explain(asked, [0]), refusal);
    await assert.rejects(engine.tokens(asked, 0), refusal);
  });

  it("leaving the only segment out loses everything", async () => {
    const { heads } = await engine.explain(request({ text: "Hello." }), [0]);
    const whole = await analyze(engine, "Hello.");
    assert.deepEqual(named(heads), named(whole.heads));
    heads.forEach(({ lost }, h) => {
      assert.deepEqual(lost, whole.heads[h]?.logits);
    });
  });

  it("a head that reads [CLS] is explained as it was analysed", async () => {
    const modelFolder = await folders.empty();
    await writePublicCheckpoint(modelFolder, { d: 64, layers: 2 });
    const short = paragraphs.slice(0, 4).join("\n\n");
    const [head] = (await analyze(engine, short, { modelFolder })).heads;
    const explained = await engine.explain(request({ modelFolder, text: short }), [2]);
    assert.ok(head);
    head.labels.forEach((label, l) => {
      close(explained.heads[0]?.lost[l], head.contributions[2 * head.labels.length + l], label);
    });
  });

  it("what such a head has is all found on the way", async () => {
    const modelFolder = await folders.empty();
    await writePublicCheckpoint(modelFolder, { d: 64, layers: 2 });
    const told = new Told();
    const short = paragraphs.slice(0, 4).join("\n\n");
    const whole = await analyze(engine, short, { modelFolder }, told);
    assert.deepEqual(told.draft?.heads, whole.heads);
    assert.ok(!whole.heads[0]?.contributions.some(Number.isNaN));
  });

  it("leaving segments out has a phase of its own, in which no text is read that nobody asked for", async () => {
    const modelFolder = await folders.empty();
    await writePublicCheckpoint(modelFolder, { d: 64, layers: 2 });
    let phases: Phase[] = [];
    const onProgress = ({ phase }: Progress) => phases.at(-1) !== phase && phases.push(phase);
    const [short, other] = [paragraphs.slice(0, 4).join("\n\n"), paragraphs.slice(0, 3).join("\n\n")];
    const { timings, tokens } = await analyze(engine, short, { modelFolder }, { onProgress });
    const reading: readonly Phase[] = ["loading", "segmenting", "tokenizing", "inferring"];
    assert.deepEqual(phases, [...reading, "leavingOut"]);
    const { segmentMs, tokenizeMs, inferMs, leaveOutMs = NaN, totalMs, tokensPerSecond } = timings;
    close(totalMs, segmentMs + tokenizeMs + inferMs + leaveOutMs, "the time");
    close(tokensPerSecond / ((1000 * tokens) / (totalMs - leaveOutMs)), 1, "the speed");

    phases = [];
    const fractions: number[] = [];
    const toEnd = (progress: Progress) => {
      onProgress(progress);
      fractions.push(progress.fraction);
    };
    const assertRose = (by: number) => {
      assert.deepEqual(
        fractions,
        fractions.toSorted((a, b) => a - b),
      );
      assert.ok(fractions.includes(by) && fractions.at(-1) === 1, fractions.join(", "));
    };
    await engine.tokens(request({ modelFolder, text: other }), 1, { onProgress: toEnd });
    assert.deepEqual(phases, reading);
    assertRose(7 / 8);
    phases = [];
    await engine.tokens(request({ modelFolder, text: other }), 2, { onProgress });
    assert.deepEqual(phases, ["loading", "inferring"]);
    phases = [];
    fractions.length = 0;
    await engine.explain(request({ modelFolder, text: short }), [1, 2], { onProgress: toEnd });
    assert.deepEqual(phases, [...reading, "leavingOut"]);
    assertRose(1 / 3);
    phases = [];
    await engine.explain(request({ modelFolder, text: short }), [0], { onProgress });
    assert.deepEqual(phases, ["loading", "leavingOut"]);
  });

  it("a text that is read again for it is told of without its figures", async () => {
    const kinds: string[] = [];
    const onFindings = (found: readonly Finding[]) => kinds.push(...found.map(({ kind }) => kind));
    const phases = new Set<string>();
    const onProgress = ({ phase }: Progress) => void phases.add(phase);
    await engine.tokens(request({ text: paragraphs.slice(0, 5).join("\n\n") }), 1, { onFindings, onProgress });
    assert.ok(phases.has("segmenting"), "it is read again");
    assert.deepEqual(kinds, []);
  });

  it("reports its progress and can be cancelled", async () => {
    const abort = new AbortController();
    const explaining = engine.explain(request({ text: prose(400) }), [1, 2, 3, 4, 5, 6, 7, 8, 9], {
      signal: abort.signal,
      onProgress: ({ phase, fraction }) => {
        if (phase === "leavingOut" && fraction > 0.2 && fraction < 0.9) abort.abort();
      },
    });
    await assert.rejects(explaining, { name: "CancelledError" });
  });

  for (const segment of [0, 13, 29]) {
    it(`the tokens of segment ${segment} add up to what it has`, async () => {
      const whole = await analyze(engine, text);
      const { starts, ends, heads, layers, attention } = await engine.tokens(request(), segment);
      const tokens = whole.segmentTokens[segment] ?? 0;
      assert.equal(starts.length, tokens);
      assert.equal(text.slice(starts[0], ends[tokens - 1]), paragraphs[segment]);
      assert.deepEqual(named(heads), named(whole.heads));
      heads.forEach(({ contributions, labels }, h) => {
        labels.forEach((label, l) => {
          let sum = 0;
          for (let t = 0; t < tokens; t++) sum += contributions[t * labels.length + l] ?? NaN;
          close(sum, whole.heads[h]?.contributions[segment * labels.length + l], label);
        });
      });
      for (let layer = 0; layer < layers; layer++) {
        const sum = attention.subarray(layer * tokens, (layer + 1) * tokens).reduce((a, b) => a + b, 0);
        const [ga] = poolingAt(whole, layer, segment);
        close(sum, ga, `GA in layer ${layer}`);
      }
    });
  }

  it("what is found on the way adds up to the analysis, which has the offsets of the text's document", async () => {
    const told = new Told();
    const onFound = (draft: Analysis, parts: readonly Part[]): void => {
      if (!told.draft) assert.ok(draft.pooling.values.every(Number.isNaN));
      told.onFound(draft, parts);
    };
    const long = prose(600);
    const whole = await analyze(engine, long, { start: 1000 }, { onFound });
    const { timings, peakRssMb } = whole;
    assert.ok(told.parts > 5 && timings.totalMs > 0 && peakRssMb > 0);
    assert.deepEqual({ ...told.draft, timings, peakRssMb }, whole);
    assert.ok(!whole.pooling.values.some(Number.isNaN));
    assert.deepEqual([whole.bounds[0], whole.bounds.at(-1)], [1000, 1000 + long.length]);
  });
});
