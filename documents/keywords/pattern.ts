import type { SchemaObject } from '../contract/schema.ts'
import { languageOf } from '../patterns/pattern-language.ts'
import type { Random } from '../patterns/random.ts'
import type { Keyword } from './keyword.ts'

/** How long a broken parameter is, where the schema does not say how long it may be. */
const USUAL_LENGTH = 60
/** And at most: what is longer would try the limits of a server. */
const LONGEST_TEXT = 1000

/**
 * JSON Schema, Validation, section 6.3.3: an ECMA-262 pattern, read with the `u` flag, that need not match the whole
 * text. Its edges and breaches throw PatternError where the language cannot be told.
 */
export const pattern: Keyword = {
  name: 'pattern',
  of: 'string',
  narrow(shape, { pattern: source }) {
    if (typeof source === 'string') shape.patterns.push(source)
  },
  *accepts(schema) {
    const { pattern: source, minLength } = schema
    if (source === undefined) return
    const bounds = boundsOf(schema)
    if (!minLength && allowsEmpty(source)) yield { what: 'empty', title: 'is empty', value: () => '' }
    yield {
      what: 'pattern',
      title: 'is what its pattern asks for',
      value: (random) => languageOf(source).draw(random, bounds),
    }
    yield {
      what: 'pattern/corners',
      title: 'has seldom tried characters that its pattern allows',
      value: (random) => languageOf(source).draw(random, { ...bounds, corners: true }),
    }
  },
  *breaks(schema) {
    const { pattern: source, minLength } = schema
    if (source === undefined) return
    const bounds = boundsOf(schema)
    yield {
      what: 'pattern',
      title: 'breaks its pattern',
      value: (random) => languageOf(source).outside.draw(random, bounds),
    }
    yield {
      what: 'pattern/corners',
      title: 'breaks its pattern with a seldom tried character',
      value: (random) => languageOf(source).outside.draw(random, { ...bounds, corners: true }),
    }
    yield {
      what: 'pattern/near',
      title: 'breaks its pattern by one character too many',
      value: (random) => nearMiss(source, bounds, random),
    }
    if (!minLength && !allowsEmpty(source)) yield { what: 'pattern/empty', title: 'is empty', value: () => '' }
  },
  breaksText({ pattern: source, minLength = 1, maxLength: most = USUAL_LENGTH }, random) {
    const maxLength = Math.min(most, LONGEST_TEXT)
    if (!source || minLength > maxLength) return undefined
    const { outside } = languageOf(source)
    const bad =
      outside.drawExactly(random, maxLength) ?? outside.draw(random, { minLength: Math.max(1, minLength), maxLength })
    // What a header cannot carry is no use, and a slash or a dot would change the path itself.
    if (bad !== undefined && /^[\x21-\x7e]+$/.test(bad) && !/[/\\.?#%]/.test(bad)) return bad
    const other = 'Z'.repeat(maxLength)
    return languageOf(source).accepts(other) ? undefined : other
  },
  faults: [
    { accepts: 'a text that breaks its pattern', noticedBy: /pattern(?:\/\w+)?/ },
    {
      accepts: 'only the ends of a text that matches its pattern',
      rule: 'a pattern holds for the whole text where it is anchored',
      noticedBy: /pattern\/near/,
      isIgnored: matchesInside,
    },
    {
      refuses: 'letters beyond ASCII where the pattern allows them',
      noticedBy: /pattern(?:\/corners)?/,
      isIn: hasProperties,
      isRefused: (value, schema) => hasProperties(schema) && typeof value === 'string' && /[^\0-\x7f]/.test(value),
    },
    {
      refuses: 'what a pattern allows only when it is read with the u flag',
      noticedBy: /pattern(?:\/corners)?/,
      isIn: hasProperties,
      isRefused: (value, schema) =>
        hasProperties(schema) && typeof value === 'string' && !new RegExp(schema.pattern ?? '').test(value),
    },
  ],
}

interface Bounds {
  readonly minLength: number
  readonly maxLength?: number
}

/** The lengths that a schema allows; the empty text is a case of its own. */
const boundsOf = ({ minLength = 1, maxLength }: SchemaObject): Bounds => ({
  minLength: Math.max(1, minLength),
  ...(maxLength !== undefined && { maxLength }),
})

const allowsEmpty = (source: string): boolean => new RegExp(source, 'u').test('')

/** Whether a pattern names classes of characters, which it can with the `u` flag alone. */
function hasProperties({ pattern: source }: SchemaObject): boolean {
  return source?.includes('\\p{') ?? false
}

/** The pattern without its anchors finds something in the text. */
function matchesInside(value: unknown, { pattern: source }: SchemaObject): boolean {
  const inner = source?.replace(/^\^/, '').replace(/\$$/, '')
  return typeof value === 'string' && inner !== undefined && value !== '' && new RegExp(inner, 'u').test(value)
}

/** A good text with one more character in front, behind or in the middle that makes it a bad one. */
function nearMiss(source: string, bounds: Bounds, random: Random): string | undefined {
  const language = languageOf(source)
  const { maxLength = Number.POSITIVE_INFINITY } = bounds
  for (let attempt = 0; attempt < 20; attempt++) {
    const good = language.draw(random.at('near', attempt), bounds)
    if (good === undefined) return undefined
    const chars = [...good]
    const at = random.at('at', attempt).pick([0, chars.length, Math.floor(chars.length / 2)])
    const bad = [...chars.slice(0, at), random.at('char', attempt).pick([' ', '*', '\n', '#', '"']), ...chars.slice(at)]
    if (bad.length <= maxLength && !language.accepts(bad.join(''))) return bad.join('')
  }
  return undefined
}
