/** Those who are told whenever something happens, and of what. */
export class Listeners<Told extends readonly unknown[] = []> {
  private readonly all: ((...told: Told) => void)[] = [];

  /** Bound to these listeners, so that whoever has them can offer it alone. */
  readonly add = (listener: (...told: Told) => void): void => {
    this.all.push(listener);
  };

  tell(...told: Told): void {
    for (const listener of this.all) listener(...told);
  }
}
