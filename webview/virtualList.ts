import { element, property } from "./dom";

export interface VirtualListOptions {
  readonly label: string;
  /** Where the list was scrolled to when the page was last here. */
  readonly scroll: number;
  readonly onScroll: (scroll: number) => void;
  /** Makes the row at a place of the list. */
  readonly row: (place: number) => HTMLElement;
  /** Told which places came into sight. */
  readonly onVisible?: (places: readonly number[]) => void;
  /** Told which place the pointer is on; undefined once it is on none. */
  readonly onPoint?: (place: number | undefined) => void;
  /** `focus`: whether the reader wants to go on in the editor. */
  readonly onChoose: (place: number, focus: boolean) => void;
}

/** Rows kept ready above and below those in sight. */
const MARGIN = 8;

/** A list of rows of one height, of which only those in sight exist. */
export class VirtualList {
  readonly element: HTMLElement;
  private readonly rows = element("div", { class: "rows", role: "presentation" });
  private count: number | undefined;
  /** The place that the keyboard is at. */
  private active: number | undefined;
  private first = -1;
  private last = -1;

  constructor(private readonly options: VirtualListOptions) {
    const attributes = { class: "virtual", role: "listbox", tabindex: "0", "aria-label": options.label };
    this.element = element("div", attributes, this.rows);
    this.element.addEventListener(
      "scroll",
      () => {
        options.onScroll(this.element.scrollTop);
        this.update();
      },
      { passive: true },
    );
    new ResizeObserver(() => {
      this.redraw();
    }).observe(this.element);
    this.element.addEventListener("pointermove", ({ target }) => {
      options.onPoint?.(placeOf(target));
    });
    this.element.addEventListener("pointerleave", () => {
      options.onPoint?.(undefined);
    });
    this.element.addEventListener("click", ({ target }) => {
      const place = placeOf(target);
      if (place !== undefined) this.choose(place, false);
    });
    this.element.addEventListener("keydown", (event) => {
      if (this.handleKey(event.key)) event.preventDefault();
    });
  }

  /** Shows a list of so many rows; the first time where it was left, then from its start. */
  show(count: number): void {
    const scroll = this.count === undefined ? this.options.scroll : 0;
    this.count = count;
    this.active = undefined;
    property(this.element, "--rows", count);
    this.element.scrollTop = scroll;
    this.redraw();
  }

  /** The list has more rows now; it stays where it is. */
  grow(count: number): void {
    if (this.count === undefined) {
      this.show(count);
      return;
    }
    this.count = count;
    property(this.element, "--rows", count);
    this.redraw();
  }

  /** Makes the rows in sight anew. */
  redraw(): void {
    this.first = -1;
    this.update();
  }

  /** Calls `visit` with every row that exists and its place. */
  forEachRow(visit: (row: HTMLElement, place: number) => void): void {
    for (const row of this.rows.children) {
      if (row instanceof HTMLElement) visit(row, Number(row.dataset.place));
    }
  }

  /** Scrolls no further than needed to have the place in sight. */
  bringIntoSight(place: number): void {
    const { scrollTop, clientHeight } = this.element;
    const top = place * this.rowHeight;
    const bottom = top + this.rowHeight;
    if (top < scrollTop) this.element.scrollTop = top;
    else if (bottom > scrollTop + clientHeight) this.element.scrollTop = bottom - clientHeight;
  }

  private get rowHeight(): number {
    return parseFloat(getComputedStyle(this.element).getPropertyValue("--row-height"));
  }

  private update(): void {
    const height = this.rowHeight;
    const { scrollTop, clientHeight } = this.element;
    const first = Math.max(0, Math.floor(scrollTop / height) - MARGIN);
    const last = Math.min(this.count ?? 0, Math.ceil((scrollTop + clientHeight) / height) + MARGIN);
    if (first === this.first && last === this.last) return;
    this.first = first;
    this.last = last;
    const places = Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
    this.rows.replaceChildren(...places.map((place) => this.place(place)));
    this.markActive();
    this.options.onVisible?.(places);
  }

  private place(place: number): HTMLElement {
    const row = this.options.row(place);
    row.id = `row-${place}`;
    row.dataset.place = String(place);
    row.setAttribute("role", "option");
    row.setAttribute("aria-setsize", String(this.count ?? 0));
    row.setAttribute("aria-posinset", String(place + 1));
    property(row, "--place", place);
    return row;
  }

  private handleKey(key: string): boolean {
    const page = Math.max(1, Math.floor(this.element.clientHeight / this.rowHeight) - 1);
    const from = this.active ?? -1;
    const moves: Readonly<Partial<Record<string, number>>> = {
      ArrowUp: from - 1,
      ArrowDown: from + 1,
      PageUp: from - page,
      PageDown: from + page,
      Home: 0,
      End: (this.count ?? 0) - 1,
    };
    const move = moves[key];
    if (move !== undefined) this.activate(Math.max(0, Math.min((this.count ?? 0) - 1, move)));
    else if ((key === "Enter" || key === " ") && this.active !== undefined) this.choose(this.active, key === "Enter");
    else return false;
    return true;
  }

  /** As in VS Code's own lists, Enter moves on to the editor, and a click or the space bar does not. */
  private choose(place: number, focus: boolean): void {
    this.activate(place);
    this.options.onChoose(place, focus);
  }

  private activate(place: number): void {
    this.active = place;
    this.bringIntoSight(place);
    this.update();
    this.markActive();
  }

  private markActive(): void {
    const active = this.active === undefined ? "" : `row-${this.active}`;
    for (const row of this.rows.children) {
      row.setAttribute("aria-selected", String(row.id === active));
      // The menu key opens the menu of the list, which is what has the focus.
      if (row.id === active && row instanceof HTMLElement)
        this.element.dataset.vscodeContext = row.dataset.vscodeContext;
    }
    this.element.setAttribute("aria-activedescendant", active);
  }
}

/** The place of the row that an event happened in. */
function placeOf(target: EventTarget | null): number | undefined {
  const row = target instanceof Element ? target.closest("[data-place]") : null;
  return row instanceof HTMLElement ? Number(row.dataset.place) : undefined;
}
