import type { FromCorpus } from "./protocol";

/** A message from the page of a folder's results, checked; undefined when it is none that the protocol knows. */
export function parseFromCorpus(message: unknown): FromCorpus | undefined {
  if (typeof message !== "object" || message === null) return undefined;
  const { type, path, format } = message as Readonly<Record<string, unknown>>;
  switch (type) {
    case "ready":
    case "cancel":
    case "run":
      return { type };
    case "open":
      return typeof path === "string" ? { type, path } : undefined;
    case "export":
      return format === "csv" || format === "jsonl" ? { type, format } : undefined;
    default:
      return undefined;
  }
}
