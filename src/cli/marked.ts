import { UserError } from "../errors";

/**
 * A Markdown document with other `content` between its comments "NAME:begin" and "NAME:end".
 * @param file How messages name the document.
 * @throws UserError naming `file` when it lacks them
 */
export function withMarked(document: string, name: string, content: string, file: string): string {
  const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
  const [start, stop] = [document.indexOf(begin), document.indexOf(end)];
  if (start < 0 || stop < start) {
    throw new UserError(`"${file}" lacks the lines "${begin}" and "${end}": put them back.`);
  }
  return `${document.slice(0, start + begin.length)}\n\n${content.trim()}\n\n${document.slice(stop)}`;
}
