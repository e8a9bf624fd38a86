import * as vscode from "vscode";
import { segmentCount } from "../analysis/segmentFigures";
import { documentName } from "../editor/documentName";
import { visibleEditor } from "../editor/visibleEditor";
import { PreconditionError } from "../errors";
import type { Analyses } from "../readings/analyses";
import type { Reading } from "../readings/reading";
import type { ShownDocument } from "../readings/shownDocument";
import { isIndex } from "../views/messageFields";
import { parseSegmentArgument, type SegmentArgument } from "../views/segmentArgument";
import { segmentAtCursor } from "../views/segmentAtCursor";

/** A document and what was read of it. */
export interface DocumentReading {
  readonly document: vscode.TextDocument;
  readonly reading: Reading;
}

/** A segment of a document that was read. */
export interface SegmentTarget extends DocumentReading {
  readonly segment: number;
}

/**
 * The shown document and its last reading, even a stale one.
 * @throws PreconditionError when there is none
 */
export function readingOnShow(analyses: Analyses, shown: ShownDocument): DocumentReading {
  const { document } = shown;
  const reading = document && analyses.get(document.uri)?.reading;
  if (!reading) throw new PreconditionError("Classify the document first: PoNet has not read it yet.");
  return { document, reading };
}

/** @throws PreconditionError when the reading's offsets are no longer the document's */
export function checkUnedited({ document, reading }: DocumentReading): void {
  if (reading.version === document.version) return;
  throw new PreconditionError(
    `${documentName(document.uri)} has been edited since it was classified: classify it again.`,
  );
}

/**
 * The segment a command is about: the one that a menu, a link or a key binding names, else the one at the cursor.
 * @throws PreconditionError when there is none
 */
export function segmentTarget(analyses: Analyses, shown: ShownDocument, argument: unknown): SegmentTarget {
  const named = parseSegmentArgument(argument);
  return named ? namedSegment(analyses, shown, named) : pointedSegment(analyses, shown);
}

function namedSegment(analyses: Analyses, shown: ShownDocument, named: SegmentArgument): SegmentTarget {
  const { uri, readingId, segment } = named;
  const document =
    uri === undefined ? shown.document : vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri);
  const reading = document && analyses.get(document.uri)?.reading;
  const isThere = isIndex(segment) && reading && segment < segmentCount(reading.analysis);
  if (!isThere || reading.id !== (readingId ?? reading.id)) {
    throw new PreconditionError("There is no such segment any more: classify the document, then choose one again.");
  }
  return { document, reading, segment };
}

function pointedSegment(analyses: Analyses, shown: ShownDocument): SegmentTarget {
  const { document, reading } = readingOnShow(analyses, shown);
  const name = documentName(document.uri);
  checkUnedited({ document, reading });
  const editor = visibleEditor(document.uri);
  const segment = editor && segmentAtCursor(reading.analysis.bounds, editor);
  if (segment === undefined)
    throw new PreconditionError(`Put the cursor into the part of ${name} that was classified.`);
  return { document, reading, segment };
}
