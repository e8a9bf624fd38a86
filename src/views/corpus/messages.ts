import { fieldsOf } from "../messageFields";
import type { FromCorpus } from "./protocol";

/** A message from the page of a folder's results, checked; undefined when it is none that the protocol knows. */
export function parseFromCorpus(message: unknown): FromCorpus | undefined {
  const { type, path, focus, format } = fieldsOf(message);
  switch (type) {
    case "ready":
    case "cancel":
    case "run":
      return { type };
    case "open":
      return typeof path === "string" ? { type, path, focus: focus === true } : undefined;
    case "export":
      return format === "csv" || format === "jsonl" ? { type, format } : undefined;
    default:
      return undefined;
  }
}
