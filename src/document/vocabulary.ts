/** What a token begins with that does not begin a word. No word does: "#" is punctuation, and a word of its own. */
export const CONTINUATION = "##";

/** The node that no step leads from and no token ends at. */
export const DEAD = 0;
/** The node that whole words and their first pieces start from. */
export const WORD_START = 1;
/** The node that the other pieces of a word start from. */
export const WORD_MIDDLE = 2;

/** How far back from the last node to look for free cells: holes further back are given up, lest each be tried for ever. */
const SEARCHED = 64;

const FREE = -1;

/** The tokens that go through a node: those from `first` to before `end`, which share their first `depth` units. */
interface Branch {
  readonly node: number;
  readonly first: number;
  readonly end: number;
  readonly depth: number;
}

/**
 * A WordPiece vocabulary as a double-array trie over UTF-16 code units: the child of node n for symbol s is
 * `base[n] + s` if `parent[base[n] + s]` is n, and else there is none. A step is two array reads and allocates nothing.
 */
export class Vocabulary {
  /** [65536] The symbol of each code unit; 0, by which no step leads anywhere, for one that is in no token. */
  readonly symbols = new Uint16Array(0x10000);
  /** [nodes] What a node's children are reckoned from. */
  base = new Int32Array(0x10000);
  /** [nodes] What node a node is the child of, or FREE. */
  parent = new Int32Array(0x10000).fill(FREE);
  /** [nodes] The id of the token that ends at a node, or -1. */
  id = new Int32Array(0x10000).fill(-1);

  #alphabet = 0;
  #firstFree = 0;

  /** @param ids The id of each token. */
  constructor(ids: ReadonlyMap<string, number>) {
    const tokens = [...ids.keys()].sort();
    for (const token of tokens) {
      for (let i = 0; i < token.length; i++) this.symbols[token.charCodeAt(i)] = 1;
    }
    this.symbols.forEach((present, unit) => {
      if (present > 0) this.symbols[unit] = ++this.#alphabet;
    });
    // No base reaches all of the cells before this one.
    this.#firstFree = WORD_MIDDLE + 1 + this.#alphabet;
    const starts = tokens.filter((token) => !token.startsWith(CONTINUATION));
    const middles = tokens.filter((token) => token.startsWith(CONTINUATION));
    this.#insert(WORD_START, starts, ids, 0);
    this.#insert(WORD_MIDDLE, middles, ids, CONTINUATION.length);
  }

  /** The id of a word that is one token. */
  idOf(word: string): number | undefined {
    let node = WORD_START;
    for (let i = 0; i < word.length; i++) {
      const child = (this.base[node] ?? 0) + (this.symbols[word.charCodeAt(i)] ?? 0);
      node = this.parent[child] === node ? child : DEAD;
    }
    const id = this.id[node] ?? -1;
    return id < 0 ? undefined : id;
  }

  /** Puts the `sorted` tokens under `root`, each without its first `depth` units. */
  #insert(root: number, sorted: readonly string[], ids: ReadonlyMap<string, number>, depth: number): void {
    const branches: Branch[] = [{ node: root, first: 0, end: sorted.length, depth }];
    for (let branch = branches.pop(); branch !== undefined; branch = branches.pop()) {
      const { node, first, end, depth } = branch;
      const symbols: number[] = [];
      const starts: number[] = [];
      for (let i = first, previous = -1; i < end; i++) {
        const token = sorted[i] ?? "";
        if (token.length === depth) {
          this.id[node] = ids.get(token) ?? -1;
          continue;
        }
        const unit = token.charCodeAt(depth);
        if (unit === previous) continue;
        previous = unit;
        symbols.push(this.symbols[unit] ?? 0);
        starts.push(i);
      }
      if (symbols.length === 0) continue;
      const base = this.#place(symbols);
      this.base[node] = base;
      symbols.forEach((symbol, k) => {
        const child = base + symbol;
        this.parent[child] = node;
        branches.push({ node: child, first: starts[k] ?? end, end: starts[k + 1] ?? end, depth: depth + 1 });
      });
    }
  }

  /** A base at which the cells of all `symbols`, smallest first, are free, with room behind it for the whole alphabet. */
  #place(symbols: readonly number[]): number {
    while ((this.parent[this.#firstFree] ?? FREE) !== FREE) this.#firstFree++;
    const smallest = symbols[0] ?? 0;
    for (let base = this.#firstFree - smallest; ; base++) {
      while (base + this.#alphabet >= this.parent.length) this.#grow();
      if (symbols.every((symbol) => this.parent[base + symbol] === FREE)) {
        this.#firstFree = Math.max(this.#firstFree, base + smallest - SEARCHED);
        return base;
      }
    }
  }

  #grow(): void {
    const doubled = (cells: Int32Array, fill: number): Int32Array<ArrayBuffer> => {
      const larger = new Int32Array(2 * cells.length).fill(fill, cells.length);
      larger.set(cells);
      return larger;
    };
    this.base = doubled(this.base, 0);
    this.parent = doubled(this.parent, FREE);
    this.id = doubled(this.id, -1);
  }
}
