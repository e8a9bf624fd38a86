import { isShortcut } from "./shortcut";

/** The list that a cursor is in, and what its keys do there. */
export interface ListCursorOptions {
  /** Has the focus, and the cursor's row as its active descendant. */
  readonly listbox: HTMLElement;
  /** Holds the rows that exist; their ids are {@link rowId}'s. */
  readonly rows: HTMLElement;
  readonly count: () => number;
  /** How many rows are in sight at once. */
  readonly page: () => number;
  /** Sees to it that the place is in sight and its row exists. */
  readonly bringIntoSight: (place: number) => void;
  /** `focus`: whether the reader wants to go on in the editor. */
  readonly onChoose: (place: number, focus: boolean) => void;
}

/** The id of the row at a place of the list. */
export function rowId(place: number): string {
  return `row-${place}`;
}

/** The place of a list that the keyboard is at, and the keys that move it and choose. */
export class ListCursor {
  private place: number | undefined;

  constructor(private readonly options: ListCursorOptions) {
    options.listbox.addEventListener("keydown", (event) => {
      if (!isShortcut(event) && this.handleKey(event.key)) event.preventDefault();
    });
  }

  /** Is nowhere, until the next key or click. */
  leave(): void {
    this.place = undefined;
  }

  /** Goes where the row at its place has gone; is nowhere once that is out of the list. */
  follow(moved: (place: number) => number | undefined): void {
    const place = this.place === undefined ? undefined : moved(this.place);
    this.place = place !== undefined && place < this.options.count() ? place : undefined;
  }

  /** Goes to a place and brings that into sight; who has the focus keeps it. */
  moveTo(place: number): void {
    this.place = place;
    this.options.bringIntoSight(place);
    this.mark();
  }

  /** As in VS Code's own lists, Enter moves on to the editor, and a click or the space bar does not. */
  choose(place: number, focus: boolean): void {
    this.moveTo(place);
    this.options.onChoose(place, focus);
  }

  /** Marks the row at its place, if that exists; rows are made without the mark. */
  mark(): void {
    const { listbox, rows } = this.options;
    const active = this.place === undefined ? "" : rowId(this.place);
    if (this.place === undefined) delete listbox.dataset.vscodeContext;
    for (const row of rows.children) {
      row.setAttribute("aria-selected", String(row.id === active));
      if (row.id !== active || !(row instanceof HTMLElement)) continue;
      // The menu key opens the menu of the list, which is what has the focus.
      const { vscodeContext } = row.dataset;
      if (vscodeContext === undefined) delete listbox.dataset.vscodeContext;
      else listbox.dataset.vscodeContext = vscodeContext;
    }
    listbox.setAttribute("aria-activedescendant", active);
  }

  private handleKey(key: string): boolean {
    const from = this.place ?? -1;
    const [page, last] = [Math.max(1, this.options.page() - 1), this.options.count() - 1];
    const moves: Readonly<Partial<Record<string, number>>> = {
      ArrowUp: from - 1,
      ArrowDown: from + 1,
      PageUp: from - page,
      PageDown: from + page,
      Home: 0,
      End: last,
    };
    const move = moves[key];
    if (move !== undefined) this.moveTo(Math.max(0, Math.min(last, move)));
    else if ((key === "Enter" || key === " ") && this.place !== undefined) this.choose(this.place, key === "Enter");
    else return false;
    return true;
  }
}
