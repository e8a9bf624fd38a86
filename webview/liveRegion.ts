/** Says a sentence in a live region, unless it was said there last: one tells what is written into it, the same again too. */
export function say(region: HTMLElement, sentence: string): void {
  if (sentence !== region.textContent) region.textContent = sentence;
}
