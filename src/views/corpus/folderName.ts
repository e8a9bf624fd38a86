import path from "node:path";

/** How messages and tabs name a folder; a drive or a whole disk, which have no name, by the path. */
export function folderName(folder: string): string {
  return path.basename(folder) || folder;
}
