/**
 * The lines of a text that comes in chunks, without its byte order mark, at line feeds alone: newer versions of Node's own
 * reader end them at U+2028 too, which JSON leaves as it is.
 */
export async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  let rest = "";
  let isFirst = true;
  for await (const chunk of chunks) {
    const [first = "", ...others] = (isFirst ? chunk.replace(/^\ufeff/, "") : chunk).split("\n");
    isFirst = false;
    rest += first;
    for (const line of others) {
      yield rest;
      rest = line;
    }
  }
  if (rest !== "") yield rest;
}
