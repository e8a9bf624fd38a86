import { element } from "../dom";

/** What a map and the strip have in common: a title line above a canvas as wide as the axis. */
export class MapFrame {
  readonly canvas = element("canvas", { "aria-hidden": "true" });
  /** The canvas and what lies over it. */
  readonly body = element("div", { class: "map-body" }, this.canvas);
  private readonly name = element("span", { class: "map-name" });
  private readonly meaning = element("span", { class: "map-meaning" });
  private readonly value = element("span", { class: "map-value figure" });
  private readonly title: HTMLElement;

  readonly element: HTMLElement;

  constructor(legend: HTMLElement) {
    this.title = element("div", { class: "map-title" }, this.name, this.meaning, this.value, legend);
    this.element = element("div", { class: "map" }, this.title, this.body);
  }

  rename(name: string, meaning: string): void {
    this.name.textContent = name;
    this.meaning.textContent = meaning;
    this.title.title = meaning === "" ? name : `${name}: ${meaning}`;
  }

  /** The name and the value pointed at. */
  get valueText(): string {
    return `${this.name.textContent} ${this.value.textContent}`;
  }

  /** Shows the value pointed at, or nothing. */
  tell(value: string): void {
    this.value.textContent = value;
  }
}
