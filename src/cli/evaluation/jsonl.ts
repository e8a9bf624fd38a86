import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants, createReadStream } from "node:fs";
import { access, stat } from "node:fs/promises";
import * as z from "zod";
import { linesOf } from "../../corpus/lines";
import { UserError } from "../../errors";

const Row = z
  .object({
    text: z.string(),
    label: z.string(),
    split: z.string().optional(),
    /** What it shares with other rows, such as a project or an author. */
    group: z.string().optional(),
    /** A newsgroup post's header: posts of one thread share its subject. */
    header: z.string().optional().catch(undefined),
  })
  .transform(({ header, ...row }) => ({ ...row, group: row.group ?? threadOf(header ?? "") }));
export type Row = z.infer<typeof Row>;

/** The subject of a post without what replies put before it, as the recipe has it (`models/recipe/data.py`). */
function threadOf(header: string): string | undefined {
  return /^Subject:\s*(?:re:\s*)*(.*)$/im.exec(header)?.[1]?.trim().toLowerCase();
}

/**
 * The rows of a JSON-lines file, one at a time; `.xz` files are unpacked by the `xz` program.
 * @param split Takes only the rows whose `split` is this; undefined: all rows.
 * @throws UserError naming the file, and the line that is not a row.
 */
export async function* readRows(file: string, split: string | undefined): AsyncGenerator<Row> {
  let number = 0;
  for await (const line of readLines(file)) {
    number++;
    if (line.trim() === "") continue;
    const row = parseRow(line);
    if (!row)
      throw new UserError(`"${file}" has no {"text", "label"} object on line ${number}: mend or remove that line.`);
    if (split === undefined || row.split === split) yield row;
  }
}

async function* readLines(file: string): AsyncGenerator<string> {
  const [found] = await Promise.all([stat(file), access(file, constants.R_OK)]).catch((cause: unknown) => {
    throw notRead(file, cause);
  });
  if (found.isDirectory()) throw notRead(file);
  if (!file.endsWith(".xz")) {
    yield* linesOf(createReadStream(file, "utf8"));
    return;
  }
  const xz = spawn("xz", ["--decompress", "--stdout", file], { stdio: ["ignore", "pipe", "ignore"] });
  const ended = once(xz, "close").catch(() => {
    throw new UserError(`"${file}" needs the "xz" program: install xz-utils, or unpack the file.`);
  });
  // It is awaited after the last line; without the program, there is none.
  ended.catch(() => undefined);
  try {
    let last: string | undefined;
    for await (const line of linesOf(xz.stdout.setEncoding("utf8"))) {
      if (last !== undefined) yield last;
      last = line;
    }
    const [status] = (await ended) as [number | null];
    // The last line of a file that is cut short is not whole either.
    if (status !== 0) throw new UserError(`"${file}" is not a whole .xz file: copy or download it again.`);
    if (last !== undefined) yield last;
  } finally {
    // Whoever stops reading at a bad row does not wait for the rest.
    xz.kill();
  }
}

function notRead(file: string, cause?: unknown): UserError {
  return new UserError(`"${file}" cannot be read: name a .jsonl or .jsonl.xz file.`, { cause });
}

function parseRow(line: string): Row | undefined {
  try {
    return Row.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
