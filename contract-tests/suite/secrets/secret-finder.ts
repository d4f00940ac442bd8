import { spellSecret } from './spell-secret.ts'

/** A place in a text, and what to show there. */
export interface Place {
  readonly start: number
  readonly end: number
  readonly standIn: string
}

/** The shortest spelling; what is shorter is no matter of searching. */
const LEAST = 8
const BLOCK = 4
const BUCKETS = 2 ** 20

/** In any case. Where that changes the length (İ), letters of ASCII alone count. */
export function inLowerCase(text: string): string {
  const lower = text.toLowerCase()
  return lower.length === text.length ? lower : text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

interface Spelling {
  readonly text: string
  readonly standIn: string
  readonly isBase64: boolean
}

/**
 * Finds any number of secrets in one pass over a text (Wu and Manber, "A fast algorithm for multi-pattern searching",
 * 1994): thousands that came back in thousands of large replies cost little more than one.
 */
export class SecretFinder {
  /** How far the search may go on from where these four characters are the last of eight. */
  readonly #shifts = new Uint8Array(BUCKETS).fill(LEAST - BLOCK + 1)
  readonly #ending = new Map<number, Spelling[]>()
  readonly #known = new Set<string>()
  #sorted: Spelling[] | undefined
  readonly #all: Spelling[] = []

  /** @param secret of at least eight characters */
  add(secret: string, standIn: string): void {
    for (const [index, spelling] of spellSecret(secret).entries()) {
      const text = inLowerCase(spelling)
      if (this.#known.has(text)) continue
      this.#known.add(text)
      this.#sorted = undefined
      const entry = { text, standIn, isBase64: index > 0 }
      this.#all.push(entry)
      for (let at = 0; at <= LEAST - BLOCK; at++) {
        const hash = hashAt(text, at)
        this.#shifts[hash] = Math.min(this.#shifts[hash] as number, LEAST - BLOCK - at)
      }
      const last = hashAt(text, LEAST - BLOCK)
      // The longer of two that begin alike is found first.
      const ending = [...(this.#ending.get(last) ?? []), entry].sort((a, b) => b.text.length - a.text.length)
      this.#ending.set(last, ending)
    }
  }

  /** How many spellings there are. */
  get size(): number {
    return this.#all.length
  }

  has(secret: string): boolean {
    return this.#known.has(inLowerCase(secret))
  }

  /** @param text in lower case */
  find(text: string): Place[] {
    const places: Place[] = []
    if (this.#all.length === 0) return places
    for (let at = 0; at <= text.length - LEAST; ) {
      const hash = hashAt(text, at + LEAST - BLOCK)
      const shift = this.#shifts[hash] as number
      const found = shift > 0 ? undefined : this.#ending.get(hash)?.find((one) => text.startsWith(one.text, at))
      if (found) {
        const end = at + found.text.length
        const [from, to] = found.isBase64 ? wholeRun(text, at, end) : [at, end]
        places.push({ start: from, end: to, standIn: found.standIn })
      }
      at += shift || 1
    }
    return places
  }

  /** What is left of a secret that was cut off before `end`: at least six characters of its beginning. */
  findCutOff(text: string, end: number): Place | undefined {
    this.#sorted ??= this.#all.toSorted((a, b) => (a.text < b.text ? -1 : 1))
    for (let start = Math.max(0, end - 256); start <= end - 6; start++) {
      const rest = text.slice(start, end)
      const next = this.#sorted[firstNotBefore(this.#sorted, rest)]
      if (next?.text.startsWith(rest)) return { start, end, standIn: next.standIn }
    }
    return undefined
  }
}

function firstNotBefore(sorted: readonly Spelling[], text: string): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as Spelling).text < text) low = middle + 1
    else high = middle
  }
  return low
}

const hashAt = (text: string, at: number): number =>
  (text.charCodeAt(at) +
    text.charCodeAt(at + 1) * 37 +
    text.charCodeAt(at + 2) * 1369 +
    text.charCodeAt(at + 3) * 50_653) &
  (BUCKETS - 1)

/** In base64 the secret's neighbours are in the same characters: all that was encoded together is hidden. */
function wholeRun(text: string, start: number, end: number): readonly [start: number, end: number] {
  let [from, to] = [start, end]
  while (from > 0 && isBase64(text.charCodeAt(from - 1))) from--
  while (to < text.length && isBase64(text.charCodeAt(to))) to++
  return [from, to]
}

const isBase64 = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 48 && code <= 57) ||
  code === 43 ||
  code === 47 ||
  code === 45 ||
  code === 95 ||
  code === 61
