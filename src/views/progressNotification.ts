import * as vscode from "vscode";
import { cancellable } from "../editor/cancellable";
import { documentName } from "../editor/documentName";
import type { Analyses, Running } from "../readings/analyses";
import { PHASE_NAMES } from "../readings/phaseNames";

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
    const title = `Classifying ${documentName(uri)}`;
    void cancellable(title, (_, tell) => this.follow(uri, started, tell), started.abort);
  }

  /** Tells how far the run is until it has ended. */
  private follow(uri: vscode.Uri, started: Running, tell: (fraction: number, message: string) => void): Promise<void> {
    return new Promise((resolve) => {
      const update = (): void => {
        const running = this.run(uri, started);
        if (running) {
          tell(running.fraction, PHASE_NAMES[running.phase]);
        } else {
          subscription.dispose();
          resolve();
        }
      };
      const subscription = this.analyses.onDidChange(update);
      update();
    });
  }
}
