import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_MODEL } from "../../src/cli/engine";
import { SEGMENTATIONS } from "../../src/document/segmentations";
import { EXECUTION_PROVIDERS } from "../../src/ponet/provider";
import { ROOT } from "../harness/environment";

interface Setting {
  readonly default: unknown;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
}

interface Manifest {
  readonly contributes: { readonly configuration: { readonly properties: Readonly<Record<string, Setting>> } };
}

describe("The settings of package.json", () => {
  const { contributes } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as Manifest;
  const setting = (name: string): Setting => {
    const found = contributes.configuration.properties[`ponet.${name}`];
    assert.ok(found, name);
    return found;
  };

  it("have the model that the command line has, too, unless told otherwise", () => {
    assert.equal(setting("model").default, DEFAULT_MODEL);
  });

  it("offer what the program takes, each choice with a word on it", () => {
    for (const [name, choices] of [
      ["segmentation", SEGMENTATIONS],
      ["executionProvider", ["auto", ...EXECUTION_PROVIDERS]],
    ] as const) {
      assert.deepEqual(new Set(setting(name).enum), new Set(choices), name);
      assert.equal(setting(name).enumDescriptions?.length, choices.length, name);
    }
  });
});
