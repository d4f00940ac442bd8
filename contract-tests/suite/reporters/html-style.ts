import type { Outcome } from '../vocabulary.ts'

const COLORS: Readonly<Record<Outcome, readonly [light: string, dark: string]>> = {
  fail: ['#c2242c', '#ff7b78'],
  note: ['#946200', '#e8b44a'],
  pass: ['#1a7f45', '#5ecb8a'],
  'not-reached': ['#3a6ea5', '#7fb0e6'],
  skipped: ['#667080', '#98a2b3'],
  unprovokable: ['#6a55b5', '#b3a2f5'],
}

const outcomes = Object.entries(COLORS) as [Outcome, readonly [string, string]][]

/** How both files look: for narrow and wide windows, in light and dark. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ink: light-dark(#1b2230, #e5e9f0); --soft: light-dark(#5a6474, #9aa5b5); --line: light-dark(#dde2ea, #2b3442);
  --page: light-dark(#f5f7fa, #0f141b); --card: light-dark(#ffffff, #171e28); --well: light-dark(#f0f3f7, #0e131a);
  --accent: light-dark(#2457c5, #86acff);
${outcomes.map(([outcome, [light, dark]]) => `  --${outcome}: light-dark(${light}, ${dark});`).join('\n')}
}
${outcomes.map(([outcome]) => `[data-o="${outcome}"] { --o: var(--${outcome}); }`).join('\n')}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { scroll-padding-top: 110px; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; overflow-wrap: anywhere; }
main, header > div, nav > div { max-width: 1080px; margin: 0 auto; padding: 0 20px; }
header { background: var(--card); border-bottom: 1px solid var(--line); padding: 26px 0 20px; }
h1 { font-size: 15px; font-weight: 500; color: var(--soft); margin: 0; }
h1 b { color: var(--ink); font-weight: 650; }
h2 { font-size: 18px; margin: 32px 0 12px; font-weight: 650; }
h3 { font-size: 15px; margin: 0; font-weight: 650; }
h4 { font-size: 12px; margin: 16px 0 6px; font-weight: 600; color: var(--soft); text-transform: uppercase; letter-spacing: .05em; }
p { margin: 8px 0; } h4 + p { margin-top: 0; }
a { color: var(--accent); text-decoration: none; } a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.skip { position: absolute; left: -999px; } .skip:focus { left: 12px; top: 8px; z-index: 3; background: var(--card); padding: 4px 10px; border-radius: 6px; }
code, pre, .mono { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 12.5px; }
pre { margin: 0; padding: 10px 12px; background: var(--well); border: 1px solid var(--line); border-radius: 6px; white-space: pre-wrap; max-height: 420px; overflow: hidden auto; line-height: 1.45; }
pre.copy { user-select: all; -webkit-user-select: all; }
.verdict { font-size: 30px; line-height: 1.2; font-weight: 700; margin: 4px 0 10px; letter-spacing: -.01em; color: var(--o); }
.facts { display: flex; flex-wrap: wrap; gap: 2px 18px; margin: 0; color: var(--soft); font-size: 13px; }
.facts div { display: flex; gap: 6px; min-width: 0; } .facts dt { flex: none; } .facts dt::after { content: ":"; } .facts dd { margin: 0; color: var(--ink); min-width: 0; }
.bar { display: block; width: 100%; height: 8px; border-radius: 4px; margin: 18px 0 0; } .bar rect { fill: var(--o); }
nav { background: color-mix(in srgb, var(--page) 92%, transparent); backdrop-filter: blur(6px); border-bottom: 1px solid var(--line); }
nav > div { padding-block: 8px; display: flex; flex-wrap: wrap; gap: 6px 14px; }
search { flex: 1 1 260px; display: flex; align-items: center; gap: 10px; min-width: 0; }
#q { flex: 1 1 auto; min-width: 0; font: inherit; font-size: 14px; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 5px 10px; }
#found:empty { display: none; } #found { flex: none; color: var(--soft); font-size: 13px; }
.filters { display: flex; flex-wrap: wrap; gap: 6px; }
nav label { position: relative; cursor: pointer; padding: 5px 12px; border-radius: 999px; border: 1px solid var(--line); background: var(--card); font-size: 13px; white-space: nowrap; }
nav label b { color: var(--o, var(--ink)); font-weight: 650; }
nav label input { position: absolute; opacity: 0; pointer-events: none; }
nav label:has(:checked) { border-color: var(--o, var(--ink)); box-shadow: inset 0 0 0 1px var(--o, var(--ink)); }
nav label:has(:focus-visible) { outline: 2px solid var(--accent); outline-offset: 1px; }
.card, .finding, .case { background: var(--card); border: 1px solid var(--line); border-radius: 10px; margin: 0 0 12px; }
.card { padding: 14px 16px; }
.warn { border-color: var(--fail); } .warnings { margin-top: 20px; } .warnings ul { max-height: 320px; overflow: hidden auto; }
table { border-collapse: collapse; width: 100%; font-size: 13.5px; }
th, td { text-align: right; padding: 8px 12px; border-top: 1px solid var(--line); vertical-align: top; font-weight: inherit; }
td { white-space: nowrap; width: 110px; }
thead th { border-top: 0; color: var(--soft); font-weight: 500; padding-top: 0; }
th:first-child { text-align: left; font-weight: 600; padding-left: 0; }
td b { color: var(--o); font-weight: 650; } td .bar { margin: 5px 0 0 auto; width: 84px; height: 5px; } td.none { color: var(--soft); }
.finding, .case { border-left: 4px solid var(--o); }
.finding > summary, .case > summary { padding: 12px 16px; cursor: pointer; list-style: none; }
.finding > summary { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 2px 12px; }
summary::-webkit-details-marker { display: none; }
.list summary { list-style: revert; }
.finding > summary .rule { font-weight: 600; }
.finding > summary .seen { grid-column: 1 / -1; color: var(--soft); display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; }
.finding[open] > summary, .case[open] > summary { border-bottom: 1px solid var(--line); } .finding[open] > summary .seen { display: block; }
.finding > div, .case > div { padding: 2px 16px 16px; }
.case { margin: 0 0 6px; } .case > summary { padding: 7px 14px; } .case .title { display: block; color: var(--soft); font-size: 13.5px; }
.line { padding: 8px 16px; margin: 0 0 6px; }
.tag { display: inline-block; font-size: 12px; color: var(--soft); border: 1px solid var(--line); border-radius: 4px; padding: 0 6px; white-space: nowrap; height: fit-content; }
.pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 16px; } .step { margin: 14px 0 0; }
.block > h3 { margin-bottom: 2px; } .rows { display: grid; gap: 1px; }
.row { display: grid; grid-template-columns: minmax(120px, 250px) minmax(0, 1fr); gap: 4px 16px; padding: 5px 0; border-top: 1px solid var(--line); align-items: baseline; }
.row > .mono { color: var(--soft); }
.chips { display: flex; flex-wrap: wrap; gap: 4px; min-width: 0; }
.chip { font-size: 12px; line-height: 1.3; color: var(--o); background: color-mix(in srgb, var(--o) 9%, transparent); border: 1px solid color-mix(in srgb, var(--o) 28%, transparent); border-radius: 5px; padding: 2px 7px; max-width: 100%; }
.chip[data-o="fail"] { background: var(--o); color: var(--card); border-color: var(--o); font-weight: 600; }
.chip[data-o="not-reached"], .chip[data-o="skipped"], .chip[data-o="unprovokable"] { border-style: dashed; background: none; }
.outcome { color: var(--o); font-weight: 650; }
.list ul { margin: 6px 0 0; padding-left: 20px; color: var(--soft); } .list p, .list > details { margin: 8px 0 0; } .list > :first-child { margin-top: 0; }
.list summary { cursor: pointer; } footer { color: var(--soft); font-size: 13px; padding: 28px 0 40px; }
.empty { color: var(--soft); padding: 28px 0; text-align: center; }
.narrowed .unfiltered { display: none; }
@media (min-width: 641px) { nav { position: sticky; top: 0; z-index: 2; } }
@media (max-width: 640px) {
  html { scroll-padding-top: 12px; }
  main, header > div, nav > div { padding-inline: 14px; }
  header { padding: 18px 0 16px; } .verdict { font-size: 25px; } #q { font-size: 16px; }
  .pair, .row, .finding > summary { grid-template-columns: minmax(0, 1fr); } .tag { justify-self: start; white-space: normal; }
  .facts { display: grid; gap: 2px; } .finding > summary, .card { padding: 12px; } .finding > div { padding: 0 12px 12px; }
  table, tbody, tr, td, tbody th { display: block; width: auto; } thead, td.none { display: none; }
  tr { display: flex; flex-wrap: wrap; gap: 2px 16px; padding: 8px 0; border-top: 1px solid var(--line); } tbody tr:first-child { border-top: 0; }
  th, td { padding: 0; border: 0; text-align: left; } tbody th { flex: 1 0 100%; } td::before { content: attr(data-k) " "; color: var(--soft); } td .bar { margin: 2px 0 0; width: 100%; }
  .chip { padding: 4px 9px; }
}
@media print { nav { display: none; } .finding, .card, .case { break-inside: avoid; } }
`
