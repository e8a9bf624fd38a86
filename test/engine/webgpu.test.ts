import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, realpathSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { isCpu } from "../../src/ponet/provider";
import { fromSetup, ROOT } from "../harness/environment";
import { TINY } from "./checkpoints";
import { analyze, createEngine, prose } from "./engine";

/** Chromium's software Vulkan, which lets WebGPU run where there is no GPU. */
const SWIFTSHADER = "libvk_swiftshader.so";

/** Where it lies: beside the browser; Debian's `chromium` is a script that starts the browser in a folder of its own. */
function swiftShaderFolder(): string {
  const folders = [path.dirname(realpathSync(fromSetup("CHROMIUM"))), "/usr/lib/chromium"];
  const found = folders.find((folder) => existsSync(path.join(folder, SWIFTSHADER)));
  assert.ok(found, `There is no ${SWIFTSHADER} in ${folders.join(" or ")}.`);
  return found;
}

if (process.platform === "linux" && process.arch === "x64")
  describe("the WebGPU provider", () => {
    let folder: string;
    const environment = { ...process.env };
    before(async () => {
      folder = await mkdtemp(path.join(os.tmpdir(), "ponet-vulkan-"));
      const libraries = swiftShaderFolder();
      const library = path.join(libraries, SWIFTSHADER);
      const driver = path.join(folder, "icd.json");
      await writeFile(
        driver,
        JSON.stringify({ file_format_version: "1.0.0", ICD: { library_path: library, api_version: "1.0.5" } }),
      );
      // The engine process inherits what the host has.
      Object.assign(process.env, { VK_ICD_FILENAMES: driver, LD_LIBRARY_PATH: libraries });
    });
    after(async () => {
      process.env = environment;
      await rm(folder, { recursive: true });
    });

    it("computes what the CPU computes", async () => {
      const engine = createEngine();
      try {
        const text = prose(8);
        const cpu = await analyze(engine, text);
        const gpu = await analyze(engine, text, { provider: "webgpu" });
        assert.deepEqual([gpu.provider, gpu.adapter, gpu.trials], ["webgpu", "SwiftShader", []]);
        for (const [h, head] of cpu.heads.entries()) {
          head.contributions.forEach((x, i) => {
            const other = gpu.heads[h]?.contributions[i] ?? NaN;
            assert.ok(Math.abs(x - other) < 1e-4, `${head.name}: ${x} on the CPU, ${other} on WebGPU`);
          });
        }
        cpu.pooling.values.forEach((x, i) => {
          const other = gpu.pooling.values[i] ?? NaN;
          assert.ok(Math.abs(x - other) < 1e-3 * Math.max(1, Math.abs(x)), `${x} on the CPU, ${other} on WebGPU`);
        });
      } finally {
        engine.dispose();
      }
    });

    it("keeps every node of every graph on the device", async () => {
      const loading = fork(path.join(ROOT, "out/test/engine/placement.js"), [TINY], { silent: true });
      let log = "";
      loading.stderr?.on("data", (chunk: Buffer) => (log += chunk.toString()));
      const [status] = (await once(loading, "close")) as [number];
      assert.equal(status, 0, log.slice(-1000));
      const placed = log.split("\n").filter((line) => / nodes? placed on|Node\(s\) placed on/i.test(line));
      // The embedding, and two graphs for each of the four layers.
      assert.equal(placed.length, 9);
      assert.deepEqual(
        placed.filter((line) => !line.includes("All nodes placed on [WebGpuExecutionProvider]")),
        [],
      );
    });

    it("is not taken for a GPU by auto: its adapter is software", async () => {
      const engine = createEngine();
      try {
        await engine.forgetProviders();
        const { provider, trials } = await analyze(engine, "Hello.", { provider: "auto" });
        assert.ok(isCpu(provider));
        const trial = trials.find((one) => one.provider === "webgpu");
        assert.deepEqual(trial, {
          provider: "webgpu",
          adapter: "SwiftShader",
          leftOut: "SwiftShader is software, no GPU",
        });
        await engine.forgetProviders();
      } finally {
        engine.dispose();
      }
    });
  });
