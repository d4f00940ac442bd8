import { describe, expect, it } from 'vitest'
import { dynamic } from '../dynamic.ts'
import type { Answer, Call, Operation, Parameter, Query } from '../engine/vocabulary.ts'
import { JOURNAL_ENTRIES, Journal, type JournalEntry, toBrief } from './journal.ts'
import { REDACTED, redactQuery } from './redact-entry.ts'

const AT = new Date('2026-11-02T09:15:30.412Z')
const CALL: Call = { method: 'POST', path: '/people', headers: { authorization: 'Bearer dyn_secret' }, text: '[1]' }
const PLACE: Parameter = { name: 'page', in: 'query', required: false, types: ['object'], style: 'form', explode: true }
const OPERATION: Operation = {
  id: 'a',
  method: 'GET',
  path: '/',
  parameters: [],
  security: [],
  replies: {},
  failures: [],
}
const ANSWER: Answer = { api: 'people', operationId: 'create', reply: { status: 201, headers: {}, body: { id: 1 } } }

function entryOf(call: Partial<Call> = {}, answer: Partial<Answer> = {}): JournalEntry {
  const journal = new Journal()
  journal.add(AT, { ...CALL, ...call }, { ...ANSWER, ...answer }, 1.5)
  return journal.read(1, (api) => (api === 'dynamic' ? dynamic.operations[1] : undefined))[0] as JournalEntry
}

describe('an entry', () => {
  it('holds call, verdict, reply and duration', () => {
    expect(entryOf()).toStrictEqual({
      id: expect.any(Number),
      at: '2026-11-02T09:15:30.412Z',
      api: 'people',
      operationId: 'create',
      call: { method: 'POST', path: '/people', headers: { authorization: REDACTED }, body: [1] },
      verdict: { outcome: 'accepted' },
      reply: { status: 201, headers: {}, body: { id: 1 } },
      duration: 1.5,
    })
  })

  it.each<[what: string, answer: Partial<Answer>, verdict: JournalEntry['verdict']]>([
    [
      'refused, with the broken rule',
      { refusal: { refused: 'invalid', message: '/0/country must match', at: '/0/country', rule: 'pattern' } },
      { outcome: 'refused', reason: 'invalid', message: '/0/country must match', at: '/0/country', rule: 'pattern' },
    ],
    [
      'refused, with what is known',
      { refusal: { refused: 'no-such-path', message: 'no' } },
      { outcome: 'refused', reason: 'no-such-path', message: 'no' },
    ],
    ['forced', { isForced: true }, { outcome: 'forced' }],
    [
      'forced, with its rule',
      { isForced: true, refusal: { refused: 'failure', message: 'm', rule: 'no_jwt' } },
      { outcome: 'forced', reason: 'failure', message: 'm', rule: 'no_jwt' },
    ],
  ])('tells what was %s', (_, answer, verdict) => {
    expect(entryOf({}, answer).verdict).toEqual(verdict)
  })

  it('shares nothing with the call or the reply', () => {
    const body = { list: [1] }
    const entry = entryOf({ body })
    ;(entry.call.body as { list: number[] }).list.push(2)
    ;(entry.reply.body as { id: number }).id = 2
    expect([body, ANSWER.reply.body]).toEqual([{ list: [1] }, { id: 1 }])
  })

  it('shows a reply that was written in the place of its data', () => {
    const journal = new Journal()
    const headers = { 'content-type': 'application/json' }
    const answer: Answer = { ...ANSWER }
    journal.add(AT, CALL, answer, 1.5)
    Object.assign(answer, { reply: { status: 201, headers }, parts: ['{"id":7,', '"token":"t"}'] })
    expect(journal.read()[0]?.reply).toEqual({ status: 201, headers, body: { id: 7, token: REDACTED } })
  })

  it('keeps `__proto__` as a member like any other', () => {
    expect(JSON.stringify(entryOf({ text: '{"__proto__":{"a":1}}' }).call.body)).toBe('{"__proto__":{"a":1}}')
  })
})

