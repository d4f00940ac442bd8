import { type FilterFunction, JSONPathEnvironment, jsonpath } from 'json-p3'
import { withinTime } from '../patterns/limit-time.ts'
import { type Matcher, matchInTime } from '../patterns/match-in-time.ts'
import type { Json } from './json.ts'

/** In milliseconds, for one query over a whole document. */
const LIMIT = 5000
/** A document may hold the expressions itself. */
const KEPT = 100

/**
 * The paths of all parts of a document that a JSONPath query selects (RFC 9535).
 * @throws Error that says why it is no query, or TimeLimitError
 */
export function selectParts(query: string, data: Json, limit = LIMIT): (string | number)[][] {
  const compiled = environment.compile(query)
  const select = () => compiled.query(data).nodes.map(({ location }) => location)
  // A page has nothing that ends what goes on for long.
  return typeof globalThis.process?.getBuiltinModule === 'function' ? withinTime(limit, select) : select()
}

const environment = new JSONPathEnvironment()
for (const [name, usual, isWhole] of [
  ['match', new jsonpath.functions.Match({ throwErrors: true }), true],
  ['search', new jsonpath.functions.Search({ throwErrors: true }), false],
] as const)
  environment.functionRegister.set(name, boundFunction(usual, isWhole))

/** A function of RFC 9535, section 2.4.6 or 2.4.7, that does not try a regular expression in all ways. */
function boundFunction(usual: FilterFunction, isWhole: boolean): FilterFunction {
  const matchers = new Map<string, Matcher | undefined>()
  const matcherOf = (pattern: string): Matcher | undefined => {
    try {
      // Whether it is a regular expression in the sense of RFC 9485; over no text that takes no time.
      usual.call('', pattern)
      return matchInTime(toEcma(pattern, isWhole))
    } catch {
      return undefined
    }
  }
  return {
    argTypes: usual.argTypes,
    returnType: usual.returnType,
    call: (text: unknown, pattern: unknown) => {
      if (typeof text !== 'string' || typeof pattern !== 'string') return false
      if (matchers.size > KEPT) matchers.clear()
      if (!matchers.has(pattern)) matchers.set(pattern, matcherOf(pattern))
      return matchers.get(pattern)?.test(text) ?? false
    },
  }
}

/** RFC 9485, section 5.3, but for anchors, which are none there and which everybody writes. */
function toEcma(pattern: string, isWhole: boolean): string {
  const mapped = pattern.replace(/\\.|\[(?:\\.|[^\]])*\]|\./gsu, (part) => (part === '.' ? '[^\\n\\r]' : part))
  return isWhole && !pattern.startsWith('^') && !pattern.endsWith('$') ? `^(?:${mapped})$` : mapped
}
