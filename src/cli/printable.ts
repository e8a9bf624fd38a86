/** A text as a terminal is to show it: names of files and labels may hold what moves its cursor or writes to the clipboard. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, " ");
}
