import { homedir } from "node:os";
import * as vscode from "vscode";
import { UserError } from "../errors";
import type { Settings } from "../settings";

interface ModelItem extends vscode.QuickPickItem {
  /** The setting's value; undefined asks for a folder. */
  readonly value?: string;
}

/** "PoNet: Select Model": a bundled model or a checkpoint folder, written to `ponet.model` in the user's settings. */
export async function selectModel(settings: Settings, modelsFolder: string): Promise<void> {
  const picked = await vscode.window.showQuickPick(modelItems(settings.get("model"), modelsFolder), {
    title: "PoNet: Select Model",
    placeHolder: "The model that classifies; the shown document is classified again at once",
    matchOnDetail: true,
  });
  if (!picked) return;
  const value = picked.value ?? (await chooseFolder());
  if (value === undefined) return;
  await vscode.workspace.getConfiguration("ponet").update("model", value, vscode.ConfigurationTarget.Global);
}

async function modelItems(current: string, modelsFolder: string): Promise<ModelItem[]> {
  // Loaded at the first use, with the schemas it brings along: activation only registers.
  const { bundledModels } = await import("../models/registry");
  const bundled = (await bundledModels(modelsFolder)).map(({ id, description }): ModelItem => {
    return { label: id, detail: description, value: id, ...(id === current && { description: "in use" }) };
  });
  const own: ModelItem[] = bundled.some(({ value }) => value === current)
    ? []
    : [{ label: current, description: "in use", value: current }];
  return [
    ...bundled,
    ...own,
    { label: "", kind: vscode.QuickPickItemKind.Separator },
    { label: "$(folder-opened) Choose a checkpoint folder…", detail: "One with config.json and model.safetensors" },
  ];
}

async function chooseFolder(): Promise<string | undefined> {
  const folders = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    // In a virtual workspace the dialog would open there, where no model can be read from.
    defaultUri: vscode.Uri.file(homedir()),
    openLabel: "Use Model",
    title: "Choose a PoNet checkpoint folder",
  });
  const folder = folders?.[0];
  if (folder && folder.scheme !== "file") {
    throw new UserError(`${folder.toString(true)} is not a folder on this machine's disk, where models are read from.`);
  }
  return folder?.fsPath;
}
