import { type ParseArgsConfig, parseArgs } from 'node:util'
import { findClosest } from '../mocks/api/find-closest.ts'

/** The command line was not understood. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** The flags of a command, as `parseArgs` of `node:util` takes them. */
export type Flags = NonNullable<ParseArgsConfig['options']>

/** @throws UsageError on an unknown flag (with the closest known one), or a value that is missing or too much */
export function readArguments<F extends Flags>(command: string, args: readonly string[], options: F) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const flag = /'(--?[^'\s]+)/.exec(message)?.[1]
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' && flag) {
      const known = Object.entries(options).flatMap(([name, { short }]) =>
        short ? [`--${name}`, `-${short}`] : [`--${name}`],
      )
      throw new UsageError(`${command} has no flag ${flag}${didYouMean(flag, known)}; see rollcall ${command} --help`)
    }
    throw new UsageError(`${message.split(/\.\s/)[0]}; see rollcall ${command} --help`)
  }
}

/** The one thing that a command is about. @throws UsageError where there is none, or more */
export function readOne(command: string, positionals: readonly string[], what: string): string {
  const [name, ...rest] = positionals
  if (name !== undefined && rest.length === 0) return name
  throw new UsageError(`${command} takes one ${what}; see rollcall ${command} --help`)
}

/** How a command prints. @throws UsageError */
export function readFormat(text: string): 'text' | 'json' {
  if (text === 'text' || text === 'json') return text
  throw new UsageError(`--format must be text or json, not ${text}`)
}

/** `; did you mean …?` where something known is near, otherwise nothing. */
export function didYouMean(word: string, known: readonly string[]): string {
  const closest = findClosest(word, known)
  return closest && closest.distance <= Math.max(2, word.length / 3) ? `; did you mean ${closest.name}?` : ''
}

/** @throws UsageError when the text is not a whole number within the bounds */
export function readInteger(flag: string, text: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= least && value <= most)) {
    throw new UsageError(`${flag} must be a whole number from ${least} to ${most}, not ${text}`)
  }
  return value
}

const UNITS: Readonly<Record<string, number>> = { '': 1, ms: 1, s: 1000, m: 60_000 }

/** A time such as `500ms`, `5s` or `2m`, in milliseconds; without a unit it is in milliseconds. @throws UsageError */
export function readTime(flag: string, text: string, most: number): number {
  const [, count = '', unit = ''] = /^(\d+)(ms|s|m|)$/.exec(text) ?? []
  const time = count === '' ? Number.NaN : Number(count) * (UNITS[unit] as number)
  if (!(time <= most))
    throw new UsageError(`${flag} must be a time like 500ms or 5s, at most ${most / 1000}s, not ${text}`)
  return time
}

const SIZES: Readonly<Record<string, number>> = { '': 1, kb: 2 ** 10, mb: 2 ** 20, gb: 2 ** 30 }

/** A size such as `512kb`, `25mb` or `1gb`, in bytes; without a unit it is in bytes. @throws UsageError */
export function readSize(flag: string, text: string, least: number, most: number): number {
  const [, count = '', unit = ''] = /^(\d+)(kb|mb|gb|)$/.exec(text.toLowerCase()) ?? []
  const size = count === '' ? Number.NaN : Number(count) * (SIZES[unit] as number)
  if (!(size >= least && size <= most)) {
    throw new UsageError(
      `${flag} must be a size like 512kb or 25mb, from ${tellSize(least)} to ${tellSize(most)}, not ${text}`,
    )
  }
  return size
}

/** In the largest unit of which it is some. */
export function tellSize(bytes: number): string {
  const [unit = '', size = 1] = Object.entries(SIZES).findLast(([, size]) => bytes >= size) ?? []
  return `${Math.round(bytes / size)}${unit}`
}
