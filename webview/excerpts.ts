import type { FromPanel } from "../src/views/panelProtocol";

/** The segments' first words: asked of the host as they come into sight, and kept. */
export class Excerpts {
  private readonly texts = new Map<number, string>();
  private readonly asked = new Set<number>();
  private readonly listeners: (() => void)[] = [];
  private readingId: number | undefined;

  constructor(private readonly post: (request: Extract<FromPanel, { type: "excerpts" }>) => void) {}

  /** Forgets what belongs to another reading. */
  useFor(readingId: number): void {
    if (this.readingId === readingId) return;
    this.readingId = readingId;
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
    if (missing.length === 0 || this.readingId === undefined) return;
    for (const segment of missing) this.asked.add(segment);
    this.post({ type: "excerpts", readingId: this.readingId, segments: missing });
  }

  receive(readingId: number, segments: readonly number[], texts: readonly string[]): void {
    if (readingId !== this.readingId) return;
    segments.forEach((segment, index) => this.texts.set(segment, texts[index] ?? ""));
    for (const listener of this.listeners) listener();
  }

  /** Calls the listener whenever more words are known. */
  onReceive(listener: () => void): void {
    this.listeners.push(listener);
  }
}
