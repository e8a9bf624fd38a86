// `npm run package [-- --target TARGET] [--out FILE]`: a VSIX with the native library of one platform and no other.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { pageOf } from "./page.mjs";

/** The platforms that onnxruntime-node has a library for. */
const TARGETS = ["linux-x64", "linux-arm64", "win32-x64", "win32-arm64", "darwin-arm64"];

const { name, version } = JSON.parse(readFileSync("package.json", "utf8"));
const { values } = parseArgs({ options: { target: { type: "string" }, out: { type: "string" } } });
const target = values.target ?? `${process.platform}-${process.arch}`;
if (!TARGETS.includes(target)) {
  console.error(`onnxruntime-node has no library for ${target}; it has for ${TARGETS.join(", ")}.`);
  process.exit(1);
}

await import("./build.mjs");
const { createVSIX } = await import("@vscode/vsce");
const { ReadmeProcessor } = await import("@vscode/vsce/out/package.js");
const { processFile } = ReadmeProcessor.prototype;
// It has no option for a readme.md of other contents.
ReadmeProcessor.prototype.processFile = async function (...args) {
  const file = await processFile.apply(this, args);
  return { ...file, contents: pageOf(file.contents.toString("utf8")) };
};
const folder = mkdtempSync(join(tmpdir(), "ponet-lens-package-"));
const ignoreFile = join(folder, "ignore");
const library = `node_modules/onnxruntime-node/bin/napi-v6/${target.replace("-", "/")}`;
// On macOS the library lies there twice; the binding loads libonnxruntime.1.dylib.
const files = target.startsWith("darwin") ? ["onnxruntime_binding.node", "libonnxruntime.1.dylib"] : ["*"];
writeFileSync(
  ignoreFile,
  readFileSync(".vscodeignore", "utf8") + files.map((file) => `!${library}/${file}\n`).join(""),
);
try {
  const packagePath = values.out ?? `${name}-${target}-${version}.vsix`;
  await createVSIX({ target, packagePath, ignoreFile, allowMissingRepository: true, rewriteRelativeLinks: false });
} finally {
  rmSync(folder, { recursive: true });
}
