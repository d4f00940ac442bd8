import { describe, expect, it } from 'vitest'
import type { CaseReply } from '../../suite/vocabulary.ts'
import { compareReplies, type Difference } from './compare-replies.ts'
import { explain, type Known } from './differs.ts'
import type { Played } from './vocabulary.ts'

const REPLY: CaseReply = {
  status: 400,
  headers: { 'content-type': 'application/json', allow: 'GET' },
  text: '{"error":"body is required"}',
  duration: 1,
}

describe('compareReplies', () => {
  it('finds nothing in what says the same over a connection of its own', () => {
    const headers = { ...REPLY.headers, date: 'today', 'content-length': '28', 'access-control-allow-origin': '*' }
    expect(compareReplies(REPLY, { ...REPLY, headers, duration: 9 })).toEqual([])
  })

  it.each<[what: string, got: Played, difference: Difference]>([
    ['a status', { ...REPLY, status: 422 }, { at: 'status', want: '400', got: '422' }],
    ['one byte', { ...REPLY, text: `${REPLY.text}\n` }, { at: 'body', want: REPLY.text, got: `${REPLY.text}\n` }],
    [
      'another header',
      { ...REPLY, headers: { ...REPLY.headers, allow: 'get' } },
      { at: 'header allow', want: 'GET', got: 'get' },
    ],
    [
      'a header less',
      { ...REPLY, headers: { allow: 'GET' } },
      { at: 'header content-type', want: 'application/json', got: 'none' },
    ],
    [
      'a header more',
      { ...REPLY, headers: { ...REPLY.headers, 'set-cookie': 'a=1' } },
      { at: 'header set-cookie', want: 'none', got: 'a=1' },
    ],
    ['a request that was not sent', { unsent: 'no body' }, { at: 'sent', want: 'a reply', got: 'no body' }],
  ])('finds %s', (_, got, difference) => {
    expect(compareReplies(REPLY, got)).toEqual([difference])
  })
})

describe('explain', () => {
  const known: Known = {
    columns: ['http'],
    cases: /\/enum$/,
    at: 'body',
    instead: [/required/, 'needed'],
    reason: 'in other words',
  }
  const difference: Difference = { at: 'body', want: '{"error":"body is required"}', got: '{"error":"body is needed"}' }

  it('knows a difference by its column, its case and its words', () => {
    expect(explain('http', 'create/refuses/0/enum', difference, [known])).toBe(known)
  })

  it.each<[what: string, column: 'http' | 'prism', caseId: string, difference: Difference]>([
    ['another column', 'prism', 'create/refuses/0/enum', difference],
    ['another case', 'http', 'create/refuses/0/pattern', difference],
    ['another place', 'http', 'create/refuses/0/enum', { ...difference, at: 'header allow' }],
    ['one word more', 'http', 'create/refuses/0/enum', { ...difference, got: '{"error":"a body is needed"}' }],
  ])('does not know %s', (_, column, caseId, one) => {
    expect(explain(column, caseId, one, [known])).toBeUndefined()
  })
})
