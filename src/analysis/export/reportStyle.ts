/** The report's style sheet; its colours for and against a label are the panel's. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --line: #ddd; --quiet: #666; --for: #1a6fc4; --against: #b65a0c; }
@media (prefers-color-scheme: dark) {
  :root { --line: #444; --quiet: #aaa; --for: #3794ff; --against: #e2883d; }
  body { background: #1f1f1f; color: #ddd; }
}
body { max-width: 960px; margin: 32px auto; padding: 0 24px; font: 14px / 20px system-ui, sans-serif; }
h1 { font-size: 22px; line-height: 28px; overflow-wrap: anywhere; }
h2 { margin-top: 40px; font-size: 16px; }
h3 { margin: 0; font-size: 13px; text-transform: uppercase; letter-spacing: 0.04em; }
p { margin: 4px 0 12px; color: var(--quiet); }
p b { color: CanvasText; }
svg { display: block; width: 100%; }
.strip { height: 96px; }
.strip path { stroke: var(--quiet); vector-effect: non-scaling-stroke; }
.strip .for { fill: var(--for); }
.strip .against { fill: var(--against); }
.heads { display: grid; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); gap: 24px; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th { padding: 2px 12px 2px 0; font-weight: 400; text-align: start; overflow-wrap: anywhere; }
td { padding: 2px 0 2px 12px; text-align: end; white-space: nowrap; }
meter { width: 88px; }
meter::-webkit-meter-optimum-value { background: var(--for); }
meter::-moz-meter-bar { background: var(--for); }
thead th { color: var(--quiet); white-space: nowrap; }
.segments tr { border-bottom: 1px solid var(--line); }
.segments :is(td, th) { padding: 4px 8px; vertical-align: top; }
.segments :is(td, th):nth-child(2) { width: 50%; text-align: start; white-space: normal; overflow-wrap: anywhere; }
.segments thead th:nth-child(n + 3) { text-align: end; }
.segments .for { color: var(--for); }
.segments .against { color: var(--against); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 24px; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
@media print { section { break-inside: avoid-page; } .segments { break-inside: auto; } }
`;
