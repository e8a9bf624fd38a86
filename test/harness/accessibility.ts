/** Roles of what is operated, or whose content is told by its name: none may be without one. */
const NAMED = new Set([
  "application",
  "button",
  "checkbox",
  "combobox",
  "heading",
  "img",
  "link",
  "listbox",
  "option",
  "progressbar",
  "region",
  "slider",
  "table",
  "textbox",
]);

/**
 * What a reader with a screen reader would miss in a page.
 * @param snapshot The page's accessibility tree as `Locator.ariaSnapshot` writes it.
 */
export function accessibilityFaults(snapshot: string): string[] {
  const faults: string[] = [];
  let level = 0;
  for (const line of snapshot.split("\n")) {
    const [, role = "", name, rest = ""] = /^\s*- '?([a-z]+)(?: ("(?:[^"\\]|\\.)+"|\/.+\/))?(.*)$/.exec(line) ?? [];
    if (NAMED.has(role) && name === undefined) faults.push(`a ${role} has no name: ${line.trim()}`);
    if (role !== "heading") continue;
    const next = Number(/\[level=(\d)\]/.exec(rest)?.[1]);
    if (next > level + 1) faults.push(`a heading of level ${next} follows one of level ${level}: ${line.trim()}`);
    level = next;
  }
  return faults;
}
