import { describe, expect, it } from 'vitest'
import { buildContract } from '../../documents/contract/build-contract.ts'
import type { Json } from '../../documents/read/read-document.ts'
import { composeHeaders } from './compose-headers.ts'

function compose(headers: Json, usual: Record<string, string> = {}): Record<string, string> {
  const paths = { '/a': { get: { operationId: 'a', responses: { 200: { headers } } } } }
  const components = { headers: { Rate: { schema: { type: 'integer' }, example: 100 } } }
  const contract = buildContract({ openapi: '3.1.0', info: { title: 'A', version: '1' }, paths, components })
  const declared = contract.operation('a')?.replies[0]?.headers ?? []
  const composed = composeHeaders(contract, 'a', declared, new Map(Object.entries(usual)))
  expect(composeHeaders(contract, 'a', declared, new Map(Object.entries(usual)))).toEqual(composed)
  return composed
}

it.each<[header: Json, want: unknown]>([
  // Its examples, the nearest first, and of several the first that is valid.
  [{ schema: { type: 'integer' }, example: 7 }, '7'],
  [{ schema: { type: 'integer' }, example: '7' }, '7'],
  [{ schema: { type: 'integer', examples: ['many', 8] } }, '8'],
  [{ schema: { type: 'integer', default: 9 } }, '9'],
  [{ schema: { type: 'boolean' }, examples: { a: { value: 'true' } } }, 'true'],
  [{ $ref: '#/components/headers/Rate' }, '100'],
  // What its schema makes.
  [{ schema: { enum: ['a', 'b'] } }, 'a'],
  [{ schema: { type: 'integer', minimum: 5, maximum: 5 } }, '5'],
  [{ schema: { type: 'string', format: 'uuid' } }, expect.stringMatching(/^[0-9a-f-]{36}$/)],
  // The style `simple`, and a media type.
  [{ schema: { type: 'array', items: { type: 'integer' } }, example: [1, 2] }, '1,2'],
  [{ schema: { type: 'array', items: { type: 'string' } }, example: 'a,b' }, 'a,b'],
  [{ schema: { type: 'object' }, example: { a: 1, b: 2 } }, 'a,1,b,2'],
  [{ explode: true, schema: { type: 'object' }, example: { a: 1, b: 2 } }, 'a=1,b=2'],
  [{ content: { 'application/json': { schema: { type: 'object' } } }, example: { a: 'é' } }, '{"a":"\\u00e9"}'],
  [{ content: { 'application/json': { schema: { type: 'object' }, example: { a: 1 } } } }, '{"a":1}'],
  [{ content: { 'application/json': { schema: {}, examples: { a: { value: [1] } } } } }, '[1]'],
  // What a header cannot carry.
  [{ schema: { type: 'string' }, example: ' a\r\nb: ž ' }, 'a b: %C5%BE'],
  // Nothing is said of it.
  [{}, undefined],
  [{ required: true }, expect.any(String)],
  // Nothing is valid: the document's own is the best there is.
  [{ schema: { type: 'integer', minimum: 2, maximum: 1 } }, undefined],
  [{ schema: { type: 'integer', minimum: 2, maximum: 1 }, example: 7 }, '7'],
  [{ schema: { type: 'wrong' }, example: 7 }, '7'],
])('a header that is declared as %j is sent as %j', (header, want) => {
  expect(compose({ 'X-Any': header })).toEqual(want === undefined ? {} : { 'x-any': want })
})

const TEXT = { schema: { type: 'string' } }

it.each<[name: string, header: Json, want: string | undefined]>([
  ['Location', { schema: { type: 'string', format: 'uri' } }, 'https://example.com/'],
  ['Location', { ...TEXT, example: '/mine' }, '/mine'],
  ['ETag', TEXT, '"1"'],
  ['Last-Modified', TEXT, 'Thu, 01 Jan 2026 00:00:00 GMT'],
  ['Retry-After', { schema: { type: 'integer' } }, '1'],
  ['Retry-After', { schema: { type: 'integer', minimum: 60, maximum: 60 } }, '60'],
  // What is made would lead away, or lock a page out.
  ['Link', TEXT, undefined],
  ['Link', { ...TEXT, example: '</?page=2>; rel="next"' }, '</?page=2>; rel="next"'],
  ['Access-Control-Allow-Origin', TEXT, undefined],
  // They are for the server to say.
  ['Content-Length', { example: 7 }, undefined],
  ['Content-Encoding', { example: 'gzip' }, undefined],
  ['Transfer-Encoding', { example: 'chunked' }, undefined],
  ['a b', { example: 'c' }, undefined],
  // Every object has such a member.
  ['constructor', { example: 'c' }, 'c'],
  ['constructor', {}, undefined],
])('%s, declared as %j, means something: %s', (name, header, want) => {
  expect(compose({ [name]: header })).toEqual(want === undefined ? {} : { [name.toLowerCase()]: want })
})

it('is what this reply would have, where the document gives no example', () => {
  const paths = { '/a': { get: { operationId: 'a', responses: { 201: { headers: { Location: TEXT } } } } } }
  const contract = buildContract({ openapi: '3.1.0', info: { title: 'A', version: '1' }, paths })
  const declared = contract.operation('a')?.replies[0]?.headers ?? []
  expect(composeHeaders(contract, 'a', declared, new Map())).toEqual({ location: 'https://example.com/' })
  for (const location of ['/things/1', '/others/1']) {
    expect(composeHeaders(contract, 'a', declared, new Map([['location', location]]))).toEqual({ location })
  }
  expect(compose({ Location: { ...TEXT, example: '/mine' } }, { location: '/things/1' })).toEqual({ location: '/mine' })
})

describe('several cookies', () => {
  const LIST = { type: 'array', items: { type: 'string' } }

  it.each<[header: Json, want: string]>([
    [{ schema: LIST, example: ['a=1', 'b=2, 3'] }, 'a=1\nb=2, 3'],
    [{ schema: TEXT.schema, example: 'a=1; Path=/\r\nb=2\n' }, 'a=1; Path=/\nb=2'],
    [{ explode: true, schema: { type: 'object' }, example: { a: '1; Path=/', b: 2 } }, 'a=1; Path=/\nb=2'],
    [{ schema: LIST, example: ['a=ž\r\nb: c'] }, 'a=%C5%BE b: c'],
    [{ schema: { const: 7 } }, '7'],
  ])('of %j stand on a line each', (header, want) => {
    expect(compose({ 'Set-Cookie': header })).toEqual({ 'set-cookie': want })
  })

  it('may be declared under names that only differ by zero characters before them', () => {
    const headers = {
      'Set-Cookie': { ...TEXT, example: 'a=1' },
      '\0Set-Cookie': { ...TEXT, example: 'b=2' },
      '\0\0Set-Cookie': { ...TEXT, example: 'c=3' },
    }
    expect(compose(headers)).toEqual({ 'set-cookie': 'a=1\nb=2\nc=3' })
  })

  it('are no list of another header, whose later declaration counts', () => {
    expect(compose({ 'X-A': { ...TEXT, example: 'a' }, 'x-a': { ...TEXT, example: 'b' } })).toEqual({ 'x-a': 'b' })
  })
})
