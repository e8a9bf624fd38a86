import { accuracyOf, outcome, type Accuracy } from "./accuracy";
import { SEGMENTATIONS, type Segmentation } from "../../document/segmentations";
import type { Steadiness } from "../../models/card";
import type { HeadReader } from "./headReader";
import { longDocuments, type LongDocument, type LongDocumentSize } from "./longDocuments";
import { Random } from "./random";
import { predict, type TestRow } from "./testSet";

/** What is drawn from a test set. */
export interface SteadinessSize {
  readonly long: LongDocumentSize;
  /** The rows that are read under each segmentation: at most so many, and no more than have so many tokens. */
  readonly sample: { readonly rows: number; readonly tokens: number };
}

const SEED = 32_000;

/** Compares long documents with their members read alone, and the segmentations with each other. */
export async function measureSteadiness(
  reader: HeadReader,
  rows: readonly TestRow[],
  { long, sample }: SteadinessSize,
): Promise<Steadiness> {
  const random = new Random(SEED);
  const documents = longDocuments(rows, (text) => reader.countTokens(text), long, random);
  const sampled = drawSample(reader, rows, sample, random);
  return {
    long: await accuracyLong(reader, documents),
    alone: await accuracyAlone(reader, documents),
    segmentations: await bySegmentation(reader, sampled),
  };
}

function drawSample(
  reader: HeadReader,
  rows: readonly TestRow[],
  most: SteadinessSize["sample"],
  random: Random,
): TestRow[] {
  const sample: TestRow[] = [];
  let tokens = 0;
  for (const row of random.shuffled(rows).slice(0, most.rows)) {
    tokens += reader.countTokens(row.text);
    if (tokens > most.tokens) break;
    sample.push(row);
  }
  return sample;
}

async function accuracyLong(reader: HeadReader, documents: readonly LongDocument[]): Promise<Accuracy> {
  return accuracyOf((await predict(reader, documents, "long documents")).map(outcome));
}

/** Every long document counts the same, however many members it has: labels of short documents would outweigh others. */
async function accuracyAlone(reader: HeadReader, documents: readonly LongDocument[]): Promise<Accuracy> {
  const weights = new Map<TestRow, number>();
  for (const { members } of documents) {
    for (const row of members) weights.set(row, (weights.get(row) ?? 0) + 1 / members.length);
  }
  const weighted = [...weights].map(([row, weight]) => ({ ...row, weight }));
  const predictions = await predict(reader, weighted, "their members");
  return accuracyOf(predictions.map((prediction) => ({ ...outcome(prediction), weight: prediction.weight })));
}

async function bySegmentation(reader: HeadReader, rows: readonly TestRow[]): Promise<Record<Segmentation, Accuracy>> {
  const found: Partial<Record<Segmentation, Accuracy>> = {};
  for (const segmentation of SEGMENTATIONS) {
    const predictions = await predict(reader, rows, `segmented by ${segmentation}`, segmentation);
    found[segmentation] = accuracyOf(predictions.map(outcome));
  }
  return found as Record<Segmentation, Accuracy>;
}
