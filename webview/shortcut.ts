/** Whether a key press is VS Code's, to which the page's presses go as well: both would act on it. */
export function isShortcut({ ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return ctrlKey || metaKey || altKey;
}
