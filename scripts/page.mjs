// The extension's page, which VS Code makes of the packed readme.md and shows without any file beside it.
import { readFileSync } from "node:fs";

/** What of the README only its developers need is left out. */
const SECTIONS = ["In the editor", "Licence"];

/** The README's sections for users, with their pictures inside and without links to files. */
export function pageOf(readme) {
  const [top, ...sections] = readme.split(/^(?=## )/m);
  const kept = sections.filter((section) => SECTIONS.some((title) => section.startsWith(`## ${title}\n`)));
  return [top, ...kept]
    .join("")
    .replace(/(?<=!\[[^\]]*\]\()[^)]+\.png/g, (file) => `data:image/png;base64,${readFileSync(file, "base64")}`)
    .replace(/(?<!!)\[([^\]]*)\]\((?!https?:|#)[^)]*\)/g, "$1");
}
