import { element } from "./dom";

/** Labels of a head that are shown until all are asked for. */
export const FEW = 4;

/**
 * The button below a head's labels that shows all of them, or the few again.
 * @param expanded names of the heads whose labels are all shown
 * @param onTurn told of those names once it was pressed
 */
export function moreOrFewer(
  id: string,
  { name, labels }: { readonly name: string; readonly labels: readonly string[] },
  expanded: readonly string[],
  onTurn: (expanded: readonly string[]) => void,
): HTMLElement {
  const open = expanded.includes(name);
  const text = open ? "Show fewer" : `Show all ${labels.length}`;
  const created = element("button", { class: "link", id, "aria-expanded": String(open) }, text);
  created.addEventListener("click", () => {
    onTurn(open ? expanded.filter((other) => other !== name) : [...expanded, name]);
  });
  return created;
}
