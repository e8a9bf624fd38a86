import { element } from "./dom";

/** A sentence for the ear alone: never hidden, as what comes into sight together with its words is often missed. */
export class Spoken {
  readonly element = element("p", { class: "spoken", role: "status" });

  /** Says a sentence, unless it was said last; "" takes back what is no longer so. */
  say(sentence: string): void {
    // What is written is told, the same again too.
    if (sentence !== this.element.textContent) this.element.textContent = sentence;
  }
}
