import { describe, expect, it } from 'vitest'
import type { Json } from '../documents/read-document.ts'
import { documentOf } from './fixtures/inline-document.ts'
import { createReplyJudge } from './judge-reply.ts'

const USER = {
  type: 'object',
  required: ['id', 'email'],
  'x-evidence-of': { email: 'assumed' },
  properties: {
    id: { type: 'string', pattern: '^[a-z0-9]+$' },
    email: { type: 'string', pattern: '^@', 'x-evidence-of': { pattern: 'assumed' } },
    kind: { type: 'string', enum: ['a', 'b'], 'x-evidence-of': { b: 'observed' } },
    createdAt: { type: 'string', format: 'date-time' },
    loginTime: { type: 'integer' },
    free: { type: 'object', additionalProperties: true },
    tags: { type: 'array', items: { type: 'string', 'x-evidence': 'assumed' } },
  },
}

const document = documentOf(
  { type: 'object' },
  {
    responses: {
      '201': {
        description: 'Created',
        content: {
          'application/json': {
            schema: { type: 'object', required: ['users'], properties: { users: { type: 'array', items: USER } } },
          },
        },
      },
      '204': { description: 'Nothing' },
      '400': {
        description: 'Refused',
        content: { 'application/json': { schema: { type: 'object', required: ['error'] } } },
      },
      '4XX': { description: 'Refused', 'x-evidence': 'assumed' },
      '503': { description: 'Away', 'x-evidence': 'observed' },
    },
  },
)
const judge = createReplyJudge(document, ['secret-token', 'abc'])

const JSON_TYPE = { 'content-type': 'application/json' }
const judged = (
  body: Json,
  { status = 201, headers = JSON_TYPE as Record<string, string>, text = JSON.stringify(body) } = {},
) =>
  judge
    .judge('create', { status, headers, text, duration: 1, body })
    .map(({ rule, seen }) => `${rule.evidence}: ${rule.text} (${seen})`)
const ofUser = (user: Json) => judged({ users: [{ id: 'a1', email: 'x', ...user }] })

describe('a reply', () => {
  it('is right when it keeps every rule', () => {
    expect(
      ofUser({ kind: 'a', createdAt: '2024-01-01T00:00:00Z', loginTime: 1700000000, free: { any: 1 }, tags: [] }),
    ).toEqual([])
  })

  it('is wrong by the keyword it breaks, at its place and with its evidence', () => {
    expect(ofUser({ id: 'A!' })).toEqual(['documented: /users/0/id must match pattern "^[a-z0-9]+$" ("A!")'])
    expect(ofUser({ kind: 7 })[0]).toContain('documented: /users/0/kind must be string')
    expect(ofUser({ tags: [1] })).toEqual(['assumed: /users/0/tags/0 must be string (1)'])
    expect(ofUser({ createdAt: 1700000000 })[0]).toContain('documented: /users/0/createdAt must be string')
    expect(judged({})).toEqual(['documented: the body has users (it is missing)'])
    expect(judged({ users: [{ email: 'x' }] })).toEqual(['documented: /users/0 has id (it is missing)'])
  })

  it('is never held to a pattern that is only assumed', () => {
    expect(ofUser({ email: 'no at sign' })).toEqual([])
  })

  it('tells members that the document does not name, but where it lets any in', () => {
    expect(ofUser({ extra: 1, free: { extra: 1 } })).toEqual([
      'assumed: /users/0/extra is declared (a member that the document does not name)',
    ])
  })

  it('has a declared status and content type', () => {
    expect(judged({}, { status: 302 })).toEqual([
      expect.stringMatching(/^documented: status is one of 201, .* \(302\)$/),
    ])
    expect(judged({}, { status: 500 })[0]).toContain('documented: status is one of')
    expect(judged({}, { status: 415 })).toEqual([])
    expect(judged({}, { status: 418 })).toEqual([])
    expect(judged({ users: [] }, { headers: { 'content-type': 'text/html' } })).toEqual([
      'documented: content type is application/json (text/html)',
    ])
    expect(judged({ users: [] }, { headers: {} })).toEqual([
      'documented: content type is application/json (no content type)',
    ])
    expect(judged({ users: [] }, { headers: { 'content-type': 'application/json; charset=iso-8859-1' } })[0]).toContain(
      'charset',
    )
    expect(judged(undefined, { text: '<html>' })).toEqual(['documented: the body is JSON (<html>)'])
  })

  it('has ids that are told apart', () => {
    expect(
      judged({
        users: [
          { id: 'a', email: '' },
          { id: 'a', email: '' },
        ],
      }),
    ).toEqual(['documented: ids in /users are told apart (one id twice)'])
  })

  it('tells of nothing that is still to come', () => {
    const soon = new Date(Date.now() + 60_000).toISOString()
    const later = new Date(Date.now() + 3_600_000).toISOString()
    expect(ofUser({ createdAt: soon })).toEqual([])
    expect(ofUser({ createdAt: later })).toEqual([`documented: /users/0/createdAt is not from the future (${later})`])
    expect(ofUser({ loginTime: Math.round(Date.now() / 1000) + 3600 })[0]).toContain(
      '/users/0/loginTime is not from the future',
    )
  })

  it('never shows the token it was asked with', () => {
    const breaches = judged({ error: 'secret-token is wrong' }, { status: 400 })
    expect(breaches).toEqual(['documented: no reply shows the token it was asked with (the token is in the reply)'])
    expect(breaches.join()).not.toContain('secret-token')
    expect(judged({ error: 'no' }, { status: 400, headers: { ...JSON_TYPE, 'x-echo': 'secret-token' } })).toEqual(
      breaches,
    )
    for (const shown of ['SECRET-TOKEN', btoa('user:secret-token'), '\\u0073ecret-token', 'secret%2Dtoken'])
      expect(judged({ error: shown }, { status: 400 })).toEqual(breaches)
  })

  it('is free to say a word that is a token as well: a short one, one of the document or of any language', () => {
    const words = ['abc', 'test', 'createdAt', 'sunshine', 'Sonnenschein', 'ADMINISTRATOR']
    const innocent = createReplyJudge(document, words)
    const text = JSON.stringify({ error: `${words.join(' ')} Bearer test`, test: 'test' })
    const reply = { status: 400, headers: JSON_TYPE, text, duration: 1, body: JSON.parse(text) }
    expect(innocent.judge('create', reply)).toEqual([])
  })

  it('is as well known as the response that declares it', () => {
    expect([201, 400, 418, 503, 999].map((status) => judge.statusEvidence('create', status))).toEqual([
      'documented',
      'documented',
      'assumed',
      'observed',
      'assumed',
    ])
    expect([400, 418, 500].map((status) => judge.declares('create', status))).toEqual([true, true, false])
  })
})
