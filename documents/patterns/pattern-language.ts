import type { CharSet } from 'refa'
import { type Matcher, matchInTime } from './match-in-time.ts'
import { type Automaton, buildLooseAutomata } from './pattern-automaton.ts'
import type { Random } from './random.ts'
import { showPattern } from './show-pattern.ts'

/** A pattern whose language cannot be told: it is invalid, refers back to a group, or has too many states. */
export class PatternError extends Error {
  override readonly name = 'PatternError'
  readonly code = 'EPATTERN'
  readonly pattern: string
  constructor(pattern: string, reason: string) {
    super(`the pattern ${showPattern(pattern)} cannot be used: ${reason}`)
    this.pattern = pattern
  }
}

interface DrawOptions {
  /** In code points, as JSON Schema counts. */
  readonly minLength?: number
  readonly maxLength?: number
  /** Characters that are seldom tried: beyond the Basic Multilingual Plane, of other scripts. */
  readonly corners?: boolean
}

/** A set of texts. Where there is no such text, each of these gives undefined. */
export interface Texts {
  readonly isEmpty: boolean
  /** In code points; undefined: there is no text. */
  readonly shortestLength: number | undefined
  /** Infinity: there is no longest. */
  readonly longestLength: number | undefined
  shortest(): string | undefined
  draw(random: Random, options?: DrawOptions): string | undefined
  drawExactly(random: Random, length: number, options?: Pick<DrawOptions, 'corners'>): string | undefined
}

/** The texts that match a JSON Schema pattern, and those that do not. */
export interface Language extends Texts {
  readonly pattern: string
  accepts(text: string): boolean
  readonly outside: Texts
}

const KEPT = 500
/** Also of those that cannot be used: who tries again is told so at once. */
const languages = new Map<string, Language | PatternError>()

/**
 * The language of a JSON Schema pattern: ECMA-262 with the `u` flag, matching anywhere in a text unless anchored.
 * Several patterns together: the texts that match all of them.
 * @throws PatternError
 */
export function languageOf(...patterns: readonly [string, ...string[]]): Language {
  // Said twice, one is no other, and to match both takes the square of its states.
  const different = [...new Set(patterns)]
  const pattern = different.length === 1 ? patterns[0] : conjoin(different)
  let language = languages.get(pattern)
  if (!language) {
    if (languages.size >= KEPT) languages.clear()
    languages.set(pattern, (language = buildLanguage(pattern)))
  }
  if (language instanceof PatternError) throw language
  return language
}

