import { readFileSync } from "node:fs";

const END_SIGNATURE = 0x06054b50;
const END_SIZE = 22;
const ENTRY_SIZE = 46;

/** A ZIP archive's central directory: the compressed bytes of each name. */
export function zipEntries(file: string): Map<string, number> {
  const bytes = readFileSync(file);
  const end = bytes.length - END_SIZE;
  if (bytes.readUInt32LE(end) !== END_SIGNATURE) throw new Error(`${file} does not end as a ZIP archive does.`);
  const entries = new Map<string, number>();
  let at = bytes.readUInt32LE(end + 16);
  while (entries.size < bytes.readUInt16LE(end + 10)) {
    const length = bytes.readUInt16LE(at + 28);
    const name = bytes.toString("utf8", at + ENTRY_SIZE, at + ENTRY_SIZE + length);
    entries.set(name, bytes.readUInt32LE(at + 20));
    at += ENTRY_SIZE + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}
