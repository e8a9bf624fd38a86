// The licences of other people's code in the package, which ask to go with it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Packed as they are, beside the bundles. */
const UNBUNDLED = ["onnxruntime-common", "onnxruntime-node"];

/** The licences, in scripts/licences, of those whose npm packages hold none, by how the packages' names begin. */
const TEXTS = {
  "@bufbuild/": ["apache-2.0.txt", "bsd-3-google.txt"],
  "@microsoft/": ["mit-microsoft.txt"],
  "onnxruntime-": ["mit-microsoft.txt"],
};

const manifest = (name) => JSON.parse(readFileSync(join("node_modules", name, "package.json"), "utf8"));

/** What else of other people's is packed, in the models and inside of onnxruntime: whose terms are too long for here, where they are. */
function components() {
  const { version } = manifest("onnxruntime-node");
  return [
    [
      "The vocabulary of models/*/tokenizer.json: BERT's uncased one (https://github.com/google-research/bert), Apache-2.0",
      readFileSync("scripts/licences/apache-2.0.txt", "utf8"),
    ],
    [
      `What onnxruntime ${version} itself is made of, each part under its own licence`,
      `https://github.com/microsoft/onnxruntime/blob/v${version}/ThirdPartyNotices.txt`,
    ],
    [
      "DirectML.dll, in packages for Windows, Microsoft Software License Terms",
      "https://www.nuget.org/packages/Microsoft.AI.DirectML",
    ],
    [
      "dxcompiler.dll and dxil.dll, in packages for Windows, University of Illinois/NCSA and Microsoft Software License Terms",
      "https://github.com/microsoft/DirectXShaderCompiler/blob/main/LICENSE.TXT\n" +
        "https://www.nuget.org/packages/Microsoft.Direct3D.DXC",
    ],
  ];
}

function licenceFiles(name) {
  const folder = join("node_modules", name);
  const own = readdirSync(folder).find((file) => /^licen[cs]e(\.|$)/i.test(file));
  if (own) return [join(folder, own)];
  const [, known] = Object.entries(TEXTS).find(([start]) => name.startsWith(start)) ?? [];
  if (!known) throw new Error(`The package ${name} holds no licence: name its text in scripts/notices.mjs.`);
  return known.map((file) => join("scripts/licences", file));
}

/** @param {readonly string[]} files what the bundles are made of, as esbuild names it */
export function notices(files) {
  const bundled = files.flatMap((file) => file.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? []);
  const packages = [...new Set([...bundled, ...UNBUNDLED])].sort().map((name) => {
    const { version, license } = manifest(name);
    return [
      `${name} ${version}, ${license}`,
      licenceFiles(name)
        .map((file) => readFileSync(file, "utf8"))
        .join("\n"),
    ];
  });
  return [...packages, ...components()]
    .map(([title, terms]) => `${title}\n\n${terms.trim()}\n`)
    .join(`\n${"=".repeat(80)}\n\n`);
}
