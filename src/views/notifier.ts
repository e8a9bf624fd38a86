import * as vscode from "vscode";
import { plainText } from "./plainText";

/** A message as it was shown. */
export interface ShownMessage {
  readonly severity: "information" | "error";
  readonly message: string;
}

/** A button of a message. */
export interface MessageAction {
  readonly title: string;
  readonly run: () => unknown;
}

/** Where every message to the user passes, so that each is also in the log and can be observed. */
export class Notifier implements vscode.Disposable {
  private readonly shown = new vscode.EventEmitter<ShownMessage>();

  readonly onDidShow = this.shown.event;

  constructor(private readonly log: vscode.LogOutputChannel) {}

  /** Shows what is no failure; an action runs when its button is pressed. */
  information(message: string, ...actions: readonly MessageAction[]): void {
    this.log.info(message);
    this.shown.fire({ severity: "information", message });
    void vscode.window.showInformationMessage(plainText(message), ...actions).then((action) => action?.run());
  }

  /** Shows a failure, with a way to the log. */
  error(message: string): void {
    this.log.error(message);
    this.shown.fire({ severity: "error", message });
    const showLog: MessageAction = {
      title: "Show Log",
      run: () => {
        this.log.show();
      },
    };
    void vscode.window.showErrorMessage(plainText(message), showLog).then((action) => action?.run());
  }

  /** Shows why something fails that a page asked for: nothing else waits for it. */
  watch(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      this.error(error instanceof Error ? error.message : String(error));
    });
  }

  dispose(): void {
    this.shown.dispose();
  }
}
