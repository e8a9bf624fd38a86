import { segmentsCsv } from "./csv";
import type { ExportInput } from "./input";
import { analysisJson } from "./json";
import { mapPng } from "./mapPng";
import { mapSvg } from "./mapSvg";
import { report } from "./report";

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
