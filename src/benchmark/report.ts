import { count, PROVIDER_NAMES } from "../analysis/figures";
import { isCpu, type ExecutionProvider } from "../ponet/provider";

/** One contestant at one length: medians over the rounds, or why there are none. */
export interface Measurement {
  readonly provider: ExecutionProvider;
  readonly name: string;
  /** How people call it. */
  readonly title: string;
  readonly length: number;
  /** The time of every round, in milliseconds. */
  readonly milliseconds: readonly number[];
  /** At the median time. */
  readonly tokensPerSecond?: number;
  /** The most resident memory of its process, in MiB. */
  readonly peakMb?: number;
  readonly failure?: string;
}

/** What was measured, and on what. */
export interface Report {
  readonly date: string;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryGb: number;
    readonly system: string;
    /** What computed, with versions. */
    readonly runtimes: readonly string[];
  };
  /** The sizes that all contestants share. */
  readonly model: {
    readonly width: number;
    readonly layers: number;
    readonly intermediate: number;
    readonly heads: number;
  };
  readonly rounds: number;
  /** Whether all was measured that was to be: not while it is under way, nor after a Cancel. */
  readonly whole: boolean;
  /** Each provider's device, where that is known. */
  readonly adapters: Readonly<Partial<Record<ExecutionProvider, string>>>;
  /** Why a provider was not measured. */
  readonly leftOut: Readonly<Partial<Record<ExecutionProvider, string>>>;
  readonly measurements: readonly Measurement[];
}

/** The figures of one provider: a row a contestant, a column a length. */
export interface Grid {
  readonly lengths: readonly number[];
  readonly rows: readonly {
    readonly name: string;
    readonly title: string;
    readonly cells: readonly (number | undefined)[];
  }[];
}

/** The providers of a report, in its order. */
export function providersOf({ measurements }: Report): Measurement["provider"][] {
  return [...new Set(measurements.map(({ provider }) => provider))];
}

/** One figure of every contestant at every length. */
export function grid(
  { measurements }: Report,
  provider: Measurement["provider"],
  figure: "tokensPerSecond" | "peakMb",
): Grid {
  const own = measurements.filter((one) => one.provider === provider);
  const lengths = [...new Set(own.map(({ length }) => length))].sort((a, b) => a - b);
  const rows = [...new Set(own.map(({ name }) => name))].map((name) => {
    const mine = own.filter((one) => one.name === name);
    return {
      name,
      title: mine[0]?.title ?? name,
      cells: lengths.map((length) => mine.find((one) => one.length === length)?.[figure]),
    };
  });
  return { lengths, rows };
}

/** The speed of one contestant by that of another at the same length: how many times as fast it is. */
export function ratios(report: Report, provider: Measurement["provider"]): Grid {
  const { lengths } = grid(report, provider, "tokensPerSecond");
  const speed = (name: string, length: number) =>
    report.measurements.find((one) => one.provider === provider && one.name === name && one.length === length)
      ?.tokensPerSecond;
  const pairs = [
    { of: "ponet", by: "transformer", title: "PoNet / Transformer" },
    { of: "ponet", by: "products", title: "PoNet / its matrix products" },
    { of: "ponet-int8", by: "ponet", title: "PoNet in int8 / PoNet" },
    { of: "ponet", by: "ponet-torch", title: "PoNet / PoNet in PyTorch" },
    { of: "ponet", by: "transformer-torch", title: "PoNet / Transformer in PyTorch" },
  ];
  const rows = pairs.map(({ of, by, title }) => ({
    name: `${of}/${by}`,
    title,
    cells: lengths.map((length) => {
      const [one, other] = [speed(of, length), speed(by, length)];
      return one && other ? one / other : undefined;
    }),
  }));
  return { lengths, rows: rows.filter(({ cells }) => cells.some((cell) => cell !== undefined)) };
}

/** What could not be measured, a line each; where several providers were, it begins with the one that failed. */
export function failuresOf(report: Report): string[] {
  const on = (provider: ExecutionProvider) => (providersOf(report).length > 1 ? `${PROVIDER_NAMES[provider]}: ` : "");
  return [
    ...(report.whole ? [] : ["This is not the whole benchmark: it is under way, or was cancelled."]),
    ...Object.entries(report.leftOut).map(
      ([provider, why]) => `${PROVIDER_NAMES[provider as ExecutionProvider]}: ${why}`,
    ),
    ...report.measurements.flatMap(({ provider, title, length, failure }) =>
      failure === undefined ? [] : [`${on(provider)}${title}, ${count(length)} tokens: ${failure}`],
    ),
  ];
}

/** What the figures of memory are. */
export function memoryTitle(provider: ExecutionProvider): string {
  return `peak memory of each process, ${isCpu(provider) ? "loading included" : "without what is on the GPU"}`;
}

/** The one sentence that names the machine. */
export function machineSentence({ machine, adapters, model, rounds }: Report): string {
  const { cpu, cores, memoryGb, system, runtimes } = machine;
  const gpus = Object.entries(adapters).flatMap(([provider, adapter]) => (provider === "cpu" ? [] : [adapter]));
  return (
    `${[`${cpu}, ${cores} cores, ${memoryGb} GB`, ...gpus].join("; ")}; ${[system, ...runtimes].join(", ")}; ` +
    `d ${model.width}, ${model.layers} layers, FFN ${model.intermediate}, ${model.heads} heads, random weights; ` +
    `medians of ${rounds} interleaved rounds, a process each`
  );
}
