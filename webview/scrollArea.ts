import { element } from "./dom";

/** A table that scrolls by itself, by pointer and by keyboard, its first column and its headings staying in sight. */
export function scrollArea(label: string, table: HTMLTableElement): HTMLElement {
  table.setAttribute("aria-label", label);
  return element("div", { class: "map-table-rows", role: "region", tabindex: "0", "aria-label": label }, table);
}
