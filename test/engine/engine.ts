import os from "node:os";
import path from "node:path";
import type { Analysis } from "../../src/analysis/analysis";
import type { AskOptions } from "../../src/engine/asker";
import { EngineClient, type ClientRequest } from "../../src/engine/client";
import { ROOT } from "../harness/environment";
import { TINY } from "./checkpoints";

/** What the engines of these tests remember of execution providers; a test that asks for `auto` takes it away again. */
export const RECORDS = path.join(os.tmpdir(), `ponet-records-${process.pid}`);

/** The shipped engine process, unless it is another, behind the shipped client. */
export function createEngine(
  enginePath = path.join(ROOT, "dist/engine.js"),
  log: (line: string) => void = () => undefined,
): EngineClient {
  return new EngineClient({ enginePath, recordsFolder: RECORDS, idleMinutes: 0, log });
}

/** Analyses a text with the bundled model on the CPU, or as `request` says. */
export function analyze(
  engine: EngineClient,
  text: string,
  request: Partial<ClientRequest> = {},
  options: AskOptions = {},
): Promise<Analysis> {
  const defaults = { name: "notes.txt", modelFolder: TINY, provider: "cpu", segmentation: "paragraph" } as const;
  return engine.analyze({ ...defaults, text, ...request }, options);
}

/** English-like prose of `paragraphs` paragraphs, the same in every run. */
export function prose(paragraphs: number): string {
  const sentences = [
    "The court granted the motion and remanded the case for further proceedings.",
    "Stir the onions into the butter until they are soft, then add the stock.",
    "She walked along the shore and thought of the letter that had never come.",
    "This release fixes a crash when the configuration file is missing.",
    "The committee approved the minutes of the last meeting without amendment.",
  ];
  return Array.from({ length: paragraphs }, (_, p) =>
    Array.from({ length: 4 + (p % 3) }, (_, s) => sentences[(p * 3 + s * 2) % sentences.length]).join(" "),
  ).join("\n\n");
}
