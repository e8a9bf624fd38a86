import type { Analysis, HeadAnalysis } from "../analysis";
import { contributionNote } from "../contributionNote";
import {
  count,
  counted,
  duration,
  labelOf,
  leftOutNote,
  percent,
  PROVIDER_NAMES,
  providerName,
  scoreOf,
  SEGMENTATION_NAMES,
} from "../figures";
import { contributions, segmentCount } from "../segmentFigures";
import { documentVerdict, doubtAbout } from "../verdict";
import { contributionSvg } from "./contributionSvg";
import { escaped } from "./html";
import type { ExportInput } from "./input";
import { mapSvg } from "./mapSvg";
import { REPORT_STYLE } from "./reportStyle";
import { segmentRows } from "./reportSegments";

/** A head's labels that a report has bars for, best first. */
const FEW = 5;

/** The analysis as one HTML page that needs nothing else: no script, no other file, light or dark as the viewer is. */
export function report(input: ExportInput): string {
  const { name, analysis, isSelection, stale, head, label } = input;
  const values = contributions(head, label);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${escaped(name)} · PoNet Lens</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<header>
<h1>${escaped(name)}</h1>
<p>${isSelection ? "A selection in the document · " : ""}${escaped(extent(analysis))}</p>${stale === undefined ? "" : `\n<p><b>Out of date.</b> ${escaped(stale)}</p>`}
</header>
<section><h2>Verdicts</h2>${doubt(analysis)}<div class="heads">${analysis.heads.map(verdict).join("\n")}</div></section>
<section><h2>Contributions</h2><p>${escaped(contributionNote(analysis, head, label))}</p>
${contributionSvg(values)}</section>
<section><h2>Pooling Maps</h2><p>Segments across, from the first to the last; layers down.</p>
${mapSvg(analysis)}</section>
<section><h2>Segments</h2>${segmentRows(input, values)}</section>
<section><h2>Reading</h2>${facts(analysis)}</section>
</body>
</html>
`;
}

function extent(analysis: Analysis): string {
  const { tokens, model, provider, timings } = analysis;
  const read = `${counted(tokens, "token")} · ${counted(segmentCount(analysis), "segment")}`;
  return `${read} · read by ${model} in ${duration(timings.totalMs)} on ${PROVIDER_NAMES[provider]}`;
}

function doubt(analysis: Analysis): string {
  const why = doubtAbout(analysis);
  return why === undefined ? "" : `<p><b>${escaped(why)}</b></p>`;
}

function verdict(head: HeadAnalysis): string {
  const found = documentVerdict(head);
  const ranked = [...head.labels.keys()].sort((a, b) => (head.scores[b] ?? 0) - (head.scores[a] ?? 0)).slice(0, FEW);
  const rows = ranked.map((label) => {
    const score = head.scores[label] ?? 0;
    const bar = `<meter value="${score.toFixed(4)}" aria-hidden="true"></meter>`;
    return `<tr><th scope="row">${escaped(head.labels[label] ?? "")}</th><td>${bar}</td><td>${escaped(percent(score))}</td></tr>`;
  });
  const summary = `<b>${escaped(labelOf(found))}</b> ${escaped(scoreOf(found, head))}`;
  return `<div><h3>${escaped(head.name)}</h3><p>${summary}</p><table>${rows.join("")}</table></div>`;
}

function facts({ model, provider, adapter, trials, segmentation, timings, peakRssMb }: Analysis): string {
  const rows: readonly (readonly [string, string])[] = [
    ["Model", model],
    [
      "Execution provider",
      [providerName(provider, adapter), ...trials.flatMap((trial) => leftOutNote(trial) ?? [])].join(". "),
    ],
    ["Segments", SEGMENTATION_NAMES[segmentation]],
    ["Finding segments", duration(timings.segmentMs)],
    ["Tokenizing", duration(timings.tokenizeMs)],
    ["Reading", duration(timings.inferMs)],
    ...(timings.leaveOutMs === undefined ? [] : [["Leaving segments out", duration(timings.leaveOutMs)] as const]),
    ["Speed", `${count(timings.tokensPerSecond)} tokens/s`],
    ["Engine memory", `${count(peakRssMb)} MiB at most`],
  ];
  return `<dl>${rows.map(([term, value]) => `<dt>${term}</dt><dd>${escaped(value)}</dd>`).join("")}</dl>`;
}
