import type { Delay } from '../entries/config.ts'
import { LONGEST_DELAY } from './config-keys.ts'
import { chooseDelay } from './hold-answers.ts'
import { readInteger, readTime, UsageError } from './read-arguments.ts'
import type { ReadingValues } from './reading-flags.ts'

/** What was given of the flags of a command that serves a mock. */
export interface ServingValues extends ReadingValues {
  readonly port?: string
  readonly host?: string
  readonly 'base-path'?: string
  readonly token?: string[]
  readonly seed?: string
  readonly users?: string
  readonly records?: string
  readonly empty?: boolean
  readonly stateless?: boolean
  readonly behaviours?: string
  readonly delay?: string
  readonly 'rate-limit'?: boolean
  readonly 'check-replies'?: boolean
  readonly grace: string
  readonly 'max-sessions'?: string
  readonly journal?: string
  readonly 'control-token'?: string
  readonly config?: string
}

export type ServingFlags = ReturnType<typeof readServingFlags>

/** What the flags say, read and checked. @throws UsageError */
export function readServingFlags(values: ServingValues) {
  const integer = (flag: string, text: string | undefined, least: number, most: number) =>
    text === undefined ? undefined : readInteger(`--${flag}`, text, least, most)
  // An empty host would mean every address of this machine.
  if (values.host === '') throw new UsageError('--host must not be empty')
  // An unset variable of the shell gives it so; nobody could send it.
  for (const flag of ['token', 'control-token', 'behaviours'] as const) {
    if ([values[flag]].flat().includes('')) throw new UsageError(`--${flag} must not be empty`)
  }
  // The characters of a header that every client sends alike.
  if (/[^\x21-\x7e]/.test(values['control-token'] ?? '')) {
    throw new UsageError(
      '--control-token is sent in a header: it must be of ASCII letters, digits and signs, without spaces',
    )
  }
  const port = integer('port', values.port, 0, 65_535)
  const users = integer('users', values.users, 0, 1_000_000)
  const records = integer('records', values.records, 0, 10_000)
  if (values.empty && (records ?? 0) > 0) throw new UsageError('--empty and --records do not go together')
  if (values.stateless && (values.empty || records !== undefined)) {
    throw new UsageError(`--stateless keeps no records: leave out --${values.empty ? 'empty' : 'records'}`)
  }
  const maxSessions = integer('max-sessions', values['max-sessions'], 1, 1_000_000)
  const journal = integer('journal', values.journal, 1, 1_000_000)
  const delay = values.delay === undefined ? undefined : readDelay(values.delay)
  return { port, users, records, maxSessions, journal, delay, grace: readTime('--grace', values.grace, 600_000) }
}

/** How long to hold the next answer back, in milliseconds: always the same, or evenly spread between two bounds. */
function readDelay(text: string): () => number {
  const [least = '', most = least, ...rest] = text.split('-')
  const from = readInteger('--delay', least, 0, LONGEST_DELAY)
  const to = readInteger('--delay', most, 0, LONGEST_DELAY)
  if (rest.length > 0 || to < from) throw new UsageError(`--delay must be like 200 or 100-400, not ${text}`)
  return () => chooseDelay(text as Delay)
}
