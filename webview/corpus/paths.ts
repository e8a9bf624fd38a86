// The host's paths, of whichever system that runs on.

/** A folder's name; of a drive or a whole disk, which have none, the path. */
export function folderName(folder: string): string {
  const [name = ""] = folder.split(/[\\/]/).slice(-1);
  return name || folder;
}

/** A path below a folder, or a sentence about it, without that of the folder. */
export function below(folder: string, text: string): string {
  const at = text.indexOf(folder);
  if (at < 0) return text;
  const end = at + folder.length + (/[\\/]$/.test(folder) ? 0 : 1);
  return text.slice(0, at) + text.slice(end);
}
