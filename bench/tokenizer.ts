import { readFileSync } from "node:fs";
import { Tokenizer } from "tokenizers";
import { median } from "../src/benchmark/median";
import { WordPiece } from "../src/document/wordpiece";

const ROUNDS = 9;
const UNITS = 1_000_000;

/**
 * Prints the tokens per second of this project's tokenizer and of the `tokenizers` package, over the same text in
 * alternating rounds, on one thread each. Ours always gives offsets; the package is timed with and without reading them.
 *
 * @param args A text file (else a speech of 1893) and a `tokenizer.json` (else the bundled model's). The text is repeated
 *   up to 1,000,000 UTF-16 units.
 */
export async function tokenizer(args: readonly string[]): Promise<void> {
  const [textFile = "test/fixtures/workspace/sample.txt", file = "models/ponet-tiny/tokenizer.json"] = args;
  process.env.TOKENIZERS_PARALLELISM = "false";
  const theirs = Tokenizer.fromFile(file);
  const parsing = performance.now();
  const ours = WordPiece.parse(readFileSync(file, "utf8"), file);
  const parsed = performance.now();
  const passage = readFileSync(textFile, "utf8");
  const text = passage.repeat(Math.ceil(UNITS / passage.length)).slice(0, UNITS);

  const times = { ours: [] as number[], theirs: [] as number[], theirsWithOffsets: [] as number[] };
  let tokens = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    tokens = ours.encode(text).ids.length;
    const ourEnd = performance.now();
    const encoding = await theirs.encode(text, null, { addSpecialTokens: false });
    const theirTokens = encoding.getIds().length;
    const theirEnd = performance.now();
    encoding.getOffsets();
    const theirEndWithOffsets = performance.now();
    if (tokens !== theirTokens) throw new Error(`${tokens} tokens here, ${theirTokens} from the package.`);
    times.ours.push(ourEnd - start);
    times.theirs.push(theirEnd - ourEnd);
    times.theirsWithOffsets.push(theirEndWithOffsets - ourEnd);
  }

  const row = (name: string, milliseconds: readonly number[]) => ({
    tokenizer: name,
    "tokens/s": Math.round((1000 * tokens) / median(milliseconds)),
    "times as fast as the package": Number((median(times.theirs) / median(milliseconds)).toFixed(2)),
  });
  console.log(`${textFile}: ${text.length} UTF-16 units, ${tokens} tokens; medians of ${ROUNDS} alternating rounds`);
  console.table([
    row("PoNet Lens", times.ours),
    row("tokenizers", times.theirs),
    row("tokenizers, with getOffsets()", times.theirsWithOffsets),
  ]);
  console.log(`PoNet Lens read ${file} in ${Math.round(parsed - parsing)} ms`);
}
