import assert from "node:assert/strict";
import { format } from "prettier";
import { markdown } from "../../../src/benchmark/markdown";
import { median } from "../../../src/benchmark/median";
import { parseReport } from "../../../src/benchmark/parseReport";
import { failuresOf, grid, ratios, type Measurement, type Report } from "../../../src/benchmark/report";

const measured = (name: string, title: string, length: number, tokensPerSecond: number): Measurement => ({
  provider: "cpu",
  name,
  title,
  length,
  milliseconds: [1],
  tokensPerSecond,
  peakMb: 1234.4,
});

const REPORT: Report = {
  date: "2026-01-01T00:00:00.000Z",
  machine: { cpu: "A CPU", cores: 2, memoryGb: 8, system: "Linux 6", runtimes: ["onnxruntime 1"] },
  model: { width: 256, layers: 4, intermediate: 1024, heads: 4 },
  rounds: 5,
  whole: true,
  adapters: { cpu: "A CPU" },
  leftOut: { webgpu: "no adapter" },
  measurements: [
    measured("ponet", "PoNet", 512, 12_000),
    measured("ponet", "PoNet", 32_768, 10_000),
    measured("transformer", "Transformer", 512, 8000),
    {
      provider: "cpu",
      name: "transformer",
      title: "Transformer",
      length: 1024,
      milliseconds: [],
      failure: "it ended",
    },
  ],
};

describe("the benchmark's report", () => {
  it("has a row a contestant and a column a length", () => {
    assert.deepEqual(grid(REPORT, "cpu", "tokensPerSecond"), {
      lengths: [512, 1024, 32_768],
      rows: [
        { name: "ponet", title: "PoNet", cells: [12_000, undefined, 10_000] },
        { name: "transformer", title: "Transformer", cells: [8000, undefined, undefined] },
      ],
    });
  });

  it("compares where both were measured", () => {
    assert.deepEqual(ratios(REPORT, "cpu").rows, [
      { name: "ponet/transformer", title: "PoNet / Transformer", cells: [1.5, undefined, undefined] },
    ]);
  });

  it("is Markdown as Prettier leaves it, with what failed and the machine", async () => {
    const text = markdown(REPORT);
    assert.equal(await format(`${text}\n`, { parser: "markdown", printWidth: 120 }), `${text}\n`);
    assert.match(text, /\| PoNet +\| 12,000 \| +– \| 10,000 \|/);
    assert.match(text, /- WebGPU: no adapter\n- Transformer, 1,024 tokens: it ended/);
    assert.match(text, /A CPU, 2 cores, 8 GB; Linux 6, onnxruntime 1/);
  });

  it("names the provider of what failed where there are several", () => {
    const failed = REPORT.measurements.flatMap((one) => (one.failure === undefined ? [] : [one]));
    const measurements = [...REPORT.measurements, ...failed.map((one) => ({ ...one, provider: "cuda" as const }))];
    assert.deepEqual(failuresOf({ ...REPORT, measurements }), [
      "WebGPU: no adapter",
      "CPU: Transformer, 1,024 tokens: it ended",
      "CUDA: Transformer, 1,024 tokens: it ended",
    ]);
  });

  it("says where it is a part", () => {
    assert.match(
      markdown({ ...REPORT, whole: false }),
      /- This is not the whole benchmark: [^\n]+\n- WebGPU: no adapter/,
    );
    assert.doesNotMatch(markdown(REPORT), /whole/);
  });

  it("says of which memory the GPU's is not", () => {
    const measurements = REPORT.measurements.map((one) => ({ ...one, provider: "webgpu" as const }));
    assert.match(markdown({ ...REPORT, measurements }), /peak memory of each process, without what is on the GPU:/);
    assert.match(markdown(REPORT), /peak memory of each process, loading included:/);
  });

  it("takes the middle value", () => {
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([4, 1, 2, 3]), 2.5);
  });
});

describe("a benchmark's report that was kept", () => {
  const [measurement] = REPORT.measurements;

  it("is read as it was", () => {
    assert.deepEqual(parseReport(JSON.parse(JSON.stringify(REPORT))), REPORT);
    assert.deepEqual(parseReport({ ...REPORT, whole: undefined }), REPORT);
  });

  for (const [what, report] of Object.entries({
    "none at all": undefined,
    "without its machine": { ...REPORT, machine: undefined },
    "of a provider that nobody knows": { ...REPORT, measurements: [{ ...measurement, provider: "abacus" }] },
    "with a speed that no chart can show": { ...REPORT, measurements: [{ ...measurement, tokensPerSecond: 0 }] },
    "with a reason that is no sentence": { ...REPORT, leftOut: { webgpu: 5 } },
  })) {
    it(`is refused when it is ${what}`, () => {
      assert.equal(parseReport(report), undefined);
    });
  }
});
