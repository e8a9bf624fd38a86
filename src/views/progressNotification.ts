import * as vscode from "vscode";
import type { Analyses, Running } from "./analyses";
import { documentName } from "./documentName";
import { PHASE_NAMES } from "./phaseNames";
import { plainText } from "./plainText";

const DELAY_MS = 2000;

/** Shows a cancellable notification for each analysis that takes longer than two seconds. */
export class ProgressNotification implements vscode.Disposable {
  private readonly announced = new WeakSet<AbortController>();
  private readonly subscription: vscode.Disposable;

  constructor(private readonly analyses: Analyses) {
    this.subscription = analyses.onDidChange((uri) => {
      const running = analyses.get(uri)?.running;
      if (!running || running.quiet || this.announced.has(running.abort)) return;
      this.announced.add(running.abort);
      setTimeout(() => {
        if (this.run(uri, running)) this.show(uri, running);
      }, DELAY_MS);
    });
  }

  dispose(): void {
    this.subscription.dispose();
  }

  /** The run as it stands, while it is still the document's. */
  private run(uri: vscode.Uri, { abort }: Running): Running | undefined {
    const running = this.analyses.get(uri)?.running;
    return running?.abort === abort ? running : undefined;
  }

  private show(uri: vscode.Uri, started: Running): void {
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: plainText(`Classifying ${documentName(uri)}`),
      cancellable: true,
    };
    void vscode.window.withProgress(options, (progress, token) => {
      token.onCancellationRequested(() => {
        started.abort.abort();
      });
      return new Promise<void>((resolve) => {
        let reported = 0;
        const follow = (): void => {
          const running = this.run(uri, started);
          if (running) {
            progress.report({ message: PHASE_NAMES[running.phase], increment: (running.fraction - reported) * 100 });
            reported = running.fraction;
          } else {
            subscription.dispose();
            resolve();
          }
        };
        const subscription = this.analyses.onDidChange(follow);
        follow();
      });
    });
  }
}
