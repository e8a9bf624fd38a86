import * as vscode from "vscode";

/** The document that the panel speaks of: the active editor's or, while no text editor is active, the last that was. */
export class ShownDocument implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: readonly Pick<vscode.Disposable, "dispose">[];
  private latest: vscode.TextDocument | undefined;

  readonly onDidChange = this.changed.event;

  constructor() {
    this.follow(vscode.window.activeTextEditor);
    this.subscriptions = [
      this.changed,
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        this.follow(editor);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (document === this.latest) this.show(undefined);
      }),
      vscode.workspace.onDidOpenTextDocument(() => {
        // After a change of language the active editor holds the document that was closed and opened again.
        if (!this.latest) this.follow(vscode.window.activeTextEditor);
      }),
    ];
  }

  get document(): vscode.TextDocument | undefined {
    return this.latest;
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private follow(editor: vscode.TextEditor | undefined): void {
    // The output pane is a text editor too, but nobody's document.
    if (editor && editor.document.uri.scheme !== "output") this.show(editor.document);
  }

  private show(document: vscode.TextDocument | undefined): void {
    if (document === this.latest) return;
    this.latest = document;
    this.changed.fire();
  }
}