describe('a secret', () => {
  const SECRET = 'c4n4ry-7f3a'
  const text = (body: object) => JSON.stringify(body)

  it.each<[where: string, call: Partial<Call>]>([
    ['under another name', { text: text({ password: SECRET, nickname: SECRET }) }],
    ['in a list called token', { text: text({ token: [SECRET], note: SECRET }) }],
    ['in an object called secret', { text: text({ secret: { deep: [SECRET] }, note: SECRET }) }],
    ['inside a longer text', { text: text({ apiKey: SECRET, note: `it is ${SECRET}, as you know` }) }],
    ['as the name of a member', { text: text({ token: SECRET, [SECRET]: 1 }) }],
    ['in the path', { text: text({ token: SECRET }), path: `/a/${SECRET}` }],
    ['of the query, in a body', { query: { api_key: SECRET }, text: text({ note: SECRET }) }],
    ['of the query, several times', { query: { token: ['a', SECRET] }, text: text({ note: SECRET }) }],
  ])('is hidden wherever it shows again: %s', (_, call) => {
    expect(JSON.stringify(entryOf(call))).not.toContain(SECRET)
  })

  it('is hidden in a message, and where a reply has it first', () => {
    const journal = new Journal()
    const refusal = { refused: 'invalid', message: `/a ${SECRET} must be shorter` } as const
    const reply = { status: 400, headers: {}, body: { token: SECRET } }
    journal.add(AT, { ...CALL, text: text({ a: SECRET }) }, { ...ANSWER, reply, refusal }, 0)
    expect(JSON.stringify(journal.read())).not.toContain(SECRET)
  })
})

describe('a journal', () => {
  const filled = (count: number, text = ''): Journal => {
    const journal = new Journal()
    for (let turn = 1; turn <= count; turn++) journal.add(AT, { ...CALL, path: `/${turn}`, text }, ANSWER, 0)
    return journal
  }
  const paths = (journal: Journal, limit?: number) => journal.read(limit).map(({ call }) => call.path)

  it('has the newest last', () => {
    expect(paths(filled(3))).toEqual(['/1', '/2', '/3'])
  })

  it.each([
    [0, []],
    [1, ['/3']],
    [2, ['/2', '/3']],
    [9, ['/1', '/2', '/3']],
  ])('gives at most %i, the newest', (limit, want) => {
    expect(paths(filled(3), limit)).toEqual(want)
  })

  it.each([JOURNAL_ENTRIES, JOURNAL_ENTRIES + 1, 2 * JOURNAL_ENTRIES + 2, 3500])(
    'holds the last 1,000 of %i',
    (count) => {
      const kept = paths(filled(count))
      expect([kept.length, kept[0], kept.at(-1)]).toEqual([1000, `/${count - 999}`, `/${count}`])
      expect(paths(filled(count), 5000)).toEqual(kept)
    },
  )

  it('shows of each call its own path and headers, though calls share what they have in common', () => {
    const calls: [path: string, headers: Record<string, string>][] = [
      ['/a', { host: 'a.example', accept: '*/*' }],
      ['/a', { host: 'a.example', accept: '*/*' }],
      ['/b', { host: 'a.example', accept: '*/*' }],
      ['/b', { host: 'a.example', accept: 'text/plain' }],
      ['/b', { host: 'a.example' }],
      ['/b', { host: 'a.example', origin: 'null' }],
      ['/b', { origin: 'null' }],
      ['/b', {}],
      ['/a', { host: 'a.example' }],
    ]
    const journal = new Journal()
    for (const [path, headers] of calls) journal.add(AT, { method: 'GET', path, headers }, ANSWER, 0)
    journal.add(AT, { method: 'GET', path: '/a' }, ANSWER, 0)
    const shown = journal.read().map(({ call }) => [call.path, call.headers])
    expect(shown).toEqual([...calls, ['/a', {}]])
  })

  it('holds fewer of very large calls, and always the last', () => {
    const large = ' '.repeat(10 * 1024 * 1024)
    expect(paths(filled(5, large))).toEqual(['/3', '/4', '/5'])
    expect(paths(filled(2, ' '.repeat(40 * 1024 * 1024)))).toEqual(['/2'])
  })
})

