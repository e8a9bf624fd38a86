import type { ProviderTrial } from "../../analysis/analysis";
import { leftOutNote, PROVIDER_NAMES } from "../../analysis/figures";
import { UserError } from "../../errors";
import type { PoNet } from "../../ponet/ponet";
import { isCpu, type ExecutionProvider } from "../../ponet/provider";
import { adapterOf } from "./adapters";
import type { TrialRecord } from "./records";
import { testOutputs } from "./selfTest";
import {
  FAILED_BEFORE,
  supportedProviders,
  tryAll,
  tryProvider,
  type Attempt,
  type AttemptOptions,
  type Openable,
  type TrialOptions,
} from "./trials";

export interface ProviderRequest extends TrialOptions {
  readonly provider: ExecutionProvider | "auto";
}

/** A network and how it came to run where it does. */
export interface OpenedNetwork {
  readonly network: PoNet;
  readonly provider: ExecutionProvider;
  /** The device that the provider runs on, where that is known. */
  readonly adapter?: string | undefined;
  /** What `auto` found, the fastest first; empty when the provider was asked for by name. */
  readonly trials: readonly ProviderTrial[];
}

/**
 * Opens a model on the provider asked for. `auto` takes the fastest of those whose numbers agree with the CPU's, and
 * remembers in `record` which one that was and prints it once.
 * @throws UserError when a provider asked for by name does not work here; it says which there are.
 */
export async function openNetwork(
  model: Openable,
  request: ProviderRequest,
  record: TrialRecord,
): Promise<OpenedNetwork> {
  if (request.provider !== "auto") return openNamed(model, request.provider, request);
  const remembered = await openRemembered(model, request, await record.read());
  if (remembered) return remembered;
  const { network, trials } = await tryAll(model, request);
  await record.write(trials);
  const [{ provider, adapter }] = trials;
  const notes = trials.flatMap((trial) => leftOutNote(trial) ?? []);
  // What the process prints is for the output channel.
  console.log([`PoNet runs on the ${PROVIDER_NAMES[provider]}.`, ...notes].join(" "));
  return { network, provider, adapter, trials };
}

/**
 * The provider that was the fastest before; undefined when it no longer opens or is right, when its device is another, or one
 * has failed since.
 */
async function openRemembered(
  model: Openable,
  options: TrialOptions,
  trials: readonly ProviderTrial[] = [],
): Promise<OpenedNetwork | undefined> {
  const { excluded } = options;
  const [fastest] = trials;
  const failedSince = trials.some((trial) => excluded.includes(trial.provider) && trial.leftOut !== FAILED_BEFORE);
  if (!fastest || failedSince) return undefined;
  const { provider, adapter } = fastest;
  // A driver may have been replaced since, or a GPU.
  if (!isCpu(provider)) {
    // Windows and macOS take a second or two, as opening does; Linux tells the device at once, but of an open session only.
    const telling = process.platform === "linux" ? undefined : adapterOf(provider);
    const { network } = await openChecked(model, provider, { ...options, software: false, adapter });
    const now = await (telling ?? adapterOf(provider));
    if (!now || now.name === adapter) return network && { network, provider, adapter, trials };
    await network?.release();
    return undefined;
  }
  try {
    return { network: await model.open(provider), provider, adapter, trials };
  } catch {
    return undefined;
  }
}

/** Opens a model on a GPU provider where its numbers are the CPU's. */
async function openChecked(model: Openable, provider: ExecutionProvider, options: AttemptOptions): Promise<Attempt> {
  const cpu = await model.open("cpu");
  const expected = await testOutputs(model.config, cpu);
  await cpu.release();
  return tryProvider(model, provider, expected, options);
}

async function openNamed(model: Openable, provider: ExecutionProvider, options: TrialOptions): Promise<OpenedNetwork> {
  if (provider === "cpu") {
    const network = await model.open(provider);
    return { network, provider, adapter: (await adapterOf(provider))?.name, trials: [] };
  }
  let why = "is not part of this build";
  if (supportedProviders().includes(provider)) {
    const attempt = await openChecked(model, provider, { ...options, software: true });
    if (attempt.network) return { network: attempt.network, provider, adapter: attempt.adapter?.name, trials: [] };
    why = `is not used (${attempt.leftOut})`;
  }
  const others = supportedProviders().filter((other) => other !== provider);
  throw new UserError(
    `The execution provider "${provider}" ${why}: set "ponet.executionProvider" to "auto" or to another of this build (${others.join(", ")}).`,
  );
}
