import { PanelPage } from "./panelPage";
import { Server, type ServerOptions, type Settings } from "./server";
import { launchBrowser, Workbench } from "./workbench";

export interface SampleOptions extends ServerOptions {
  readonly workspaceSettings?: Settings;
}

/** A window in which the sample document was classified from the command palette. */
export interface Sample {
  readonly server: Server;
  readonly workbench: Workbench;
  readonly panel: PanelPage;
  dispose(): Promise<void>;
}

export async function classifySample({ workspaceSettings, ...options }: SampleOptions = {}): Promise<Sample> {
  const browser = await launchBrowser();
  const server = await Server.start(options);
  const dispose = async (): Promise<void> => {
    await browser.close();
    await server.dispose();
  };
  try {
    // Where a packed extension is installed it is the one to try; else this repository's is loaded.
    const payload = options.vsix === undefined ? [server.fromSource()] : [];
    const url = server.url(server.copyOfWorkspace(workspaceSettings), payload);
    const workbench = await Workbench.open(browser, url);
    const panel = new PanelPage(workbench.panel);
    await workbench.openFile("sample.txt");
    await workbench.run("PoNet: Classify Document");
    await panel.settled();
    return { server, workbench, panel, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}
