import assert from "node:assert/strict";
import { performance } from "node:perf_hooks";
import { Meter } from "../../../src/engine/meter";
import type { Progress } from "../../../src/engine/protocol";

describe("the clock of an analysis", () => {
  let now = 0;
  before(() => {
    performance.now = () => now;
  });
  after(() => {
    Reflect.deleteProperty(performance, "now");
  });

  it("counts neither the time in which segments are left out nor that of a network for it to the speed", () => {
    let last: Progress | undefined;
    const meter = new Meter((progress) => {
      last = progress;
    });
    const told = () => [last?.phase, last?.fraction, last?.timeRemainingMs, last?.tokensPerSecond.inferring];
    now = 0;
    meter.begin("segmenting");
    now = 100;
    meter.begin("tokenizing");
    meter.tokens = 1000;
    now = 200;
    meter.begin("inferring", { part: [0, 0.25] });
    now = 700;
    meter.advance(0.5);
    assert.deepEqual(told(), ["inferring", 0.125, 3500, 1000]);
    now = 1200;
    meter.advance(1);
    meter.begin("loading", { part: [0.25, 1] });
    now = 5000;
    meter.begin("leavingOut", { part: [0.25, 1] });
    assert.deepEqual(told(), ["leavingOut", 0.25, undefined, 1000]);
    now = 6000;
    meter.advance(0.5);
    assert.deepEqual(told(), ["leavingOut", 0.625, 1000, 1000]);
    now = 7000;
    meter.advance(1);
    assert.deepEqual(told(), ["leavingOut", 1, 0, 1000]);
    assert.deepEqual(meter.stop(), {
      ...{ segmentMs: 100, tokenizeMs: 100, inferMs: 1000, leaveOutMs: 2000, totalMs: 3200 },
      tokensPerSecond: 1000 / 1.2,
    });
  });

  it("knows nothing of leaving out where nothing was", () => {
    now = 0;
    const meter = new Meter(() => undefined);
    meter.tokens = 10;
    meter.begin("inferring");
    now = 500;
    assert.deepEqual(meter.stop(), { segmentMs: 0, tokenizeMs: 0, inferMs: 500, totalMs: 500, tokensPerSecond: 20 });
  });
});
