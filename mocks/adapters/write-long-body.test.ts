import { describe, expect, it } from 'vitest'
import { writeLongBody } from './write-long-body.ts'

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }
const LONG = 'a"\\\n'.repeat(2 ** 15)
const MANY = Object.fromEntries(Array.from({ length: 12_000 }, (_, index) => [`m${index}`, index]))

const write = (body: unknown, headers: Record<string, string> = JSON_TYPE, status = 200) =>
  writeLongBody({ status, headers, body })

describe('a long body', () => {
  it.each<[string, unknown]>([
    ['a long text', { a: 1, text: LONG }],
    ['a long text alone', LONG],
    ['a long text in a list', [1, [LONG, null, undefined], LONG]],
    ['many members', { a: { b: [MANY] }, c: undefined, d: {}, e: [] }],
    [
      'many items',
      [[], ...Array.from({ length: 12_000 }, (_, index) => ({ index, none: undefined, list: [undefined] }))],
    ],
    ['many members that are undefined', Object.fromEntries(Array.from({ length: 12_000 }, (_, at) => [at, undefined]))],
    ['names that must be escaped', { 'a"b\\c\n': LONG, ['__proto__']: MANY }],
  ])('with %s is, in pieces, what JSON.stringify writes', (_, body) => {
    const pieces = [...(write(body) ?? [])]
    expect(pieces.join('')).toBe(JSON.stringify(body))
    expect(pieces.every(({ length }) => length < 2 ** 18)).toBe(true)
    expect(pieces.length).toBeGreaterThan(0)
  })

  it('keeps pairs of surrogates whole, wherever it is cut', () => {
    for (const before of ['', 'a']) {
      const text = `${before}${'😀'.repeat(2 ** 16)}\ud83d`
      const pieces = [...(write(text) ?? [])]
      const bytes = Buffer.concat(pieces.map((piece) => Buffer.from(piece)))
      expect(bytes.equals(Buffer.from(JSON.stringify(text)))).toBe(true)
    }
  })

  it.each<[what: string, pieces: ReturnType<typeof writeLongBody>]>([
    ['short', write({ a: [{ b: 'c' }], d: LONG.slice(0, 2 ** 16) })],
    ['no JSON', write(LONG, { 'content-type': 'text/plain' })],
    ['never sent', write([LONG], JSON_TYPE, 204)],
    ['absent', write(undefined)],
  ])('that is %s is nothing to be written in pieces', (_, pieces) => {
    expect(pieces).toBeUndefined()
  })
})
