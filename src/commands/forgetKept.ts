import * as vscode from "vscode";
import type { EngineClient } from "../engine/client";
import { PreconditionError } from "../errors";
import type { Analyses } from "../readings/analyses";
import type { ReadingStore } from "../readings/readingStore";
import type { Corpora } from "../views/corpus/corpora";
import type { Explainer } from "./explainer";

const FORGET = "Forget";
const ANNOUNCED_MS = 3000;

/** What keeps something, and what may be about to. */
export interface Keepers {
  readonly analyses: Analyses;
  readonly corpora: Corpora;
  readonly engine: EngineClient;
  readonly explainer: Explainer;
  readonly readingStore: ReadingStore;
}

/**
 * "PoNet: Forget What Was Kept": deletes, once that is confirmed, the kept analyses of this workspace, the rows of every
 * classified folder and how the execution providers did. What is on screen stays.
 * @throws PreconditionError while something is classified or explained: what comes of it is about to be kept
 */
export async function forgetKept(keepers: Keepers): Promise<void> {
  checkIdle(keepers);
  if (!(await isConfirmed())) return;
  checkIdle(keepers);
  const { corpora, engine, readingStore } = keepers;
  await Promise.all([readingStore.forget(), corpora.forget(), engine.forgetProviders()]);
  vscode.window.setStatusBarMessage("What PoNet had kept is deleted", ANNOUNCED_MS);
}

function checkIdle({ analyses, corpora, explainer }: Keepers): void {
  if (corpora.isRunning || analyses.all().some(({ running }) => running))
    throw new PreconditionError(
      "A document or a folder is being classified: cancel it or wait for it, then forget what was kept.",
    );
  if (explainer.isRunning)
    throw new PreconditionError(
      "Segments are being left out of a document: cancel that or wait for it, then forget what was kept.",
    );
}

async function isConfirmed(): Promise<boolean> {
  const question = "Forget what PoNet has kept on this machine?";
  const detail =
    "The kept analyses of this workspace's documents, the rows of every classified folder and how the execution providers " +
    "did are deleted. Analyses and rows on screen stay, but not over a reload of the window.";
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, FORGET)) === FORGET;
}
