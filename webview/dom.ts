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

/** Shows or hides an element. */
export function show(target: HTMLElement, shown: boolean): void {
  target.hidden = !shown;
}

/** Sets a custom property, for figures that a style sheet draws; the policy forbids style attributes. */
export function property(target: HTMLElement, name: string, value: string | number): void {
  target.style.setProperty(name, String(value));
}
