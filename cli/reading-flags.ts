import { statSync } from 'node:fs'
import type { ReadOptions } from '../documents/read/read-options.ts'
import { UsageError } from './read-arguments.ts'

/** What every command takes that reads a document. */
export const READING_FLAGS = {
  'allow-files': { type: 'string', multiple: true },
  'allow-remote': { type: 'boolean' },
  overlay: { type: 'string', multiple: true },
  config: { type: 'string' },
} as const

const LINES: Readonly<Record<keyof typeof READING_FLAGS, readonly [flag: string, text: string]>> = {
  'allow-files': ['  --allow-files <dir>', 'a $ref may also lead to files below this folder; repeatable'],
  'allow-remote': ['  --allow-remote', 'a $ref may also lead to any URL'],
  overlay: [
    '  --overlay <file>',
    'an OpenAPI Overlay that changes the document before it is read; repeatable, in order',
  ],
  config: ['  --config <file>', 'default: rollcall.config.ts, .mts, .js, .mjs or .json, found upwards from here'],
}

/**
 * Their lines in `--help`; the text of each begins in this column.
 * @param told those that the command explains itself
 */
export const describeReadingFlags = (column: number, told: readonly string[] = []): string =>
  Object.entries(LINES)
    .filter(([name]) => !told.includes(name))
    .map(([, [flag, text]]) => flag.padEnd(column) + text)
    .join('\n')

/** What was given of these flags. */
export interface ReadingValues {
  readonly 'allow-files'?: string[]
  readonly 'allow-remote'?: boolean
  readonly overlay?: string[]
}

/**
 * @param settings what is set elsewhere for what is not given
 * @throws UsageError where a folder to be allowed is none: an unset variable of the shell would allow another one
 */
export function readingOptions(values: ReadingValues, settings: ReadOptions = {}): ReadOptions {
  const {
    'allow-files': allowFiles = settings.allowFiles ?? [],
    'allow-remote': allowRemote = settings.allowRemote ?? false,
    overlay: overlays = settings.overlays ?? [],
  } = values
  for (const folder of allowFiles) {
    if (folder === '' || !statSync(folder, { throwIfNoEntry: false })?.isDirectory())
      throw new UsageError(`--allow-files must be a folder, not ${folder || 'empty'}`)
  }
  // An unset variable of the shell gives it so, and would leave it out in silence.
  if (overlays.includes('')) throw new UsageError('--overlay must not be empty')
  return { allowFiles, allowRemote, overlays }
}