describe('a credential', () => {
  const CANARY = 'canary-4711-do-not-print'
  const shown = (call: Partial<Call>, answer?: Partial<Answer>) => JSON.stringify(entryOf(call, answer))

  it.each<[where: string, call: Partial<Call>]>([
    ['authorization', { headers: { authorization: `Bearer ${CANARY}` } }],
    ['authorization with another scheme', { headers: { authorization: `Basic ${CANARY}` } }],
    ['authorization without a scheme', { headers: { authorization: CANARY } }],
    ['a cookie', { headers: { cookie: `theme=dark; session=${CANARY}` } }],
    ...['x-api-key', 'api-key', 'x-anything', 'proxy-authorization', 'referer'].map((name): [string, Partial<Call>] => [
      `the header ${name}`,
      { headers: { [name]: CANARY } },
    ]),
    ...[
      'content-type',
      'prefer',
      'content-encoding',
      'host',
      'accept',
      'accept-encoding',
      'accept-language',
      'connection',
      'content-length',
      'origin',
      'transfer-encoding',
      'user-agent',
    ].map((name): [string, Partial<Call>] => [
      `the header ${name}, put there by mistake`,
      { headers: { [name]: CANARY } },
    ]),
    ['a parameter of the media type', { headers: { 'content-type': `application/json; token=${CANARY}` } }],
    ['the query', { query: { anything: CANARY } }],
    ['the query, repeated', { query: { anything: ['1', CANARY] } }],
    ...[
      'password',
      'hashedPassword',
      'seed',
      'token',
      'access_token',
      'apiKey',
      'api_key',
      'X-Api-Key',
      'client_secret',
      'managementKey',
      'jwt',
    ].map((name): [string, Partial<Call>] => [
      `the body's ${name}`,
      { text: JSON.stringify({ users: [{ [name]: CANARY }, { [name]: { deep: [CANARY] } }] }) },
    ]),
    ['a broken body that speaks of passwords', { text: `{"users":[{"password":"${CANARY}"` }],
    [
      'a body that repeats the header',
      { headers: { authorization: `Bearer ${CANARY}` }, text: JSON.stringify({ note: `is ${CANARY}`, [CANARY]: 1 }) },
    ],
    ['a path that repeats the header', { headers: { 'x-api-key': CANARY }, path: `/people/${CANARY}` }],
  ])('in %s is struck out', (_, call) => {
    expect(shown(call)).not.toContain(CANARY)
    expect(shown(call)).toContain(REDACTED)
  })

  it('in a header is struck out of message and reply too', () => {
    const refusal = { refused: 'invalid', message: `not ${CANARY}` } as const
    const reply = { status: 400, headers: { location: `/${CANARY}` }, body: { error: CANARY } }
    expect(shown({ headers: { authorization: `Bearer ${CANARY}` } }, { refusal, reply })).not.toContain(CANARY)
  })
})

describe('what is no credential', () => {
  it('is shown: headers that say what they are there for', () => {
    const headers = {
      accept: 'application/json, text/plain;q=0.5, */*',
      'content-type': 'application/json; charset=utf-8',
      'content-encoding': 'gzip',
      'content-length': '12',
      connection: 'keep-alive',
      host: '127.0.0.1:4010',
      origin: 'http://localhost:5173',
      prefer: 'code=403, example=forbidden',
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64)',
      'x-rollcall-session': 'a test of mine',
    }
    expect(entryOf({ headers }).call.headers).toEqual(headers)
    for (const shown of [
      { host: 'localhost' },
      { host: '[::1]:80' },
      { host: 'api.example.com' },
      { origin: 'null' },
      { 'user-agent': 'node' },
    ]) {
      expect(entryOf({ headers: shown }).call.headers).toEqual(shown)
    }
  })

  it('is shown: the query parameters that the operation declares, and no others', () => {
    const query = { limit: '3', 'filter[filterValue]': 'ada', 'filter[token]': 'x', token: 'x', page: '2' }
    expect(entryOf({ query }, { api: 'dynamic', operationId: 'listUsers' }).call.query).toEqual({
      limit: '3',
      'filter[filterValue]': 'ada',
      'filter[token]': REDACTED,
      token: REDACTED,
      page: REDACTED,
    })
  })

  it('is shown: what an undeclared parameter of the query has, where it stands elsewhere; what a key has is not', () => {
    const text = JSON.stringify({ email: 'ada@example.com' })
    const entry = entryOf({ query: { x: 'ada@example.com' }, text }, { api: 'dynamic', operationId: 'listUsers' })
    expect(entry.call).toMatchObject({ query: { x: REDACTED }, body: { email: 'ada@example.com' } })
    // Nobody knows what is a key where no operation was found.
    expect(entryOf({ query: { x: 'ada@example.com' }, text }).call.body).toEqual({ email: REDACTED })
  })

  it('is shown: the members of an object that is spread over the query, unless their names speak of a secret', () => {
    const spread = (layout: NonNullable<Parameter['layout']>): Parameter => ({ ...PLACE, name: 'all', layout })
    const shown = (parameter: Parameter, query: Query) => redactQuery(query, { ...OPERATION, parameters: [parameter] })
    const named = spread({
      types: ['object'],
      properties: { offset: { types: ['integer'] }, sort: { types: ['array'] } },
    })
    expect(shown(named, { offset: '1', 'sort[]': 'a', page: '2' })).toEqual({
      offset: '1',
      'sort[]': 'a',
      page: REDACTED,
    })
    expect(shown({ ...named, in: 'querystring' }, { offset: '1' })).toEqual({ offset: '1' })
    expect(shown({ ...named, in: 'header' }, { offset: '1' })).toEqual({ offset: REDACTED })
    // Whoever takes any member has named none.
    expect(shown(spread({ types: ['object'], others: { types: [] } }), { any: '1' })).toEqual({ any: REDACTED })
  })

  it('is shown: public keys, flags, nulls, and text that is no JSON', () => {
    const body = { publicKey: '0xbF39', walletPublicKey: '0xbF39', password: true, seed: null, keys: ['a'], tokens: 3 }
    expect(entryOf({ text: JSON.stringify(body) }).call.body).toEqual(body)
    expect(entryOf({ text: '[{"email":' }).call.body).toBe('[{"email":')
  })

  it('is shown: words of headers that every browser sends, where they stand elsewhere', () => {
    const headers = {
      ...{ 'sec-fetch-mode': 'navigate', 'cache-control': 'no-cache', 'accept-language': 'de-AT;q=1,canary' },
      ...{ 'transfer-encoding': 'chunked', 'accept-encoding': 'deflate' },
    }
    const body = ['navigate', 'no-cache', 'chunked', 'deflate']
    expect(entryOf({ headers, text: JSON.stringify(body) }).call).toMatchObject({
      headers: { 'sec-fetch-mode': REDACTED, 'cache-control': REDACTED },
      body,
    })
  })

  it('is shown: a short word that someone uses as a token', () => {
    expect(entryOf({ headers: { authorization: 'Bearer any' }, path: '/company' }).call.path).toBe('/company')
  })
})

