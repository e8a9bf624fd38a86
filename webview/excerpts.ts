import { Listeners } from "./listeners";

/** The segments' first words: asked of the host as they come into sight, and kept. */
export class Excerpts {
  private readonly texts = new Map<number, string>();
  private readonly asked = new Set<number>();
  private owner: number | undefined;
  private readonly received = new Listeners();
  /** Calls the listener whenever more words are known. */
  readonly onReceive = this.received.add;

  /** @param ask Asks the host for those of some segments of their owner. */
  constructor(private readonly ask: (owner: number, segments: readonly number[]) => void) {}

  /** Forgets what belongs to another owner: a reading, or a side of a comparison. */
  useFor(owner: number): void {
    if (this.owner === owner) return;
    this.owner = owner;
    this.texts.clear();
    this.asked.clear();
  }

  /** The segment's first words, once they are known. */
  of(segment: number): string | undefined {
    return this.texts.get(segment);
  }

  /** Asks for those of the segments that were not asked for yet. */
  request(segments: readonly number[]): void {
    const missing = segments.filter((segment) => !this.asked.has(segment));
    if (missing.length === 0 || this.owner === undefined) return;
    for (const segment of missing) this.asked.add(segment);
    this.ask(this.owner, missing);
  }

  /** Asks again for those that were asked for and have not come. */
  askAgain(): void {
    const missing = [...this.asked].filter((segment) => !this.texts.has(segment));
    if (missing.length > 0 && this.owner !== undefined) this.ask(this.owner, missing);
  }

  receive(owner: number, segments: readonly number[], texts: readonly string[]): void {
    if (owner !== this.owner) return;
    segments.forEach((segment, index) => this.texts.set(segment, texts[index] ?? ""));
    this.received.tell();
  }
}
