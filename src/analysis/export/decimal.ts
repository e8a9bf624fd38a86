/** As many digits as every 32-bit float keeps, and as many as tell every one from its neighbours. */
const KEPT = 6;
const TELLING = 9;

/** A 32-bit float in the fewest digits that read back as the same float; empty where it is not a number. */
export function decimal(value: number): string {
  if (Number.isNaN(value)) return "";
  for (let digits = KEPT; digits < TELLING; digits++) {
    const text = Number(value.toPrecision(digits));
    if (Math.fround(text) === value) return String(text);
  }
  return String(Number(value.toPrecision(TELLING)));
}
