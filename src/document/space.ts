/** Whether a code unit is white space, as `\s` has it or of no width: editors on the web part paragraphs with lines of that. */
function isSpace(unit: number): boolean {
  if (unit < 0x80) return unit === 0x20 || (unit >= 0x9 && unit <= 0xd);
  return /[\s\u200b\u2060]/.test(String.fromCharCode(unit));
}

/** Whether there is nothing but white space from `start` to `end`. */
export function isBlank(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    if (!isSpace(text.charCodeAt(i))) return false;
  }
  return true;
}

/** Whether a line begins at `offset`, behind the LF, CRLF or CR of another. */
export function isLineStart(text: string, offset: number): boolean {
  const before = text.charAt(offset - 1);
  return before === "\n" || (before === "\r" && text.charAt(offset) !== "\n");
}

/** Whether a word begins at `offset`, behind white space. */
export function isWordStart(text: string, offset: number): boolean {
  return isSpace(text.charCodeAt(offset - 1)) && !isSpace(text.charCodeAt(offset));
}

/** The offset itself, or the next one if it is within a surrogate pair or a CRLF. */
export function outsideOfPair(text: string, offset: number): number {
  const pair = text.slice(offset - 1, offset + 1);
  return pair === "\r\n" || /^[\ud800-\udbff][\udc00-\udfff]$/.test(pair) ? offset + 1 : offset;
}
