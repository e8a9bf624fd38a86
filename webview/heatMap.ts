import { element, property, show } from "./dom";
import { colour } from "../src/analysis/palette";
import type { PoolingGrid } from "../src/analysis/poolingGrid";

/** A cell of the map, by its place in the grid. */
export interface Cell {
  readonly layer: number;
  readonly column: number;
}

export interface HeatMapOptions {
  /** What a cell says, or nothing while that is not known. */
  readonly describe: (cell: Cell) => string;
  /** `focus`: whether the reader wants to go on in the editor. */
  readonly onChoose: (cell: Cell, focus: boolean) => void;
}

/**
 * A grid as coloured pixels, columns to the right and layers down. The pointer or the arrow keys move a cursor whose
 * cell is described beside it; a click chooses it, and so does Enter.
 */
export class HeatMap {
  private readonly canvas = element("canvas", { "aria-hidden": "true" });
  private readonly cursor = element("div", { class: "map-cursor", hidden: "" });
  private readonly tip = element("div", { class: "tip", hidden: "" });
  private readonly spoken = element("div", { class: "spoken", "aria-live": "polite" });
  private grid: PoolingGrid | undefined;
  private cell: Cell | undefined;

  readonly element = element(
    "div",
    { class: "map", role: "img", tabindex: "0" },
    this.canvas,
    this.cursor,
    this.tip,
    this.spoken,
  );

  constructor(private readonly options: HeatMapOptions) {
    this.element.addEventListener("pointermove", (event) => {
      this.moveTo(this.cellAt(event));
    });
    this.element.addEventListener("pointerleave", () => {
      this.moveTo(undefined);
    });
    this.element.addEventListener("blur", () => {
      this.moveTo(undefined);
    });
    this.element.addEventListener("click", (event) => {
      const cell = this.cellAt(event);
      if (cell) options.onChoose(cell, false);
    });
    this.element.addEventListener("keydown", (event) => {
      if (this.handleKey(event.key)) event.preventDefault();
    });
  }

  /** Pixels across the map: the most columns that a grid for it should have. */
  get resolution(): number {
    return Math.max(1, Math.floor(this.element.clientWidth * devicePixelRatio));
  }

  /** Draws the grid; `label` tells its content to those who do not see it. */
  draw(grid: PoolingGrid, label: string): void {
    this.grid = grid;
    this.moveTo(undefined);
    this.element.setAttribute("aria-label", label);
    property(this.element, "--layers", grid.layers);
    const pixels = new Uint32Array(grid.layers * grid.columns);
    const range = grid.high - grid.low;
    grid.values.forEach((value, index) => {
      pixels[index] = colour(range > 0 ? (value - grid.low) / range : 0.5);
    });
    // One pixel to a cell: the style sheet stretches the picture without smoothing.
    this.canvas.width = grid.columns;
    this.canvas.height = grid.layers;
    const image = new ImageData(new Uint8ClampedArray(pixels.buffer), grid.columns, grid.layers);
    this.canvas.getContext("2d")?.putImageData(image, 0, 0);
  }

  /** Describes the cursor's cell anew, after more has become known of it. */
  refresh(): void {
    if (this.cell) this.tip.textContent = this.options.describe(this.cell);
  }

  private cellAt({ clientX, clientY }: MouseEvent): Cell | undefined {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    const { layers, columns } = this.grid ?? { layers: 0, columns: 0 };
    const column = Math.floor(((clientX - left) / width) * columns);
    const layer = Math.floor(((clientY - top) / height) * layers);
    return column >= 0 && column < columns && layer >= 0 && layer < layers ? { layer, column } : undefined;
  }

  private handleKey(key: string): boolean {
    const cell = this.cell ?? { layer: 0, column: 0 };
    const { layers, columns } = this.grid ?? { layers: 0, columns: 0 };
    const moves: Readonly<Partial<Record<string, Cell>>> = {
      ArrowLeft: { ...cell, column: cell.column - 1 },
      ArrowRight: { ...cell, column: cell.column + 1 },
      ArrowUp: { ...cell, layer: cell.layer - 1 },
      ArrowDown: { ...cell, layer: cell.layer + 1 },
      Home: { ...cell, column: 0 },
      End: { ...cell, column: columns - 1 },
    };
    const move = moves[key];
    if (move) {
      const to = this.cell ? move : cell;
      this.moveTo({
        layer: Math.min(layers - 1, Math.max(0, to.layer)),
        column: Math.min(columns - 1, Math.max(0, to.column)),
      });
      this.spoken.textContent = this.tip.textContent;
    } else if (key === "Escape") {
      this.moveTo(undefined);
    } else if (key === "Enter" && this.cell) {
      this.options.onChoose(this.cell, true);
    }
    return move !== undefined || key === "Enter";
  }

  private moveTo(cell: Cell | undefined): void {
    this.cell = cell;
    show(this.cursor, cell !== undefined);
    show(this.tip, cell !== undefined);
    const { layers, columns } = this.grid ?? { layers: 1, columns: 1 };
    if (!cell) return;
    this.refresh();
    property(this.element, "--x", cell.column / columns);
    property(this.element, "--y", cell.layer / layers);
    property(this.element, "--cell-width", 1 / columns);
    // Centred below the cell as far as the map's edges allow.
    const room = this.element.clientWidth - this.tip.offsetWidth;
    const centre = ((cell.column + 0.5) / columns) * this.element.clientWidth - this.tip.offsetWidth / 2;
    property(this.element, "--tip-left", `${Math.max(0, Math.min(room, centre))}px`);
  }
}
