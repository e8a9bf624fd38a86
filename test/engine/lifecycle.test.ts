import assert from "node:assert/strict";
import { ChildProcess, execFile, fork } from "node:child_process";
import { once } from "node:events";
import fs, { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { mock } from "node:test";
import timers from "node:timers/promises";
import { promisify } from "node:util";
import { CancelledError, UserError } from "../../src/errors";
import { EngineClient } from "../../src/engine/client";
import type { Phase, Progress } from "../../src/engine/protocol";
import { ROOT } from "../harness/environment";
import { until } from "../harness/until";
import { CheckpointFolders, rewrite, TINY } from "./checkpoints";
import { analyze, createEngine, prose, RECORDS } from "./engine";

const isRunning = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** A timer that is held back: what it would call, after how long, and how often it was begun anew. */
interface HeldTimer {
  readonly end: () => void;
  readonly ms: number;
  refreshed: number;
}

/** The next timer that is set. */
function nextTimer(): Promise<HeldTimer> {
  return new Promise((resolve) => {
    const hold = (end: () => void, ms: number) => {
      const timer = { end, ms, refreshed: 0, refresh: () => timer.refreshed++ };
      resolve(timer);
      return timer;
    };
    mock.method(globalThis, "setTimeout", hold, { times: 1 });
  });
}

describe("the engine process", () => {
  let engine: EngineClient;
  beforeEach(() => {
    engine = createEngine();
  });
  afterEach(() => {
    mock.restoreAll();
    engine.dispose();
  });

  it("starts with the first analysis and stays for the next", async () => {
    assert.equal(engine.pid, undefined);
    await analyze(engine, "Hello.");
    const { pid } = engine;
    assert.ok(pid);
    await analyze(engine, "Hello again.");
    assert.equal(engine.pid, pid);
  });

  it("reads a model anew that was trained further in its folder", async () => {
    const folders = new CheckpointFolders();
    try {
      const modelFolder = await folders.copyOfTiny();
      const before = await analyze(engine, prose(3), { modelFolder });
      await rewrite(modelFolder, "model.safetensors", (bytes) => {
        // The last weights of the last matrix.
        return Buffer.concat([bytes.subarray(0, -64), Buffer.alloc(64, 0x7f)]);
      });
      const after = await analyze(engine, prose(3), { modelFolder });
      assert.notDeepEqual(after.heads, before.heads);
    } finally {
      await folders.removeAll();
    }
  });

  it("says what is missing where onnxruntime's library does not load", async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), "ponet-engine-"));
    const library = "node_modules/onnxruntime-node";
    await cp(path.join(ROOT, "dist/engine.js"), path.join(folder, "engine.js"));
    for (const part of ["package.json", "dist"]) {
      await cp(path.join(ROOT, library, part), path.join(folder, library, part), { recursive: true });
    }
    const bare = createEngine(path.join(folder, "engine.js"));
    const sentence = /^onnxruntime, which computes the models, cannot be loaded \(Cannot find module .+\): .+\.$/;
    try {
      for (const asking of [() => analyze(bare, prose(30)), () => analyze(bare, "Again."), () => bare.describe(TINY)]) {
        await assert.rejects(asking, (error) => error instanceof UserError && sentence.test(error.message));
      }
    } finally {
      bare.dispose();
      await rm(folder, { recursive: true });
    }
  });

  it("leaves no trace in the home folder: onnxruntime's own telemetry, on unless told otherwise, keeps an id there", async () => {
    const home = await mkdtemp(path.join(os.tmpdir(), "ponet-home-"));
    const { env } = process;
    // Telemetry is off wherever a variable of a build server is set.
    process.env = { PATH: env.PATH, HOME: home };
    try {
      await analyze(engine, "Hello.");
      assert.deepEqual(await readdir(home, { recursive: true }), []);
    } finally {
      process.env = env;
      await rm(home, { recursive: true });
    }
  });

  it("leaves the cores to the editor first", async () => {
    await analyze(engine, "Hello.");
    assert.ok(engine.pid);
    const low = os.constants.priority.PRIORITY_BELOW_NORMAL;
    assert.equal(os.getPriority(engine.pid), Math.max(os.getPriority(), low));
  });

  it("reports its phases in order", async () => {
    const phases: Phase[] = [];
    await analyze(engine, prose(3), {}, { onProgress: ({ phase }) => phases.at(-1) !== phase && phases.push(phase) });
    assert.deepEqual(phases, ["loading", "segmenting", "tokenizing", "inferring"]);
  });

  it("reports its memory, the speed of each phase and the time that remains", async () => {
    const reports: Progress[] = [];
    await analyze(engine, prose(400), {}, { onProgress: (progress) => reports.push(progress) });
    assert.ok(reports.every(({ rssMb }) => rssMb > 10 && rssMb < 10_000));
    const last = reports.at(-1);
    assert.deepEqual(Object.keys(last?.tokensPerSecond ?? {}), ["segmenting", "tokenizing", "inferring"]);
    assert.ok(Object.values(last?.tokensPerSecond ?? {}).every((speed) => speed > 0));
    assert.ok((last?.timeRemainingMs ?? -1) >= 0);
  });

  it("answers requests made at once in their order", async () => {
    const answers = await Promise.all([1, 2, 3].map((n) => analyze(engine, prose(n))));
    assert.deepEqual(
      answers.map(({ segmentTokens }) => segmentTokens.length),
      [1, 2, 3],
    );
  });

  it("stops a cancelled analysis, and the next one works", async () => {
    await analyze(engine, "Warm up.");
    const { pid } = engine;
    const abort = new AbortController();
    let reached = NaN;
    const long = analyze(
      engine,
      prose(4000),
      {},
      {
        signal: abort.signal,
        // Told after the caller has left, too: of all that the process still does.
        onProgress: ({ phase, fraction }) => {
          reached = fraction;
          if (phase === "inferring") abort.abort();
        },
      },
    );
    await assert.rejects(long, CancelledError);
    assert.equal((await analyze(engine, "Still here.")).segmentTokens.length, 1);
    assert.ok(reached < 1, "it stopped before its end");
    assert.equal(engine.pid, pid);
  });

  // Windows has no signal that holds a process.
  if (process.platform !== "win32")
    it("is replaced when it hangs after an analysis was cancelled", async () => {
      await analyze(engine, "Warm up.");
      const { pid } = engine;
      assert.ok(pid);
      const abort = new AbortController();
      const grace = nextTimer();
      const long = analyze(
        engine,
        prose(4000),
        {},
        {
          signal: abort.signal,
          onProgress: ({ phase }) => {
            if (phase !== "inferring") return;
            process.kill(pid, "SIGSTOP");
            abort.abort();
          },
        },
      );
      await assert.rejects(long, CancelledError);
      const next = analyze(engine, "Next.");
      const timer = await grace;
      assert.equal(timer.ms, 10_000);
      timer.end();
      assert.equal((await next).segmentTokens.length, 1);
      assert.notEqual(engine.pid, pid);
    });

  // Windows has no signal that holds a process.
  if (process.platform !== "win32")
    it("is waited for no longer once it was to be killed, as where a driver holds it in the kernel", async () => {
      await analyze(engine, "Warm up.");
      const { pid } = engine;
      assert.ok(pid);
      const kill = mock.method(ChildProcess.prototype, "kill", () => true);
      try {
        const abort = new AbortController();
        const grace = nextTimer();
        const onProgress = ({ phase }: Progress) => {
          if (phase !== "inferring" || abort.signal.aborted) return;
          process.kill(pid, "SIGSTOP");
          abort.abort();
        };
        await assert.rejects(analyze(engine, prose(4000), {}, { signal: abort.signal, onProgress }), CancelledError);
        const next = analyze(engine, "Next.");
        (await grace).end();
        assert.equal((await next).segmentTokens.length, 1);
        assert.notEqual(engine.pid, pid);
      } finally {
        kill.mock.restore();
        process.kill(pid, "SIGKILL");
      }
    });

  // Windows has no signal that holds a process.
  if (process.platform !== "win32")
    it("is not asked again, under auto, to try a provider that hung", async () => {
      const request = { provider: "auto" } as const;
      const abort = new AbortController();
      const grace = nextTimer();
      let hung: string | undefined;
      const onProgress = ({ trying }: Progress) => {
        if (!trying || abort.signal.aborted) return;
        hung = trying;
        assert.ok(engine.pid);
        process.kill(engine.pid, "SIGSTOP");
        abort.abort();
      };
      await assert.rejects(analyze(engine, "Hello.", request, { signal: abort.signal, onProgress }), CancelledError);
      const tried: unknown[] = [];
      const next = analyze(engine, "Next.", request, {
        onProgress: ({ trying }) => {
          tried.push(trying);
        },
      });
      (await grace).end();
      await next;
      assert.ok(hung !== undefined && !tried.includes(hung), `${hung} is tried again`);
      await engine.forgetProviders();
    });

  it("is left to load its model for the next analysis when one was cancelled meanwhile", async () => {
    const abort = new AbortController();
    const grace = nextTimer();
    let pid: number | undefined;
    const onProgress = ({ phase }: Progress) => {
      if (phase !== "loading" || abort.signal.aborted) return;
      ({ pid } = engine);
      abort.abort();
    };
    // Which GPUs are tried is told, one by one.
    const request = { provider: "auto" } as const;
    await assert.rejects(analyze(engine, "Hello.", request, { signal: abort.signal, onProgress }), CancelledError);
    const timer = await grace;
    assert.equal(timer.ms, 60_000);
    await analyze(engine, "Next.", request);
    assert.ok(pid !== undefined && engine.pid === pid);
    assert.ok(timer.refreshed > 0, "what it went on to do is heard of");
    await rm(RECORDS, { recursive: true });
  });

  // Windows has no signal that holds a process.
  if (process.platform !== "win32")
    it("is not left to load what was cancelled when the next analysis takes another provider", async () => {
      // Nor is it ended by its grace, which never runs out.
      void nextTimer();
      const abort = new AbortController();
      const onProgress = ({ phase }: Progress) => {
        if (phase !== "loading" || abort.signal.aborted) return;
        assert.ok(engine.pid);
        process.kill(engine.pid, "SIGSTOP");
        abort.abort();
      };
      await assert.rejects(analyze(engine, "Hello.", {}, { signal: abort.signal, onProgress }), CancelledError);
      await analyze(engine, "Next.", { provider: "cpu-int8" });
    });

  it("does not start an analysis that was cancelled while it waited", async () => {
    const abort = new AbortController();
    let ended = false;
    const first = analyze(engine, prose(50)).finally(() => (ended = true));
    const second = analyze(engine, prose(50), {}, { signal: abort.signal, onProgress: () => assert.fail("it ran") });
    abort.abort();
    await assert.rejects(second, CancelledError);
    assert.ok(!ended, "it waited for its turn");
    await first;
    await analyze(engine, "The next one.");
  });

  it("may be killed in the middle of an analysis: one sentence, and the next analysis works", async () => {
    await analyze(engine, "Warm up.");
    const { pid } = engine;
    assert.ok(pid);
    const long = analyze(
      engine,
      prose(4000),
      {},
      {
        onProgress: ({ phase }) => {
          if (phase === "inferring") process.kill(pid, "SIGKILL");
        },
      },
    );
    await assert.rejects(long, (error) => error instanceof UserError && error.message.includes('"notes.txt"'));
    await analyze(engine, "Back again.");
    assert.notEqual(engine.pid, pid);
  });

  const crash = async (): Promise<void> => {
    const killed = analyze(
      engine,
      prose(4000),
      {},
      { onProgress: () => engine.pid && process.kill(engine.pid, "SIGKILL") },
    );
    await assert.rejects(killed, UserError);
  };

  it("waits before it comes back after a crash, longer after the next one", async () => {
    await crash();
    for (const wait of [250, 500]) {
      const waited = new Promise<readonly [end: () => void, ms: number]>((resolve) => {
        const hold = (ms: number) =>
          new Promise<void>((end) => {
            resolve([end, ms]);
          });
        mock.method(timers, "setTimeout", hold, { times: 1 });
      });
      const crashed = crash();
      const [end, ms] = await waited;
      assert.equal(ms, wait);
      assert.equal(engine.pid, undefined);
      end();
      await crashed;
    }
  });

  it("waits for nobody who has left before the wait began", async () => {
    await crash();
    const wait = timers.setTimeout;
    const forEver = (_: number, value: unknown, options: object) => wait(2 ** 31 - 1, value, options);
    mock.method(timers, "setTimeout", forEver, { times: 1 });
    const abort = new AbortController();
    const left = analyze(engine, "Hello.", {}, { signal: abort.signal });
    // Its turn has come, but not yet the answer of the file system to what is asked of the model's folder.
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    abort.abort();
    await assert.rejects(left, CancelledError);
    mock.restoreAll();
    await analyze(engine, "Back again.");
  });

  it("waits for no model folder that does not answer, as a share of the network may, once nobody asks for it", async () => {
    const asked = new Promise<void>((resolve) => {
      const silent = () => {
        resolve();
        return new Promise(() => undefined);
      };
      mock.method(fs, "readdir", silent, { times: 1 });
    });
    const abort = new AbortController();
    const left = analyze(engine, "Hello.", {}, { signal: abort.signal });
    await asked;
    abort.abort();
    await assert.rejects(left, CancelledError);
    await analyze(engine, "The next one.");
  });

  it("is replaced when the provider changes", async () => {
    await analyze(engine, "Hello.", { provider: "cpu" });
    const { pid } = engine;
    await analyze(engine, "Hello.", { provider: "cpu-int8" });
    assert.notEqual(engine.pid, pid);
  });

  it("ends after its idle time and comes back", async () => {
    await analyze(engine, "Hello.");
    const { pid } = engine;
    assert.ok(pid);
    engine.setIdleMinutes(1 / 60_000);
    await analyze(engine, "Hello.");
    await until(() => engine.pid === undefined && !isRunning(pid));
    await analyze(engine, "Hello.");
  });

  it("has its idle time in minutes", async () => {
    const timers = mock.method(globalThis, "setTimeout");
    engine.setIdleMinutes(5);
    await analyze(engine, "Hello.");
    assert.deepEqual(
      timers.mock.calls.map(({ arguments: [, ms] }) => ms),
      [300_000],
    );
  });

  // Windows has no such limit.
  if (process.platform !== "win32")
    it("that cannot be started, as its host has no file descriptor left, costs an analysis", async () => {
      const host = path.join(ROOT, "out/test/engine/noDescriptors.js");
      const limited = ["-c", 'ulimit -n 100 && exec "$0" "$1"', process.execPath, host];
      const { stdout } = await promisify(execFile)("sh", limited);
      assert.match(stdout, /^UserError: The engine stopped while it read "notes\.txt"/);
    });

  it("goes when its host goes", async () => {
    const host = fork(path.join(ROOT, "out/test/engine/orphan.js"), { silent: true });
    const [pid] = (await once(host, "message")) as [number];
    assert.ok(isRunning(pid));
    host.kill("SIGKILL");
    await until(() => !isRunning(pid));
  });
});
