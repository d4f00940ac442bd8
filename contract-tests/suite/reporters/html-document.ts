import { createHash } from 'node:crypto'
import type { Outcome, RunResult } from '../vocabulary.ts'
import { SCRIPT } from './html-script.ts'
import { STYLE } from './html-style.ts'
import { count, OUTCOMES, PARTICIPLES, printable, tally } from './sum-up.ts'

/** What stands for an outcome where there is room for one character. */
export const MARKS: Readonly<Record<Outcome, string>> = {
  fail: '✗',
  note: '!',
  pass: '✓',
  'not-reached': '○',
  skipped: '–',
  unprovokable: '?',
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Nothing but the two texts of ours that it holds: whatever a target said, none of it runs, and nothing is loaded. */
const POLICY = [
  "default-src 'none'",
  `style-src ${hashOf(STYLE)}`,
  `script-src ${hashOf(SCRIPT)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

interface Page {
  readonly title: string
  /** HTML, as what follows. */
  readonly header: string
  readonly main: string
}

/** A whole page, with a search and a choice of outcomes over all in it that is of the class `i`. */
export const toDocument = (run: RunResult, { title, header, main }: Page): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#main">To what was found</a>
<header><div>${header}</div></header>
${navigation(run)}
<main id="main">
${main}
<p class="empty" hidden>Nothing matches.</p>
</main>
<script>${SCRIPT}</script>
</body>
</html>
`

function navigation({ results }: RunResult): string {
  const counts = tally(results)
  const all = `<label><input type="radio" name="f" value="" checked>All <b>${results.length}</b></label>`
  const each = OUTCOMES.filter((outcome) => counts[outcome] > 0).map(
    (outcome) =>
      `<label data-o="${outcome}"><input type="radio" name="f" value="${outcome}"><b>${MARKS[outcome]} ${counts[outcome]}</b> ${PARTICIPLES[outcome]}</label>`,
  )
  return `<nav aria-label="Search and filter" hidden><div>
<search><input type="search" id="q" placeholder="Search findings and cases" aria-label="Search findings and cases" autocomplete="off" spellcheck="false"><output id="found" for="q" aria-live="polite"></output></search>
<div class="filters" role="radiogroup" aria-label="Outcome">${all}${each.join('')}</div></div></nav>`
}

/** How many of each outcome, as a line of colours. */
export function bar(results: RunResult['results']): string {
  const counts = tally(results)
  const parts = OUTCOMES.filter((outcome) => counts[outcome] > 0)
  const least = results.length / 120
  const widths = parts.map((outcome) => Math.max(counts[outcome], least))
  const whole = widths.reduce((sum, width) => sum + width, 0)
  let x = 0
  const rects = parts.map((outcome, at) => {
    const width = ((widths[at] as number) / whole) * 1000
    const rect = `<rect data-o="${outcome}" x="${Math.round(x)}" width="${Math.max(1, Math.round(width) - 3)}" height="1"/>`
    x += width
    return rect
  })
  return `<svg class="bar" viewBox="0 0 997 1" preserveAspectRatio="none" aria-hidden="true">${rects.join('')}</svg>`
}

/** `3 cases` where it is more than one. */
export const casesOf = (results: RunResult['results']): string =>
  results.length > 1 ? `${count(results.length, 'case')} · ` : ''

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** For texts and for attributes in quotes. */
export const escapeHtml = (text: string): string =>
  printable(text.toWellFormed()).replace(/[&<>"']/g, (char) => ENTITIES[char] as string)
