import { posix } from "node:path";
import type * as vscode from "vscode";

/** How messages and views name a document: its file name. */
export function documentName(uri: vscode.Uri): string {
  return posix.basename(uri.path) || uri.toString();
}
