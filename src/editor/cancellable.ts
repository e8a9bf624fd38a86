import * as vscode from "vscode";
import { CancelledError } from "../errors";
import { plainText } from "./plainText";

/**
 * Has `work` done below a notification that shows its progress and can cancel it.
 * @param work is given the signal of its end, and what to call with the fraction that is done and what is being done
 * @param abort cancels it too
 * @returns what `work` does; undefined once it is cancelled
 */
export async function cancellable<T>(
  title: string,
  work: (signal: AbortSignal, tell: (fraction: number, message?: string) => void) => Promise<T>,
  abort = new AbortController(),
): Promise<T | undefined> {
  const options = { location: vscode.ProgressLocation.Notification, title: plainText(title), cancellable: true };
  try {
    return await vscode.window.withProgress(options, (progress, token) => {
      token.onCancellationRequested(() => {
        abort.abort();
      });
      let told = 0;
      return work(abort.signal, (fraction, message) => {
        progress.report({ increment: (fraction - told) * 100, ...(message !== undefined && { message }) });
        told = fraction;
      });
    });
  } catch (error) {
    if (error instanceof CancelledError) return undefined;
    throw error;
  }
}
