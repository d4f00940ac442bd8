import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Json } from '../read/read-document.ts'
import { languageOf, PatternError, type Texts } from './pattern-language.ts'
import { createRandom } from './random.ts'

function patternsIn(value: Json, found = new Set<string>()): Set<string> {
  if (typeof value !== 'object' || value === null) return found
  if (typeof value.pattern === 'string') found.add(value.pattern)
  for (const member of Object.values<Json>(value)) patternsIn(member, found)
  return found
}

const OPENAPI = join(import.meta.dirname, '../../openapi')
const DOCUMENTED = readdirSync(OPENAPI)
  .filter((name) => name.endsWith('.yaml'))
  .flatMap((name) => [...patternsIn(parse(readFileSync(join(OPENAPI, name), 'utf8')))])

const OTHERS = [
  '',
  '^$',
  '[^]',
  'a',
  '^a',
  'a$',
  '^a|b$',
  '\\S',
  '\\bfoo\\b',
  '^(?!admin$)[a-z]+$',
  '^(?=.*\\d)(?=.*[a-z])(?=.*[A-Z]).{8,}$',
  '^(?:(?!--)[a-z-])+$',
  '^(?!.*\\.\\.)[a-z.]{3,10}$',
  '(?<=x)$',
  '(?<!\\d)\\d{3}(?!\\d)',
  '^(?=.*\\bx\\b).*$',
  '^(?<year>\\d{4})-(?<month>\\d\\d)$',
  '^\\p{Lu}\\p{Ll}*(?: \\p{Lu}\\p{Ll}*)*$',
  '^[\\p{Script=Greek}]{2,}$',
  '^\\P{ASCII}+$',
  '^.{0,300}$',
  '^[\\u{1F600}-\\u{1F64F}]+$',
  '^(a|ab)(c|bcd)(d*)$',
]

const count = (text: string): number => [...text].length

/** Strings of every kind that a language can be asked for. */
function drawAll(texts: Texts, name: string): string[] {
  const random = createRandom('test', name)
  const { shortestLength = 0, longestLength = 0 } = texts
  const longest = Math.min(longestLength, shortestLength + 60)
  const drawn = [
    texts.shortest(),
    texts.drawExactly(random.at('shortest'), shortestLength),
    texts.drawExactly(random.at('longest'), longest),
    ...[1, 2, 3, 4, 5, 6].map((number) => texts.draw(random.at(number))),
    ...[1, 2, 3, 4, 5, 6].map((number) => texts.draw(random.at('corner', number), { corners: true })),
    texts.draw(random.at('range'), { minLength: shortestLength + 1, maxLength: shortestLength + 30 }),
  ]
  return drawn.filter((text) => text !== undefined)
}

