import type { Dirent } from "node:fs";
import { lstat, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { blockedShare, reasonOf, UserError } from "../errors";
import { unlessAborted } from "../unlessAborted";

/** A file to be classified. */
export interface CorpusDocument {
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
}

/** The files under some folders, sorted by path. */
export interface Corpus {
  readonly documents: readonly CorpusDocument[];
  /** How many other files lie there, which by their names are no documents. */
  readonly others: number;
}

/** Names of text; a name without a dot (README, 103215) may be one too. */
const DOCUMENT = /^[^.]+$|\.(?:txt|text|md|mdx|markdown|rst|adoc|asciidoc|org|tex|ltx|html?|xhtml|eml|srt|vtt|log)$/i;

/** Folders of what nobody of the house wrote. Those whose names begin with a dot are left out as well. */
const FOREIGN = new Set(["node_modules", "bower_components", "__pycache__", "venv"]);

/**
 * Finds the documents among files and under folders. A file that is named counts whatever its name; links are followed
 * where they are named.
 * @throws UserError naming a path that cannot be read; CancelledError when `signal` aborts
 */
export function findDocuments(paths: readonly string[], signal?: AbortSignal): Promise<Corpus> {
  return unlessAborted(find(paths, signal), signal);
}

async function find(paths: readonly string[], signal: AbortSignal | undefined): Promise<Corpus> {
  const found = new Map<string, number>();
  let others = 0;
  const add = async (file: string): Promise<void> => {
    found.set(file, (await stat(file)).size);
  };
  const walk = async (folder: string): Promise<void> => {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (signal?.aborted) return;
      const inner = path.join(folder, nameOf(entry));
      if (entry.name.startsWith(".") || FOREIGN.has(entry.name)) continue;
      // What cannot be looked at is found again when it is to be read, and listed then.
      const unreadable = (): void => void found.set(inner, 0);
      // What lies in a cloud's folder is listed as a link by Windows, and is none.
      const kind = entry.isSymbolicLink() ? await lstat(inner).catch(() => entry) : entry;
      if (kind.isDirectory()) await walk(inner).catch(unreadable);
      else if (kind.isFile() && DOCUMENT.test(entry.name)) await add(inner).catch(unreadable);
      else others++;
    }
  };
  for (const named of paths.map((each) => path.resolve(each))) {
    try {
      await ((await stat(named)).isDirectory() ? walk(named) : add(named));
    } catch (error) {
      const wayOut = blockedShare(error) ?? "name a folder or a file that is there";
      throw new UserError(`"${named}" cannot be read${reasonOf(error)}: ${wayOut}.`, { cause: error });
    }
  }
  const documents = Array.from(found, ([path, bytes]) => ({ path, bytes })).sort((a, b) => (a.path < b.path ? -1 : 1));
  return { documents, others };
}

/** A name as VS Code spells it: macOS keeps an accented letter as two characters where it was saved so. */
function nameOf({ name }: Dirent): string {
  return process.platform === "darwin" ? name.normalize("NFC") : name;
}
