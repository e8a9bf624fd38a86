/** A row of CSV by RFC 4180, its end of line included. */
export function csvRow(fields: readonly string[]): string {
  return `${fields.map(field).join(",")}\r\n`;
}

/** A field with quotes around it where they are asked for. */
function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
