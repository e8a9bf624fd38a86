import { CancelledError } from "./errors";

/**
 * What `work` comes to, for who waits no longer than until `signal` aborts: what the system was asked for, of a share of the
 * network that does not answer, say, cannot be ended.
 * @throws CancelledError as soon as `signal` aborts
 */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      reject(new CancelledError());
    };
    if (signal?.aborted) leave();
    signal?.addEventListener("abort", leave, { once: true });
    work.finally(() => signal?.removeEventListener("abort", leave)).then(resolve, reject);
  });
}
