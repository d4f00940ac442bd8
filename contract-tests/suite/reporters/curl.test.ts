import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CaseRequest } from '../vocabulary.ts'
import { curlOf, quote } from './curl.ts'

const REQUEST: CaseRequest = {
  operationId: 'add',
  method: 'POST',
  path: '/notes?a=1&b=%20',
  headers: { 'content-type': 'application/json', 'x-empty': '' },
  body: `{"name":"O'Brien $HOME \`id\`"}`,
}
const TARGET = { url: 'http://h.test/api/' }

/** What a shell makes of a line: its words. */
const words = (line: string): string[] =>
  execFileSync('sh', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8', env: { ROLLCALL_TOKEN: 'T O' } })
    .split('\0')
    .slice(0, -1)

describe('quote', () => {
  it('keeps any text whole through a POSIX shell', () => {
    const texts = fc.sample(fc.string({ unit: 'grapheme', maxLength: 40 }), { numRuns: 300, seed: 7 })
    const given = ['', "'", "''", '\n', '$(id)', '\\', '!', '*', '-x', '~', '#', ...texts].filter(
      (text) => !text.includes('\0'),
    )
    expect(words(given.map(quote).join(' '))).toEqual(given)
  })

  it('leaves plain words as they are', () => {
    expect(['a/b-c.d', 'k=v', 'http://h:1/x'].map(quote)).toEqual(['a/b-c.d', 'k=v', 'http://h:1/x'])
  })
})

describe('curlOf', () => {
  it('says the request word by word, with the credential from the environment', () => {
    expect(words(curlOf(REQUEST, TARGET))).toEqual([
      ...['curl', '-sS', '-i', '-g', '--path-as-is', '-X', 'POST', '-H', 'Authorization: Bearer T O'],
      ...['-H', 'content-type: application/json', '-H', 'x-empty;', '--data-raw', REQUEST.body],
      'http://h.test/api/notes?a=1&b=%20',
    ])
  })

  it('adds the headers of the run that the request does not replace', () => {
    const line = curlOf(REQUEST, { ...TARGET, headers: { 'X-Trace': '7', 'Content-Type': 'text/plain' } })
    expect(line).toContain("-H 'x-trace: 7'")
    expect(line).not.toContain('text/plain')
  })

  it('keeps curl from naming a content type of its own', () => {
    expect(words(curlOf({ ...REQUEST, headers: {} }, TARGET))).toContain('content-type:')
  })

  it.each([
    ['none', undefined],
    ['bad', '-H "Authorization: Bearer $ROLLCALL_BAD_TOKEN"'],
    ['second', '-H "Authorization: Bearer $ROLLCALL_SECOND_TOKEN"'],
    ['other-scheme', '-u "user:$ROLLCALL_TOKEN"'],
  ] as const)('with %s credentials sends %s', (credentials, flag) => {
    const line = curlOf({ ...REQUEST, credentials }, TARGET)
    if (flag) expect(line).toContain(flag)
    else expect(line).not.toMatch(/uthorization|-u /)
  })

  it('puts an API key where the document wants it', () => {
    const schemes = (place: 'header' | 'query' | 'cookie') =>
      new Map([['add', { together: [{ type: 'apiKey', in: place, name: 'X-Key' }], foreign: 'Basic' }]] as const)
    expect(curlOf(REQUEST, { ...TARGET, schemes: schemes('header') })).toContain('-H "X-Key: $ROLLCALL_TOKEN"')
    expect(curlOf(REQUEST, { ...TARGET, schemes: schemes('cookie') })).toContain('-b "X-Key=$ROLLCALL_TOKEN"')
    expect(words(curlOf(REQUEST, { ...TARGET, schemes: schemes('query') })).at(-1)).toBe(
      'http://h.test/api/notes?a=1&b=%20&X-Key=T O',
    )
  })
})
