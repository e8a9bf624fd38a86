import { PROVIDER_NAMES } from "../analysis/figures";
import { UserError } from "../errors";
import { isCpu, type ExecutionProvider } from "../ponet/provider";

/** @throws Error where a GPU computes logits that are no numbers: it may do so of one text and not of another */
export function checkGpu(logits: readonly Float32Array[], provider: ExecutionProvider): void {
  if (!isCpu(provider) && !areNumbers(logits)) throw new Error(`${PROVIDER_NAMES[provider]} computes no numbers`);
}

/**
 * Weights that training has ruined compute no numbers, and no view could say anything of them.
 * @param logits of every head
 * @param name how messages name the document
 * @throws UserError naming the model where a logit is not finite; Error as {@link checkGpu}
 */
export function checkLogits(
  logits: readonly Float32Array[],
  provider: ExecutionProvider,
  modelFolder: string,
  name: string,
): void {
  checkGpu(logits, provider);
  if (areNumbers(logits)) return;
  throw new UserError(
    `The model in "${modelFolder}" computes no numbers from "${name}": its weights are broken, so choose another model.`,
  );
}

function areNumbers(logits: readonly Float32Array[]): boolean {
  return logits.every((each) => each.every(Number.isFinite));
}
