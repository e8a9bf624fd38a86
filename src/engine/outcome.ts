import { UserError } from "../errors";
import type { Outcome } from "./protocol";

/** The value of an outcome. @throws UserError with the sentence of a failure, whose details go to `log`. */
export function valueOf<T>(outcome: Outcome<T>, log: (line: string) => void): T {
  if (outcome.ok) return outcome.value;
  log(outcome.err.detail);
  throw new UserError(outcome.err.message);
}
