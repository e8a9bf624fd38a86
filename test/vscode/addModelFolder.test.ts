import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { modelFacts } from "../../src/commands/modelFacts";
import { unlistModelFolder } from "../../src/commands/modelSettings";
import { Settings } from "../../src/settings";
import {
  ACCEPT,
  answering,
  bundledModel,
  classified,
  closeEditors,
  lens,
  messagesDuring,
  openSample,
  set,
  stateOf,
} from "./lens";

const NEXT = "workbench.action.quickOpenSelectNext";
const DISMISS = "workbench.action.closeQuickOpen";

const add = (argument: unknown, keys: readonly string[] = [ACCEPT]): Promise<void> =>
  answering(keys, "ponet.addModelFolder", argument);

function listed(): unknown {
  return vscode.workspace.getConfiguration("ponet").inspect("modelFolders")?.globalValue;
}

function model(): unknown {
  return vscode.workspace.getConfiguration("ponet").get("model");
}

describe("Add Model Folder", () => {
  let folder: string;
  let own: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "ponet-lens-model-"));
    own = join(folder, "my-own");
    cpSync(bundledModel(), own, { recursive: true });
  });

  afterEach(async () => {
    await set("modelFolders", undefined);
    await set("model", "ponet-tiny");
    await closeEditors();
    rmSync(folder, { recursive: true });
  });

  it("shows what the engine found in the folder", async () => {
    const { engine } = await lens();
    const facts = new Map(modelFacts(await engine.describe(own)).map(({ label, description }) => [label, description]));
    assert.match(facts.get("Encoder") ?? "", /^4 layers × 128, \d+\.\d MB$/);
    assert.equal(
      facts.get("Heads"),
      "kind (22 labels), topic (20 labels), sentiment (2 labels), hyperpartisan (2 labels)",
    );
    assert.match(facts.get("Card") ?? "", /^Vouches for the weights: Kind, topic/);
    assert.match(facts.get("Licence") ?? "", /^MIT/);
    rmSync(join(own, "card.json"));
    const cardless = modelFacts(await engine.describe(own));
    assert.deepEqual(cardless.at(-1), { label: "Card", description: "None: nothing vouches for the weights" });
  });

  it("lists the folder once that is accepted, and leaves the model in use", async () => {
    await add(vscode.Uri.file(own));
    assert.deepEqual(listed(), [own]);
    assert.equal(model(), "ponet-tiny");
  });

  it("uses the folder at once where that is chosen", async () => {
    const { document } = await openSample();
    await classified(document);
    await add(own, [NEXT, ACCEPT]);
    assert.deepEqual(listed(), [own]);
    assert.equal(model(), own);
    await stateOf(document, (state) => state?.reading?.analysis.model === "my-own");
  });

  it("lists a folder once, however often and however spelled it is added", async () => {
    await add(vscode.Uri.file(own));
    await add(`${own}/`);
    await add(join(folder, "my-own"));
    assert.deepEqual(listed(), [own]);
    await set("modelFolders", [`${own}/`]);
    await add(own);
    assert.deepEqual(listed(), [`${own}/`]);
  });

  it("adds nothing when it is dismissed", async () => {
    await add(own, [DISMISS]);
    assert.equal(listed(), undefined);
  });

  it("adds nothing that is no checkpoint, and says so in the engine's one sentence", async () => {
    writeFileSync(join(own, "config.json"), "{}");
    for (const [argument, sentence] of [
      [own, `"${join(own, "config.json")}" is not the file its card.json vouches for: `],
      [folder, `The model folder "${folder}" lacks `],
      [join(folder, "nowhere"), `The model folder "${join(folder, "nowhere")}" does not exist: `],
      ["my-own", `"my-own" is not an absolute path: `],
      [vscode.Uri.parse("untitled:my-own"), "untitled:my-own is not on this machine's disk"],
    ] as const) {
      const [message = "", ...others] = await messagesDuring(() => add(argument));
      assert.ok(message.startsWith(sentence), message);
      assert.deepEqual(others, []);
    }
    assert.equal(listed(), undefined);
  });

  it("leaves the engine of the model in use running", async () => {
    const { document } = await openSample();
    await classified(document);
    const { engine } = await lens();
    const { pid } = engine;
    await add(own);
    assert.equal(engine.pid, pid);
  });

  it("puts the folder into Select Model, also when it has gone since", async () => {
    await add(own);
    // From the model in use, which is a bundled one, the next is the first of the user's own.
    await answering([NEXT, ACCEPT], "ponet.selectModel");
    assert.equal(model(), own);
    await set("model", "ponet-tiny");
    rmSync(own, { recursive: true });
    await answering([NEXT, ACCEPT], "ponet.selectModel");
    assert.equal(model(), own);
  });

  it("does not write over a list that it cannot read", async () => {
    await set("modelFolders", [own, "relative"]);
    const messages = await messagesDuring(() => add(own));
    assert.deepEqual(messages, [
      "ponet.modelFolders must be a list of absolute paths of checkpoint folders: correct it in the settings first.",
    ]);
    assert.deepEqual(listed(), [own, "relative"]);
  });

  it("is undone by taking the folder off the list, several at once too", async () => {
    const [other, third] = [join(folder, "other"), join(folder, "third")];
    await set("modelFolders", [other, own, third]);
    const settings = new Settings((sentence) => assert.fail(sentence));
    await Promise.all([own, third].map((each) => unlistModelFolder(settings, each)));
    settings.dispose();
    assert.deepEqual(listed(), [other]);
  });
});
