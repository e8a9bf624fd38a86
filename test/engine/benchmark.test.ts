import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import path from "node:path";
import { mock } from "node:test";
import { benchmark, type Plan } from "../../src/benchmark/benchmark";
import { entrants } from "../../src/benchmark/entrants";
import type { Entrant } from "../../src/benchmark/heat";
import { grid } from "../../src/benchmark/report";
import { CancelledError } from "../../src/errors";
import { ROOT } from "../harness/environment";
import { until } from "../harness/until";

const all = entrants(path.join(ROOT, "dist/benchmark.js"));
const named = (...names: string[]): Entrant[] => all.filter(({ name }) => names.includes(name));

function plan(entering: readonly Entrant[], some: Partial<Plan> = {}): Plan {
  return { entrants: entering, providers: ["cpu"], lengths: [512], rounds: 2, ...some };
}

describe("the benchmark", () => {
  it("reads a short sequence with every mixing, in a process each", async () => {
    const progress: number[] = [];
    const report = await benchmark(plan(all), { onProgress: (_, fraction) => progress.push(fraction) });
    assert.deepEqual(
      report.measurements.map(({ name, failure }) => [name, failure]),
      all.map(({ name }) => [name, undefined]),
    );
    for (const { milliseconds, tokensPerSecond = 0, peakMb = 0 } of report.measurements) {
      assert.equal(milliseconds.length, 2);
      assert.ok(tokensPerSecond > 0 && peakMb > 50);
    }
    assert.deepEqual(progress, [...progress].sort());
    assert.match(report.machine.runtimes.join(), /^onnxruntime \d/);
    assert.ok(report.adapters.cpu);
  });

  it("leaves an entrant out where a sequence is longer than it reads", async () => {
    const short = named("average").map((entrant) => ({ ...entrant, longest: 512 }));
    const report = await benchmark(plan([...named("products"), ...short], { lengths: [512, 1024], rounds: 1 }));
    const { rows } = grid(report, "cpu", "tokensPerSecond");
    assert.deepEqual(
      rows.map(({ cells }) => cells.map((cell) => cell !== undefined)),
      [
        [true, true],
        [true, false],
      ],
    );
  });

  it("tells why an entrant failed, and measures the others", async () => {
    const [average] = named("average");
    assert.ok(average);
    const unknown: Entrant = {
      ...average,
      name: "unknown",
      launch: (configuration) => average.launch({ ...configuration, name: "unknown" }),
    };
    const { measurements } = await benchmark(plan([average, unknown], { rounds: 1 }));
    assert.deepEqual(
      measurements.map(({ failure }) => failure),
      [undefined, 'nothing is called "unknown"'],
    );
  });

  it("says why a provider cannot be measured", async () => {
    const report = await benchmark(plan(named("average"), { providers: ["dml"] }));
    assert.deepEqual(report.measurements, []);
    assert.match(report.leftOut.dml ?? "", /backend not found/);
    assert.ok(report.whole);
  });

  it("goes on without a provider that does not answer", async () => {
    const [average] = named("average");
    assert.ok(average);
    const hanging: Entrant = {
      ...average,
      launch: (configuration) =>
        configuration.provider === "cpu"
          ? average.launch(configuration)
          : spawn(process.execPath, ["-e", "setInterval(() => undefined, 1000)"], { stdio: "pipe" }),
    };
    mock.timers.enable({ apis: ["setTimeout"] });
    try {
      let now = "";
      const running = benchmark(plan([hanging], { providers: ["dml", "cpu"], rounds: 1 }), {
        onProgress: (what) => (now = what),
      });
      while (now !== "Trying DirectML") await new Promise(setImmediate);
      mock.timers.tick(60_000);
      const { leftOut, measurements } = await running;
      assert.deepEqual([leftOut, measurements.length], [{ dml: "it does not answer" }, 1]);
    } finally {
      mock.timers.reset();
    }
  });

  it("ends its processes when it is cancelled", async () => {
    const abort = new AbortController();
    const running = benchmark(plan(named("average"), { rounds: 1000 }), {
      signal: abort.signal,
      onProgress: (_, fraction) => {
        if (fraction > 0) abort.abort();
      },
    });
    await assert.rejects(running, CancelledError);
    const left = () => process.getActiveResourcesInfo().filter((name) => name === "ProcessWrap").length;
    await until(() => left() === 0);
  });
});
