import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { classifySample } from "../harness/sample";
import { zipEntries } from "./zip";

const MOST_MEBIBYTES = 60;

/** Packed size that a bundled model may have, in MiB. */
const MODEL_BUDGETS = { "ponet-lra-text": 2, "ponet-small": 16, "ponet-tiny": 6 };

const CHECKPOINT = "(card|config|tokenizer|tokenizer_config)\\.json|model\\.safetensors";
const PACKED = [
  /^dist\/(webview\/)?\w+\.(js|css)$/,
  /^dist\/ThirdPartyNotices\.txt$/,
  /^media\/(icon\.png|[\w-]+\.svg)$/,
  new RegExp(`^models/(${Object.keys(MODEL_BUDGETS).join("|")})/(${CHECKPOINT})$`),
  /^node_modules\/onnxruntime-(node|common)\//,
];

describe("npm run package", () => {
  let folder: string;
  /** The package for the platform that this runs on. */
  let own: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "ponet-lens-vsix-"));
    own = pack(`${process.platform}-${process.arch}`);
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  function pack(target: string): string {
    const file = join(folder, `${target}.vsix`);
    execFileSync(process.execPath, ["scripts/package.mjs", "--target", target, "--out", file], { stdio: "pipe" });
    return file;
  }

  it("packs what runs and nothing else, with this platform's native library", () => {
    const names = [...zipEntries(own).keys()].map((name) => name.replace(/^extension\//, ""));
    for (const needed of ["dist/extension.js", "dist/engine.js", "dist/webview/panel.js"])
      assert.ok(names.includes(needed), needed);
    const libraries = names.filter((name) => name.startsWith("node_modules/onnxruntime-node/bin/"));
    assert.ok(libraries.length >= 2);
    const bin = `node_modules/onnxruntime-node/bin/napi-v6/${process.platform}/${process.arch}/`;
    assert.deepEqual(
      libraries.filter((name) => !name.startsWith(bin)),
      [],
    );
    const rest = names.filter((name) => !PACKED.some((pattern) => pattern.test(name)));
    assert.deepEqual(rest.sort(), [
      "LICENSE.txt",
      "[Content_Types].xml",
      "changelog.md",
      "extension.vsixmanifest",
      "package.json",
      "readme.md",
    ]);
    assert.ok(statSync(own).size < MOST_MEBIBYTES * 2 ** 20, `${statSync(own).size} bytes`);
  });

  it("packs the licences of what it is made of", () => {
    const names = [...zipEntries(own).keys()];
    assert.ok(names.includes("extension/dist/ThirdPartyNotices.txt"));
    const notices = readFileSync("dist/ThirdPartyNotices.txt", "utf8").split("=".repeat(80));
    for (const name of ["@bufbuild/protobuf", "@vscode/webview-ui-toolkit", "onnxruntime-node", "uplot", "zod"]) {
      const notice = notices.find((each) => each.trimStart().startsWith(`${name} `));
      assert.match(notice ?? "", /Copyright|Apache License/, name);
      // A part of it is Google's.
      if (name === "@bufbuild/protobuf") assert.match(notice ?? "", /Copyright 2008 Google Inc\./);
    }
  });

  it("packs every bundled model within its budget", () => {
    const entries = [...zipEntries(own)];
    for (const [id, budget] of Object.entries(MODEL_BUDGETS)) {
      const files = entries.filter(([name]) => name.startsWith(`extension/models/${id}/`));
      assert.equal(files.length, 4);
      const bytes = files.reduce((sum, [, size]) => sum + size, 0);
      assert.ok(bytes < budget * 2 ** 20, `${id}: ${bytes} bytes`);
    }
  });

  it("packs another platform's library once", () => {
    const libraries = [...zipEntries(pack("darwin-arm64")).keys()].filter((name) =>
      /\.(node|dylib|so[.\d]*|dll)$/.test(name),
    );
    const bin = "extension/node_modules/onnxruntime-node/bin/napi-v6/darwin/arm64";
    assert.deepEqual(libraries.sort(), [`${bin}/libonnxruntime.1.dylib`, `${bin}/onnxruntime_binding.node`]);
  });

  it("refuses a platform that has no library, naming those that have", () => {
    assert.throws(() => pack("darwin-x64"), /has no library for darwin-x64; it has for linux-x64/);
  });

  it("makes a package that VS Code installs and classifies with, by the default model", async () => {
    const sample = await classifySample({ vsix: own });
    try {
      assert.match((await sample.panel.facts.textContent()) ?? "", /Modelponet-small/);
      await sample.workbench.screenshot("installed-from-vsix");

      const { page } = sample.workbench;
      await page.keyboard.press("ControlOrMeta+Shift+X");
      await page.locator(".extension-list-item", { hasText: "PoNet Lens" }).click();
      const about = page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
      await about.getByRole("heading", { name: "In the editor" }).waitFor();
      assert.equal(
        await about.locator("img, details").count(),
        0,
        "a picture within the page is not shown by later versions",
      );
      assert.ok((await about.getByText("Redistributable").count()) > 0, "what it needs is told");
      assert.deepEqual(await about.locator("a:not([href^='http']):not([href^='#'])").allTextContents(), []);
      assert.equal(await about.getByText("npm test").count(), 0);
    } finally {
      await sample.dispose();
    }
  });
});
