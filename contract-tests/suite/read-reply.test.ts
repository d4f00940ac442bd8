import { describe, expect, it } from 'vitest'
import { cutText, excerpt } from './cut-text.ts'
import { measure, shortenReply, shortenRequest, toJudged } from './read-reply.ts'
import type { CaseReply, CaseRequest } from './vocabulary.ts'

const replyOf = (text: string): CaseReply => ({ status: 200, headers: {}, text, duration: 1 })
const read = (text: string) => {
  const { body, unreadable } = toJudged(replyOf(text))
  return unreadable ?? body
}

describe('a reply is read', () => {
  it.each<[text: string, body: unknown]>([
    ['{"a":[1,"]"]}', { a: [1, ']'] }],
    ['"[[["', '[[['],
    ['', undefined],
    ['<html>', undefined],
    ['{"a":', undefined],
  ])('%s', (text, body) => {
    expect(read(text)).toEqual(body)
  })

  it('up to 500 levels and 500,000 values', () => {
    expect(read(`${'['.repeat(500)}${']'.repeat(500)}`)).toHaveLength(1)
    expect(read(`[${'{"a":1},'.repeat(249_998)}"last"]`)).toHaveLength(249_999)
  })

  it.each<[what: string, text: string, why: string]>([
    ['lists in lists', `${'['.repeat(6000)}${']'.repeat(6000)}`, 'it is nested more than 500 deep'],
    ['objects in objects', `${'{"a":'.repeat(6000)}1${'}'.repeat(6000)}`, 'it is nested more than 500 deep'],
    ['a million numbers', `[${'0,'.repeat(1e6)}0]`, 'it holds more than 500,000 values'],
    ['a million lists in one', `[${'[[ ]],'.repeat(5e5)}0]`, 'it holds more than 500,000 values'],
    ['a text of 17 MiB', `"${'x'.repeat(17 * 2 ** 20)}"`, 'it is longer than 16,777,216 characters'],
  ])('no further than that: %s', (_, text, why) => {
    expect(read(text)).toBe(why)
  })

  it.each<[text: string, depth: number, values: number]>([
    ['[]', 1, 1],
    [' [ 1 , 2 ]', 1, 3],
    ['{"a":{},"b":[{}]}', 3, 4],
    ['["a,[\\"","\\\\",{}]', 2, 4],
    ['7', 0, 1],
  ])('%s has a depth of %i and holds %i values', (text, depth, values) => {
    expect(measure(text, 10, 10)).toEqual({ depth, values })
  })
})

describe('a result keeps', () => {
  it('of a long text the beginning, and how long it was', () => {
    const kept = shortenReply(toJudged(replyOf(`"${'é '.repeat(4_500_000)}"`)))
    expect(kept.textLength).toBe(9_000_002)
    expect(kept.text).toMatch(/^"é é .*… \(9,000,002 characters\)$/)
    expect(kept.text.length).toBeLessThan(10_100)
    expect(kept).not.toHaveProperty('body')
  })

  it('all of a short one', () => {
    expect(shortenReply({ ...replyOf('[1]'), isUtf8: false })).toEqual({ ...replyOf('[1]'), isUtf8: false })
    const request: CaseRequest = { operationId: 'a', method: 'GET', path: '/a', headers: {}, body: 'x'.repeat(60_000) }
    expect(shortenRequest(request)).toBe(request)
  })

  it('of a request the beginning of its body and its path', () => {
    const request: CaseRequest = { operationId: 'a', method: 'PUT', path: '/a', headers: {}, params: { id: '1' } }
    const kept = shortenRequest({ ...request, body: 'x'.repeat(512_000) })
    expect(kept).toMatchObject({ ...request, bodyLength: 512_000, body: /^x{65536}… \(512,000 characters\)$/ })
    const long = shortenRequest({ ...request, path: `/${'x'.repeat(512_000)}` })
    expect(long.path).toHaveLength(65_536 + '… (512,001 characters)'.length)
    expect(long).not.toHaveProperty('params')
  })
})

describe('the beginning of a text', () => {
  it('ends before a token, not in it: half a secret would not be found', () => {
    expect(cutText('{"token":"abcdef-ghijkl"}', 15)).toBe('{"token":"')
    expect(excerpt('not found: abcdef', 14)).toBe('not found: …')
    expect(excerpt('not found', 9)).toBe('not found')
  })

  it('ends anywhere in a text that is one token', () => {
    expect(cutText('abcdefgh', 3)).toBe('abc')
  })

  it('never ends in the middle of a character', () => {
    expect(cutText('éé\u{1f600}é', 3)).toBe('éé')
  })

  it('does not keep the rest in memory', () => {
    const before = process.memoryUsage().rss
    const kept = Array.from({ length: 60 }, (_, at) => excerpt(`${at} ${'some words '.repeat(1e6)}`))
    expect(kept).toHaveLength(60)
    // As slices they would hold 660 MB.
    expect(process.memoryUsage().rss - before).toBeLessThan(300e6)
  })
})
