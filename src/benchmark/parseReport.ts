import * as z from "zod";
import { EXECUTION_PROVIDERS } from "../ponet/provider";
import type { Report } from "./report";

const Provider = z.enum(EXECUTION_PROVIDERS);
const ByProvider = z.partialRecord(Provider, z.string());
const Size = z.number().positive();

const MeasurementSchema = z.object({
  provider: Provider,
  name: z.string(),
  title: z.string(),
  length: Size,
  milliseconds: z.array(z.number()),
  tokensPerSecond: Size.exactOptional(),
  peakMb: Size.exactOptional(),
  failure: z.string().exactOptional(),
});

const ReportSchema = z.object({
  date: z.string(),
  machine: z.object({
    cpu: z.string(),
    cores: z.number(),
    memoryGb: z.number(),
    system: z.string(),
    runtimes: z.array(z.string()),
  }),
  model: z.object({ width: z.number(), layers: z.number(), intermediate: z.number(), heads: z.number() }),
  rounds: z.number(),
  // Not said by those of before.
  whole: z.boolean().default(true),
  adapters: ByProvider,
  leftOut: ByProvider,
  measurements: z.array(MeasurementSchema),
}) satisfies z.ZodType<Report>;

/** A report that was kept elsewhere, checked; undefined when it is none. */
export function parseReport(value: unknown): Report | undefined {
  return ReportSchema.safeParse(value).data;
}
