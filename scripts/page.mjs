// The extension's page, which VS Code makes of the packed readme.md and shows without any file beside it.

/** What of the README only its developers need is left out. */
const SECTIONS = ["In the editor", "Licence"];

/**
 * The README's sections for users, without links to files, and without pictures: since 1.103 VS Code shows none that lie within
 * the page, but only those of an address, and there is none.
 */
export function pageOf(readme) {
  const [top, ...sections] = readme.split(/^(?=## )/m);
  const kept = sections.filter((section) => SECTIONS.some((title) => section.startsWith(`## ${title}\n`)));
  return [top, ...kept]
    .join("")
    .replace(/<details>.*?<\/details>\n\n/gs, "")
    .replace(/!\[[^\]]*\]\([^)]+\.png\)\n\n/g, "")
    .replace(/\[([^\]]*)\]\((?!https?:|#)[^)]*\)/g, "$1");
}
