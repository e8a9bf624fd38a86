/**
 * A sentence as VS Code shows it in a notification, and not as it would read it: it takes `[words](command:…)` for a link that
 * runs a command, and our sentences name files and what is in them.
 */
export function plainText(sentence: string): string {
  return sentence.replaceAll("](", "] (");
}
