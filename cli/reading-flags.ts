import { statSync } from 'node:fs'
import type { ReadOptions } from '../documents/read/read-options.ts'
import { UsageError } from './read-arguments.ts'

/** What every command takes that reads a document. */
export const READING_FLAGS = {
  'allow-files': { type: 'string', multiple: true },
  'allow-remote': { type: 'boolean' },
} as const

/** Their lines in `--help`; the text of each begins in this column. */
export const describeReadingFlags = (column: number): string =>
  [
    ['  --allow-files <dir>', 'a $ref may also lead to files below it; several'],
    ['  --allow-remote', 'a $ref may also lead to any URL'],
  ]
    .map(([flag = '', text = '']) => flag.padEnd(column) + text)
    .join('\n')

/** @throws UsageError where a folder to be allowed is none: an unset variable of the shell would allow another one */
export function readingOptions(values: { 'allow-files'?: string[]; 'allow-remote'?: boolean }): ReadOptions {
  const { 'allow-files': allowFiles = [], 'allow-remote': allowRemote = false } = values
  for (const folder of allowFiles) {
    if (folder === '' || !statSync(folder, { throwIfNoEntry: false })?.isDirectory())
      throw new UsageError(`--allow-files must be a folder, not ${folder || 'empty'}`)
  }
  return { allowFiles, allowRemote }
}
