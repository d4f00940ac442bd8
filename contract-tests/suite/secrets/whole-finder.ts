import { inLowerCase, type Place } from './secret-finder.ts'
import { toBase64 } from './spell-secret.ts'

/** Finds secrets that could be words only where nothing else can be meant: as a whole value, or behind their scheme. */
export class WholeFinder {
  readonly #standIns = new Map<string, string>()
  #pattern: RegExp | undefined

  add(secret: string, standIn: string): void {
    for (const spelling of [
      secret,
      encodeURIComponent(secret.toWellFormed()),
      toBase64(new TextEncoder().encode(secret)),
    ]) {
      const text = inLowerCase(spelling)
      if (text === '' || this.#standIns.has(text)) continue
      this.#standIns.set(text, standIn)
      this.#pattern = undefined
    }
  }

  has(secret: string): boolean {
    return this.#standIns.has(inLowerCase(secret))
  }

  /** @param lower the same text in lower case */
  find(text: string, lower: string): Place[] {
    if (this.#standIns.size === 0) return []
    this.#pattern ??= patternOf(this.#standIns.keys())
    const places: Place[] = []
    for (const { 0: found, index } of lower.matchAll(this.#pattern)) {
      const end = index + found.length
      if (isWhole(lower, index, end)) places.push({ start: index, end, standIn: this.#standIns.get(found) as string })
    }
    for (const { 0: whole, 1: code = '', index } of text.matchAll(BASIC)) {
      const standIn = this.#standIns.get(inLowerCase(passwordOf(code)))
      if (standIn !== undefined)
        places.push({ start: index + whole.length - code.length, end: index + whole.length, standIn })
    }
    return places
  }
}

const patternOf = (texts: Iterable<string>): RegExp => {
  const longestFirst = [...texts].sort((a, b) => b.length - a.length)
  const any = longestFirst.map((text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|')
  return new RegExp(`(?<![a-z\\d])(?:${any})(?![a-z\\d])`, 'g')
}

const BASIC = /\bBasic\s+([A-Za-z0-9+/_-]{2,}={0,2})/gi

/** Of Basic credentials (RFC 7617), or the whole of what is encoded. */
function passwordOf(code: string): string {
  try {
    const text = atob(code.replaceAll('-', '+').replaceAll('_', '/'))
    return text.slice(text.indexOf(':') + 1)
  } catch {
    return ''
  }
}

/** What stands before and behind a whole value: a string of JSON but no name, a cell, a parameter, what follows a scheme. */
const WHOLE: readonly (readonly [before: RegExp, behind: RegExp])[] = [
  [/"$/, /^\\*"(?!\s*:)/],
  [/'$/, /^\\*'(?!\s*:)/],
  [/>$/, /^</],
  [/(?:^|[?&;])[^=&;\s"'<>]*=$/, /^(?:[&;#\s"'<]|$)/],
  [/(?:^|[\t\r\n,;|] ?)$/, /^(?:[\t\r\n,;|]|$)/],
  [/: $/, /^(?:\n|$)/],
  [/\b(?:bearer|basic)\s+$/, /^(?![\w-])/],
]

/** Whole values have no longer names. */
const BEFORE = 100

function isWhole(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - BEFORE), start)
  const behind = text.slice(end, end + 20)
  return WHOLE.some(([left, right]) => right.test(behind) && left.test(before))
}
