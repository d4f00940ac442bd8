import type { Assertion, Concatenation, Element, Expression, Quantifier } from 'refa'

/** Up to so large a pattern is taken as it is written, and beyond only where its repetitions cannot be loosened. */
const USUAL: Limits = { whole: 1000, assertion: 12 }
/** Beyond, an automaton takes seconds and gigabytes to build. */
const MOST: Limits = { whole: 9000, assertion: 16 }

interface Limits {
  readonly whole: number
  readonly assertion: number
}

/** So many links of an automaton take as long as one more node. */
const LINKS_OF_NODE = 100
/** Where a match can begin anywhere, each state stands for many nodes at once. */
const COPY_ANYWHERE = 8
/** Repetitions of fewer are loosened only where loosening larger ones was not enough. */
const LOOSENED = [100, 10, 1]

/** @throws Error where the automaton of a pattern would be too large: that is seen before it is built, which takes long */
export function refuseTooLarge(expression: Expression): void {
  if (!isWithin(expression, MOST)) throw new Error('it is too large to be worked out')
}

/**
 * Takes the upper limit from large repetitions, so that an automaton is small that has all texts of the pattern, and some
 * more of those that are repeated too often: who draws from it holds each text to the pattern. Where more would mean less,
 * in what must not follow, such a repetition is kept short instead.
 * @param parse gives the pattern anew: what it gave is changed
 * @returns what to build, and what to build in its place where that turns out to be too large
 * @throws Error where it would be too large all the same
 */
export function* loosen(parse: () => Expression): Generator<{ expression: Expression; isExact: boolean }> {
  const written = parse()
  const isUsual = isWithin(written, USUAL)
  if (isUsual) yield { expression: written, isExact: true }
  for (const least of LOOSENED) {
    const expression = parse()
    const isLoosened = loosenAll(expression.alternatives, least, false)
    if (isLoosened && isWithin(expression, USUAL)) yield { expression, isExact: false }
  }
  if (isUsual) return
  refuseTooLarge(written)
  yield { expression: written, isExact: true }
}

function loosenAll(alternatives: readonly Concatenation[], least: number, isNegated: boolean): boolean {
  let isLoosened = false
  for (const { elements } of alternatives) {
    for (const element of elements) {
      if (element.type === 'CharacterClass' || element.type === 'Unknown') continue
      const isTurned = element.type === 'Assertion' && element.negate
      if (loosenAll(element.alternatives, least, isNegated !== isTurned)) isLoosened = true
      if (element.type === 'Quantifier' && loosenOne(element, least, isNegated)) isLoosened = true
    }
  }
  return isLoosened
}

function loosenOne(element: Quantifier, least: number, isNegated: boolean): boolean {
  const { min, max } = element
  // What may be empty is repeated as often as anybody likes.
  const from = element.alternatives.some(isNullable) ? 0 : min
  if (max === Number.POSITIVE_INFINITY || max <= least || max === from) return false
  element.min = from
  element.max = isNegated ? Math.min(max, from + least) : Number.POSITIVE_INFINITY
  return true
}

/** An upper bound of the length of a whole text, in characters, from where these alternatives begin to its end. */
export function longestFrom(alternatives: readonly Concatenation[], isFromStart = false): number {
  return Math.max(
    0,
    ...alternatives.map(({ elements }) => {
      if (isFromStart && !isEdge(elements[0], 'behind')) return Number.POSITIVE_INFINITY
      let bound = Number.POSITIVE_INFINITY
      let before = 0
      for (const element of elements) {
        if (element.type === 'Assertion' && element.kind === 'ahead' && !element.negate)
          bound = Math.min(bound, before + longestFrom(element.alternatives))
        before += longestOf(element)
      }
      return isEdge(elements.at(-1), 'ahead') ? Math.min(bound, before) : bound
    }),
  )
}

function longestOf(element: Element): number {
  if (element.type === 'CharacterClass') return 1
  if (element.type === 'Unknown') return Number.POSITIVE_INFINITY
  if (element.type === 'Assertion') return 0
  const inner = Math.max(
    0,
    ...element.alternatives.map(({ elements }) => elements.reduce((sum, each) => sum + longestOf(each), 0)),
  )
  if (element.type === 'Alternation' || inner === 0) return inner
  return element.max === 0 ? 0 : inner * element.max
}

