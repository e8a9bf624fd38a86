import { fieldsOf } from "../messageFields";
import type { FromBenchmark } from "./protocol";

/** A message from the page of a benchmark, checked; undefined when it is none that the protocol knows. */
export function parseFromBenchmark(message: unknown): FromBenchmark | undefined {
  const { type } = fieldsOf(message);
  switch (type) {
    case "ready":
    case "copy":
    case "export":
      return { type };
    default:
      return undefined;
  }
}
