import type { ProviderTrial } from "../../analysis/analysis";
import type { PoNetConfig } from "../../ponet/config";
import type { PoNet } from "../../ponet/ponet";
import { listSupportedBackends } from "../../ponet/onnxruntime";
import { EXECUTION_PROVIDERS, isCpu, type ExecutionProvider } from "../../ponet/provider";
import type { Outputs } from "../../ponet/session";
import { adapterOf, type Adapter } from "./adapters";
import { gpuProviders } from "./candidates";
import { reason } from "./reason";
import { agree, testOutputs, tokensPerSecond } from "./selfTest";

/** Why a provider is left out that failed or crashed in the middle of a document. */
export const FAILED_BEFORE = "it failed before";

/** A model that can be opened on any execution provider. */
export interface Openable {
  readonly config: PoNetConfig;
  readonly open: (provider: ExecutionProvider) => Promise<PoNet>;
}

export interface TrialOptions {
  /** Not to be tried: they failed before, or took the process down. */
  readonly excluded: readonly ExecutionProvider[];
  /** Called before a provider other than the CPU is tried, so that a crash can be laid at its door. */
  readonly onTry: (provider: ExecutionProvider) => void;
}

export interface AttemptOptions extends TrialOptions {
  /** Whether an adapter that is software will do: it is right, and slower than the CPU. */
  readonly software: boolean;
  /** The device's name, where it is remembered: Windows and macOS take a second or two to tell it. */
  readonly adapter?: string | undefined;
}

/** A network that computes what the CPU does, or why there is none: completes "… is not used: ". */
export type Attempt = { readonly adapter?: Adapter | undefined } & (
  { readonly network: PoNet; readonly leftOut?: undefined } | { readonly network?: undefined; readonly leftOut: string }
);

/** Tries the CPU, in float32 and in int8, and every GPU provider of this machine: the network of the fastest, and all trials, it first. */
export async function tryAll(
  model: Openable,
  options: TrialOptions,
): Promise<{ readonly network: PoNet; readonly trials: readonly [ProviderTrial, ...ProviderTrial[]] }> {
  const cpu = await model.open("cpu");
  const expected = await testOutputs(model.config, cpu);
  let best = { network: cpu, trial: await timed(model.config, "cpu", cpu, await adapterOf("cpu")) };
  const others: ProviderTrial[] = [];
  for (const provider of supportedProviders(["cpu-int8", ...gpuProviders()])) {
    const { network, adapter, leftOut } = await tryProvider(model, provider, expected, { ...options, software: false });
    const omit = (why: string) => others.push({ provider, ...(adapter && { adapter: adapter.name }), leftOut: why });
    if (!network) {
      omit(leftOut);
      continue;
    }
    const trial = await timed(model.config, provider, network, adapter).catch(reason);
    if (typeof trial === "string") {
      omit(trial);
      await network.release();
      continue;
    }
    const next = { network, trial };
    const [faster, slower] = next.trial.tokensPerSecond > best.trial.tokensPerSecond ? [next, best] : [best, next];
    others.push(slower.trial);
    await slower.network.release();
    best = faster;
  }
  others.sort((a, b) => (b.tokensPerSecond ?? 0) - (a.tokensPerSecond ?? 0));
  return { network: best.network, trials: [best.trial, ...others] };
}

/** Opens the model on a provider and compares its numbers with the CPU's. */
export async function tryProvider(
  { config, open }: Openable,
  provider: ExecutionProvider,
  expected: Outputs,
  { excluded, onTry, software, adapter: remembered }: AttemptOptions,
): Promise<Attempt> {
  if (excluded.includes(provider)) return { leftOut: FAILED_BEFORE };
  if (!isCpu(provider)) onTry(provider);
  let network: PoNet | undefined;
  let leftOut = "its numbers differ from the CPU's";
  try {
    network = await open(provider);
    const adapter = remembered === undefined ? await adapterOf(provider) : { name: remembered, software: false };
    if (adapter?.software && !software) {
      await network.release();
      return { adapter, leftOut: `${adapter.name} is software, no GPU` };
    }
    if (agree(expected, await testOutputs(config, network), provider)) return { network, adapter };
  } catch (error) {
    leftOut = reason(error);
  }
  await network?.release();
  return { leftOut };
}

/** Those of `providers` that this build of onnxruntime knows; one it knows may still find no device. */
export function supportedProviders(providers: readonly ExecutionProvider[] = EXECUTION_PROVIDERS): ExecutionProvider[] {
  const names = listSupportedBackends().map(({ name }) => name);
  return providers.filter((provider) => names.includes(isCpu(provider) ? "cpu" : provider));
}

async function timed(config: PoNetConfig, provider: ExecutionProvider, network: PoNet, adapter: Adapter | undefined) {
  return {
    provider,
    ...(adapter && { adapter: adapter.name }),
    tokensPerSecond: await tokensPerSecond(config, network),
  };
}
