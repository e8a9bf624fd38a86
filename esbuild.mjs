// Builds every bundle: the extension, the engine process, the command line, the webviews' pages and the tests.
import { build } from "esbuild";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { notices } from "./scripts/notices.mjs";

// A link to this folder is followed: what esbuild writes is named by where it lies.
process.chdir(realpathSync("."));

const filesIn = (folder, suffix = "") =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith(suffix))
        .map((entry) => join(entry.parentPath, entry.name))
    : [];

/** @type {import("esbuild").BuildOptions} */
const shared = { bundle: true, sourcemap: "linked", logLevel: "warning", write: false };
/** @type {import("esbuild").BuildOptions} */
const node = { ...shared, platform: "node", format: "cjs", target: "node20" };

/**
 * Has all files share one namespace object of `vscode`: esbuild would copy its hundreds of names for each of them.
 * @type {import("esbuild").Plugin}
 */
const vscodeOnce = {
  name: "vscode once",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^vscode$/ }, ({ path, namespace }) =>
      namespace === "once" ? { path, external: true } : { path, namespace: "once" },
    );
    onLoad({ filter: /^vscode$/, namespace: "once" }, () => ({ contents: 'export * from "vscode";' }));
  },
};

const results = await Promise.all([
  build({
    ...node,
    entryPoints: { extension: "src/extension.ts", engine: "src/engine/start.ts", benchmark: "src/benchmark/main.ts" },
    outdir: "dist",
    // `vscode` exists only in the extension host; onnxruntime-node loads a native library beside itself.
    external: ["vscode", "onnxruntime-node"],
    plugins: [vscodeOnce],
    minify: true,
    metafile: true,
  }),
  build({
    ...shared,
    entryPoints: {
      panel: "webview/panel/main.ts",
      corpus: "webview/corpus/main.ts",
      benchmark: "webview/benchmark/main.ts",
      comparison: "webview/comparison/main.ts",
    },
    outdir: "dist/webview",
    platform: "browser",
    format: "esm",
    target: "es2022",
    minify: true,
    metafile: true,
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

// Another command may be running what is here: only what changed is replaced, each file in one step.
const outputs = new Map(results.flatMap((result) => result.outputFiles.map((file) => [file.path, file.contents])));
const bundled = results.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}));
outputs.set(resolve("dist/ThirdPartyNotices.txt"), Buffer.from(notices(bundled)));
for (const [file, contents] of outputs) {
  if (existsSync(file) && readFileSync(file).equals(contents)) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, contents);
  renameSync(`${file}.new`, file);
}
for (const file of [...filesIn("dist"), ...filesIn("out")]) {
  if (!outputs.has(resolve(file))) rmSync(file);
}
