// Runs in the extension host: activates the extension and tells what that took.
import { extension } from "../../test/vscode/lens";
import { tell } from "./tell";

/** In milliseconds. */
export interface Activation {
  readonly loaded: number;
  readonly activated: number;
  /** Processor time of the whole process meanwhile. */
  readonly cpu: number;
}

/** VS Code's own marks, which lie beside the extensions' code in one process. */
interface Host {
  readonly MonacoPerformanceMarks: {
    readonly getMarks: () => readonly { readonly name: string; readonly startTime: number }[];
  };
}

/** Until then the host has other extensions to activate, the ones that start with it. */
const SETTLING_MS = 2000;

export async function run(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, SETTLING_MS));
  const lens = extension();
  const before = process.cpuUsage();
  await lens.activate();
  const { user, system } = process.cpuUsage(before);
  const marks = (globalThis as unknown as Host).MonacoPerformanceMarks.getMarks();
  const at = (name: string) => marks.find((mark) => mark.name === `code/extHost/${name}/${lens.id}`)?.startTime ?? NaN;
  const activation: Activation = {
    loaded: at("didLoadExtensionCode") - at("willLoadExtensionCode"),
    activated: at("didActivateExtension") - at("willActivateExtension"),
    cpu: (user + system) / 1000,
  };
  tell(activation);
}
