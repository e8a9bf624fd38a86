import { lines } from "./lines";
import { isBlank } from "./space";

/** Of Markdown. Nothing but signs, as in "# # #", ends a press release. */
const ATX_HEADING = /^ {0,3}#{1,6}\s.*[^\s#]/;
const LATEX_HEADING = /^\s*\\(?:part|chapter|(?:sub){0,2}section)\*?\s*[[{]/;
/** Of AsciiDoc, and of MediaWiki. A single sign may be an equation's. */
const EQUALS_HEADING = /^={2,6}\s+\S/;
/** A line that an underline may make a heading, if it is none already: no list item, quotation, rule or indented code. */
const TITLE = /^ {0,3}(?!(?:[-+*]\s|>|[-=~^"#*+_]+\s*$|\[(?:source|listing|literal)\b))\S/;
/** A line without letters, or in columns, as of a table: such are underlined, too. */
const NO_TITLE = /^\P{L}*$|\S(?: {2,}|\t)\S/u;
const NUMBERED = /^ {0,3}\d+[.)]\s/;
const UNDERLINE = /^ {0,3}(([-=~^"#*+])\2{2,})\s*$/;
/** With a closing quote that no attribute or double quote precedes, as in "```Yes,'' he said", it is a quotation of LaTeX's. */
const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)(?![^={"]*'(?!\w))|~{3,})/;
/** What AsciiDoc says of the code behind it, and what begins and ends that. */
const BLOCK_ATTRIBUTES = /^\[(?:source|listing|literal)\b.*\]\s*$/;
const BLOCK_DELIMITER = /^(-{4,}|\.{4,})\s*$/;
const VERBATIM = /\\begin\{((?:verbatim|Verbatim|lstlisting|minted|comment)\*?)\}/;
const FRONT_MATTER = /^---\s*$/;
const FRONT_MATTER_END = /^(?:---|\.{3})\s*$/;

/** The lines that an underline would make a heading. */
interface Title {
  readonly start: number;
  /** Absent where they are several. */
  readonly line?: string;
}

/**
 * Cuts `text` before each heading of Markdown, reStructuredText, AsciiDoc or LaTeX outside of code and front matter, unless it
 * is the title alone.
 */
export function sectionCuts(text: string): number[] {
  const cuts: number[] = [];
  let isEnd: ((line: string) => boolean) | undefined;
  let title: Title | undefined;
  // Where a line begins that is nothing but an underline, and so perhaps the upper one of two.
  let overline: number | undefined;
  let before = "";
  const matterEnd = frontMatterEnd(text);
  for (const [start, end] of lines(text)) {
    if (start < matterEnd) continue;
    const line = text.slice(start, end);
    if (isEnd) {
      if (isEnd(line)) isEnd = undefined;
      continue;
    }
    const isUnderline = title !== undefined && underlines(line, title) && !NO_TITLE.test(before.trimEnd());
    if (!isUnderline) isEnd = endOfCode(line, before);
    const isHeading = ATX_HEADING.test(line) || LATEX_HEADING.test(line) || EQUALS_HEADING.test(line);
    if (isHeading) cuts.push(start);
    else if (title && isUnderline) cuts.push(title.start);
    if (isEnd || isHeading || isUnderline || !TITLE.test(line)) {
      title = undefined;
      overline = !isUnderline && UNDERLINE.test(line) ? start : undefined;
    } else {
      // A numbered line is a list's item, and has no other lines for Markdown.
      const goesOn = !NUMBERED.test(title?.line ?? "");
      title = title && goesOn ? { start: title.start } : { start: overline ?? start, line: line.trimEnd() };
      overline = undefined;
    }
    before = line;
  }
  const [first, second] = cuts;
  return first !== undefined && second === undefined && isBlank(text, matterEnd, first) ? [] : cuts;
}

/** Whether `line` makes a heading of `title`: of Markdown by its sign, of reStructuredText by its length. */
function underlines(line: string, { line: title }: Title): boolean {
  const underline = UNDERLINE.exec(line)?.[1];
  if (underline === undefined) return false;
  if (title !== undefined && underline.length >= title.length) return true;
  return /^[-=]/.test(underline) && !NUMBERED.test(title ?? "");
}

/** Which line ends the code that `line` begins, if it does. */
function endOfCode(line: string, before: string): ((line: string) => boolean) | undefined {
  const delimiter = BLOCK_ATTRIBUTES.test(before) ? BLOCK_DELIMITER.exec(line)?.[1] : undefined;
  const fence = FENCE.exec(line)?.[1] ?? delimiter;
  if (fence !== undefined) return (next) => closes(next, fence);
  const environment = VERBATIM.exec(line)?.[1];
  const isEnd = (next: string): boolean => next.includes(`\\end{${environment ?? ""}}`);
  return environment !== undefined && !isEnd(line) ? isEnd : undefined;
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
