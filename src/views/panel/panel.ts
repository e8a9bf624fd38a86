import * as vscode from "vscode";
import type { PanelContent } from "./content";
import { PanelHost, type PanelPlace } from "./host";
import { InStep } from "./inStep";
import type { PanelStatus, ToPanel } from "./protocol";

/** The id of the side bar's view, of the editor tab's type, and of both in menus. */
const PANEL = "ponet.panel";

/** The panel's pages: one in the side bar and, when asked for, one in an editor tab; both show the same. */
export class Panel implements vscode.WebviewViewProvider, vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly subscriptions: readonly Pick<vscode.Disposable, "dispose">[];
  private readonly inStep: InStep;
  private readonly hosts = new Set<PanelHost>();
  private tab: vscode.WebviewPanel | undefined;

  constructor(
    private readonly extension: vscode.Uri,
    private readonly content: PanelContent,
  ) {
    this.inStep = new InStep(content, (message) => this.post(message));
    this.subscriptions = [
      this.inStep,
      content.onDidChange(() => {
        for (const host of this.hosts) host.update();
        this.inStep.update();
      }),
      content.onDidFind((found) => {
        for (const host of this.hosts) host.find(found);
      }),
      content.onDidRecord((news) => {
        this.post({ type: "throughput", isAll: false, news });
      }),
      vscode.window.registerWebviewViewProvider(PANEL, this),
      vscode.window.registerWebviewPanelSerializer(PANEL, this),
    ];
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.host(view, view.onDidChangeVisibility);
  }

  /** Takes a tab over that was open when the window was reloaded. */
  deserializeWebviewPanel(tab: vscode.WebviewPanel): Promise<void> {
    if (!this.tab) this.adopt(tab);
    else {
      tab.dispose();
      // One that was not in sight until now may have been opened anew.
      this.tab.reveal();
    }
    return Promise.resolve();
  }

  /** Shows the panel in an editor tab beside the text, the one there is or a new one. */
  openInEditor(): void {
    if (this.tab) this.tab.reveal();
    else this.adopt(vscode.window.createWebviewPanel(PANEL, "PoNet Lens", vscode.ViewColumn.Beside));
  }

  /** Sees to it that the panel is in sight, with the focus left where it is. */
  async show(): Promise<void> {
    if (!this.tab?.visible) await vscode.commands.executeCommand(`${PANEL}.focus`, { preserveFocus: true });
  }

  /** Marks a segment of the shown document in the pages and brings it into sight there, once there is a page. */
  reveal(document: vscode.TextDocument, segment: number): void {
    this.inStep.mark(document, segment, true);
  }

  /** Marks a segment of the shown document in the pages, wherever those are scrolled to. */
  mark(document: vscode.TextDocument, segment: number): void {
    this.inStep.mark(document, segment, false);
  }

  /** What the pages show, or will show once they are visible, besides the figures. */
  get status(): PanelStatus {
    return this.content.status;
  }

  dispose(): void {
    for (const disposable of [...this.subscriptions, ...this.hosts]) disposable.dispose();
  }

  private adopt(tab: vscode.WebviewPanel): void {
    this.tab = tab;
    tab.onDidDispose(() => {
      if (this.tab === tab) this.tab = undefined;
    });
    this.host(tab, tab.onDidChangeViewState);
  }

  private host(place: PanelPlace, onDidChangeVisibility: vscode.Event<unknown>): void {
    const host = new PanelHost(place, onDidChangeVisibility, this.extension, this.content, this.inStep);
    this.hosts.add(host);
    place.onDidDispose(() => {
      host.dispose();
      this.hosts.delete(host);
    });
  }

  /** Sends the pages a message; false when there is none to get it. */
  private post(message: ToPanel): boolean {
    return [...this.hosts].map((host) => host.post(message)).includes(true);
  }
}
