/** The lines of `text` as half-open ranges, each with the LF, CRLF or CR that ends it. */
export function* lines(text: string): Generator<readonly [start: number, end: number]> {
  const find = (unit: string, from: number): number => {
    const found = text.indexOf(unit, from);
    return found < 0 ? text.length : found;
  };
  let lf = find("\n", 0);
  let cr = find("\r", 0);
  for (let start = 0, end = 0; start < text.length; start = end) {
    if (lf < start) lf = find("\n", start);
    if (cr < start) cr = find("\r", start);
    end = Math.min(lf === cr + 1 ? lf : Math.min(lf, cr), text.length - 1) + 1;
    yield [start, end];
  }
}
