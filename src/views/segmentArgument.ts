import { fieldsOf } from "./messageFields";

/** How menus, links and key bindings name a segment to a command. */
export interface SegmentArgument {
  /** The document; absent for the one that the panel shows. */
  readonly uri?: string;
  /** The reading that the segment is one of; absent for the latest. */
  readonly readingId?: number;
  readonly segment: number;
}

/** A command's argument, checked; undefined when it names no segment. */
export function parseSegmentArgument(argument: unknown): SegmentArgument | undefined {
  const { uri, readingId, segment } = fieldsOf(argument);
  if (typeof segment !== "number") return undefined;
  return {
    segment,
    ...(typeof uri === "string" && { uri }),
    ...(typeof readingId === "number" && { readingId }),
  };
}
