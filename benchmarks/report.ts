/** Figures into tables: for people at a terminal, and for RESULTS.md. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { figureOf, showRatio } from './figures.ts'
import { isPinned, LOAD_CORE, SERVER_CORE } from './servers.ts'
import { TARGETS, type Target } from './targets.ts'
import type { Finding, Measured, Table } from './vocabulary.ts'

export type Verdict = 'met' | 'missed within the noise' | 'missed'

/** Missed is what every round misses. */
export function judge({ rounds, ...finding }: Finding, wanted = TARGETS[finding.target].wanted): Verdict {
  const { wantsMore }: Target = TARGETS[finding.target]
  const meets = (value: number): boolean => (wantsMore ? value >= wanted : value <= wanted)
  if (meets(figureOf({ ...finding, rounds }))) return 'met'
  return rounds.some(meets) ? 'missed within the noise' : 'missed'
}

export function describeFindings(findings: readonly Finding[]): string {
  return renderTable({
    head: ['target', 'measured on', 'wanted', 'found', 'verdict'],
    rows: findings.map((finding) => {
      const { says, wantsMore, wanted, unit }: Target = TARGETS[finding.target]
      const end = unit ? ` ${unit}` : ''
      return [
        says,
        finding.subject,
        `${wantsMore ? 'at least' : 'at most'} ${wanted}${end}`,
        showRatio(finding.rounds, figureOf(finding)) + end,
        judge(finding),
      ]
    }),
  })
}

export const describeMeasured = ({ tables }: Measured): string => tables.map(renderTable).join('\n\n')

/** A Markdown table, padded so that it reads as a table without rendering too. */
export function renderTable({ head, rows }: Table): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}

const versionOf = (require: NodeJS.Require, name: string): string => {
  // Not every package exports its manifest.
  for (const folder of require.resolve.paths(name) ?? []) {
    try {
      return JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8')).version
    } catch {
      // It is in a folder further up.
    }
  }
  return 'not installed'
}

export function describeMachine(): string {
  const processors = cpus()
  const require = createRequire(import.meta.url)
  const pinning = isPinned
    ? `servers held to core ${SERVER_CORE}, the load generator to core ${LOAD_CORE}`
    : 'taskset is missing, so servers and load generator share the cores'
  const versions = ['@stoplight/prism-cli', 'openapi-backend', '@scalar/mock-server', 'ajv', 'msw']
    .map((name) => `${name} ${versionOf(require, name)}`)
    .join(', ')
  const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GiB`
  return `${processors.length} cores, ${processors[0]?.model.trim()}, ${memory}; ${process.platform} ${process.arch}; Node ${process.versions.node}; ${versions}; ${pinning}`
}

/** The commit that is measured, and whether something was changed since. */
export function describeCommit(): string {
  try {
    const git = (...args: string[]) => execFileSync('git', args, { cwd: import.meta.dirname, encoding: 'utf8' }).trim()
    const isChanged = git('status', '--porcelain', '--', '..', ':!RESULTS.md') !== ''
    return `${git('rev-parse', '--short', 'HEAD')}${isChanged ? ' with changes' : ''}`
  } catch {
    return 'unknown'
  }
}
