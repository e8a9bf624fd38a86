/**
 * A text as a terminal is to show it: names of files and labels may hold what moves its cursor, writes to the clipboard, or has
 * the rest of the line run backwards.
 */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, " ");
}
