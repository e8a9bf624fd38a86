import { setTimeout } from "node:timers/promises";
import * as vscode from "vscode";
import { cancellable } from "../editor/cancellable";
import type { Notifier } from "../editor/notifier";
import type { EngineClient } from "../engine/client";
import type { Analyses } from "../readings/analyses";
import type { Classifier } from "../readings/classifier";
import type { ShownDocument } from "../readings/shownDocument";
import type { Settings } from "../settings";

/** What is done within, nobody waits for; in milliseconds. */
const SOON_MS = 300;
const WAIT = "The execution providers are tried again after the analysis under way";

/**
 * "PoNet: Try Execution Providers Again": forgets how each did, after a new driver or GPU, say. The document on show, if
 * it was classified, is classified again, which tries them; else the next one does. Where one is set, it says that instead.
 */
export async function tryProvidersAgain(
  engine: EngineClient,
  classifier: Classifier,
  analyses: Analyses,
  shown: ShownDocument,
  settings: Settings,
  notifier: Notifier,
): Promise<void> {
  const provider = settings.get("executionProvider");
  if (provider !== "auto") {
    notifier.information(
      `ponet.executionProvider is "${provider}", so no other is tried: set it to "auto" to have the fastest found.`,
      { title: "Open Setting", run: () => openSetting("ponet.executionProvider") },
    );
    return;
  }
  const abort = new AbortController();
  const forgetting = engine.forgetProviders(abort.signal);
  const isSoon = await Promise.race([forgetting.then(() => true), setTimeout(SOON_MS, false)]);
  // What the engine is at may take minutes, in which nothing else would tell of the command.
  if (!isSoon) await cancellable(WAIT, () => forgetting, abort);
  if (abort.signal.aborted) return;
  const { document } = shown;
  if (document && analyses.current(document)) await classifier.again(document);
  else notifier.information("The next document to be classified tries the execution providers again.");
}

function openSetting(id: string): Thenable<unknown> {
  return vscode.commands.executeCommand("workbench.action.openSettings", id);
}