describe('a secret by its name', () => {
  const SECRET = 'hunter2hunter'
  const shown = (body: unknown) => JSON.stringify(entryOf({ text: JSON.stringify(body) }))

  it.each([
    ...['tokens', 'accessTokens', 'passwordHash', 'password2', 'password_confirmation', 'passphrase', 'pwd', 'passwd'],
    ...['credentials', 'privateKeyPem', 'refreshTokenValue', 'token ', 'user.password', 'user[password]'],
  ])('is that of %s', (name) => {
    expect(shown({ [name]: SECRET })).not.toContain(SECRET)
  })

  it.each([
    ...['tokenCount', 'tokensUsed', 'max_tokens', 'keys', 'keyboard'],
    ...['passport', 'passenger', 'publicKey', 'tokenType', 'secretary'],
  ])('is not that of %s', (name) => {
    expect(shown({ [name]: SECRET })).toContain(SECRET)
  })

  it.each(['/password', '/users/0/password', '/tokens/-', '/public/password', 'user.password'])(
    'is at %s of a JSON Patch',
    (path) => {
      expect(shown([{ op: 'add', path, value: SECRET }])).not.toContain(SECRET)
      expect(shown([{ op: 'add', path: '/name', value: SECRET }])).toContain(SECRET)
    },
  )

  it('is in a filter at any depth, and in the header that repeats it', () => {
    const query = { 'filter[token]': SECRET, 'filter[a][password]': 'short' }
    const reply = { status: 200, headers: { link: `</users?filter%5Btoken%5D=${SECRET}>` } }
    const entry = entryOf({ query }, { api: 'dynamic', operationId: 'listUsers', reply })
    expect(entry.call.query).toEqual({ 'filter[token]': REDACTED, 'filter[a][password]': REDACTED })
    expect(entry.reply.headers['link']).toBe(`</users?filter%5Btoken%5D=${REDACTED}>`)
  })
})

describe('a secret in a path', () => {
  const brief = (call: Partial<Call>) => {
    const journal = new Journal()
    journal.add(AT, { ...CALL, ...call }, ANSWER, 0)
    return toBrief(journal.entries[0] as never, () => OPERATION).path
  }

  it.each(['SE%2FKRET%3Dx%20x', 'SE/KRET=x x'])('is struck out, encoded as %s', (path) => {
    const call = { headers: { authorization: 'Bearer SE/KRET=x x', 'x-key': 'SE/KRET=x x' }, path: `/pets/${path}` }
    expect([entryOf(call).call.path, brief(call)]).toEqual(['/pets/***', '/pets/***'])
  })

  it('is struck out of what is shown in short, where the body has it', () => {
    expect(brief({ text: '{"password":"hunter2hunter"}', path: '/pets/hunter2hunter' })).toBe('/pets/***')
  })
})
