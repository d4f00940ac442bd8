import { describe, expect, it } from 'vitest'
import { repairPattern } from './repair-pattern.ts'

describe('a pattern that is valid with the u flag', () => {
  it.each(['^[a-z]+$', String.raw`^\p{Lu}\p{L}*$`, String.raw`\u{1F600}`, String.raw`(a)\1`, String.raw`[\w\-]`, ''])(
    'stays as it is: %s',
    (pattern) => {
      expect(repairPattern(pattern)).toBe(pattern)
    },
  )
})

describe('a pattern that is valid only without the u flag', () => {
  it.each<[what: string, written: string, repaired: string]>([
    ['a needless escape', String.raw`^\@\_\'\!$`, `^@_'!$`],
    ['a needless escape in a class', String.raw`^[\w\-\.\@]+$`, String.raw`^[\w\-\.@]+$`],
    ['an escaped dash outside of a class', String.raw`^\d{4}\-\d{2}$`, String.raw`^\d{4}-\d{2}$`],
    ['a dash behind a set', String.raw`^[\w-.]+$`, String.raw`^[\w\-.]+$`],
    ['a dash before a set', String.raw`^[.-\d]+$`, String.raw`^[.\-\d]+$`],
    ['a dash behind a property', String.raw`^[\p{L}-\_]+$`, String.raw`^[\p{L}\-_]+$`],
    ['lone brackets', '^{[a-z]+}]$', String.raw`^\{[a-z]+\}\]$`],
    ['a brace that is no quantifier', 'a{,3}', String.raw`a\{,3\}`],
    ['a word behind a backslash', String.raw`^\i+\A$`, '^i+A$'],
    ['a category of other languages', String.raw`^\pL[\PN-a]\pX$`, String.raw`^\p{L}[\P{N}\-a]pX$`],
    ['the ends of a text in other languages', String.raw`\A\@\z`, '^@$'],
    ['the ends of a text in other languages, elsewhere', String.raw`a\A\Zb[\z]\Z`, 'aAZb[z]$'],
    ['an octal escape', String.raw`^[\0-\037\18]$`, String.raw`^[\0-\x1f\x018]$`],
    ['a group that is not there', String.raw`^(a)\1\2\8$`, String.raw`^(a)\1\x028$`],
    ['hexadecimal escapes cut short', String.raw`^\x4\u12$`, '^x4u12$'],
    ['a control escape without a letter', String.raw`^\c1$`, String.raw`^\\c1$`],
    ['a name where no group has one', String.raw`^\k<a>$`, '^k<a>$'],
    ['the edge of no word in a class', String.raw`^[\B]$`, '^[B]$'],
    ['a lookahead that is repeated', '^(?=a)*a(?!b){2}$', '^(?:(?=a))*a(?:(?!b)){2}$'],
  ])('is written as the flag wants it: %s', (_, written, repaired) => {
    expect(() => new RegExp(written, 'u')).toThrow(SyntaxError)
    expect(repairPattern(written)).toBe(repaired)
  })

  it.each<[written: string, texts: readonly string[]]>([
    [String.raw`^[\w\-\.]+\@([\w\-]+\.)+[\w-]{2,7}$`, ['a.b@c-d.org', 'a@b', '@c.org']],
    [String.raw`^[a-z \-+\'_.]{0,30}$`, ["o'neil", 'O', '']],
    [String.raw`^\{\d+}$`, ['{12}', '12']],
    [String.raw`^[\]\[^-]$`, [']', '[', '^', '-', '\\']],
  ])('matches what it matched without it: %s', (written, texts) => {
    const repaired = new RegExp(repairPattern(written) as string, 'u')
    for (const text of texts) expect(repaired.test(text), text).toBe(new RegExp(written).test(text))
  })
})

it.each(['^[a-', '(?i)a', String.raw`a\\)`, '*', '[z-a]', 'a{2,1}', '[a', 'a\\'])(
  '%s is valid neither way',
  (pattern) => {
    expect(repairPattern(pattern)).toBeUndefined()
  },
)
