import { PROVIDER_NAMES } from "../analysis/figures";
import { UserError } from "../errors";
import { isCpu, type ExecutionProvider } from "../ponet/provider";

/**
 * Weights that training has ruined compute no numbers, and no view could say anything of them.
 * @param logits of every head
 * @param name how messages name the document
 * @throws UserError naming the model where a logit is not finite; another error where a GPU may be the reason
 */
export function checkLogits(
  logits: readonly Float32Array[],
  provider: ExecutionProvider,
  modelFolder: string,
  name: string,
): void {
  if (logits.every((each) => each.every(Number.isFinite))) return;
  if (!isCpu(provider)) throw new Error(`${PROVIDER_NAMES[provider]} computes no numbers`);
  throw new UserError(
    `The model in "${modelFolder}" computes no numbers from "${name}": its weights are broken, so choose another model.`,
  );
}
