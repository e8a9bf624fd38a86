import { z } from "zod";
import { EXECUTION_PROVIDERS } from "../analysis/analysis";

/** One contestant at one length: medians over the rounds, or why there are none. */
export const Measurement = z.object({
  provider: z.enum(EXECUTION_PROVIDERS),
  name: z.string(),
  /** How people call it. */
  title: z.string(),
  length: z.number(),
  /** The time of every round, in milliseconds. */
  milliseconds: z.array(z.number()),
  /** At the median time. */
  tokensPerSecond: z.number().optional(),
  /** The most resident memory of its process, in MiB. */
  peakMb: z.number().optional(),
  failure: z.string().optional(),
});
export type Measurement = z.infer<typeof Measurement>;

/** What was measured, and on what. */
export const Report = z.object({
  date: z.string(),
  machine: z.object({
    cpu: z.string(),
    cores: z.number(),
    memoryGb: z.number(),
    system: z.string(),
    /** What computed, with versions. */
    runtimes: z.array(z.string()),
  }),
  /** The sizes that all contestants share. */
  model: z.object({ width: z.number(), layers: z.number(), intermediate: z.number(), heads: z.number() }),
  rounds: z.number(),
  /** Each provider's device, where known. */
  adapters: z.partialRecord(z.enum(EXECUTION_PROVIDERS), z.string()),
  /** Why a provider was not measured. */
  leftOut: z.partialRecord(z.enum(EXECUTION_PROVIDERS), z.string()),
  measurements: z.array(Measurement),
});
export type Report = z.infer<typeof Report>;

/** The figures of one provider: a row a contestant, a column a length. */
export interface Grid {
  readonly lengths: readonly number[];
  readonly rows: readonly { readonly title: string; readonly cells: readonly (number | undefined)[] }[];
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
      title: mine[0]?.title ?? name,
      cells: lengths.map((length) => mine.find((one) => one.length === length)?.[figure]),
    };
  });
  return { lengths, rows };
}

/** PoNet's speed by that of others at the same length: how many times as fast it is. */
export function ratios(report: Report, provider: Measurement["provider"]): Grid {
  const { lengths } = grid(report, provider, "tokensPerSecond");
  const speed = (name: string, length: number) =>
    report.measurements.find((one) => one.provider === provider && one.name === name && one.length === length)
      ?.tokensPerSecond;
  const others = [
    { name: "transformer", title: "PoNet / Transformer" },
    { name: "products", title: "PoNet / its matrix products" },
    { name: "ponet-torch", title: "PoNet / PoNet in PyTorch" },
    { name: "transformer-torch", title: "PoNet / Transformer in PyTorch" },
  ];
  const rows = others.map(({ name, title }) => ({
    title,
    cells: lengths.map((length) => {
      const [own, other] = [speed("ponet", length), speed(name, length)];
      return own && other ? own / other : undefined;
    }),
  }));
  return { lengths, rows: rows.filter(({ cells }) => cells.some((cell) => cell !== undefined)) };
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
