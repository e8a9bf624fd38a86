import type { Analysis, HeadAnalysis } from "../analysis";
import type { Explanation } from "../explanation";
import { segmentsCsv } from "./csv";
import { analysisJson } from "./json";
import { mapPng } from "./mapPng";
import { mapSvg } from "./mapSvg";
import { report } from "./report";

/** What is exported: an analysis, and the head and label that are looked at. */
export interface ExportInput {
  /** The document's. */
  readonly name: string;
  readonly analysis: Analysis;
  /** What was read; it begins at the offset `analysis.bounds[0]`. */
  readonly text: string;
  /** Whether that is a selection in the document, and not all of it. */
  readonly isSelection: boolean;
  /** Why the analysis is no longer what the document is: one sentence. */
  readonly stale?: string | undefined;
  /** What went without those of its segments that were left out. */
  readonly explanations?: readonly Explanation[] | undefined;
  readonly head: HeadAnalysis;
  /** Index of the label in the head's. */
  readonly label: number;
}

export interface ExportFormat {
  readonly title: string;
  readonly about: string;
  /** The file's, without the dot. */
  readonly extension: string;
  /** Comes in pieces, each of which takes little time to make. */
  readonly make: (input: ExportInput) => Iterable<string | Uint8Array>;
}

/** Everything an analysis can be kept as, by the name that key bindings use. */
export const EXPORT_FORMATS: Readonly<Record<"html" | "json" | "csv" | "png" | "svg", ExportFormat>> = {
  html: {
    title: "Report",
    about: "One HTML page: verdicts, contributions, maps and segments",
    extension: "html",
    make: (input) => [report(input)],
  },
  json: {
    title: "Analysis as JSON",
    about: "Every figure, as the command line prints it, and what was left out",
    extension: "json",
    make: ({ name, analysis, ...about }) => analysisJson(name, analysis, about),
  },
  csv: {
    title: "Segments as CSV",
    about: "A row a segment: the chosen head's figures and the pooling",
    extension: "csv",
    make: ({ analysis, head }) => segmentsCsv(analysis, head),
  },
  png: {
    title: "Pooling Maps as PNG",
    about: "Layers down, segments across, on a transparent ground",
    extension: "png",
    make: ({ analysis }) => [mapPng(analysis)],
  },
  svg: {
    title: "Pooling Maps as SVG",
    about: "With titles, layer numbers and colour scales",
    extension: "svg",
    make: ({ analysis }) => [mapSvg(analysis)],
  },
};