/** `^` or `$`: that no character stands there. */
const isEdge = (element: Element | undefined, kind: Assertion['kind']): boolean =>
  element?.type === 'Assertion' && element.kind === kind && element.negate && longestIn(element) === 1

const longestIn = ({ alternatives }: Assertion): number =>
  alternatives.length === 1 && alternatives[0]?.elements.length === 1
    ? longestOf(alternatives[0].elements[0] as Element)
    : 0

const isNullable = ({ elements }: Concatenation): boolean => elements.every((element) => measure(element).isNullable)

function isWithin({ alternatives }: Expression, limits: Limits): boolean {
  const assertions = listAssertions(alternatives)
  const sizes = [alternatives, ...assertions].map((part) => {
    const { nodes, links } = measureAll(part)
    return Math.max(nodes, links / LINKS_OF_NODE)
  })
  const size = sizes.reduce((sum, each) => sum + each, 0) + copiesAnywhere(alternatives) * COPY_ANYWHERE
  return size <= limits.whole && assertions.every((inner) => copiesAnywhere(inner) <= limits.assertion)
}

/** The copies of what is repeated and can begin anywhere: what stands behind `^` can not. */
const copiesAnywhere = (alternatives: readonly Concatenation[]): number =>
  alternatives.reduce((sum, { elements }) => {
    const edge = elements.findIndex((element) => isEdge(element, 'behind'))
    const free = edge < 0 ? elements : elements.slice(0, edge)
    return free.reduce(
      (copies, element) =>
        copies + (element.type === 'Alternation' ? copiesAnywhere(element.alternatives) : measure(element).copies),
      sum,
    )
  }, 0)

const listAssertions = (alternatives: readonly Concatenation[]): (readonly Concatenation[])[] =>
  alternatives.flatMap(({ elements }) =>
    elements.flatMap((element) => {
      if (element.type === 'CharacterClass' || element.type === 'Unknown') return []
      const inner = listAssertions(element.alternatives)
      return element.type === 'Assertion' ? [element.alternatives, ...inner] : inner
    }),
  )

/** How large the automaton of a part is before it is made deterministic, counted without building it. */
interface Size {
  readonly nodes: number
  readonly links: number
  /** The nodes that are there because a part is repeated. */
  readonly copies: number
  /** How many nodes a text of it can begin at, and end at. */
  readonly first: number
  readonly last: number
  readonly isNullable: boolean
}

const NOTHING: Size = { nodes: 0, links: 0, copies: 0, first: 0, last: 0, isNullable: true }
const ONE: Size = { nodes: 1, links: 0, copies: 0, first: 1, last: 1, isNullable: false }

const measureAll = (alternatives: readonly Concatenation[]): Size =>
  alternatives
    .map(({ elements }) => elements.map(measure).reduce(follow, NOTHING))
    .reduce(
      (one, other) => ({
        nodes: one.nodes + other.nodes,
        links: one.links + other.links,
        copies: one.copies + other.copies,
        first: one.first + other.first,
        last: one.last + other.last,
        isNullable: one.isNullable || other.isNullable,
      }),
      { ...NOTHING, isNullable: false },
    )

const follow = (one: Size, other: Size): Size => ({
  nodes: one.nodes + other.nodes,
  links: one.links + other.links + one.last * other.first,
  copies: one.copies + other.copies,
  first: one.first + (one.isNullable ? other.first : 0),
  last: other.last + (other.isNullable ? one.last : 0),
  isNullable: one.isNullable && other.isNullable,
})

function measure(element: Element): Size {
  if (element.type === 'CharacterClass' || element.type === 'Unknown') return ONE
  // In the automaton of what it stands in, it is one marker.
  if (element.type === 'Assertion') return ONE
  const inner = measureAll(element.alternatives)
  if (element.type === 'Alternation') return inner
  const { min, max } = element
  const times = max === Number.POSITIVE_INFINITY ? Math.max(1, min) : max
  if (times === 0) return NOTHING
  const seams = inner.isNullable ? (times * (times - 1)) / 2 : times - 1
  return {
    nodes: inner.nodes * times,
    links: inner.links * times + seams * inner.last * inner.first,
    copies: inner.copies * times + inner.nodes * (times - 1),
    first: inner.isNullable ? inner.first * times : inner.first,
    last: inner.last * (inner.isNullable ? times : times - Math.min(times - 1, Math.max(0, min - 1))),
    isNullable: min === 0 || inner.isNullable,
  }
}
