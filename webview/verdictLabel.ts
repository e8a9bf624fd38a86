import type { Verdict } from "../src/analysis/verdict";
import { element } from "./dom";

/** A verdict's label; where the head is not sure, a guess, which a screen reader is told in words. */
export function verdictLabel({ label, sure }: Verdict, className: string): HTMLElement {
  if (sure) return element("span", { class: className }, label);
  const doubt = element("span", { class: "spoken" }, "not sure: ");
  return element("span", { class: `${className} guess` }, doubt, `${label}?`);
}
