import {
  type Assertion,
  CharBase,
  type CharRange,
  CharSet,
  type Concatenation,
  DFA,
  type Element,
  ENFA,
  type Expression,
  JS,
  NFA,
  type NoParent,
} from 'refa'
import { longestFrom, loosen, refuseTooLarge } from './pattern-size.ts'

/** A pattern as a table: `next[state]` lists where each atom of the alphabet leads. State 0 is the first. */
export interface Automaton {
  /** Disjoint sets of characters that the pattern never tells apart. */
  readonly atoms: readonly CharSet[]
  readonly next: readonly (readonly { readonly atom: number; readonly to: number }[])[]
  readonly isFinal: readonly boolean[]
}

const MAX_CODE_POINT = 0x10ffff
/** Lone surrogates are no text: UTF-8 cannot carry them. */
const SURROGATES: CharRange = { min: 0xd800, max: 0xdfff }
const UNIVERSE = CharSet.all(MAX_CODE_POINT).without(SURROGATES)
/** Beyond this many states, a minimal automaton costs more than it saves. */
const MINIMIZED = 3000

/**
 * The language of a pattern, and the one of all other texts.
 *
 * refa's automata know no assertions, so each stands in the text as a marker: a letter of its own. A text is in the
 * language when markers can be put into it so that the pattern matches it and every marker stands where its assertion
 * holds; both are regular, so this decides any lookahead, lookbehind, `\b`, `^` and `$`, nested or repeated.
 * @throws Error when the pattern is invalid, has backreferences, or is too large
 */
export function buildAutomata(pattern: string): Automata {
  const expression = parse(pattern)
  refuseTooLarge(expression)
  return build(expression)
}

/**
 * The same for who draws texts and holds each to the pattern: where repetitions are large, `inside` has texts that do not
 * match it, but lacks none that does, and `outside` lacks some.
 * @throws Error as `buildAutomata`
 */
export function buildLooseAutomata(pattern: string): Automata & { isExact: boolean; longestLength: number } {
  let reason: unknown
  for (const { expression, isExact } of loosen(() => parse(pattern))) {
    try {
      const longestLength = isExact ? Number.POSITIVE_INFINITY : longestFrom(parse(pattern).alternatives, true)
      return { ...build(expression), isExact, longestLength }
    } catch (error) {
      reason = error
    }
  }
  throw reason
}

interface Automata {
  readonly inside: Automaton
  readonly outside: Automaton
}

const parse = (pattern: string): Expression =>
  JS.Parser.fromLiteral({ source: pattern, flags: 'u' }).parse({ maxNodes: 100_000 }).expression

function build(expression: Expression): Automata {
  const alphabet = listAtoms(expression)
  const assertions = listAssertions(expression)
  const builder = new Builder(alphabet, assertions)
  const inside = builder.languageOf(expression.alternatives)
  const outside = inside.copy()
  outside.complement()
  const texts = builder.texts()
  return {
    inside: toTable(DFA.fromIntersection(inside, texts), alphabet),
    outside: toTable(DFA.fromIntersection(outside, texts), alphabet),
  }
}

class Builder {
  readonly #atoms: readonly CharSet[]
  /** Assertions that say the same share a marker. */
  readonly #markers = new Map<string, number>()
  readonly #options: { readonly maxCharacter: number }
  readonly #rules = new Map<number, DFA>()
  readonly #keys: ReadonlyMap<Assertion, string>

