import { element, property } from "./dom";
import { ListCursor, rowId } from "./listCursor";
import { onResize } from "./resize";

/** What a list shows, and whom it tells of what the reader does in it. */
export interface VirtualListOptions {
  readonly label: string;
  /** Where the list was scrolled to when the page was last here; asked once, when its first rows are there. */
  readonly scroll: () => number;
  readonly onScroll: (scroll: number) => void;
  /** Makes the row at a place of the list. */
  readonly row: (place: number) => HTMLElement;
  /** Told which place the pointer is on; undefined once it is on none. */
  readonly onPoint?: (place: number | undefined) => void;
  /** `focus`: whether the reader wants to go on in the editor. */
  readonly onChoose: (place: number, focus: boolean) => void;
}

/** Rows kept ready above and below those in sight. */
const MARGIN = 8;

/** Of the screen's pixels: Chromium lays out no more than a tenth above them. */
const MOST_PIXELS = 30e6;

/** A list of rows of one height, of which only those in sight exist. */
export class VirtualList {
  readonly element: HTMLElement;
  private readonly rows = element("div", { class: "rows", role: "presentation" });
  private count: number | undefined;
  private readonly cursor: ListCursor;
  /** Of a row, in pixels, how many of them one that is scrolled by stood for, and the place at the top, when it was drawn last. */
  private height = 0;
  private drawnScale = 1;
  private top = 0;
  /** How many rows above the top have no room: where there are too many, one pixel scrolls by several. */
  private skipped = 0;
  private first = -1;
  private last = -1;
  /** Where the list was left, until it is long enough to be there again or the reader scrolls. */
  private left: number | undefined;

  constructor(private readonly options: VirtualListOptions) {
    const attributes = { class: "virtual", role: "listbox", tabindex: "0", "aria-label": options.label };
    this.element = element("div", attributes, this.rows);
    this.cursor = new ListCursor({
      listbox: this.element,
      rows: this.rows,
      count: () => this.count ?? 0,
      page: () => Math.floor(this.element.clientHeight / this.rowHeight),
      bringIntoSight: (place) => {
        this.bringIntoSight(place);
      },
      onChoose: options.onChoose,
    });
    this.element.addEventListener(
      "scroll",
      () => {
        if (this.left === undefined) options.onScroll(this.element.scrollTop);
        this.update();
      },
      { passive: true },
    );
    for (const type of ["wheel", "pointerdown", "keydown"]) {
      this.element.addEventListener(type, () => (this.left = undefined), { passive: true });
    }
    onResize(this.element, () => {
      property(this.element, "--most", `${this.most}px`);
      this.keepPlace();
      // What was hidden until now could not be scrolled.
      this.restoreScroll();
      this.redraw();
    });
    this.element.addEventListener("pointermove", ({ target }) => {
      options.onPoint?.(placeOf(target));
    });
    this.element.addEventListener("pointerleave", () => {
      options.onPoint?.(undefined);
    });
    this.element.addEventListener("click", ({ target }) => {
      const place = placeOf(target);
      if (place !== undefined) this.cursor.choose(place, false);
    });
  }

  /** Shows a list of so many rows; the first time where it was left, then from its start. */
  show(count: number): void {
    this.left = this.count === undefined ? this.options.scroll() : 0;
    this.count = count;
    this.cursor.leave();
    property(this.element, "--rows", count);
    this.restoreScroll();
    this.redraw();
  }

  /**
   * The list has more rows now, or fewer; it stays where it is, and so do the elements of its rows, which may be pressed.
   * @param moved Where the row at a place has gone; undefined where it is none of the list's any more.
   */
  grow(count: number, moved: (place: number) => number | undefined = (place) => place): void {
    if (this.count === undefined) {
      this.show(count);
      return;
    }
    // A list that comes anew part by part is shorter for a while.
    if (count < this.count) this.left ??= this.element.scrollTop;
    this.count = count;
    this.cursor.follow(moved);
    this.forEachRow((row, place) => {
      const now = moved(place);
      if (now === undefined) row.remove();
      else this.put(row, now);
    });
    property(this.element, "--rows", count);
    this.keepPlace();
    this.restoreScroll();
    this.first = -1;
    this.update();
  }

