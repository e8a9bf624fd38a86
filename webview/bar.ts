import { element, property } from "./dom";

/** A bar as long as a share, 0 to 1, for the eye alone: a figure beside it says the same. @param kinds further classes */
export function bar(share: number, ...kinds: readonly string[]): HTMLElement {
  const created = element("span", { class: ["bar", ...kinds].join(" "), "aria-hidden": "true" });
  property(created, "--share", share);
  return created;
}
