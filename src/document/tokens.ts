/** The tokens of a text in order, [CLS] and [SEP] not among them. */
export interface Tokens {
  /** [N] */
  readonly ids: Int32Array;
  /** [N] UTF-16 offset of each token's first unit. */
  readonly starts: Uint32Array;
  /** [N] UTF-16 offset behind each token's last unit. */
  readonly ends: Uint32Array;
}

/** Collects tokens in arrays that grow geometrically. */
export class TokenBuffer {
  #ids: Int32Array;
  #starts: Uint32Array;
  #ends: Uint32Array;
  /** How many tokens there are; set to less, it drops the last ones. */
  length = 0;

  constructor(capacity: number) {
    this.#ids = new Int32Array(capacity);
    this.#starts = new Uint32Array(capacity);
    this.#ends = new Uint32Array(capacity);
  }

  push(id: number, start: number, end: number): void {
    if (this.length === this.#ids.length) this.#grow();
    this.#ids[this.length] = id;
    this.#starts[this.length] = start;
    this.#ends[this.length++] = end;
  }

  /** The tokens so far, copied out of the larger arrays. */
  tokens(): Tokens {
    const { length } = this;
    return {
      ids: this.#ids.slice(0, length),
      starts: this.#starts.slice(0, length),
      ends: this.#ends.slice(0, length),
    };
  }

  #grow(): void {
    const capacity = Math.ceil(1.5 * this.length) + 16;
    const { ids, starts, ends } = this.tokens();
    this.#ids = new Int32Array(capacity);
    this.#ids.set(ids);
    this.#starts = new Uint32Array(capacity);
    this.#starts.set(starts);
    this.#ends = new Uint32Array(capacity);
    this.#ends.set(ends);
  }
}
