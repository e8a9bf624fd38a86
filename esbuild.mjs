// Builds every bundle: the extension, the engine process, the command line, the panel's page and the tests.
import { build } from "esbuild";
import { readdirSync, rmSync } from "node:fs";

const filesIn = (folder, suffix) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(suffix))
    .map((name) => `${folder}/${name}`);

/** @type {import("esbuild").BuildOptions} */
const shared = { bundle: true, sourcemap: "linked", logLevel: "warning" };
/** @type {import("esbuild").BuildOptions} */
const node = { ...shared, platform: "node", format: "cjs", target: "node20" };

rmSync("out", { recursive: true, force: true });
await Promise.all([
  build({
    ...node,
    entryPoints: { extension: "src/extension.ts", engine: "src/engine/main.ts" },
    outdir: "dist",
    // `vscode` exists only in the extension host; onnxruntime-node loads a native library beside itself.
    external: ["vscode", "onnxruntime-node"],
    minify: true,
  }),
  build({
    ...shared,
    entryPoints: { panel: "webview/main.ts" },
    outdir: "dist/webview",
    platform: "browser",
    format: "esm",
    target: "es2022",
    minify: true,
  }),
  build({
    ...node,
    entryPoints: [...filesIn("src/cli", ".ts"), ...filesIn("test", ".ts"), ...filesIn("bench", ".ts")],
    outbase: ".",
    outdir: "out",
    packages: "external",
    external: ["vscode"],
  }),
]);
