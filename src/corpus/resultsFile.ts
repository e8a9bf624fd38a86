import { createReadStream } from "node:fs";
import { appendFile, mkdir, rename, rm, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import * as z from "zod";
import { errorCode, firstLine, UserError } from "../errors";
import { linesOf } from "./lines";
import { isClassified, type Classified, type Key, type Row } from "./row";

const Verdict = z.object({ label: z.string(), score: z.number(), sure: z.boolean() });
const Line: z.ZodType<Row> = z.union([
  z.object({
    ...{ path: z.string(), hash: z.string(), model: z.string(), segmentation: z.string(), tokens: z.number() },
    provider: z.string().optional(),
    ranOn: z.string().optional(),
    doubt: z.string().optional(),
    heads: z.record(z.string(), Verdict),
  }),
  z.object({ path: z.string(), error: z.string() }),
]);

/** Rows that are known of each file: somebody may go back and forth between some models and segmentations. */
const ROWS_OF_A_FILE = 4;

/** A results file may hold so many lines for each row that is known: then those rows alone are written anew. */
const LINES_OF_A_ROW = 4;

/** How a line begins. */
const BEGINNING = '{"path":';

/** What a file system may leave, after a power loss, where the end of a line or a row after it was to be. */
const NULS = /^\0+|(?<!\0)\0+$/g;

/**
 * A file of results, a JSON object a line, appended to as files finish: what was written before a crash is not done
 * again. A line cut short by one is passed over. Of each file the last few rows are known; those before go when there are many.
 */
export class ResultsFile {
  private constructor(
    private readonly file: string,
    private readonly known: Known,
  ) {}

  /**
   * Opens a results file, or begins one.
   * @throws UserError naming a file that cannot be written, or that holds something else.
   */
  static async open(file: string): Promise<ResultsFile> {
    try {
      await mkdir(path.dirname(file), { recursive: true });
      await appendFile(file, "");
      const { known, lines, endsWhole } = await readKnown(file);
      await endLastLine(file, endsWhole);
      const rows = [...known.values()].reduce((sum, { length }) => sum + length, 0);
      if (rows > 0 && lines > LINES_OF_A_ROW * rows) await writeAnew(file, known);
      return new ResultsFile(file, known);
    } catch (error) {
      if (error instanceof UserError) throw error;
      throw new UserError(
        `"${file}" cannot be written (${firstLine(error)}): see that you may write to its folder, or name another results file.`,
        { cause: error },
      );
    }
  }

  /** Whether the file's last row of this path is of this content, model, segmentation and provider. */
  isLast(key: Key): boolean {
    const [last] = this.known.get(key.path) ?? [];
    return last !== undefined && isOf(last, key);
  }

  /** The result of an earlier run for the same content, model, segmentation and provider. */
  find(key: Key): Classified | undefined {
    return this.known.get(key.path)?.find((row) => isOf(row, key));
  }

  /**
   * A sentence that says of a file what the last row of an earlier run says is not written again.
   * @throws UserError when there is no room for the row, say, or the file's folder has been deleted, and the file with it.
   */
  async append(row: Row): Promise<void> {
    const [last] = this.known.get(row.path) ?? [];
    if (!isClassified(row) && last && !isClassified(last) && last.error === row.error) return;
    try {
      // By its name: a file that somebody has deleted would take rows in all the same, and be gone.
      await appendFile(this.file, lineOf(row));
    } catch (error) {
      const wayOut =
        errorCode(error) === "ENOENT"
          ? "its folder has been deleted, so classify again, which begins anew"
          : "make room for it, then classify again, which goes on from here";
      throw new UserError(`"${this.file}" cannot be written (${firstLine(error)}): ${wayOut}.`, { cause: error });
    }
    note(this.known, row);
  }
}

/**
 * What a results file says of each file, which is what its last row says; nothing where there is no such file yet.
 * @throws UserError when it holds something else
 */
export async function lastRows(file: string): Promise<ReadonlyMap<string, Row>> {
  try {
    const { known } = await readKnown(file);
    return new Map(Array.from(known, ([path, [last]]) => [path, last]));
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
    return new Map();
  }
}

/** The last rows of each file, by its path: the very last is the first. */
type Known = Map<string, readonly [Row, ...Row[]]>;

/** A row takes the place of one that is of the same, or of another sentence. */
function note(known: Known, row: Row): void {
  const others = (known.get(row.path) ?? []).filter((other) =>
    isClassified(row) ? !isOf(other, row) : isClassified(other),
  );
  known.set(row.path, [row, ...others.slice(0, ROWS_OF_A_FILE - 1)]);
}

/** What cannot be written anew stays as it is: no row of it is lost. */
async function writeAnew(file: string, known: Known): Promise<void> {
  const written = `${file}.${process.pid}`;
  try {
    await writeFile(written, linesFor(known));
    await rename(written, file);
  } catch {
    await rm(written, { force: true }).catch(() => undefined);
  }
}

/** As they were written, file by file. */
function* linesFor(known: Known): Generator<string, void, undefined> {
  for (const rows of known.values()) yield [...rows].reverse().map(lineOf).join("");
}

function lineOf(row: Row): string {
  return `${JSON.stringify(row)}\n`;
}

/** What earlier runs wrote, in how many lines, and whether the last of these is whole. */
async function readKnown(
  file: string,
): Promise<{ readonly known: Known; readonly lines: number; readonly endsWhole: boolean }> {
  const known: Known = new Map();
  let lines = 0;
  let rows = 0;
  let isCutShort = true;
  let endsWhole = false;
  for await (const found of linesOf(createReadStream(file, "utf8"))) {
    const line = found.replace(NULS, "");
    const value = parse(line);
    endsWhole = value !== undefined;
    if (line === "" && found !== "") continue;
    lines++;
    const row = Line.safeParse(value).data;
    if (!row) {
      isCutShort &&= !endsWhole && (line.startsWith(BEGINNING) || BEGINNING.startsWith(line));
      continue;
    }
    rows++;
    note(known, row);
  }
  // One line may have been cut short; a file without a row is somebody's otherwise, and not to be written to.
  if (rows === 0 && (lines > 1 || !isCutShort)) {
    throw new UserError(`"${file}" is not a file of results: name another, or one that does not exist yet.`);
  }
  return { known, lines, endsWhole };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/**
 * What is appended must not become part of a last line without an end. Where that was cut short, it goes: other readers of JSON
 * lines would stop at it.
 */
async function endLastLine(file: string, isWhole: boolean): Promise<void> {
  let size = 0;
  let start = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    const end = chunk.lastIndexOf("\n");
    if (end >= 0) start = size + end + 1;
    size += chunk.length;
  }
  if (start === size) return;
  if (isWhole) await appendFile(file, "\n");
  else await truncate(file, start);
}

/** Whether a row of a file is of this content, model, segmentation and provider. */
function isOf(row: Row, { hash, model, segmentation, provider }: Key): row is Classified {
  return (
    isClassified(row) &&
    row.hash === hash &&
    row.model === model &&
    row.segmentation === segmentation &&
    row.provider === provider
  );
}
