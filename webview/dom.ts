/** A new element with attributes and children; text is only ever set as text. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const created = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) created.setAttribute(name, value);
  created.append(...children);
  return created;
}

/** The head of a table: the titles of its columns, as tips too where they are cut off. */
export function headings(titles: readonly string[]): HTMLElement {
  const cells = titles.map((title) => element("th", { scope: "col", title }, title));
  return element("thead", {}, element("tr", {}, ...cells));
}

/** Shows or hides an element. */
export function show(target: HTMLElement, shown: boolean): void {
  target.hidden = !shown;
}

/** Says which buttons of a group can be pressed. Where that takes the focus from one, the first that can be has it. */
export function enable(...buttons: readonly (readonly [button: HTMLButtonElement, enabled: boolean])[]): void {
  const focused = document.activeElement;
  for (const [button, enabled] of buttons) button.disabled = !enabled;
  const lost = buttons.some(([button, enabled]) => button === focused && !enabled);
  if (lost) buttons.find(([, enabled]) => enabled)?.[0].focus();
}

/**
 * Has `redraw` make elements anew. Where one of them had the focus, the new one with its id has it, also in a window that is
 * behind another: its keyboard comes back. Once the keyboard is in another frame, no element of this one has the focus.
 */
export function keepFocusById(redraw: () => void): void {
  const focused = document.activeElement?.id;
  redraw();
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

/**
 * Has `redraw` hide elements, disable or remove them. Where that takes the focus from one, `heir` has it; where none had it, as once the
 * keyboard is in another frame, none has it after. The page stays where it is scrolled to.
 */
export function keepFocus(heir: HTMLElement, redraw: () => void): void {
  const hadFocus = document.activeElement !== document.body;
  redraw();
  // A removed element's focus goes to the body at once, a hidden or disabled one's with the next frame.
  const { activeElement } = document;
  const isLost = activeElement?.checkVisibility() === false || activeElement?.hasAttribute("disabled");
  if (hadFocus && (activeElement === document.body || isLost)) heir.focus({ preventScroll: true });
}

/** Sets a custom property, for figures that a style sheet draws; the policy forbids style attributes. */
export function property(target: HTMLElement, name: string, value: string | number): void {
  target.style.setProperty(name, String(value));
}
