import assert from "node:assert/strict";
import * as vscode from "vscode";
import { classified, closeEditors, lens, messagesDuring, openSample, openText, set, stateOf } from "./lens";

const tryAgain = (): Thenable<unknown> => vscode.commands.executeCommand("ponet.tryProvidersAgain");

describe("The execution providers", () => {
  afterEach(closeEditors);

  it("are tried again by the command, which classifies the shown document again and shows no message", async () => {
    const { document } = await openSample();
    const { id } = await classified(document);
    const { analyses } = await lens();
    const tried = new Set<unknown>();
    const listening = analyses.onDidChange(() => tried.add(analyses.get(document.uri)?.running?.trying));
    const messages = await messagesDuring(async () => {
      await tryAgain();
    });
    listening.dispose();
    const reading = analyses.current(document);
    assert.ok(reading !== undefined && reading.id > id);
    assert.ok(tried.has("webgpu"));
    assert.equal(reading.analysis.trials[0]?.provider, reading.analysis.provider);
    assert.deepEqual(messages, []);
  });

  it("are not tried where one is set, which the command says", async () => {
    const { document } = await openSample();
    await classified(document);
    await set("executionProvider", "cpu");
    await stateOf(document, (state) => state?.reading?.settings.executionProvider === "cpu" && !state.running);
    try {
      const { analyses } = await lens();
      const id = analyses.current(document)?.id;
      assert.ok(id);
      const messages = await messagesDuring(async () => {
        await tryAgain();
      });
      assert.match(messages.join("\n"), /^ponet\.executionProvider is "cpu", so no other is tried: set it to "auto"/);
      assert.equal(analyses.current(document)?.id, id);
    } finally {
      await set("executionProvider", undefined);
    }
  });

  it("wait for the next document where none was classified", async () => {
    await openText("Not classified.");
    const messages = await messagesDuring(async () => {
      await tryAgain();
    });
    assert.deepEqual(messages, ["The next document to be classified tries the execution providers again."]);
  });
});
