/** A model the user can choose: a bundled checkpoint folder, or one of their own. */
export interface ModelEntry {
  readonly id: string;
  /** Absolute path of the checkpoint folder. */
  readonly folder: string;
  /** One line from the card, for pickers. */
  readonly description: string;
}

/** The checkpoint folders bundled under `modelsFolder`, sorted by id: those that hold a card.json. */
export function bundledModels(_modelsFolder: string): Promise<ModelEntry[]> {
  return Promise.reject(new Error("in the making"));
}

/**
 * The folder that a `ponet.model` value names: a bundled id, or an absolute path.
 * @throws UserError naming the value and the bundled ids when it is neither.
 */
export function modelFolder(_value: string, _modelsFolder: string): Promise<string> {
  return Promise.reject(new Error("in the making"));
}