  /** Makes the rows in sight anew. */
  redraw(): void {
    this.rows.replaceChildren();
    this.first = -1;
    this.update();
  }

  /** Calls `visit` with every row that exists and its place. */
  forEachRow(visit: (row: HTMLElement, place: number) => void): void {
    // What is removed on the way would have the next one skipped.
    for (const row of [...this.rows.children]) {
      if (row instanceof HTMLElement) visit(row, Number(row.dataset.place));
    }
  }

  /** Brings a place into sight and has the cursor there: the keyboard goes on from it. */
  moveTo(place: number): void {
    this.cursor.moveTo(place);
  }

  /** Scrolls the list, and the page that it may lie below the end of, no further than needed to have the place in sight. */
  private bringIntoSight(place: number): void {
    this.left = undefined;
    const { clientHeight } = this.element;
    const top = place * this.rowHeight;
    const bottom = top + this.rowHeight;
    if (top < this.offset) this.offset = top;
    else if (bottom > this.offset + clientHeight) this.offset = bottom - clientHeight;
    this.update();
    this.forEachRow((row, at) => {
      if (at === place) row.scrollIntoView({ block: "nearest" });
    });
  }

  private restoreScroll(): void {
    if (this.left === undefined) return;
    this.element.scrollTop = this.left;
    // What is on the screen is scrolled to in whole pixels of it.
    if (this.element.scrollTop > this.left - 1) this.left = undefined;
  }

  private get rowHeight(): number {
    return parseFloat(getComputedStyle(this.element).getPropertyValue("--row-height"));
  }

  /** The most pixels that the rows can have room for. */
  private get most(): number {
    return MOST_PIXELS / devicePixelRatio;
  }

  /** How many pixels of the rows one that is scrolled by stands for. */
  private get scale(): number {
    const { clientHeight } = this.element;
    const all = (this.count ?? 0) * this.rowHeight;
    return all > this.most ? (all - clientHeight) / (this.most - clientHeight) : 1;
  }

  /** How many pixels of the rows lie above the top. */
  private get offset(): number {
    return this.element.scrollTop * this.scale;
  }

  private set offset(offset: number) {
    this.element.scrollTop = offset / this.scale;
  }

  /** Rows of another height, or pixels that stand for another number of them, would leave other rows in sight. */
  private keepPlace(): void {
    if (this.rowHeight !== this.height || this.scale !== this.drawnScale) this.offset = this.top * this.rowHeight;
  }

  private update(): void {
    const height = this.rowHeight;
    const { offset } = this;
    const { scrollTop, clientHeight } = this.element;
    // What is hidden is at no place, and its rows may be of another height than in sight.
    if (clientHeight === 0) return;
    this.height = height;
    this.drawnScale = this.scale;
    this.top = offset / height;
    const skipped = (offset - scrollTop) / height;
    if (skipped !== this.skipped) {
      this.skipped = skipped;
      this.forEachRow((row, place) => {
        property(row, "--place", place - skipped);
      });
    }
    const first = Math.max(0, Math.floor(offset / height) - MARGIN);
    const last = Math.min(this.count ?? 0, Math.ceil((offset + clientHeight) / height) + MARGIN);
    if (first === this.first && last === this.last) return;
    this.first = first;
    this.last = last;
    const there = new Map<number, HTMLElement>();
    this.forEachRow((row, place) => {
      if (place >= first && place < last) there.set(place, row);
      else row.remove();
    });
    for (let place = first; place < last; place++) {
      if (there.has(place)) continue;
      const row = this.options.row(place);
      row.setAttribute("role", "option");
      this.put(row, place);
      this.rows.append(row);
    }
    this.cursor.mark();
  }

  /** Its place in the list, and not in the document, is where a row is seen and heard. */
  private put(row: HTMLElement, place: number): void {
    row.id = rowId(place);
    row.dataset.place = String(place);
    row.setAttribute("aria-setsize", String(this.count ?? 0));
    row.setAttribute("aria-posinset", String(place + 1));
    property(row, "--place", place - this.skipped);
  }
}

/** The place of the row that an event happened in. */
function placeOf(target: EventTarget | null): number | undefined {
  const row = target instanceof Element ? target.closest("[data-place]") : null;
  return row instanceof HTMLElement ? Number(row.dataset.place) : undefined;
}
