import * as vscode from "vscode";
import { CancelledError, PreconditionError, UserError } from "../errors";
import { plainText } from "./plainText";

/** A message as it was shown. */
export interface ShownMessage {
  readonly severity: "information" | "warning" | "error";
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
    void this.follow(vscode.window.showInformationMessage(plainText(message), ...actions));
  }

  /** Shows what is to be done first. */
  warning(message: string): void {
    this.log.warn(message);
    this.shown.fire({ severity: "warning", message });
    void vscode.window.showWarningMessage(plainText(message));
  }

  /** Shows a failure, with a way to the log; an action runs as that of {@link information}. */
  error(message: string, ...actions: readonly MessageAction[]): void {
    this.log.error(message);
    this.shown.fire({ severity: "error", message });
    const showLog: MessageAction = {
      title: "Show Log",
      run: () => {
        this.log.show();
      },
    };
    void this.follow(vscode.window.showErrorMessage(plainText(message), ...actions, showLog));
  }

  /**
   * Does what somebody asked for and shows why it fails or what is to be done first, unless it was cancelled; never rejects.
   * @param what as {@link sentenceOf}
   */
  async watch(what: string, work: () => unknown): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof PreconditionError) this.warning(error.message);
      else if (!(error instanceof CancelledError)) this.error(this.sentenceOf(what, error));
    }
  }

  /**
   * The sentence to tell of a failure: a UserError's own, whose cause goes to the log; of any other, which goes there itself,
   * that it was not expected.
   * @param what begins the sentence
   * @param wayOut what to do about it, as a command
   */
  sentenceOf(what: string, error: unknown, wayOut = "try it again"): string {
    if (error instanceof UserError) {
      if (error.cause instanceof Error) this.log.error(error.cause);
      return error.message;
    }
    this.log.error(error instanceof Error ? error : String(error));
    return `${what} failed for an unexpected reason: ${wayOut}, or see what the "PoNet Lens" output channel says of it.`;
  }

  dispose(): void {
    this.shown.dispose();
  }

  private async follow(pressed: Thenable<MessageAction | undefined>): Promise<void> {
    const action = await pressed;
    if (action) await this.watch(`"${action.title}"`, action.run);
  }
}
