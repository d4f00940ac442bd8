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

const filters = outcomes
  .map(([outcome]) => {
    const chosen = `body:has(#f-${outcome}:checked)`
    const others = `:not([data-o="${outcome}"])`
    return [
      `${chosen} .chip${others}, ${chosen} .finding${others}, ${chosen} .list${others}`,
      `${chosen} .row:not(:has(.chip[data-o="${outcome}"])), ${chosen} .block:not(:has([data-o="${outcome}"]))`,
      `${chosen} .unfiltered { display: none; }`,
    ].join(',\n')
  })
  .join('\n')

/** No scripts anywhere: the filter is `:has`, what opens is `details` and `popover`. */
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
html { scroll-padding-top: 60px; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main, header > div { max-width: 1080px; margin: 0 auto; padding: 0 20px; }
header { background: var(--card); border-bottom: 1px solid var(--line); padding: 26px 0 20px; }
h1 { font-size: 15px; font-weight: 500; color: var(--soft); margin: 0; }
h1 b { color: var(--ink); font-weight: 650; }
h2 { font-size: 18px; margin: 36px 0 12px; font-weight: 650; }
h3 { font-size: 15px; margin: 0; font-weight: 650; overflow-wrap: anywhere; }
h4 { font-size: 12px; margin: 16px 0 6px; font-weight: 600; color: var(--soft); text-transform: uppercase; letter-spacing: .05em; }
a { color: var(--accent); text-decoration: none; } a:hover { text-decoration: underline; }
code, pre, .mono { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 12.5px; }
code { overflow-wrap: anywhere; }
pre { margin: 0; padding: 10px 12px; background: var(--well); border: 1px solid var(--line); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 420px; overflow: auto; line-height: 1.45; }
pre.copy { user-select: all; -webkit-user-select: all; }
.verdict { font-size: 30px; line-height: 1.2; font-weight: 700; margin: 4px 0 10px; letter-spacing: -.01em; color: var(--o); }
.facts { display: flex; flex-wrap: wrap; gap: 2px 18px; margin: 0; color: var(--soft); font-size: 13px; }
.facts div { display: flex; gap: 6px; min-width: 0; } .facts dt::after { content: ":"; } .facts dd { margin: 0; color: var(--ink); overflow-wrap: anywhere; min-width: 0; }
.bar { display: flex; height: 8px; border-radius: 4px; overflow: hidden; gap: 2px; margin: 18px 0 0; }
.bar i { background: var(--o); min-width: 3px; }
nav { position: sticky; top: 0; z-index: 2; background: color-mix(in srgb, var(--page) 92%, transparent); backdrop-filter: blur(6px); border-bottom: 1px solid var(--line); }
nav > div { position: relative; max-width: 1080px; margin: 0 auto; padding: 8px 20px; display: flex; gap: 6px; overflow-x: auto; scrollbar-width: none; }
nav label { flex: none; cursor: pointer; padding: 5px 12px; border-radius: 999px; border: 1px solid var(--line); background: var(--card); font-size: 13px; white-space: nowrap; }
nav label b { color: var(--o, var(--ink)); font-weight: 650; }
nav input { position: absolute; opacity: 0; pointer-events: none; }
nav label:has(:checked) { border-color: var(--o, var(--ink)); box-shadow: inset 0 0 0 1px var(--o, var(--ink)); }
nav label:has(:focus-visible) { outline: 2px solid var(--accent); outline-offset: 1px; }
.card, .finding { background: var(--card); border: 1px solid var(--line); border-radius: 10px; margin: 0 0 12px; }
.card { padding: 14px 16px; }
.warn { border-color: var(--fail); } .warnings { margin-top: 20px; } .warnings ul { max-height: 320px; overflow: auto; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 13.5px; }
th, td { text-align: right; padding: 8px 12px; border-top: 1px solid var(--line); white-space: nowrap; vertical-align: top; }
thead th { border-top: 0; color: var(--soft); font-weight: 500; padding-top: 0; }
th:first-child { text-align: left; font-weight: 600; padding-left: 0; }
td b { color: var(--o); font-weight: 650; } td .bar { margin: 5px 0 0 auto; width: 84px; height: 5px; } td.none { color: var(--soft); }
.finding { border-left: 4px solid var(--o); }
.finding > summary { padding: 12px 16px; cursor: pointer; list-style: none; display: grid; grid-template-columns: 1fr auto; gap: 2px 12px; }
.finding > summary::-webkit-details-marker { display: none; }
.finding > summary .rule { font-weight: 600; overflow-wrap: anywhere; }
.finding > summary .seen { grid-column: 1 / -1; color: var(--soft); overflow-wrap: anywhere; display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; }
.finding[open] > summary { border-bottom: 1px solid var(--line); } .finding[open] > summary .seen { display: block; }
.finding > div { padding: 2px 16px 16px; }
.tag { display: inline-block; font-size: 12px; color: var(--soft); border: 1px solid var(--line); border-radius: 4px; padding: 0 6px; white-space: nowrap; height: fit-content; }
.pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 16px; }
.status { color: var(--soft); } .status b { color: var(--ink); }
.also { margin-top: 14px; } .also > details { border-top: 1px solid var(--line); padding: 8px 0; } .also summary { cursor: pointer; overflow-wrap: anywhere; }
.block > h3 { margin-bottom: 2px; } .rows { display: grid; gap: 1px; }
.row { display: grid; grid-template-columns: minmax(120px, 250px) 1fr; gap: 4px 16px; padding: 5px 0; border-top: 1px solid var(--line); align-items: baseline; }
.row > .mono { overflow-wrap: anywhere; color: var(--soft); }
.chips { display: flex; flex-wrap: wrap; gap: 4px; min-width: 0; }
.chip { font: inherit; font-size: 12px; line-height: 1.3; color: var(--o); background: color-mix(in srgb, var(--o) 9%, transparent); border: 1px solid color-mix(in srgb, var(--o) 28%, transparent); border-radius: 5px; padding: 2px 7px; cursor: pointer; max-width: 100%; overflow-wrap: anywhere; text-align: left; }
.chip[data-o="fail"] { background: var(--o); color: var(--card); border-color: var(--o); font-weight: 600; }
.chip[data-o="not-reached"], .chip[data-o="skipped"], .chip[data-o="unprovokable"] { border-style: dashed; background: none; }
.chip:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
[popover] { border: 1px solid var(--line); border-radius: 10px; background: var(--card); color: var(--ink); padding: 18px; width: min(640px, calc(100vw - 24px)); max-height: 82vh; overflow: auto; box-shadow: 0 12px 40px #0006; }
[popover]::backdrop { background: #0005; }
[popover] p { margin: 8px 0; overflow-wrap: anywhere; }
.outcome { color: var(--o); font-weight: 650; }
.list ul { margin: 6px 0 0; padding-left: 20px; color: var(--soft); } .list li { overflow-wrap: anywhere; } .list p, .list > details { margin: 8px 0 0; } .list > :first-child { margin-top: 0; }
.list summary { cursor: pointer; } footer { color: var(--soft); font-size: 13px; padding: 28px 0 40px; }
${filters}
@media (max-width: 640px) {
  main, header > div { padding: 0 14px; } nav > div { padding: 8px 14px; }
  header { padding: 18px 0 16px; } .verdict { font-size: 25px; }
  .pair, .row { grid-template-columns: minmax(0, 1fr); }
  .facts { display: grid; gap: 2px; } .finding > summary, .card { padding: 12px; } .finding > div { padding: 0 12px 12px; }
  th, td { padding: 7px 8px; } td .bar { width: 56px; } .chip { padding: 4px 9px; }
}
@media print { nav { display: none; } .finding, .card { break-inside: avoid; } }
`
