import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { suiteBrowser } from "./browser";
import { PanelPage } from "./panelPage";
import { Server, type Settings } from "./server";
import { Workbench } from "./workbench";

/** The fastest of the models, on the provider that needs no trial of the others. */
const FASTEST: Settings = { "ponet.model": "ponet-tiny", "ponet.executionProvider": "cpu" };

export interface WindowOptions {
  /** Of the user. */
  readonly settings?: Settings;
  readonly workspaceSettings?: Settings;
  /** What lies beside the sample in the workspace, by its path there. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** A packed extension to try, as it is when it was installed; else this repository's is loaded from source. */
  readonly vsix?: string;
}

/** A VS Code window on a workspace of its own, and the server behind it. */
export interface TestWindow {
  readonly server: Server;
  readonly workbench: Workbench;
  readonly panel: PanelPage;
  /** The workspace's folder. */
  readonly workspace: string;
  /** Closes it and ends its server. @throws AssertionError where a webview had an error on its console meanwhile. */
  dispose(): Promise<void>;
}

export async function openWindow(options: WindowOptions = {}): Promise<TestWindow> {
  const { settings = {}, workspaceSettings, files = {}, vsix } = options;
  const browser = await suiteBrowser();
  const ofSource = { settings: { ...FASTEST, ...settings } };
  const server = await Server.start(vsix === undefined ? ofSource : { vsix, settings });
  try {
    const workspace = server.copyOfWorkspace(workspaceSettings);
    for (const [path, contents] of Object.entries(files)) {
      mkdirSync(dirname(join(workspace, path)), { recursive: true });
      writeFileSync(join(workspace, path), contents);
    }
    const payload = vsix === undefined ? [server.fromSource()] : [];
    const workbench = await Workbench.open(browser, server.url(workspace, payload));
    const dispose = async (): Promise<void> => {
      await workbench.close().finally(() => server.dispose());
      assert.deepEqual(
        workbench.webviewErrors,
        [],
        "errors in the webviews, or what their content security policy refused",
      );
    };
    return { server, workbench, panel: new PanelPage(workbench.panel), workspace, dispose };
  } catch (error) {
    await server.dispose();
    throw error;
  }
}
