/** Digits that tell every 32-bit float from its neighbours. */
const DIGITS = 9;

/** A 32-bit float in the fewest digits that read back as the same float; empty where it is not a number. */
export function decimal(value: number): string {
  if (Number.isNaN(value)) return "";
  for (let digits = 1; digits < DIGITS; digits++) {
    const text = Number(value.toPrecision(digits));
    if (Math.fround(text) === value) return String(text);
  }
  return String(Number(value.toPrecision(DIGITS)));
}
