import * as vscode from "vscode";

/**
 * The document that the panel speaks of: the active editor's or, while no text editor is active, the last that was; or that
 * which was shown by a command, until somebody goes on in an editor.
 */
export class ShownDocument implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: readonly Pick<vscode.Disposable, "dispose">[];
  private latest: vscode.TextDocument | undefined;

  readonly onDidChange = this.changed.event;

  constructor() {
    this.followAny();
    this.subscriptions = [
      this.changed,
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        this.follow(editor);
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
        // Without a kind it is the doing of an extension, and where the editor was active already, nothing else tells.
        if (kind !== undefined) this.follow(textEditor);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (document !== this.latest) return;
        this.show(undefined);
        this.followAny();
      }),
      vscode.workspace.onDidOpenTextDocument(() => {
        // After a change of language the active editor holds the document that was closed and opened again.
        this.followAny();
      }),
      vscode.window.onDidChangeVisibleTextEditors(() => {
        this.followAny();
      }),
    ];
  }

  get document(): vscode.TextDocument | undefined {
    return this.latest;
  }

  /** Has the panel speak of a document, until another editor is active or the cursor moves in one. */
  show(document: vscode.TextDocument | undefined): void {
    if (document === this.latest) return;
    this.latest = document;
    this.changed.fire();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** While there is no document to show: the active editor's or, where the panel's own tab is active, one in sight. */
  private followAny(): void {
    if (this.latest) return;
    const { activeTextEditor, visibleTextEditors } = vscode.window;
    this.follow([activeTextEditor, ...visibleTextEditors].find((editor) => editor && isDocument(editor)));
  }

  private follow(editor: vscode.TextEditor | undefined): void {
    if (editor && isDocument(editor)) this.show(editor.document);
  }
}

/**
 * What text editors show that is no document: the output pane is nobody's, comments and interactive windows have an input of
 * their own, the Accessible View says what another view shows, and the others are parts of notebooks and chats.
 */
const NO_DOCUMENTS = [
  "output",
  "comment",
  "accessible-view",
  "vscode-interactive-input",
  "vscode-notebook-cell",
  "vscode-chat-code-block",
  "vscode-chat-code-compare-block",
];

/** Whether what a text editor shows is a document. */
export function isDocument({ document }: vscode.TextEditor): boolean {
  return !NO_DOCUMENTS.includes(document.uri.scheme);
}
