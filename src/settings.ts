import path from "node:path";
import * as vscode from "vscode";
import { SEGMENTATIONS, type Segmentation } from "./document/segmentations";
import { UserError } from "./errors";
import { EXECUTION_PROVIDERS, type ExecutionProvider } from "./ponet/provider";

/** The values of the `ponet.*` settings; package.json holds their defaults and descriptions. */
export interface SettingValues {
  readonly model: string;
  readonly modelFolders: readonly string[];
  readonly executionProvider: ExecutionProvider | "auto";
  readonly segmentation: Segmentation;
  readonly highlights: boolean;
  readonly live: boolean;
  readonly idleMinutes: number;
}
export type SettingName = keyof SettingValues;

/** The settings that a result depends on. */
export const DECISIVE = ["model", "executionProvider", "segmentation"] as const satisfies readonly SettingName[];
export type DecisiveSettings = Pick<SettingValues, (typeof DECISIVE)[number]>;

/** Whether results depend on the same of both. */
export function areAlike(some: DecisiveSettings, others: DecisiveSettings): boolean {
  return DECISIVE.every((name) => some[name] === others[name]);
}

interface Rule<T> {
  readonly accepts: (value: unknown) => value is T;
  /** Completes "ponet.x must be …". */
  readonly expected: string;
  /** Spells a value as equal ones are spelled. */
  readonly spelled?: (value: T) => T;
}

const RULES: { readonly [K in SettingName]: Rule<SettingValues[K]> } = {
  model: {
    accepts: (value): value is string => typeof value === "string" && value.trim() !== "",
    expected: "the id of a bundled model or the absolute path of a checkpoint folder",
    spelled: (value) => (path.isAbsolute(value) ? spelledFolder(vscode.Uri.file(value)) : value),
  },
  modelFolders: {
    accepts: (value): value is string[] =>
      Array.isArray(value) && value.every((folder) => typeof folder === "string" && path.isAbsolute(folder)),
    expected: "a list of absolute paths of checkpoint folders",
    spelled: (folders) => folders.map((folder) => spelledFolder(vscode.Uri.file(folder))),
  },
  executionProvider: oneOf(["auto", ...EXECUTION_PROVIDERS]),
  segmentation: oneOf(SEGMENTATIONS),
  highlights: trueOrFalse(),
  live: trueOrFalse(),
  idleMinutes: {
    accepts: (value): value is number => typeof value === "number" && Number.isFinite(value) && value >= 0,
    expected: "a number of minutes, 0 or more",
  },
};

/** The one spelling of a folder's path, which on Windows `C:\texts`, `c:\texts` and `c:/texts/` share. */
export function spelledFolder(folder: vscode.Uri): string {
  return path.resolve(folder.fsPath);
}

function trueOrFalse(): Rule<boolean> {
  return { accepts: (value) => typeof value === "boolean", expected: "true or false" };
}

function oneOf<T extends string>(choices: readonly T[]): Rule<T> {
  return {
    accepts: (value): value is T => choices.some((choice) => choice === value),
    expected: `one of ${choices.join(", ")}`,
  };
}

/** The one reader of the `ponet.*` settings: a value that breaks its rule is reported once and its default used. */
export class Settings implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<ReadonlySet<SettingName>>();
  private readonly reported = new Set<SettingName>();
  private readonly subscription: vscode.Disposable;

  /** Fires with the names of the settings that changed. */
  readonly onDidChange = this.changed.event;

  /** @param report receives one sentence for each wrong value */
  constructor(private readonly report: (sentence: string) => void) {
    this.subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      const names = (Object.keys(RULES) as SettingName[]).filter((name) => event.affectsConfiguration(`ponet.${name}`));
      // Reading each at once reports a wrong value while its author is looking at it.
      for (const name of names) {
        this.reported.delete(name);
        this.get(name);
      }
      if (names.length > 0) this.changed.fire(new Set(names));
    });
  }

  /** @param scope A document, whose folder and language may have a value of their own, or a folder. */
  get<K extends SettingName>(name: K, scope?: vscode.TextDocument | vscode.Uri): SettingValues[K] {
    const rule: Rule<SettingValues[K]> = RULES[name];
    const configuration = vscode.workspace.getConfiguration("ponet", scope);
    const value = configuration.get<unknown>(name);
    if (rule.accepts(value)) return rule.spelled?.(value) ?? value;
    const fallback = configuration.inspect<unknown>(name)?.defaultValue;
    if (!rule.accepts(fallback)) throw new Error(`package.json gives ponet.${name} no valid default.`);
    const shown = typeof fallback === "string" ? fallback : JSON.stringify(fallback);
    if (!this.reported.has(name)) {
      this.reported.add(name);
      this.report(`ponet.${name} must be ${rule.expected}; until it is, its default, ${shown}, is used.`);
    }
    return fallback;
  }

  decisiveOf(document: vscode.TextDocument): DecisiveSettings {
    return {
      model: this.get("model"),
      executionProvider: this.get("executionProvider"),
      segmentation: this.get("segmentation", document),
    };
  }

  /**
   * The value, to be changed and written back.
   * @throws UserError where it breaks its rule: what its author wrote would be lost
   */
  getForChange<K extends SettingName>(name: K): SettingValues[K] {
    const rule: Rule<SettingValues[K]> = RULES[name];
    const value = vscode.workspace.getConfiguration("ponet").get<unknown>(name);
    if (rule.accepts(value)) return rule.spelled?.(value) ?? value;
    throw new UserError(`ponet.${name} must be ${rule.expected}: correct it in the settings first.`);
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }
}
