/** Whether a field of a page's message can be the number of a reading, a segment or a row. */
export function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
