/** What VS Code draws an icon for. */
const ICON = /\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/g;

/**
 * A label as VS Code shows it in a pick or the status bar, and not as it would read it: it takes `$(verified)` for an icon, and
 * names of files, models and labels are their authors'.
 */
export function plainLabel(label: string): string {
  return label.replace(ICON, "\\$&");
}
