import { paragraphs, type Paragraph } from "./paragraphs";
import { lastLineOrWordStart, lastLineStart, LONGEST_PIECE } from "./pieces";
import { lastSentenceStart } from "./sentences";

/** Cuts `text` into paragraphs, and those that are too long between lines that are texts of their own, sentences, or words. */
export function paragraphCuts(text: string): number[] {
  const cuts: number[] = [];
  for (const paragraph of paragraphs(text)) {
    let from = paragraph.start;
    cuts.push(from);
    while (paragraph.end - from > LONGEST_PIECE) {
      from = pieceEnd(text, from, paragraph);
      cuts.push(from);
    }
  }
  return cuts;
}

/** Where the piece of a long paragraph ends that begins at `from`. */
function pieceEnd(text: string, from: number, { end, isWrapped }: Paragraph): number {
  const line = isWrapped ? from : lastLineStart(text, from);
  // What is left of a line that is longer than a piece is cut within, rather than a short line from the one behind it.
  if (line - from > LONGEST_PIECE / 2) return line;
  const sentence = lastSentenceStart(text, from, from + LONGEST_PIECE, end);
  return sentence > from ? sentence : lastLineOrWordStart(text, from);
}
