import { lines } from "./lines";
import { isBlank } from "./space";

const ATX_HEADING = /^ {0,3}#{1,6}(?:\s|$)/;
const SETEXT_UNDERLINE = /^ {0,3}(?:=+|-{2,})\s*$/;
/** A line that an underline makes a heading, if it is none already: no list item, quotation, rule or indented code. */
const SETEXT_TITLE = /^ {0,3}(?!(?:[-+*]|\d+[.)])\s|>|[-=_*]+\s*$)\S/;
const LATEX_HEADING = /^\s*\\(?:part|chapter|(?:sub){0,2}section)\*?\s*[[{]/;
/** With a closing quote that no attribute or double quote precedes, as in "```Yes,'' he said", it is a quotation of LaTeX's. */
const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)(?![^={"]*'(?!\w))|~{3,})/;
const FRONT_MATTER = /^---\s*$/;
const FRONT_MATTER_END = /^(?:---|\.{3})\s*$/;

/** Cuts `text` before each heading of Markdown or LaTeX outside of fenced code and front matter, unless it is the title alone. */
export function sectionCuts(text: string): number[] {
  const cuts: number[] = [];
  let fence = "";
  // Where the lines began that an underline would make a heading.
  let title: number | undefined;
  const matterEnd = frontMatterEnd(text);
  for (const [start, end] of lines(text)) {
    if (start < matterEnd) continue;
    const line = text.slice(start, end);
    if (fence !== "") {
      if (closes(line, fence)) fence = "";
      continue;
    }
    fence = FENCE.exec(line)?.[1] ?? "";
    const isHeading = ATX_HEADING.test(line) || LATEX_HEADING.test(line);
    if (isHeading) cuts.push(start);
    else if (title !== undefined && SETEXT_UNDERLINE.test(line)) cuts.push(title);
    title = fence === "" && !isHeading && SETEXT_TITLE.test(line) ? (title ?? start) : undefined;
  }
  const [first, second] = cuts;
  return first !== undefined && second === undefined && isBlank(text, matterEnd, first) ? [] : cuts;
}

/** Where the YAML before a document ends; 0 without. As in Pandoc, no blank line follows its first hyphens. */
function frontMatterEnd(text: string): number {
  let number = 0;
  for (const [start, end] of lines(text)) {
    const line = text.slice(start, end);
    if (number === 0 && !FRONT_MATTER.test(line)) return 0;
    if (number === 1 && isBlank(text, start, end)) return 0;
    if (number > 0 && FRONT_MATTER_END.test(line)) return end;
    number++;
  }
  return 0;
}

/** Whether `line` closes what `fence` opened: as many of the same character, or more, and nothing else. */
function closes(line: string, fence: string): boolean {
  const closing = line.trim();
  return closing.length >= fence.length && closing === fence.charAt(0).repeat(closing.length);
}
