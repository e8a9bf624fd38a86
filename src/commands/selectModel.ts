import * as vscode from "vscode";
import type { Notifier } from "../editor/notifier";
import { plainLabel } from "../editor/plainLabel";
import type { EngineClient } from "../engine/client";
import type { ModelEntry } from "../models/description";
import type { Settings } from "../settings";
import { addModelFolder } from "./addModelFolder";
import { listedModels } from "./listedModels";
import { weightsSize } from "./modelFacts";
import { unlistModelFolder, useModel } from "./modelSettings";
import { chosen, separator, type ChoiceItem } from "./pick";

type Choice = { readonly model: string } | "add a folder";
type ModelItem = ChoiceItem<Choice>;

const REMOVE: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon("close"),
  tooltip: "Remove from This List",
};

/**
 * "PoNet: Select Model": a bundled model or a folder of the user's own, written to `ponet.model` in the user's
 * settings; or the way to add a folder.
 */
export async function selectModel(
  engine: EngineClient,
  settings: Settings,
  modelsFolder: string,
  notifier: Notifier,
): Promise<void> {
  const items = await modelItems(settings, modelsFolder);
  const pick = vscode.window.createQuickPick<ModelItem>();
  pick.title = "PoNet: Select Model";
  pick.placeholder = "The model that classifies; the shown document is classified again at once";
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  list(pick, items, settings);
  pick.onDidTriggerItemButton(async ({ item: { choice } }) => {
    if (typeof choice !== "object") return;
    await notifier.watch(`Taking "${choice.model}" off ponet.modelFolders`, async () => {
      await unlistModelFolder(settings, choice.model);
      list(pick, await modelItems(settings, modelsFolder), settings);
    });
  });
  const choice = await chosen(pick);
  if (choice === "add a folder") await addModelFolder(engine, settings, undefined);
  else if (choice) await useModel(choice.model);
}

/** Lists the models, with the one in use active. */
function list(pick: vscode.QuickPick<ModelItem>, items: readonly ModelItem[], settings: Settings): void {
  const current = settings.get("model");
  pick.items = items;
  pick.activeItems = items.filter(({ choice }) => typeof choice === "object" && choice.model === current);
}

/** The models there are now, and the way to add one. */
async function modelItems(settings: Settings, modelsFolder: string): Promise<ModelItem[]> {
  const { bundled, own } = await listedModels(settings, modelsFolder);
  const current = settings.get("model");
  const listed = settings.get("modelFolders");
  return [
    separator("bundled"),
    ...bundled.map((entry) => itemOf(entry, entry.id, current)),
    separator("your own"),
    ...own.map((entry) => ({
      ...itemOf(entry, entry.folder, current),
      // The model in use is in the list either way.
      buttons: listed.includes(entry.folder) && entry.folder !== current ? [REMOVE] : [],
    })),
    {
      label: "$(folder-opened) Add Model Folder…",
      detail: "One with config.json, tokenizer.json and model.safetensors",
      choice: "add a folder",
    },
  ];
}

/** @param model what `ponet.model` is set to when this one is chosen */
function itemOf({ id, bytes, card }: ModelEntry, model: string, current: string): ModelItem {
  const description = [weightsSize(bytes), ...(model === current ? ["in use"] : []), ...(model === id ? [] : [model])];
  return {
    label: plainLabel(id),
    description: plainLabel(description.join(" · ")),
    ...(card && { detail: plainLabel(card.description) }),
    choice: { model },
  };
}
