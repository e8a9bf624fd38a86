import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as vscode from "vscode";
import { classified, closeEditors, extension, lens, messagesDuring, openSample } from "./lens";

describe("Activation", () => {
  after(closeEditors);

  it("waits for the first use, and starts no engine", async () => {
    assert.equal(extension().isActive, false);
    const { engine, statusBar } = await lens();
    assert.equal(engine.pid, undefined);
    assert.equal(statusBar.text, undefined);
  });

  it("registers every command that the manifest declares", async () => {
    await lens();
    const { contributes } = extension().packageJSON as { contributes: { commands: { command: string }[] } };
    const registered = await vscode.commands.getCommands(true);
    assert.deepEqual(
      contributes.commands.map(({ command }) => command).filter((command) => !registered.includes(command)),
      [],
    );
  });

  it("starts the engine with the first analysis, without a message: what auto left out is in the panel", async () => {
    const { document } = await openSample();
    const messages = await messagesDuring(async () => {
      await classified(document);
    });
    const { engine } = await lens();
    assert.ok(engine.pid);
    assert.deepEqual(messages, []);
  });

  it("ends no sooner than what is to be kept is written", async () => {
    const { readingStore } = await lens();
    const { main } = extension().packageJSON as { main: string };
    const file = join(extension().extensionPath, main);
    const { deactivate } = createRequire(__filename)(file) as typeof import("../../src/extension");
    const { document } = await openSample();
    await classified(document);
    let isWritten = false;
    void readingStore.settled().then(() => (isWritten = true));
    await deactivate();
    assert.ok(isWritten);
  });
});