describe.each([...new Set([...DOCUMENTED.filter((pattern) => /[\\^[]/.test(pattern)), ...OTHERS])])(
  'the pattern %s',
  (pattern) => {
    const language = languageOf(pattern)
    const expression = new RegExp(pattern, 'u')

    it('accepts what is drawn from its language, and nothing drawn from outside', () => {
      for (const text of drawAll(language, pattern)) expect(text).toMatch(expression)
      for (const text of drawAll(language.outside, pattern)) expect(text).not.toMatch(expression)
      expect(drawAll(language, pattern).length).toBeGreaterThan(0)
    })

    it('has no text shorter than the shortest, or longer than the longest', () => {
      const { shortestLength = 0, longestLength = 0 } = language
      const random = createRandom('lengths')
      expect(count(language.shortest() ?? '')).toBe(shortestLength)
      if (shortestLength > 0) expect(language.drawExactly(random, shortestLength - 1)).toBeUndefined()
      if (longestLength === Infinity) return
      expect(count(language.drawExactly(random, longestLength) ?? '')).toBe(longestLength)
      expect(language.draw(random, { minLength: longestLength + 1 })).toBeUndefined()
    })
  },
)

describe('a language', () => {
  const random = createRandom('language')

  it.each<[pattern: string, shortest: number | undefined, longest: number | undefined]>([
    ['^(bc1|[13])[a-z]{25,59}$', 26, 62],
    ['^k:[0-9a-f]{64}$', 66, 66],
    ['^[a-z]{56,}$', 56, Infinity],
    ['^(?:ab){2,3}$', 4, 6],
    ['a(?!b)', 1, Infinity],
    ['[]', undefined, undefined],
    ['^(?=a)b', undefined, undefined],
    ['^\\p{L}{3,20}$', 3, 20],
  ])('of %s is %s to %s characters long', (pattern, shortest, longest) => {
    const { shortestLength, longestLength, isEmpty } = languageOf(pattern)
    expect({ shortestLength, longestLength, isEmpty }).toEqual({
      shortestLength: shortest,
      longestLength: longest,
      isEmpty: shortest === undefined,
    })
  })

  it('counts code points, not UTF-16 units', () => {
    const text = languageOf('^[\\u{1F600}-\\u{1F64F}]{3}$').drawExactly(random, 3) ?? ''
    expect([...text]).toHaveLength(3)
    expect(text).toHaveLength(6)
  })

  it('draws only lengths that exist', () => {
    const pairs = languageOf('^(?:ab)+$')
    expect(pairs.drawExactly(random, 7)).toBeUndefined()
    expect(pairs.draw(random, { minLength: 7, maxLength: 7 })).toBeUndefined()
    expect(pairs.draw(random, { minLength: 7, maxLength: 8 })).toBe('abababab')
  })

  it('finds exactly the texts of a pattern among all short ones', () => {
    const alphabet = ['', 'a', 'b', '-', ' ']
    const texts = alphabet.flatMap((a) => alphabet.flatMap((b) => alphabet.map((c) => a + b + c)))
    for (const pattern of [
      '\\ba\\b',
      '(?<!a)b(?=-|$)',
      '^(?!.*ab)',
      '(?=(?<=a)b)',
      '^(?:(?!a$).)*$',
      '(?:^|-)a(?!.*-)',
    ]) {
      const expression = new RegExp(pattern, 'u')
      const lengths = new Set(texts.filter((text) => expression.test(text)).map((text) => text.length))
      const language = languageOf(`^(?=[-ab ]{0,3}$)(?=[^]*(?:${pattern}))`)
      for (const length of [0, 1, 2, 3, 4]) {
        expect(language.drawExactly(random, length) !== undefined, `${pattern} ${length}`).toBe(lengths.has(length))
      }
    }
  })

  it('of several patterns holds what matches them all', () => {
    const text = languageOf('^[a-z0-9]+$', '\\d{2}', '^(?!0)(?<first>.)', '(?<first>x)$').draw(random)
    expect(text).toMatch(/^(?!0)[a-z0-9]*\d{2}[a-z0-9]*x$|^(?!0)[a-z0-9]*\d{2}x$/)
  })

  it('of one pattern, said twice, is that of the pattern', () => {
    const pattern = '[0-9A-Z]{32}'
    expect(languageOf(pattern, pattern)).toBe(languageOf(pattern))
  })

  it('draws corners from beyond the usual characters', () => {
    const texts = Array.from({ length: 20 }, (_, index) =>
      languageOf('^\\p{L}+$').draw(random.at(index), { corners: true }),
    )
    expect(texts.some((text) => /[\u{10000}-\u{10ffff}]/u.test(text ?? ''))).toBe(true)
  })

  it('is the same for the same stream', () => {
    const draw = () => languageOf('^[A-Za-z0-9_-]{18,100}$').draw(createRandom('a', 1))
    expect(draw()).toBe(draw())
  })
})

describe('a pattern with large repetitions', () => {
  const random = createRandom('large')

  it.each<[pattern: string, longest: number]>([
    ['^.{1,65535}$', 65_535],
    ['[a-z]{1,65535}', Infinity],
    ['^.{1,1000000}$', 1_000_000],
    ['a{1,99999999}', Infinity],
    ['^(?=.{1,255}$)[a-z]+$', 255],
    ['^(?=[^]{8,64}$)(?=.*[A-Z])(?=.*\\d).*$', 64],
    ['^(?:ab){0,40000}c$', 80_001],
    ['^(?!.{1,70000}b$)[a-z]+$', Infinity],
    ['^(a?){1000}$', 1000],
    ['^.*\\S.{0,200}$', Infinity],
    ['^a{1,70000}|b$', Infinity],
  ])('%s is worked out in a moment, and what is drawn is held to it', (pattern, longest) => {
    const language = languageOf(pattern)
    expect(language.longestLength).toBe(longest)
    const expression = new RegExp(pattern, 'u')
    for (const text of drawAll(language, pattern)) expect(text).toMatch(expression)
    for (const text of drawAll(language.outside, pattern)) expect(text).not.toMatch(expression)
    expect(drawAll(language, pattern).length).toBeGreaterThan(6)
  })

  it('has texts of the lengths that it allows, and no others', () => {
    const language = languageOf('^[a-z]{1,65535}$')
    expect(language.drawExactly(random, 65_535)).toHaveLength(65_535)
    expect(language.drawExactly(random, 65_536)).toBeUndefined()
    expect(language.draw(random, { minLength: 65_530, maxLength: 70_000 })).toMatch(/^[a-z]{65530,65535}$/)
    expect(language.draw(random, { minLength: 65_536 })).toBeUndefined()
  })

  it('may have texts where none was found, which is no reason to say that it has none', () => {
    const language = languageOf('^(?:.{1,100}b){1,100}$')
    expect(language.draw(random)).toMatch(/b$/)
    expect(() => language.drawExactly(random, 10_100)).toThrow('too large to be worked out')
  })

  it('is worked out beside another that must match as well', () => {
    expect(languageOf('^.{1,65535}$', '^[a-z]{1,300}$').draw(random)).toMatch(/^[a-z]{1,300}$/)
    expect(languageOf('^0{8}', '^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$').draw(random)).toMatch(/^0{8}-/)
  })

  it('gives what it gives where the repetition is small', () => {
    const draw = (pattern: string) => languageOf(pattern).draw(createRandom('same'))
    expect(draw('^[A-Z][a-z ]{1,65535}$')).toBe(draw('^[A-Z][a-z ]{1,300}$'))
  })

  it('that cannot be used is looked at once', () => {
    const fails = (): unknown => {
      try {
        return languageOf('^b{1000000,99999999}$')
      } catch (error) {
        return error
      }
    }
    expect(fails()).toBeInstanceOf(PatternError)
    expect(fails()).toBe(fails())
  })
})

describe('a pattern that cannot be used', () => {
  it.each([
    ['(', 'Unterminated group'],
    ['^(a+)b\\1$', 'ackreference'],
    ['^(?:.{1000}){1000}$', 'too large'],
    ['^a{1000000,99999999}$', 'too large'],
    ['^(?!.{300,})[a-z]+$', 'too large'],
  ])('%s is named, with the reason %s', (pattern, reason) => {
    expect(() => languageOf(pattern)).toThrow(PatternError)
    expect(() => languageOf(pattern)).toThrow(reason)
    expect(() => languageOf(pattern)).toThrow(pattern)
  })
})
