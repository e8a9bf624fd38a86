import { createHash } from "node:crypto";
import * as vscode from "vscode";

/** A folder of files that hold something for a document each, of a bounded size: the oldest make room. */
export class SnapshotFolder {
  /** The files there are; read when first asked for. */
  private names: Promise<Set<string>> | undefined;

  constructor(
    private readonly folder: vscode.Uri,
    private readonly mostBytes: number,
  ) {}

  /** What is kept for the document; undefined when that is nothing. */
  async read(document: vscode.Uri): Promise<Uint8Array | undefined> {
    const name = nameFor(document);
    return (await this.list()).has(name) ? vscode.workspace.fs.readFile(this.file(name)) : undefined;
  }

  /** Keeps the bytes in the place of those before, unless they alone are too many. */
  async write(document: vscode.Uri, bytes: Uint8Array): Promise<void> {
    if (bytes.length > this.mostBytes) return this.delete(document);
    const name = nameFor(document);
    await vscode.workspace.fs.createDirectory(this.folder);
    await this.makeRoom(bytes.length, name);
    await vscode.workspace.fs.writeFile(this.file(name), bytes);
    (await this.list()).add(name);
  }

  async delete(document: vscode.Uri): Promise<void> {
    await this.deleteFile(nameFor(document));
  }

  /** Deletes what is kept for any other document. */
  async keepOnly(documents: readonly vscode.Uri[]): Promise<void> {
    const kept = new Set(documents.map(nameFor));
    // Other windows may have added some.
    this.names = undefined;
    for (const name of await this.list()) if (!kept.has(name)) await this.deleteFile(name);
  }

  private async makeRoom(bytes: number, name: string): Promise<void> {
    // Other windows may have added some.
    this.names = undefined;
    const others = [...(await this.list())].filter((other) => other !== name);
    const files = (await Promise.all(others.map((other) => this.statOf(other)))).flat();
    let total = files.reduce((sum, { size }) => sum + size, bytes);
    for (const { other, size } of files.sort((a, b) => a.mtime - b.mtime)) {
      if (total <= this.mostBytes) return;
      await this.deleteFile(other);
      total -= size;
    }
  }

  /** None of a file that has gone: another window without a folder has the same ones. */
  private async statOf(other: string): Promise<{ other: string; size: number; mtime: number }[]> {
    try {
      const { size, mtime } = await vscode.workspace.fs.stat(this.file(other));
      return [{ other, size, mtime }];
    } catch {
      (await this.list()).delete(other);
      return [];
    }
  }

  private async deleteFile(name: string): Promise<void> {
    if ((await this.list()).delete(name)) await vscode.workspace.fs.delete(this.file(name));
  }

  private list(): Promise<Set<string>> {
    this.names ??= Promise.resolve(vscode.workspace.fs.readDirectory(this.folder)).then(
      (entries) => new Set(entries.map(([name]) => name)),
      // It is made with the first file.
      () => new Set(),
    );
    return this.names;
  }

  private file(name: string): vscode.Uri {
    return vscode.Uri.joinPath(this.folder, name);
  }
}

function nameFor(document: vscode.Uri): string {
  return createHash("sha256").update(document.toString()).digest("hex");
}
