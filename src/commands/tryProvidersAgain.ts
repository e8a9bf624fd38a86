import { setTimeout } from "node:timers/promises";
import * as vscode from "vscode";
import type { Notifier } from "../editor/notifier";
import type { EngineClient } from "../engine/client";
import type { Analyses } from "../readings/analyses";
import type { Classifier } from "../readings/classifier";
import type { ShownDocument } from "../readings/shownDocument";
import type { Settings } from "../settings";

/** What is done within, nobody waits for; in milliseconds. */
const SOON_MS = 300;

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
  const forgetting = engine.forgetProviders();
  const isSoon = await Promise.race([forgetting.then(() => true), setTimeout(SOON_MS, false)]);
  if (!isSoon) await tellOfWait(forgetting);
  const { document } = shown;
  if (document && analyses.current(document)) await classifier.again(document);
  else notifier.information("The next document to be classified tries the execution providers again.");
}

/** What the engine is at may take minutes, in which nothing else would tell of the command. */
function tellOfWait(forgetting: Promise<void>): Thenable<void> {
  const title = "The execution providers are tried again after the analysis under way";
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, () => forgetting);
}

function openSetting(id: string): Thenable<unknown> {
  return vscode.commands.executeCommand("workbench.action.openSettings", id);
}
