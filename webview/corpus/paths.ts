// The host's paths, of whichever system that runs on.

/** A path below a folder, or a sentence about it, without that of the folder. */
export function below(folder: string, text: string): string {
  const at = text.indexOf(folder);
  if (at < 0) return text;
  const end = at + folder.length + (/[\\/]$/.test(folder) ? 0 : 1);
  return text.slice(0, at) + text.slice(end);
}
