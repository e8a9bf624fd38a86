import { Listeners } from "./listeners";

/** Where words are written: an element, while it is in the page. */
interface Place {
  textContent: string | null;
  readonly isConnected: boolean;
}

/** The segments' first words: asked of the host as they come into sight, and kept. */
export class Excerpts {
  private readonly texts = new Map<number, string>();
  private readonly asked = new Set<number>();
  /** Where the words of which segment go that have not come. */
  private readonly waiting = new Map<Place, number>();
  private isDue = false;
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
    this.waiting.clear();
  }

  /** The segment's first words, once they are known. */
  of(segment: number): string | undefined {
    return this.texts.get(segment);
  }

  /** Writes the segment's first words; until they are known an ellipsis, in whose place they come. */
  write(place: Place, segment: number): void {
    const text = this.texts.get(segment);
    place.textContent = text ?? "…";
    if (text !== undefined) {
      this.waiting.delete(place);
      return;
    }
    this.waiting.set(place, segment);
    if (this.isDue) return;
    this.isDue = true;
    queueMicrotask(() => {
      this.isDue = false;
      this.requestWaiting();
    });
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
    for (const [place, segment] of this.waiting) {
      if (this.texts.has(segment)) this.write(place, segment);
    }
    this.received.tell();
  }

  /** Asks at once for all that a turn's places wait for; those that were removed wait no more, lest they are kept for ever. */
  private requestWaiting(): void {
    for (const place of this.waiting.keys()) if (!place.isConnected) this.waiting.delete(place);
    this.request([...new Set(this.waiting.values())]);
  }
}