const conjoin = (patterns: readonly string[]): string =>
  `^${patterns.map((pattern) => `(?=[^]*(?:${pattern.replace(/\(\?<(?![=!])[^>]*>/g, '(')}))`).join('')}`

function buildLanguage(pattern: string): Language | PatternError {
  let expression: Matcher
  let automata: ReturnType<typeof buildLooseAutomata>
  try {
    expression = matchInTime(pattern)
    automata = buildLooseAutomata(pattern)
  } catch (error) {
    return new PatternError(pattern, (error as Error).message)
  }
  const { inside, outside, isExact, longestLength } = automata
  const accepts = (text: string): boolean => expression.test(text)
  const loose = isExact ? undefined : { longestLength, error: new PatternError(pattern, UNKNOWN) }
  return {
    ...new Drawer(inside, accepts, loose).texts(),
    pattern,
    accepts,
    outside: new Drawer(outside, (text) => !accepts(text)).texts(),
  }
}

const UNKNOWN = 'it is too large to be worked out, and of the texts that were tried none matches it'

/** Of an automaton with more texts than the language has: how long those can be, and what is thrown where none was found. */
interface Loose {
  readonly longestLength: number
  readonly error: PatternError
}

/** How much longer than the shortest possible a text gets when nothing limits it. */
const USUAL_EXTRA = 9
/** The automaton's Unicode tables differ from the engine's in a few characters, so what was drawn may be refused. */
const MAX_DRAWS = 40
/** And no more of what was drawn from more than the language than take a fraction of a second together. */
const MAX_CHARACTERS = 400_000

class Drawer {
  readonly #automaton: Automaton
  readonly #accepts: (text: string) => boolean
  readonly #pools: readonly Pool[]
  readonly #loose: Loose | undefined
  /** `#alive[n][state]`: a text of n more characters leads from here to an end. */
  readonly #alive: Uint8Array[]

  constructor(automaton: Automaton, accepts: (text: string) => boolean, loose?: Loose) {
    this.#automaton = automaton
    this.#loose = loose
    this.#accepts = accepts
    this.#pools = automaton.atoms.map(createPool)
    this.#alive = [Uint8Array.from(automaton.isFinal, Number)]
  }

  texts(): Texts {
    const shortestLength = this.#findLength(0, this.#automaton.isFinal.length, 0)
    const longestLength =
      shortestLength === undefined ? undefined : Math.min(this.#longest(), this.#loose?.longestLength ?? Infinity)
    return {
      isEmpty: shortestLength === undefined,
      shortestLength,
      longestLength,
      shortest: () => (shortestLength === undefined ? undefined : this.#drawOf(PLAIN, shortestLength, false)),
      draw: (random, { minLength = 0, maxLength = Number.POSITIVE_INFINITY, corners = false } = {}) => {
        if (shortestLength === undefined || longestLength === undefined) return undefined
        const least = Math.max(minLength, shortestLength)
        const most = Math.min(maxLength, longestLength)
        if (least > most) return undefined
        const length = random.integer(least, Math.min(most, least + USUAL_EXTRA))
        const possible = this.#findLength(length, most, least)
        if (possible === undefined) return undefined
        if (!this.#loose) return this.#drawOf(random, possible, corners)
        const first = this.#findLength(least, most, least) as number
        return this.#tryOf(random, possible, corners) ?? this.#drawOf(random.at('shortest'), first, corners)
      },
      drawExactly: (random, length, { corners = false } = {}) =>
        length <= (longestLength ?? -1) && this.#isPossible(length) ? this.#drawOf(random, length, corners) : undefined,
    }
  }

  #isPossible(length: number): boolean {
    return this.#aliveAt(length)[0] === 1
  }

  /** The first possible length from `start` up to `most`, or else down to `least`. */
  #findLength(start: number, most: number, least: number): number | undefined {
    // Between two lengths of a regular language lie fewer than it has states.
    const end = Math.min(most, start + this.#automaton.isFinal.length)
    for (let length = start; length <= end; length++) if (this.#isPossible(length)) return length
    for (let length = start - 1; length >= least; length--) if (this.#isPossible(length)) return length
    return undefined
  }

  #aliveAt(length: number): Uint8Array {
    for (let at = this.#alive.length; at <= length; at++) {
      const before = this.#alive[at - 1] as Uint8Array
      this.#alive.push(Uint8Array.from(this.#automaton.next, (row) => (row.some(({ to }) => before[to]) ? 1 : 0)))
    }
    return this.#alive[length] as Uint8Array
  }

  /** The most steps from the first state to an end, or Infinity where a circle lies on the way. */
  #longest(): number {
    const { next, isFinal } = this.#automaton
    const leadsOn = this.#statesThatEnd()
    const steps = new Map<number, number>()
    const order: number[] = []
    const marks = new Uint8Array(next.length)
    const stack: { state: number; at: number }[] = [{ state: 0, at: 0 }]
    marks[0] = 1
    // Without recursion: a pattern such as .{0,9999} is as deep as it is long.
    while (stack.length > 0) {
      const top = stack[stack.length - 1] as { state: number; at: number }
      const step = next[top.state]?.[top.at++]
      if (!step) {
        marks[top.state] = 2
        order.push(top.state)
        stack.pop()
      } else if (leadsOn[step.to]) {
        if (marks[step.to] === 1) return Number.POSITIVE_INFINITY
        if (marks[step.to] === 0) {
          marks[step.to] = 1
          stack.push({ state: step.to, at: 0 })
        }
      }
    }
    for (const state of order) {
      const further = (next[state] ?? []).map(({ to }) => (leadsOn[to] ? 1 + (steps.get(to) ?? -Infinity) : -Infinity))
      steps.set(
        state,
        further.reduce((most, each) => Math.max(most, each), isFinal[state] ? 0 : -Infinity),
      )
    }
    return steps.get(0) as number
  }

  #statesThatEnd(): readonly boolean[] {
    const { next, isFinal } = this.#automaton
    const before = next.map((): number[] => [])
    for (const [state, row] of next.entries()) for (const { to } of row) before[to]?.push(state)
    const ends = [...isFinal]
    const queue = isFinal.flatMap((final, state) => (final ? [state] : []))
    for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
      for (const from of before[state] ?? []) {
        if (!ends[from]) {
          ends[from] = true
          queue.push(from)
        }
      }
    }
    return ends
  }

  /** @throws PatternError where it is not known whether there is one */
  #drawOf(random: Random, length: number, corners: boolean): string | undefined {
    const text = this.#tryOf(random, length, corners)
    if (text === undefined && this.#loose) throw this.#loose.error
    return text
  }

  #tryOf(random: Random, length: number, corners: boolean): string | undefined {
    const draws = this.#loose ? Math.min(MAX_DRAWS, Math.ceil(MAX_CHARACTERS / (length + 1))) : MAX_DRAWS
    for (let draw = 0; draw < draws; draw++) {
      const text = this.#walk(draw === 0 ? random : random.at('again', draw), length, corners)
      if (this.#accepts(text)) return text
    }
    return undefined
  }

  #walk(random: Random, length: number, corners: boolean): string {
    let text = ''
    let state = 0
    this.#aliveAt(length)
    for (let left = length - 1; left >= 0; left--) {
      const alive = this.#alive[left] as Uint8Array
      const steps = (this.#automaton.next[state] ?? []).filter(({ to }) => alive[to])
      const weights = steps.map(({ atom }) => (this.#pools[atom] as Pool)[corners ? 'cornerWeight' : 'weight'])
      const step = steps[pickWeighted(random, weights)] as { atom: number; to: number }
      text += drawCharacter(random, this.#pools[step.atom] as Pool, corners)
      state = step.to
    }
    return text
  }
}

/** Always the first: for the one text that is called the shortest. */
const PLAIN: Random = {
  next: () => 0,
  integer: (least) => least,
  chance: () => false,
  pick: (values) => values[0] as (typeof values)[number],
  at: (...keys) => ({ ...PLAIN, next: () => Number(keys.at(-1)) / MAX_DRAWS }),
}

/** The characters of an atom by how usual they are; each list may be empty. */
interface Pool {
  readonly set: CharSet
  readonly plain: readonly string[]
  readonly corners: readonly string[]
  readonly weight: number
  readonly cornerWeight: number
}

const TIERS: readonly (readonly [characters: string, weight: number])[] = [
  ['abcdefghijklmnopqrstuvwxyz', 20],
  ['ABCDEFGHIJKLMNOPQRSTUVWXYZ', 8],
  ['0123456789', 8],
  ["-_.@/'", 2],
  [' ', 2],
  ['!#$%&()*+,:;<=>?[\\]^`{|}~"', 1],
  ['éèàçñöüßøåłšžşğ', 0.4],
]
const CORNERS = [...'éñßİşЖяλΩשع日本語한국ไ𝒜𐌰𐍈𠀋𠮷𞤀😀🎉٣５²½Ⅷ\u00a0\u2028\u200d']

function createPool(set: CharSet): Pool {
  const within = (characters: Iterable<string>): string[] =>
    [...characters].filter((character) => set.has(character.codePointAt(0) as number))
  const tiers = TIERS.map(([characters, weight]) => ({ found: within(characters), of: [...characters].length, weight }))
  const corners = within(CORNERS)
  const alphanumeric = tiers.slice(0, 3).flatMap(({ found }) => found)
  return {
    set,
    plain: alphanumeric.length > 0 ? alphanumeric : (tiers.find(({ found }) => found.length > 0)?.found ?? []),
    corners,
    // By how much of a tier it holds: one letter set apart by the pattern is no likelier than any other letter.
    weight: tiers.reduce((sum, { found, of, weight }) => sum + (weight * found.length) / of, 0) || 0.01,
    cornerWeight: 1 + corners.length,
  }
}

function pickWeighted(random: Random, weights: readonly number[]): number {
  let left = random.next() * weights.reduce((sum, weight) => sum + weight, 0)
  for (const [index, weight] of weights.entries()) if ((left -= weight) < 0) return index
  return weights.length - 1
}

function drawCharacter(random: Random, pool: Pool, corners: boolean): string {
  const usual = corners && pool.corners.length > 0 ? pool.corners : pool.plain
  if (usual.length > 0) return random.pick(usual)
  if (pool.corners.length > 0 && random.chance(0.8)) return random.pick(pool.corners)
  // By range rather than by size: a small range is a case of its own.
  const { min, max } = random.pick(pool.set.ranges)
  return String.fromCodePoint(random.integer(min, max))
}
