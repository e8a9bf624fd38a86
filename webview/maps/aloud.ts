import { element } from "../dom";

/** Tells a segment's first words, once they are known. */
export type Words = () => string | undefined;

/** What is read aloud to who moves by key: at once what is known, and the words of segments as soon as they are. */
export class Aloud {
  readonly element = element("div", { class: "spoken", "aria-live": "polite" });
  /** Those of what was said last that were not known yet. */
  private missing: readonly Words[] = [];

  /** @param words Of the segments that the sentence is about, which has those that are known. */
  say(sentence: string, words: readonly Words[]): void {
    this.element.textContent = sentence;
    this.missing = words.filter((each) => each() === undefined);
  }

  /** Says the words that have become known since. */
  sayWords(): void {
    this.missing = this.missing.filter((each) => {
      const words = each();
      // Of a live region what is added is read aloud.
      if (words !== undefined) this.element.append(` ${words}`);
      return words === undefined;
    });
  }
}
