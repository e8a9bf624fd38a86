import assert from "node:assert/strict";
import { argmax, type Analysis, type HeadAnalysis } from "../../analysis/analysis";
import { contribution } from "../../analysis/segmentFigures";
import { documentVerdict, segmentVerdict } from "../../analysis/verdict";
import { UserError } from "../../errors";
import type { Mixed } from "../../models/card";
import { accuracyOf, type Outcome } from "./accuracy";
import type { HeadReader } from "./headReader";
import { mixedDocuments, type MixedDocument, type Part } from "./mixedDocuments";
import { mapWithProgress } from "./progress";
import { Random } from "./random";
import type { TestRow } from "./testSet";

const SEED = 200;

/** Tokens a segment needs to have a say: less is a heading or a number. */
const LEAST_TOKENS = 20;

/** What a head says of the segments and parts of one document. */
interface Outcomes {
  /** Weighted by tokens. */
  readonly segments: readonly Outcome[];
  /** The same segments, each given the label of the document. */
  readonly baseline: readonly Outcome[];
  readonly parts: readonly Outcome[];
}

/**
 * Makes `count` documents whose parts have different labels, and compares the segments' own labels with them.
 * @throws UserError when the head is no mean head, whose segments have none
 */
export async function measureMixed(reader: HeadReader, rows: readonly TestRow[], count: number): Promise<Mixed> {
  const documents = mixedDocuments(rows, count, new Random(SEED));
  const outcomes = await mapWithProgress(`${reader.head}, mixed documents`, documents, async (batch) => {
    const found: Outcomes[] = [];
    for (const document of batch) {
      const { analysis, head } = await reader.analyze(document, "paragraph");
      found.push(outcomesOf(document, analysis, head));
    }
    return found;
  });
  return {
    documents: documents.length,
    ...segmentAccuracy(outcomes.flatMap(({ segments }) => segments)),
    byPart: accuracyOf(outcomes.flatMap(({ parts }) => parts)),
    baseline: segmentAccuracy(outcomes.flatMap(({ baseline }) => baseline)),
  };
}

function segmentAccuracy(byToken: readonly Outcome[]) {
  return {
    bySegment: accuracyOf(byToken.map((outcome) => ({ ...outcome, weight: 1 }))),
    byToken: accuracyOf(byToken),
  };
}

function outcomesOf(document: MixedDocument, analysis: Analysis, head: HeadAnalysis): Outcomes {
  const { bounds, segmentTokens } = analysis;
  const whole = documentVerdict(head).label;
  const segments: Outcome[] = [];
  const baseline: Outcome[] = [];
  const contributions = new Map(document.parts.map((part) => [part, new Float64Array(head.labels.length)]));
  segmentTokens.forEach((tokens, k) => {
    const part = partOf(document, bounds[k] ?? 0, bounds[k + 1] ?? 0);
    const sums = contributions.get(part);
    sums?.forEach((sum, l) => {
      sums[l] = sum + contribution(head, k, l);
    });
    if (tokens < LEAST_TOKENS) return;
    const own = segmentVerdict(analysis, head, k);
    if (!own) throw new UserError(`The head "${head.name}" has no labels of segments: name another part with --only.`);
    const counts = { weight: tokens, cluster: document };
    segments.push({ isRight: own.label === part.label, ...counts });
    baseline.push({ isRight: whole === part.label, ...counts });
  });
  const parts = [...contributions].map(([part, sums]) => ({
    isRight: head.labels[argmax(sums)] === part.label,
    weight: 1,
    cluster: document,
  }));
  return { segments, baseline, parts };
}

/** The part that a segment lies in. Parts are joined with blank lines, so that none can lie in two. */
function partOf({ text, parts, name }: MixedDocument, start: number, end: number): Part {
  const words = start + text.slice(start, end).trimEnd().length;
  const found = parts.find((part) => start >= part.start && words <= part.end);
  assert(found, `${name}: the segment from ${start} to ${end} lies in two parts`);
  return found;
}
