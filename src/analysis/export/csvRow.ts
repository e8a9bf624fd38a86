/** What a CSV begins with: without it, spreadsheets take the letters of a text for others. */
export const BYTE_ORDER_MARK = "\ufeff";

/** A row of CSV by RFC 4180, its end of line included. */
export function csvRow(fields: readonly string[]): string {
  return `${fields.map(field).join(",")}\r\n`;
}

/** A field with quotes around it where they are asked for. */
function field(text: string): string {
  const shown = cellText(text);
  return /[",\r\n]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
}

/**
 * A text that a spreadsheet leaves one: before what it would take for a formula is an apostrophe, at the beginning and wherever
 * a cell begins for one that parts them by semicolons, as in many languages, or by tabs.
 */
export function cellText(text: string): string {
  const isFormula = /^[=+\-@\t\r\n]/.test(text) && Number.isNaN(Number(text));
  return (isFormula ? `'${text}` : text).replace(/[;\t\r\n](?="*[=+\-@])/g, "$&'");
}
