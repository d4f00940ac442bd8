import { describe, expect, it } from 'vitest'
import { coversName, parseAccept, parseMediaRange, rankMediaTypes } from './choose-media-type.ts'

const JSON_XML = ['application/xml', 'application/json']

describe('of the declared media types', () => {
  it.each<[accept: string | undefined, declared: string[], want: string[]]>([
    [
      undefined,
      ['text/csv', 'application/hal+json', 'application/json'],
      ['application/json', 'application/hal+json', 'text/csv'],
    ],
    ['*/*', JSON_XML, ['application/json', 'application/xml']],
    ['', JSON_XML, ['application/json', 'application/xml']],
    ['nonsense', JSON_XML, ['application/json', 'application/xml']],
    ['application/xml', JSON_XML, ['application/xml']],
    ['APPLICATION/XML', JSON_XML, ['application/xml']],
    ['application/json;q=0.5, application/xml', JSON_XML, ['application/xml', 'application/json']],
    ['application/json;q=0, */*', JSON_XML, ['application/xml']],
    ['*/*;q=0.1, application/*;q=0.2, application/xml;q=0.05', JSON_XML, ['application/json', 'application/xml']],
    ['text/csv, */*', ['application/json', 'text/csv'], ['text/csv', 'application/json']],
    ['text/html', JSON_XML, []],
    ['application/json', ['application/hal+json'], []],
    ['application/hal+json', ['application/json', 'application/hal+json'], ['application/hal+json']],
    ['application/*+json', ['application/xml', 'application/hal+json'], ['application/hal+json']],
    ['image/jpeg', ['image/*'], ['image/*']],
    ['image/jpeg', ['application/json', '*/*'], ['*/*']],
    ['text/plain', ['*'], ['*']],
    ['application/json; q=2', JSON_XML, ['application/json']],
    ['text/plain;note="a, b";q=0, application/xml', ['text/plain;note="a, b"', ...JSON_XML], ['application/xml']],
  ])('a client that sends %j takes, of %j, the best first: %j', (accept, declared, want) => {
    expect(rankMediaTypes(declared, accept)).toEqual(want)
  })

  it.each<[accept: string, want: string[]]>([
    ['application/json;version=2', ['application/json; version=2']],
    ['application/json; Version="2"', ['application/json; version=2']],
    ['application/json;version=3', []],
    ['application/json', ['application/json; version=1', 'application/json; version=2']],
    ['application/json;charset=utf-8', ['application/json; version=1', 'application/json; version=2']],
    [
      'application/json;version=2;q=0.1, application/json',
      ['application/json; version=1', 'application/json; version=2'],
    ],
  ])('parameters tell apart: %j takes %j', (accept, want) => {
    expect(rankMediaTypes(['application/json; version=1', 'application/json; version=2'], accept)).toEqual(want)
  })
})

describe('a media range', () => {
  it('is read with its parameters, but for its weight and the charset', () => {
    expect(parseMediaRange('Text/Plain; Charset=UTF-8; a="b;\\"c"; q=0.5')).toEqual({
      name: 'text/plain',
      parameters: { a: 'b;"c' },
      weight: 0.5,
    })
  })

  it.each(['', ',', 'a', '"', 'text/plain, "', ', , text/plain'])(
    'is one of a list that may be broken: %j',
    (header) => {
      expect(parseAccept(header).map(({ name }) => name)).toEqual(header.includes('text') ? ['text/plain'] : [])
    },
  )

  it('of a hostile header is read in time', () => {
    const began = performance.now()
    rankMediaTypes(JSON_XML, `${'a"'.repeat(50_000)}${';q='.repeat(50_000)}`)
    expect(performance.now() - began).toBeLessThan(500)
  })

  it.each([
    ['*/*', 'a/b', true],
    ['a/*', 'a/b', true],
    ['a/*', 'ab/b', false],
    ['application/*+json', 'application/x+json', true],
    ['application/*+json', 'application/json', false],
    ['a/b', 'a/b', true],
    ['a/b', 'a/bc', false],
  ])('%s covers %s: %s', (range, name, want) => {
    expect(coversName(range, name)).toBe(want)
  })
})
