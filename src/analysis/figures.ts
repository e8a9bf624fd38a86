import type { ExecutionProvider } from "../ponet/provider";
import type { Analysis, HeadAnalysis, ProviderTrial } from "./analysis";
import type { Verdict } from "./verdict";

// How figures are written, in the host's views, the panel's page and exported reports alike.

/** A count with its thousands set apart. Without Intl, whose first use would double the time activation takes. */
export function count(value: number): string {
  return value.toFixed(0).replaceAll(/\B(?=(\d{3})+$)/g, ",");
}

/** A count and its noun: `1 segment`, `1,200 segments`. */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? "" : "s"}`;
}

/** A share of one as a percentage; one decimal below 10%. */
export function percent(share: number): string {
  const hundredths = share * 100;
  if (hundredths > 0 && hundredths < 0.1) return "<0.1%";
  return `${hundredths.toFixed(hundredths < 9.95 && hundredths > 0 ? 1 : 0)}%`;
}

/** How many times another figure one is: `1.25×`. */
export function times(ratio: number): string {
  return `${ratio.toFixed(2)}×`;
}

/** Tokens per second; undefined where no time was measured. */
export function tokensPerSecond(tokens: number, ms: number): number | undefined {
  return ms > 0 ? (tokens * 1000) / ms : undefined;
}

/** What stands for a figure of a draft that is not known yet. */
export const NOT_KNOWN = "not known yet";

/** A figure with its sign and three significant digits; beside others, of the largest among them. */
export function signed(value: number, largest: number = value): string {
  if (Number.isNaN(value)) return NOT_KNOWN;
  const magnitude = Math.floor(Math.log10(Math.max(Math.abs(largest), 1e-6)));
  const text = Math.abs(value).toFixed(Math.max(0, Math.min(6, 2 - magnitude)));
  if (Number(text) === 0) return text;
  return `${value < 0 ? "−" : "+"}${text}`;
}

/** A duration in milliseconds; from one second on in seconds, from two minutes on in minutes. */
export function duration(ms: number): string {
  if (ms >= 119_500) return `${(ms / 60_000).toFixed(0)} min`;
  if (ms < 1) return "<1 ms";
  return ms < 999.5 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(ms < 9950 ? 1 : 0)} s`;
}

/** How long something still takes, no finer than anybody can tell. */
export function timeLeft(ms: number): string {
  const minutes = ms / 60_000;
  if (minutes < 1) return `${Math.ceil(ms / 1000)} s left`;
  if (minutes < 60) return `${Math.ceil(minutes)} min left`;
  return `${(minutes / 60).toFixed(1)} h left`;
}

/** A verdict's label; a guess where the head is not sure. */
export function labelOf({ label, sure }: Verdict): string {
  return sure ? label : `not sure: ${label}?`;
}

/** A verdict's score, with what the head asks for where that is more; where both would read the same, more exactly. */
export function scoreOf({ score }: Verdict, { threshold = 0 }: Pick<HeadAnalysis, "threshold">): string {
  if (!(score < threshold)) return percent(score);
  const [has, asked] = [percent(score), percent(threshold)];
  if (has !== asked) return `${has}, below the threshold of ${asked}`;
  const roundedDown = (Math.floor(score * 1000) / 10).toFixed(1);
  return `${roundedDown}%, below the threshold of ${Number((threshold * 100).toFixed(4))}%`;
}

/** What segments are, for people. */
export const SEGMENTATION_NAMES: Readonly<Record<Analysis["segmentation"], string>> = {
  paragraph: "By paragraph",
  sentence: "By sentence",
  section: "By section",
  fixed: "Of equal length",
};

/** The execution providers' names for people. */
export const PROVIDER_NAMES: Readonly<Record<ExecutionProvider, string>> = {
  cpu: "CPU",
  "cpu-int8": "CPU (int8)",
  webgpu: "WebGPU",
  cuda: "CUDA",
  dml: "DirectML",
  coreml: "Core ML",
};

/** A provider and the device it runs on: `WebGPU on NVIDIA H100`. */
export function providerName(provider: ExecutionProvider, adapter: string | undefined): string {
  return adapter === undefined ? PROVIDER_NAMES[provider] : `${PROVIDER_NAMES[provider]} on ${adapter}`;
}

/** Why `auto` left a provider out; undefined when it did not. */
export function leftOutNote({ provider, leftOut }: ProviderTrial): string | undefined {
  return leftOut === undefined ? undefined : `${PROVIDER_NAMES[provider]} is not used: ${leftOut}.`;
}
