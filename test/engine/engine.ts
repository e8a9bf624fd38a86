import assert from "node:assert/strict";
import os from "node:os";
import path from "node:path";
import type { Analysis } from "../../src/analysis/analysis";
import { takeIn, type Finding } from "../../src/analysis/draft";
import type { Segmentation } from "../../src/document/segmentations";
import { analyze as analyzeText } from "../../src/engine/analyze";
import { EngineClient, type AnalyzeOptions, type ClientRequest } from "../../src/engine/client";
import { Meter } from "../../src/engine/meter";
import type { LoadedModel } from "../../src/engine/model";
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
  options: AnalyzeOptions = {},
): Promise<Analysis> {
  const defaults = { name: "notes.txt", modelFolder: TINY, provider: "cpu", segmentation: "paragraph" } as const;
  return engine.analyze({ ...defaults, text, ...request }, options);
}

/** Analyses a text as the engine process does, in this one. */
export async function analyzeHere(
  text: string,
  model: LoadedModel,
  segmentation: Segmentation = "paragraph",
): Promise<Analysis> {
  const request = { text, name: "notes.txt", modelFolder: TINY, provider: "cpu", segmentation } as const;
  const findings: Finding[] = [];
  const meter = new Meter((_, found) => findings.push(...found));
  const control = { meter, pause: () => Promise.resolve() };
  const { answer } = await analyzeText({ ...request, excludedProviders: [] }, model, control, { leavesOut: true });
  const draft = findings.reduce<Analysis | undefined>(takeIn, undefined);
  assert.ok(draft);
  return { ...draft, ...answer };
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
