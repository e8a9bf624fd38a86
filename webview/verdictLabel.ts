import { labelOf } from "../src/analysis/figures";
import type { Verdict } from "../src/analysis/verdict";
import { element } from "./dom";

/**
 * A verdict's label, whole in its tip where it is cut off; of a head that is not sure a guess, which the tip says in words.
 * @param doubt why the text's labels are not to be believed, where that is so
 */
export function verdictLabel(verdict: Verdict, className: string, doubt?: string): HTMLElement {
  const { label, sure } = verdict;
  const tip = labelOf(verdict);
  const created = element("span", { class: className, title: doubt === undefined ? tip : `${tip}\n${doubt}` });
  if (sure) created.append(label);
  else {
    created.classList.add("guess");
    created.append(element("span", { class: "spoken" }, "not sure: "), `${label}?`);
  }
  return created;
}
