import type * as vscode from "vscode";
import type { ReadingSettings } from "../engine/client";
import type { Settings } from "../settings";

/**
 * How the settings have the engine read a document.
 * @param folder may have a segmentation of its own
 * @throws UserError when `ponet.model` is neither a bundled model nor a folder
 */
export async function readingSettings(
  settings: Settings,
  modelsFolder: string,
  folder?: vscode.Uri,
): Promise<ReadingSettings> {
  // Loaded at the first use, with the schemas it brings along: activation only registers.
  const { modelFolder } = await import("../models/registry");
  return {
    modelFolder: await modelFolder(settings.get("model"), modelsFolder),
    provider: settings.get("executionProvider"),
    segmentation: settings.get("segmentation", folder),
  };
}

/**
 * What tells the model that the settings name from itself after more training, see {@link modelKey}.
 * @throws an error when it cannot be read
 */
export async function modelKeyOf({ modelFolder }: ReadingSettings): Promise<string> {
  const { modelKey } = await import("../models/modelKey");
  return modelKey(modelFolder);
}
