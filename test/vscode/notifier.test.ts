import assert from "node:assert/strict";
import * as vscode from "vscode";
import { writeSetting } from "../../src/commands/writeSetting";
import { Notifier, type ShownMessage } from "../../src/editor/notifier";
import { CancelledError, PreconditionError, UserError } from "../../src/errors";
import { TokenReader } from "../../src/views/panel/tokenReader";
import { classified, closeEditors, lens, messagesDuring, openSample } from "./lens";

describe("A failure", () => {
  afterEach(closeEditors);

  /** What is shown, and what is logged, by a notifier that `work` is given. */
  async function told(work: (notifier: Notifier) => Promise<void>): Promise<Record<"shown" | "logged", unknown[]>> {
    const logged: unknown[] = [];
    const add = (line: unknown) => logged.push(line);
    const notifier = new Notifier({ info: add, warn: add, error: add } as unknown as vscode.LogOutputChannel);
    const shown: string[] = [];
    notifier.onDidShow(({ message }) => shown.push(message));
    await work(notifier);
    notifier.dispose();
    return { shown, logged };
  }

  const toldOf = (error: Error) => told((notifier) => notifier.watch("Counting", () => Promise.reject(error)));

  it("is told in its own sentence where it was expected, and not at all where it was cancelled", async () => {
    assert.deepEqual(await toldOf(new UserError("There is no ink: buy some.")), {
      shown: ["There is no ink: buy some."],
      logged: ["There is no ink: buy some."],
    });
    assert.deepEqual(await toldOf(new CancelledError()), { shown: [], logged: [] });
  });

  it("is none where something is to be done first: that is a warning, without a way to the log", async () => {
    const { showWarningMessage } = vscode.window;
    const given: unknown[][] = [];
    const show = (...all: unknown[]): Promise<undefined> => {
      given.push(all);
      return Promise.resolve(undefined);
    };
    Object.assign(vscode.window, { showWarningMessage: show });
    const sentence = "There is no paper yet: put some in first.";
    const { shown, logged } = await toldOf(new PreconditionError(sentence)).finally(() =>
      Object.assign(vscode.window, { showWarningMessage }),
    );
    assert.deepEqual([given, shown, logged], [[[sentence]], [sentence], [sentence]]);
  });

  it("is none of a command that has nothing to work on yet", async () => {
    const editor = await openSample();
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    const { notifier } = await lens();
    const shown: ShownMessage[] = [];
    const listening = notifier.onDidShow((message) => shown.push(message));
    await vscode.commands.executeCommand("ponet.classifySelection");
    listening.dispose();
    const message = "Select some text first: PoNet classifies the selection.";
    assert.deepEqual(shown, [{ severity: "warning", message }]);
  });

  it("that was expected has its cause in the log", async () => {
    const cause = new Error("ENOSPC: no space left on device");
    assert.deepEqual(await toldOf(new UserError("There is no room: make some.", { cause })), {
      shown: ["There is no room: make some."],
      logged: [cause, "There is no room: make some."],
    });
  });

  it("that nobody expected is told in one sentence, and its stack is in the log", async () => {
    const error = new TypeError("x is not a function");
    const sentence =
      'Counting failed for an unexpected reason: try it again, or see what the "PoNet Lens" output channel says of it.';
    assert.deepEqual(await toldOf(error), { shown: [sentence], logged: [error, sentence] });
  });

  it("of a command is told too, whoever called it", async () => {
    const { panel } = await lens();
    panel.openInEditor = () => {
      throw new Error("There is no window.");
    };
    const messages = await messagesDuring(async () => {
      await vscode.commands.executeCommand("ponet.openPanelInEditor");
    }).finally(() => Reflect.deleteProperty(panel, "openInEditor"));
    assert.equal(messages.length, 1);
    assert.match(messages[0] ?? "", /^The command failed for an unexpected reason: try it again, or see/);
  });

  it("of a message's button is told in another", async () => {
    const error = new Error("There is no viewer.");
    const run = (): never => {
      throw error;
    };
    const { showInformationMessage } = vscode.window;
    Object.assign(vscode.window, { showInformationMessage: () => Promise.resolve({ title: "Open", run }) });
    const { shown, logged } = await told(async (notifier) => {
      notifier.information("It is done.", { title: "Open", run });
      await new Promise(setImmediate);
    }).finally(() => Object.assign(vscode.window, { showInformationMessage }));
    assert.equal(shown.length, 2);
    assert.match(String(shown[1]), /^"Open" failed for an unexpected reason: try it again, or see/);
    assert.ok(logged.includes(error));
  });

  it("of the tokens is the answer of the page, without a message", async () => {
    const { document } = await openSample();
    const reading = await classified(document);
    const { engine, notifier } = await lens();
    const reader = new TokenReader(engine, () => Promise.reject(new Error("There is no disk.")), notifier);
    const messages = await messagesDuring(async () => {
      const answer = await reader.read("sample.txt", reading, 0, () => undefined);
      assert.ok(answer && "failure" in answer);
      assert.match(answer.failure, /^Reading the tokens failed for an unexpected reason: choose the segment again, or/);
    });
    assert.deepEqual(messages, []);
  });

  it("to write a setting is told with VS Code's reason", async () => {
    await assert.rejects(writeSetting("nowhere" as "live", true, vscode.ConfigurationTarget.Global), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /^ponet\.nowhere cannot be written: .*[^.]\.$/);
      return true;
    });
  });
});
