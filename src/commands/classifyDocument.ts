import type * as vscode from "vscode";
import type { Classifier } from "./classifier";
import { revealPanel } from "./revealPanel";
import { targetEditor } from "./target";

/** "PoNet: Classify Document": the given document, as the explorer and the editor title pass it, or the active one. */
export async function classifyDocument(classifier: Classifier, uri: vscode.Uri | undefined): Promise<void> {
  const { document } = await targetEditor(uri);
  await revealPanel();
  await classifier.classify(document);
}
