import { labelOf } from "../src/analysis/figures";
import type { Verdict } from "../src/analysis/verdict";
import { element } from "./dom";

/** A verdict's label, whole in its tip where it is cut off; of a head that is not sure a guess, which the tip says in words. */
export function verdictLabel(verdict: Verdict, className: string): HTMLElement {
  const { label, sure } = verdict;
  const created = element("span", { class: className, title: labelOf(verdict) });
  if (sure) created.append(label);
  else {
    created.classList.add("guess");
    created.append(element("span", { class: "spoken" }, "not sure: "), `${label}?`);
  }
  return created;
}
