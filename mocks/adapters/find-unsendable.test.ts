import { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { findUnsendable } from './find-unsendable.ts'

const JSON_TYPE = 'application/json; charset=utf-8'

describe('a reply that HTTP can carry', () => {
  it.each<[status: number, headers: Record<string, string>]>([
    [200, {}],
    [599, { 'content-type': JSON_TYPE }],
    [418, { "!#$%&'*+.^_`|~9aZ-": '' }],
    [200, { 'x-note': '\t \x80\xff~' }],
    [429, { 'Retry-After': '1', allow: 'GET, POST' }],
  ])('is %i with %j', (status, headers) => {
    expect(findUnsendable({ status, headers })).toBeUndefined()
    expect(() => new Response(null, { status, headers })).not.toThrow()
    expect(() => new ServerResponse({ method: 'GET' } as never).writeHead(status, headers)).not.toThrow()
  })
})

it('several cookies are sent one by one, each on a line of its own', () => {
  expect(findUnsendable({ status: 200, headers: { 'set-cookie': 'a=1\nb=2' } })).toBeUndefined()
})

describe('a reply that HTTP cannot carry', () => {
  it.each([3, 20, 100, 101, 199, 600, 2000, -1, 200.5, Number.NaN])('has the status %d', (status) => {
    expect(findUnsendable({ status, headers: {} })).toBe(`the status ${status} ends no exchange`)
  })

  it.each([
    ['content-type', 'text/plain; charset=ž', '"text/plain; charset=ž"'],
    ['content-type', 'text/plain\n', String.raw`"text/plain\n"`],
    ['set-cookie', 'a=1\r\nb=2', String.raw`"a=1\r\nb=2"`],
    ['x-note', 'a\r\nset-cookie: b', String.raw`"a\r\nset-cookie: b"`],
    ['x-note', '\x7f', '"\x7f"'],
    ['x-note', undefined, 'undefined'],
  ])('has a header %s that is %j', (name, value, shown) => {
    const headers = { [name]: value as string }
    expect(findUnsendable({ status: 200, headers })).toBe(`the header ${name} cannot be ${shown}`)
    expect(() => new ServerResponse({ method: 'GET' } as never).writeHead(200, headers)).toThrow()
  })

  it.each(['', 'a b', 'é', 'a:', 'a\n'])('has a header called %j', (name) => {
    expect(findUnsendable({ status: 200, headers: { [name]: 'x' } })).toMatch(/ cannot be the name of a header$/)
  })

  it.each(['Content-Length', 'transfer-encoding', 'Trailer', 'connection', 'keep-alive', 'upgrade'])(
    'says with %s where it ends, which the server says',
    (name) => {
      const headers = { 'content-type': JSON_TYPE, [name]: '1' }
      expect(findUnsendable({ status: 200, headers })).toBe(`the header ${name} is for the server to set`)
    },
  )
})