  constructor(atoms: readonly CharSet[], assertions: ReadonlyMap<Assertion, string>) {
    this.#atoms = atoms
    this.#keys = assertions
    for (const key of assertions.values()) {
      if (!this.#markers.has(key)) this.#markers.set(key, atoms.length + this.#markers.size)
    }
    this.#options = { maxCharacter: atoms.length + this.#markers.size - 1 }
  }

  /** All texts that a match of the alternatives can stand in. */
  languageOf(alternatives: readonly Concatenation[]): DFA {
    return this.#withRules([this.#anything(), group(this.#mark(alternatives)), this.#anything()], alternatives)
  }

  texts(): DFA {
    return this.#determine(NFA.fromRegex([concatenation([this.#anything()])], this.#options))
  }

  /** The texts of these elements in which the markers of the alternatives stand rightly, without these markers. */
  #withRules(elements: NoParent<Element>[], alternatives: readonly Concatenation[]): DFA {
    const inner = directAssertions(alternatives)
    const nfa = NFA.fromRegex([concatenation(elements)], this.#options, {}, new NFA.LimitedNodeFactory(100_000))
    if (inner.length === 0) return this.#determine(nfa)
    const rules = [...new Set(inner.map((assertion) => this.#markerOf(assertion)))].map((marker) =>
      this.#ruleOf(marker, inner),
    )
    const ruled = rules.reduce((left, rule) => NFA.fromIntersection(left, rule), nfa)
    return this.#erase(ruled, this.#setOf(inner.map((assertion) => this.#markerOf(assertion))))
  }

  /** All texts with markers in which each of this one stands where its assertion holds. */
  #ruleOf(marker: number, assertions: readonly Assertion[]): DFA {
    const known = this.#rules.get(marker)
    if (known) return known
    const assertion = assertions.find((candidate) => this.#markerOf(candidate) === marker) as Assertion
    const here: NoParent<Element> = { type: 'CharacterClass', characters: this.#setOf([marker]) }
    const looked = group(this.#mark(assertion.alternatives))
    const sides =
      assertion.kind === 'ahead'
        ? [this.#anything(), here, looked, this.#anything()]
        : [this.#anything(), looked, here, this.#anything()]
    let wrong = this.#withRules(sides, assertion.alternatives)
    if (!assertion.negate) {
      wrong.complement()
      const once = NFA.fromRegex([concatenation([this.#anything(), here, this.#anything()])], this.#options)
      wrong = DFA.fromIntersection(wrong, once)
    }
    // Whatever other markers stand in the text, and however often this one does.
    const anywhere = NFA.fromFA(wrong)
    const markers = this.#setOf(this.#markers.values())
    for (const node of [...anywhere.nodes()]) node.link(node, markers)
    const rule = this.#determine(anywhere)
    rule.complement()
    this.#rules.set(marker, rule)
    return rule
  }

  #erase(fa: NFA, erased: CharSet): DFA {
    const builder = new ENFA.Builder(ENFA.nodeFactory)
    const copies = new Map<NFA.Node, ENFA.Node>([[fa.initial, builder.initial]])
    const copyOf = (node: NFA.Node): ENFA.Node => {
      let copy = copies.get(node)
      if (!copy) copies.set(node, (copy = builder.createNode()))
      return copy
    }
    for (const node of [...fa.nodes()]) {
      for (const [to, via] of node.out) {
        const kept = via.without(erased)
        if (!kept.isEmpty) builder.linkNodes(copyOf(node), copyOf(to), kept)
        if (via.isDisjointWith(erased)) continue
        const between = builder.createNode()
        builder.linkNodes(copyOf(node), between, null)
        builder.linkNodes(between, copyOf(to), null)
      }
      if (fa.finals.has(node)) builder.makeFinal(copyOf(node))
    }
    return this.#determine(ENFA.fromBuilder(builder, this.#options))
  }

  #determine(fa: NFA | ENFA): DFA {
    const dfa = DFA.fromFA(fa as NFA, new DFA.LimitedNodeFactory(100_000))
    if (dfa.countNodes() < MINIMIZED) dfa.minimize()
    return dfa
  }

  #anything(): NoParent<Element> {
    const atom: NoParent<Element> = {
      type: 'CharacterClass',
      characters: CharSet.fromRange(this.#options.maxCharacter, { min: 0, max: this.#atoms.length - 1 }),
    }
    const alternatives = [concatenation([atom])]
    return { type: 'Quantifier', min: 0, max: Number.POSITIVE_INFINITY, lazy: false, alternatives }
  }

  /** A copy whose characters are atoms, and whose assertions are markers. */
  #mark(alternatives: readonly Concatenation[]): NoParent<Concatenation>[] {
    return alternatives.map(({ elements }) => concatenation(elements.map((element) => this.#markElement(element))))
  }

  #markElement(element: Element): NoParent<Element> {
    switch (element.type) {
      case 'CharacterClass': {
        const here = this.#atoms.flatMap((atom, index) => (element.characters.has(first(atom)) ? [index] : []))
        return { type: 'CharacterClass', characters: this.#setOf(here) }
      }
      case 'Assertion':
        return { type: 'CharacterClass', characters: this.#setOf([this.#markerOf(element)]) }
      case 'Alternation':
        return group(this.#mark(element.alternatives))
      case 'Quantifier': {
        const { type, min, max, lazy } = element
        return { type, min, max, lazy, alternatives: this.#mark(element.alternatives) }
      }
      default:
        throw new Error(`it has a part that is not regular: ${element.type}`)
    }
  }

  #markerOf = (assertion: Assertion): number => this.#markers.get(this.#keys.get(assertion) as string) as number
  #setOf = (characters: Iterable<number>): CharSet =>
    CharSet.fromCharacters(
      this.#options.maxCharacter,
      [...new Set(characters)].sort((a, b) => a - b),
    )
}

const concatenation = (elements: NoParent<Element>[]): NoParent<Concatenation> => ({ type: 'Concatenation', elements })
const group = (alternatives: NoParent<Concatenation>[]): NoParent<Element> => ({ type: 'Alternation', alternatives })
const first = (set: CharSet): number => set.ranges[0]?.min as number

/** The atoms of all character classes; what is in none of them is an atom too. */
function listAtoms(expression: Expression): CharSet[] {
  const sets: CharSet[] = [UNIVERSE]
  const walk = (alternatives: readonly Concatenation[]): void => {
    for (const { elements } of alternatives) {
      for (const element of elements) {
        if (element.type === 'CharacterClass') sets.push(element.characters.intersect(UNIVERSE))
        else if (element.type !== 'Unknown') walk(element.alternatives)
      }
    }
  }
  walk(expression.alternatives)
  return [...new CharBase(sets).sets]
}

/** Every assertion, however deep, with a text that is the same for those that say the same. */
function listAssertions(expression: Expression): Map<Assertion, string> {
  const found = new Map<Assertion, string>()
  const show = (alternatives: readonly Concatenation[]): string =>
    alternatives.map(({ elements }) => elements.map(showElement).join(' ')).join('|')
  const showElement = (element: Element): string => {
    if (element.type === 'CharacterClass') return element.characters.toString()
    if (element.type === 'Unknown') return element.id
    const inner = show(element.alternatives)
    if (element.type === 'Alternation') return `(${inner})`
    if (element.type === 'Quantifier') return `(${inner}){${element.min},${element.max}}`
    const key = `(${element.kind} ${element.negate} ${inner})`
    found.set(element, key)
    return key
  }
  show(expression.alternatives)
  return found
}

/** The assertions that stand in these alternatives, not those inside other assertions. */
function directAssertions(alternatives: readonly Concatenation[]): Assertion[] {
  return alternatives.flatMap(({ elements }) =>
    elements.flatMap((element) => {
      if (element.type === 'Assertion') return [element]
      return element.type === 'Alternation' || element.type === 'Quantifier'
        ? directAssertions(element.alternatives)
        : []
    }),
  )
}

/** The states that lead somewhere, numbered from the first. */
function toTable(dfa: DFA, atoms: readonly CharSet[]): Automaton {
  const numbers = new Map<DFA.Node, number>([[dfa.initial, 0]])
  const nodes = [dfa.initial]
  const next: { atom: number; to: number }[][] = []
  for (let state = 0; state < nodes.length; state++) {
    const row: { atom: number; to: number }[] = []
    for (const [range, to] of (nodes[state] as DFA.Node).out) {
      if (!numbers.has(to)) numbers.set(to, nodes.push(to) - 1)
      const number = numbers.get(to) as number
      for (let atom: number = range.min; atom <= Math.min(range.max, atoms.length - 1); atom++)
        row.push({ atom, to: number })
    }
    next.push(row)
  }
  return { atoms, next, isFinal: nodes.map((node) => dfa.finals.has(node)) }
}
