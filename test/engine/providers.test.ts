import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import fs, { readdir, rm, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { mock } from "node:test";
import type { Analysis } from "../../src/analysis/analysis";
import { Asker } from "../../src/engine/asker";
import type { EngineClient } from "../../src/engine/client";
import { EngineProcess } from "../../src/engine/process";
import type { Progress } from "../../src/engine/protocol";
import { openNetwork } from "../../src/engine/providers/open";
import { TrialRecord } from "../../src/engine/providers/records";
import { tryAll } from "../../src/engine/providers/trials";
import { readCheckpoint } from "../../src/models/checkpoint";
import { PoNet } from "../../src/ponet/ponet";
import { isCpu, type ExecutionProvider } from "../../src/ponet/provider";
import { ROOT } from "../harness/environment";
import { until } from "../harness/until";
import { CheckpointFolders, rewrite, TINY } from "./checkpoints";
import { analyze, createEngine, prose, RECORDS } from "./engine";

// Linux builds of onnxruntime know CUDA and WebGPU; where neither finds a device, both are left out.
if (process.platform === "linux")
  describe("auto", () => {
    const GPUS = ["cuda", "webgpu"];
    const folders = new CheckpointFolders();
    const drivers = process.env.VK_ICD_FILENAMES;
    let engine: EngineClient;
    let tried: ExecutionProvider[];
    before(() => {
      process.env.VK_ICD_FILENAMES = "/no/driver";
    });
    beforeEach(async () => {
      await rm(RECORDS, { recursive: true, force: true });
      engine = createEngine();
      tried = [];
    });
    afterEach(() => {
      engine.dispose();
    });
    after(async () => {
      if (drivers === undefined) delete process.env.VK_ICD_FILENAMES;
      else process.env.VK_ICD_FILENAMES = drivers;
      await folders.removeAll();
      await rm(RECORDS, { recursive: true, force: true });
    });

    const hello = (request = {}): Promise<Analysis> =>
      analyze(
        engine,
        "Hello.",
        { provider: "auto", ...request },
        { onProgress: ({ trying }) => trying && tried.push(trying) },
      );
    const another = () => {
      engine.dispose();
      engine = createEngine();
      tried = [];
    };

    it("times the CPU in float32 and in int8, takes the faster, and says why each of the others was left out", async () => {
      const { provider, trials } = await hello();
      assert.deepEqual(tried, GPUS);
      const [fastest, slower, cuda, webgpu] = trials;
      assert.equal(provider, fastest?.provider);
      assert.deepEqual([fastest?.provider, slower?.provider].sort(), ["cpu", "cpu-int8"]);
      for (const cpu of [fastest, slower]) assert.ok(cpu?.adapter !== undefined && cpu.leftOut === undefined);
      assert.ok((fastest?.tokensPerSecond ?? 0) >= (slower?.tokensPerSecond ?? NaN));
      assert.deepEqual([cuda?.provider, webgpu?.provider], ["cuda", "webgpu"]);
      assert.match(cuda?.leftOut ?? "", /Failed to load shared library/);
      assert.match(webgpu?.leftOut ?? "", /No supported adapters/);
      another();
      assert.deepEqual((await hello()).trials, trials, "the next process remembers it");
      assert.deepEqual(tried, []);
    });

    it("tries again when it is told to, and prints once each time what runs and why others do not", async () => {
      const lines = new EventEmitter();
      const printed: string[] = [];
      engine.dispose();
      engine = createEngine(undefined, (line) => {
        if (line.includes(" runs on ")) printed.push(line);
        lines.emit("line");
      });
      await hello();
      await hello();
      assert.deepEqual(tried, GPUS);
      await engine.forgetProviders();
      await hello();
      assert.deepEqual(tried, [...GPUS, ...GPUS]);
      while (printed.length < 2) await once(lines, "line");
      assert.equal(printed.length, 2);
      assert.match(
        printed[0] ?? "",
        /^engine: PoNet runs on the CPU( \(int8\))?\. CUDA is not used: .+ WebGPU is not used: /,
      );
    });

    it("tries again when the record is damaged, and mends it", async () => {
      await hello();
      const [record = ""] = await readdir(RECORDS);
      await writeFile(path.join(RECORDS, record), '{"machine": "another", "trials": [{"provider": "abacus"}]}');
      another();
      await hello();
      assert.deepEqual(tried, GPUS);
      another();
      await hello();
      assert.deepEqual(tried, []);
    });

    it("tries again when the model's weights are others", async () => {
      const modelFolder = await folders.copyOfTiny();
      await hello({ modelFolder });
      // Written anew, they are still the same.
      await utimes(path.join(modelFolder, "model.safetensors"), 1, 1);
      another();
      await hello({ modelFolder });
      assert.deepEqual(tried, []);
      await rewrite(modelFolder, "model.safetensors", (bytes) => bytes.fill(0, bytes.length - 64));
      another();
      await hello({ modelFolder });
      assert.deepEqual(tried, GPUS);
    });

    it("tries again when another NVIDIA driver runs", async () => {
      const read = fs.readFile;
      let driver = "";
      mock.method(fs, "readFile", (...args: Parameters<typeof read>) =>
        args[0] === "/proc/driver/nvidia/version" ? Promise.resolve(driver) : read(...args),
      );
      const record = (): Promise<TrialRecord> => TrialRecord.of(TINY, "a model", RECORDS);
      const trials = [{ provider: "cpu", tokensPerSecond: 1 }] as const;
      try {
        await (await record()).write(trials);
        assert.deepEqual(await (await record()).read(), trials);
        driver = "Kernel Module  580.65.06";
        assert.equal(await (await record()).read(), undefined);
      } finally {
        mock.restoreAll();
      }
    });

    it("leaves out a provider that takes the process down, and another process does so too", async () => {
      const killing = await analyze(
        engine,
        "Hello.",
        { provider: "auto" },
        {
          onProgress: ({ trying }) => {
            if (trying === "webgpu" && engine.pid !== undefined) process.kill(engine.pid, "SIGKILL");
          },
        },
      );
      assert.ok(isCpu(killing.provider));
      assert.equal(killing.trials.find(({ provider }) => provider === "webgpu")?.leftOut, "it failed before");
      another();
      assert.deepEqual((await hello()).trials, killing.trials);
      assert.deepEqual(tried, []);
    });

    it("blames no provider for a crash after another was taken", async () => {
      const onProgress = ({ fraction }: Progress) => {
        if (fraction > 0 && engine.pid !== undefined) process.kill(engine.pid, "SIGKILL");
      };
      await assert.rejects(
        analyze(engine, prose(400), { provider: "auto" }, { onProgress }),
        /The engine stopped while it read "notes.txt"/,
      );
      assert.ok((await hello()).trials.every(({ leftOut }) => leftOut !== "it failed before"));
    });

    it("blames none either for what takes the process down without it, too", async () => {
      const onProgress = ({ fraction, trying }: Progress) => {
        if ((trying === "webgpu" || fraction > 0) && engine.pid !== undefined) process.kill(engine.pid, "SIGKILL");
      };
      await assert.rejects(
        analyze(engine, prose(400), { provider: "auto" }, { onProgress }),
        /The engine stopped while it read "notes.txt"/,
      );
      assert.ok((await hello()).trials.every(({ leftOut }) => leftOut !== "it failed before"));
    });

    it("reads a document on the CPU on which a GPU has failed, and takes that no more", async () => {
      engine.dispose();
      engine = createEngine(path.join(ROOT, "out/test/engine/failingGpu.js"));
      const { provider, trials } = await hello();
      assert.ok(isCpu(provider));
      assert.equal(trials.find((trial) => trial.provider === "webgpu")?.leftOut, "it failed before");
    });

    it("reads a document on the CPU on which a GPU crashes that has read one before, and takes that no more", async () => {
      engine.dispose();
      engine = createEngine(path.join(ROOT, "out/test/engine/dyingGpu.js"));
      await hello();
      for (let more = 0; more < 3; more++) {
        const { provider, trials } = await hello();
        assert.ok(isCpu(provider));
        assert.equal(trials.find((trial) => trial.provider === "webgpu")?.leftOut, "it failed before");
      }
    });

    it("blames no provider for the crash of a process that computes on the CPU, whatever it is asked", async () => {
      const settings = { modelFolder: TINY, provider: "auto", segmentation: "paragraph" } as const;
      const documents = [{ name: "notes.txt", text: "Hello." }];
      await engine.classify(documents, settings);
      const { pid } = engine;
      assert.ok(pid !== undefined);
      process.kill(pid, "SIGSTOP");
      const asking = mock.method(EngineProcess.prototype, "ask");
      const failed = assert.rejects(engine.classify(documents, settings), /The engine stopped while it read/);
      await until(() => asking.mock.callCount() > 0);
      asking.mock.restore();
      process.kill(pid, "SIGKILL");
      await failed;
      another();
      assert.ok((await hello()).trials.every(({ leftOut }) => leftOut !== "it failed before"));
    });

    it("reads a document anew in another process where a GPU's device was lost, and does not leave that GPU out", async () => {
      const programs = ["out/test/engine/failingGpu.js", "dist/engine.js"];
      const log = (): void => undefined;
      const fork = () => new EngineProcess(path.join(ROOT, programs.shift() ?? ""), RECORDS, log);
      const asker = new Asker(fork, 0, log, () => assert.fail("no provider failed for good"));
      try {
        const settings = { modelFolder: TINY, provider: "auto", segmentation: "paragraph" } as const;
        await asker.ask("analyze", { ...settings, name: "notes.txt", text: "Hello." }, {});
      } finally {
        asker.dispose();
      }
      assert.deepEqual(programs, []);
      assert.ok((await hello()).trials.every(({ leftOut }) => leftOut !== "it failed before"));
      assert.deepEqual(tried, []);
    });

    it("asked for by name is tried again though it has failed, in a process that does not hold what it failed with", async () => {
      engine.dispose();
      engine = createEngine(path.join(ROOT, "out/test/engine/failingGpu.js"));
      await hello();
      await assert.rejects(hello({ provider: "webgpu" }), /^UserError: the device is lost/);
      assert.equal(engine.pid, undefined);
    });

    it("tries again when another GPU is in the place of the remembered one", async () => {
      const checkpoint = await readCheckpoint(TINY);
      // All providers' network; what it would compute does not matter.
      const network = await PoNet.load(checkpoint, "cpu");
      mock.method(network, "run", () => [].values());
      mock.method(network, "release", () => Promise.resolve());
      const model = { config: checkpoint.config, open: () => Promise.resolve(network) };
      const record = await TrialRecord.of(TINY, "a model", RECORDS);
      const cudaTrial = async (adapter: string) => {
        await record.write([{ provider: "cuda", adapter, tokensPerSecond: 1 }]);
        const { trials } = await openNetwork(model, { provider: "auto", excluded: [], onTry: () => undefined }, record);
        return trials.find(({ provider }) => provider === "cuda");
      };
      try {
        const { adapter = "" } = (await cudaTrial("Another GPU")) ?? {};
        assert.notEqual(adapter, "Another GPU");
        assert.equal((await cudaTrial(adapter))?.tokensPerSecond, 1, "it is remembered");
      } finally {
        mock.restoreAll();
        await network.release();
      }
    });

    it("leaves out a provider that is right, but fails over a longer document", async () => {
      const checkpoint = await readCheckpoint(TINY);
      const open = async (provider: ExecutionProvider) => {
        const network = await PoNet.load(checkpoint, provider);
        const run = network.run.bind(network);
        network.run = (sequence, ...rest) => {
          if (provider === "cpu-int8" && sequence.ids.length > 1000) throw new Error("out of memory");
          return run(sequence, ...rest);
        };
        return network;
      };
      const { network, trials } = await tryAll(
        { config: checkpoint.config, open },
        { excluded: ["cuda", "webgpu"], onTry: () => undefined },
      );
      await network.release();
      assert.equal(trials[0].provider, "cpu");
      assert.equal(trials.find(({ provider }) => provider === "cpu-int8")?.leftOut, "out of memory");
    });
  });
