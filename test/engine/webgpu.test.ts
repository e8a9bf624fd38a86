import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { analyze, createEngine, prose } from "./engine";

/** Chromium's software Vulkan, which lets WebGPU run where there is no GPU. */
const CHROMIUM_LIBRARIES = "/usr/lib/chromium";
const SWIFTSHADER = path.join(CHROMIUM_LIBRARIES, "libvk_swiftshader.so");

if (existsSync(SWIFTSHADER))
  describe("the WebGPU provider", () => {
    let folder: string;
    const environment = { ...process.env };
    before(async () => {
      folder = await mkdtemp(path.join(os.tmpdir(), "ponet-vulkan-"));
      const driver = path.join(folder, "icd.json");
      await writeFile(
        driver,
        JSON.stringify({ file_format_version: "1.0.0", ICD: { library_path: SWIFTSHADER, api_version: "1.0.5" } }),
      );
      // The engine process inherits what the host has.
      Object.assign(process.env, { VK_ICD_FILENAMES: driver, LD_LIBRARY_PATH: CHROMIUM_LIBRARIES });
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
        assert.equal(gpu.provider, "webgpu");
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

    it("is what auto takes when it is there and right", async () => {
      const engine = createEngine();
      try {
        assert.equal((await analyze(engine, "Hello.", { provider: "auto" })).provider, "webgpu");
      } finally {
        engine.dispose();
      }
    });
  });

if (process.platform === "linux")
  describe("auto without a GPU", () => {
    it("takes the CPU and says what was tried", async () => {
      const engine = createEngine();
      const drivers = process.env.VK_ICD_FILENAMES;
      process.env.VK_ICD_FILENAMES = "/no/driver";
      try {
        const { provider, providerNotes } = await analyze(engine, "Hello.", { provider: "auto" });
        assert.equal(provider, "cpu");
        assert.ok(providerNotes.some((note) => note.startsWith('The execution provider "webgpu" is not used: ')));
      } finally {
        if (drivers === undefined) delete process.env.VK_ICD_FILENAMES;
        else process.env.VK_ICD_FILENAMES = drivers;
        engine.dispose();
      }
    });
  });
