import { type Concatenation, type Element, JS } from 'refa'
import { withinTime } from './limit-time.ts'
import { type Automaton, buildAutomata } from './pattern-automaton.ts'

/** What a validator asks of a pattern. */
export interface Matcher {
  /** A text of which it cannot be told within a fraction of a second does not match. */
  test(text: string): boolean
  /** The pattern, told apart from all others. */
  toString(): string
}

/** No pattern that anybody wrote takes long over so few characters. */
const SHORT = 16
/** So many steps of a regular expression take some milliseconds. */
const CHEAP = 1_000_000
/** Over longer texts a regular expression may overflow its stack. */
const LONG = 50_000
/** Nor does an automaton look at more: that takes a tenth of a second. */
const LONGEST = 4_000_000
/** In milliseconds: to build an automaton, to match once, and once more with a pattern that took too long before. */
const BUILDING = 150
const MATCHING = 100
const MATCHING_AGAIN = 5

/**
 * Matches as `new RegExp(pattern, flags)` does, but never for long: a text over which that could backtrack for ever, by its
 * length and by what is repeated in the pattern, goes through the pattern's automaton, which looks at each character once.
 * What is no regular language is matched within a limit.
 * @throws SyntaxError where the pattern is none
 */
export function matchInTime(pattern: string, flags = 'u'): Matcher {
  const expression = new RegExp(pattern, flags)
  let cost: Cost | undefined
  let slow: ((text: string) => boolean) | undefined
  return {
    test: (text) => {
      if (text.length <= SHORT) return expression.test(text)
      cost ??= estimate(pattern)
      if (text.length <= LONG && cost.factor * text.length ** cost.power <= CHEAP) return expression.test(text)
      slow ??= matchSlowly(pattern, expression, cost.power <= 1 && cost !== ENDLESS)
      return slow(text)
    },
    toString: () => String(expression),
  }
}

/** @param isLinear whether the expression itself looks at each character a few times at most: only its stack is too small */
function matchSlowly(pattern: string, expression: RegExp, isLinear: boolean): (text: string) => boolean {
  let limit = MATCHING
  /** @returns undefined where it is not known */
  const match = (text: string): boolean | undefined => {
    try {
      return withinTime(limit, () => expression.test(text))
    } catch {
      limit = MATCHING_AGAIN
      return undefined
    }
  }
  let run: ((text: string) => boolean) | undefined
  const build = (): typeof run => {
    try {
      return runThrough(withinTime(BUILDING, () => buildAutomata(pattern).inside))
    } catch {
      return undefined
    }
  }
  let isBuilt = false
  return (text) => {
    const known = isLinear ? match(text) : undefined
    if (known !== undefined) return known
    if (!isBuilt) run = build()
    isBuilt = true
    // To an automaton, half a surrogate pair is no character.
    const canRun = run !== undefined && text.length <= LONGEST && text.isWellFormed()
    return (canRun ? run?.(text) : match(text)) === true
  }
}

const ASCII = 128
const MANY = 10_000

/** Looks at each character of a text once. */
function runThrough({ atoms, next, isFinal }: Automaton): (text: string) => boolean {
  const width = atoms.length
  const steps = new Int32Array(next.length * width).fill(-1)
  for (const [state, row] of next.entries()) for (const { atom, to } of row) steps[state * width + atom] = to
  const atomOf = (code: number): number => atoms.findIndex((atom) => atom.has(code))
  const ascii = Int32Array.from({ length: ASCII }, (_, code) => atomOf(code))
  const others = new Map<number, number>()
  const otherOf = (code: number): number => {
    let atom = others.get(code)
    if (atom === undefined) {
      if (others.size > MANY) others.clear()
      others.set(code, (atom = atomOf(code)))
    }
    return atom
  }
  return (text) => {
    let state = 0
    for (let at = 0; at < text.length; at++) {
      let code = text.charCodeAt(at)
      if (code >= 0xd800 && code < 0xe000) code = text.codePointAt(at++) as number
      state = steps[state * width + (code < ASCII ? (ascii[code] as number) : otherOf(code))] as number
      if (state < 0) return false
    }
    return isFinal[state] === true
  }
}

/** At worst so many steps: a factor, times a power of the length of the text. */
interface Cost {
  factor: number
  power: number
}

const ENDLESS: Cost = { factor: Number.POSITIVE_INFINITY, power: 1 }

/** How long a pattern takes at worst: each repetition that it does not count can end anywhere, and so can its beginning. */
function estimate(pattern: string): Cost {
  try {
    const { expression } = JS.Parser.fromLiteral({ source: pattern, flags: 'u' }).parse({ maxNodes: 10_000 })
    const cost: Cost = { factor: 1, power: isAnchored(expression.alternatives) ? 0 : 1 }
    return weigh(expression.alternatives, cost, false) ? { ...cost, power: Math.max(1, cost.power) } : ENDLESS
  } catch {
    return ENDLESS
  }
}

/** Whether the steps may double with each character of a text. */
export const mayBacktrack = (pattern: string): boolean => estimate(pattern) === ENDLESS

const isAnchored = (alternatives: readonly Concatenation[]): boolean =>
  alternatives.every(({ elements: [first] }) => first?.type === 'Assertion' && first.kind === 'behind' && first.negate)

/** @returns false where a repetition holds what can be read in several ways: the steps may double with each character */
function weigh(alternatives: readonly Concatenation[], cost: Cost, isRepeated: boolean): boolean {
  if (alternatives.length > 1) {
    if (isRepeated) return false
    cost.factor *= alternatives.length
  }
  return alternatives.every(({ elements }) => elements.every((element) => weighElement(element, cost, isRepeated)))
}

function weighElement(element: Element, cost: Cost, isRepeated: boolean): boolean {
  if (element.type === 'CharacterClass') return true
  if (element.type === 'Unknown') return false
  if (element.type !== 'Quantifier') return weigh(element.alternatives, cost, isRepeated)
  const { min, max, alternatives } = element
  const isVariable = max > min
  if (isVariable && isRepeated) return false
  if (isVariable && max <= 1) cost.factor *= 2
  else if (isVariable) cost.power++
  return weigh(alternatives, cost, isRepeated || max > 1)
}
