import * as vscode from "vscode";
import { documentName } from "../editor/documentName";
import { openTexts } from "../editor/openTexts";
import { plainLabel } from "../editor/plainLabel";
import type { ReadingSettings } from "../engine/client";
import type { ModelEntry } from "../models/description";
import type { Settings } from "../settings";
import { listedModels } from "./listedModels";
import { weightsSize } from "./modelFacts";
import { chosen, separator, type ChoiceItem } from "./pick";

/** What a document's analysis is set beside. */
export type OtherSide =
  /** The checkpoint folder of another model. */
  { readonly modelFolder: string } | { readonly document: vscode.Uri } | "another file" | "add a model folder";

type Item = ChoiceItem<OtherSide>;

/** Asks for another model or another document to compare a document with; undefined when that is dismissed. */
export async function askForOtherSide(
  document: vscode.TextDocument,
  settings: Settings,
  modelsFolder: string,
  readingSettings: () => Promise<ReadingSettings>,
): Promise<OtherSide | undefined> {
  const { modelFolder } = await readingSettings();
  const { bundled, own } = await listedModels(settings, modelsFolder);
  const models = [...bundled, ...own].filter(({ folder }) => folder !== modelFolder);
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = `PoNet: Compare ${documentName(document.uri)} With…`;
  pick.placeholder = "Another model on this document, or this model on another document";
  pick.matchOnDescription = true;
  pick.items = [
    separator("another model"),
    ...models.map(modelItem),
    { label: "$(folder-opened) Add Model Folder…", choice: "add a model folder" },
    separator("another document"),
    ...otherDocuments(document).map(documentItem),
    { label: "$(file) Another File…", choice: "another file" },
  ];
  return chosen(pick);
}

/** The documents that have a tab; those of tabs not shown since a reload are not loaded yet. */
function otherDocuments({ uri }: vscode.TextDocument): vscode.Uri[] {
  return openTexts().filter((each) => each.toString() !== uri.toString());
}

function modelItem({ id, folder, bytes, card }: ModelEntry): Item {
  return {
    label: plainLabel(id),
    description: plainLabel(`${weightsSize(bytes)} · ${folder}`),
    ...(card && { detail: plainLabel(card.description) }),
    choice: { modelFolder: folder },
  };
}

function documentItem(uri: vscode.Uri): Item {
  return {
    label: plainLabel(documentName(uri)),
    description: plainLabel(vscode.workspace.asRelativePath(uri)),
    choice: { document: uri },
  };
}
