// The licences of other people's code in the package, which ask to go with it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Packed as they are, beside the bundles. */
const UNBUNDLED = ["onnxruntime-common", "onnxruntime-node"];

/** The licences, in scripts/licences, of those whose npm packages hold none, by how the packages' names begin. */
const TEXTS = {
  "@bufbuild/": "apache-2.0.txt",
  "@microsoft/": "mit-microsoft.txt",
  "onnxruntime-": "mit-microsoft.txt",
};

function licenceFile(name) {
  const folder = join("node_modules", name);
  const own = readdirSync(folder).find((file) => /^licen[cs]e(\.|$)/i.test(file));
  if (own) return join(folder, own);
  const [, known] = Object.entries(TEXTS).find(([start]) => name.startsWith(start)) ?? [];
  if (!known) throw new Error(`The package ${name} holds no licence: name its text in scripts/notices.mjs.`);
  return join("scripts/licences", known);
}

/** @param {readonly string[]} files what the bundles are made of, as esbuild names it */
export function notices(files) {
  const bundled = files.flatMap((file) => file.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? []);
  return [...new Set([...bundled, ...UNBUNDLED])]
    .sort()
    .map((name) => {
      const { version, license } = JSON.parse(readFileSync(join("node_modules", name, "package.json"), "utf8"));
      return `${name} ${version}, ${license}\n\n${readFileSync(licenceFile(name), "utf8").trim()}\n`;
    })
    .join(`\n${"=".repeat(80)}\n\n`);
}
