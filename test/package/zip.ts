import { readFileSync } from "node:fs";

const END_SIGNATURE = 0x06054b50;
const END_SIZE = 22;
const ENTRY_SIZE = 46;

/** The names in a ZIP archive's central directory. */
export function zipEntries(file: string): string[] {
  const bytes = readFileSync(file);
  const end = bytes.length - END_SIZE;
  if (bytes.readUInt32LE(end) !== END_SIGNATURE) throw new Error(`${file} does not end as a ZIP archive does.`);
  const names: string[] = [];
  let at = bytes.readUInt32LE(end + 16);
  while (names.length < bytes.readUInt16LE(end + 10)) {
    const length = bytes.readUInt16LE(at + 28);
    names.push(bytes.toString("utf8", at + ENTRY_SIZE, at + ENTRY_SIZE + length));
    at += ENTRY_SIZE + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return names;
}
