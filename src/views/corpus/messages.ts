import path from "node:path";
import { fieldsOf } from "../messageFields";
import type { FromCorpus } from "./protocol";

/** A message from the page of a folder's results, checked; undefined when it is none that the protocol knows. */
export function parseFromCorpus(message: unknown): FromCorpus | undefined {
  const { type, path: file, focus, format } = fieldsOf(message);
  switch (type) {
    case "ready":
    case "cancel":
    case "run":
      return { type };
    case "open":
      return typeof file === "string" ? { type, path: file, focus: focus === true } : undefined;
    case "export":
      return format === "csv" || format === "jsonl" ? { type, format } : undefined;
    default:
      return undefined;
  }
}

/** The folder whose results a page kept, checked; undefined when it is nothing that a page of ours keeps. */
export function parseFolder(state: unknown): string | undefined {
  const { folder } = fieldsOf(state);
  return typeof folder === "string" && path.isAbsolute(folder) ? folder : undefined;
}
