import { groupBy } from '../../suite/group-by.ts'
import { TRANSPORT_HEADERS } from './compare-replies.ts'
import { DIFFERS, type Known } from './differs.ts'
import type { PlayedRun } from './play-run.ts'
import type { RecordedRun } from './record-run.ts'
import type { Column } from './vocabulary.ts'

/** The columns of PARITY.md, in their order. */
export const TITLES: Readonly<Record<Column, string>> = {
  memory: 'memory',
  'msw-node': 'MSW in Node',
  'msw-chromium': 'MSW in Chromium',
  http: 'HTTP',
  prism: 'Prism',
}

/** PARITY.md. */
export function writeTable(recorded: readonly RecordedRun[], played: readonly PlayedRun[]): string {
  const columns = Object.keys(TITLES) as Column[]
  const rows = recorded.map(({ name, result, recorded: exchanges }) => {
    const unprovokable = result.results.filter(({ outcome }) => outcome === 'unprovokable').length
    const cells = columns.map((column) => {
      const run = played.find((one) => one.api === name && one.column === column)
      if (!run) throw new Error(`${name} was not played over ${column}`)
      const differing = new Set(run.differences.map(({ caseId }) => caseId)).size
      return differing === 0 ? count(run.cases.length) : `${count(run.cases.length - differing)} + ${differing}`
    })
    return [name, count(result.results.length), String(unprovokable), count(exchanges.length), ...cells]
  })
  const head = ['API', 'cases', 'unprovokable', 'requests', ...columns.map((column) => TITLES[column])]
  return [
    '# Parity',
    '',
    'Written by `npm run parity`, which plays every case. `npm test` plays one of each operation and keyword, and each that',
    'differs, and fails where they differ otherwise than is said here.',
    '',
    'Every case of the contract suite, over every way to the mock: in memory; `fetch` in Node and in a page in a real',
    "Chromium, of the vendors' own URLs, intercepted by MSW; over HTTP; over HTTP with Prism in front. For the same seed,",
    'clock and calls, the answer to each request, those that set up and clean up among them, has the same status, headers',
    'and body, byte for byte, and the suite passes it. Two figures: so many cases are equal, and so many differ as listed.',
    '',
    line(head),
    line(head.map((_, at) => (at === 0 ? '---' : '--:'))),
    ...rows.map(line),
    '',
    'Unprovokable: nothing that a client sends brings it about, so it is told and not sent. Not compared are the headers of',
    `the transport itself: ${TRANSPORT_HEADERS.map((name) => `\`${name}\``).join(', ')}.`,
    '',
    '## What differs',
    '',
    ...DIFFERS.flatMap((known) => [
      `- **${known.columns.map((column) => TITLES[column]).join(', ')}**: ${known.reason} ${issueOf(known)}`,
      ...[...groupBy(playedWith(played, known), ({ api }) => api)].map(
        ([api, cases]) => `  - ${api}: ${cases.map(({ caseId }) => `\`${caseId}\``).join(', ')}`,
      ),
    ]),
    '',
  ].join('\n')
}

function playedWith(played: readonly PlayedRun[], known: Known) {
  return played.flatMap(({ api, differences }) => {
    const ids = differences.filter((one) => one.known === known).map(({ caseId }) => caseId)
    return [...new Set(ids)].map((caseId) => ({ api, caseId }))
  })
}

const issueOf = ({ issue }: Known): string =>
  issue ? `See [#${issue.split('/').at(-1)}](${issue}).` : 'No issue of it is known.'

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
const count = (number: number): string => number.toLocaleString('en')
