import assert from "node:assert/strict";
import * as vscode from "vscode";
import { classified, closeEditors, lens, messagesDuring, openSample, openText } from "./lens";

const tryAgain = (): Thenable<unknown> => vscode.commands.executeCommand("ponet.tryProvidersAgain");

describe("The execution providers", () => {
  afterEach(closeEditors);

  it("are tried again by the command, which classifies the shown document again and shows no message", async () => {
    const { document } = await openSample();
    const { id } = await classified(document);
    const messages = await messagesDuring(async () => {
      await tryAgain();
    });
    const reading = (await lens()).analyses.current(document);
    assert.ok(reading !== undefined && reading.id > id);
    assert.equal(reading.analysis.triedNow, true);
    assert.equal(reading.analysis.trials[0]?.provider, reading.analysis.provider);
    assert.deepEqual(messages, []);
  });

  it("wait for the next document where none was classified", async () => {
    await openText("Not classified.");
    const messages = await messagesDuring(async () => {
      await tryAgain();
    });
    assert.deepEqual(messages, ["The next document to be classified tries the execution providers again."]);
  });
});
