import { createHash } from "node:crypto";
import * as vscode from "vscode";

/**
 * A folder of files that hold something for a document each, of a bounded size: the oldest make room. Other windows may have the
 * same one.
 */
export class SnapshotFolder {
  constructor(
    private readonly folder: vscode.Uri,
    private readonly mostBytes: number,
  ) {}

  /** What is kept for the document; undefined when that is nothing. */
  async read(document: vscode.Uri): Promise<Uint8Array | undefined> {
    return ifThere(vscode.workspace.fs.readFile(this.file(nameFor(document))));
  }

  /** Whether so many bytes are not too many by themselves. */
  holds(bytes: number): boolean {
    return bytes <= this.mostBytes;
  }

  /** Keeps the bytes in the place of those before, unless they alone are too many. */
  async write(document: vscode.Uri, bytes: Uint8Array): Promise<void> {
    if (!this.holds(bytes.length)) return this.delete(document);
    const name = nameFor(document);
    await vscode.workspace.fs.createDirectory(this.folder);
    await this.makeRoom(bytes.length, name);
    await vscode.workspace.fs.writeFile(this.file(name), bytes);
  }

  async delete(document: vscode.Uri): Promise<void> {
    await this.deleteFile(nameFor(document));
  }

  /** Deletes what is kept for any other document. */
  async keepOnly(documents: readonly vscode.Uri[]): Promise<void> {
    const kept = new Set(documents.map(nameFor));
    for (const name of await this.list()) if (!kept.has(name)) await this.deleteFile(name);
  }

  private async makeRoom(bytes: number, name: string): Promise<void> {
    const others = (await this.list()).filter((other) => other !== name);
    const files = (await Promise.all(others.map((other) => this.statOf(other)))).flat();
    let total = files.reduce((sum, { size }) => sum + size, bytes);
    for (const { other, size } of files.sort((a, b) => a.mtime - b.mtime)) {
      if (total <= this.mostBytes) return;
      await this.deleteFile(other);
      total -= size;
    }
  }

  private async statOf(other: string): Promise<{ other: string; size: number; mtime: number }[]> {
    const stat = await ifThere(vscode.workspace.fs.stat(this.file(other)));
    return stat ? [{ other, size: stat.size, mtime: stat.mtime }] : [];
  }

  private async deleteFile(name: string): Promise<void> {
    await ifThere(vscode.workspace.fs.delete(this.file(name)));
  }

  /** The names of the files there are: none before the first, which makes the folder. */
  private async list(): Promise<string[]> {
    const entries = (await ifThere(vscode.workspace.fs.readDirectory(this.folder))) ?? [];
    return entries.map(([name]) => name);
  }

  private file(name: string): vscode.Uri {
    return vscode.Uri.joinPath(this.folder, name);
  }
}

function nameFor(document: vscode.Uri): string {
  return createHash("sha256").update(document.toString()).digest("hex");
}

/** What becomes of a file; undefined where it is not there. */
async function ifThere<T>(work: Thenable<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === "FileNotFound") return undefined;
    throw error;
  }
}
