import { describe, expect, it } from 'vitest'
import type { Json } from '../../documents/read/read-document.ts'
import { documentOf, objectOf } from '../fixtures/inline-document.ts'
import { createReplyJudge } from './judge-reply.ts'
import { toJudged } from './read-reply.ts'

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

  it('may be any success where none is declared, but no failure of the server', () => {
    const judgedBy = (responses: Json, status: number) =>
      createReplyJudge(documentOf({}, { responses }), [])
        .judge('create', { status, headers: {}, text: '', duration: 1, body: undefined })
        .map(({ rule }) => `${rule.evidence}: ${rule.text}`)
    expect(judgedBy({}, 204)).toEqual([])
    expect(judgedBy({}, 500)).toEqual(['documented: status is one of none'])
    const errors = { '400': { description: 'No' }, '5XX': { description: 'Broken' } }
    expect(judgedBy(errors, 201)).toEqual([])
    expect(judgedBy({ '302': { description: 'Moved' } }, 204)).toHaveLength(1)
    // What a condition, a range or a media type is refused with need not be declared either.
    for (const status of [406, 412, 416, 428]) expect(judgedBy({ '200': { description: 'Done' } }, status)).toEqual([])
    expect(judgedBy({ ...errors, '200': { description: 'Done' } }, 201)).toEqual([
      'documented: status is one of 200, 400, 5XX',
    ])
  })

  it('is held to the schema of its place in a list, with the evidence of the list', () => {
    const objectOf = (name: string) => ({ type: 'object', properties: { [name]: { type: 'string' } } })
    const listed = (list: Json, body: Json) => {
      const schema = { type: 'array', ...list }
      const content = { 'application/json': { schema } }
      const inside = documentOf({}, { responses: { '200': { description: 'A list', content } } })
      const reply = { status: 200, headers: JSON_TYPE, text: JSON.stringify(body), duration: 1, body }
      return createReplyJudge(inside, [])
        .judge('create', reply)
        .map(({ rule: { evidence, text, pointer } }) => `${evidence}: ${text} ${pointer.split('/schema/')[1]}`)
    }
    const places = { prefixItems: [objectOf('a'), objectOf('b')], items: objectOf('c') }
    expect(listed(places, [{ a: '1' }, { b: '1' }, { c: '1' }, { c: '2' }])).toEqual([])
    expect(listed(places, [{ a: '1' }, { a: '1' }, { b: '1' }])).toEqual([
      'assumed: /1/a is declared prefixItems/1/properties',
      'assumed: /2/b is declared items/properties',
    ])
    expect(listed(places, [{ a: '1' }, { b: 1 }])).toEqual([
      'documented: /1/b must be string prefixItems/1/properties/b/type',
    ])
    expect(listed({ ...places, 'x-evidence': 'assumed' }, [{ a: '1' }, { b: 1 }])).toEqual([
      'assumed: /1/b must be string prefixItems/1/properties/b/type',
    ])
  })

  it('is never held to a pattern that is only assumed', () => {
    expect(ofUser({ email: 'no at sign' })).toEqual([])
  })

  it('tells members that the document does not name, but where it lets any in', () => {
    expect(ofUser({ extra: 1, free: { extra: 1 } })).toEqual([
      'assumed: /users/0/extra is declared (a member that the document does not name)',
    ])
  })

  it('that is a problem may have all that problems have', () => {
    const content = {
      'application/problem+json': { schema: { type: 'object', properties: { title: { type: 'string' } } } },
    }
    const judgedBy = (body: object, type: string) =>
      createReplyJudge(documentOf({}, { responses: { 400: { description: 'No', content } } }), [])
        .judge('create', { status: 400, headers: { 'content-type': type }, text: '{}', duration: 1, body })
        .map(({ rule }) => `${rule.evidence}: ${rule.text}`)
    const type = 'application/problem+json'
    expect(judgedBy({ title: 'No', detail: 'It is closed', instance: '/7' }, type)).toEqual([])
    expect(judgedBy({ title: 'No', hint: 'Wait' }, type)).toEqual(['assumed: /hint is declared'])
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

  it('has no body to judge where it has a head alone', () => {
    const content = { 'application/json': { schema: { type: 'object' } } }
    const responses = { '200': { description: 'Good', content } }
    const document = documentOf({}, {}, { '/h': { head: { operationId: 'head', responses } } })
    const reply = { status: 200, headers: {}, text: '', duration: 1, body: undefined }
    expect(createReplyJudge(document, []).judge('head', reply)).toEqual([])
  })

  it('is held to the JSON of its own media type alone', () => {
    const content = { 'application/json': { schema: { type: 'object' } }, 'text/csv': { schema: { type: 'string' } } }
    const document = documentOf({}, { responses: { '200': { description: 'Good', content } } })
    const csv = { status: 200, headers: { 'content-type': 'text/csv' }, text: 'a,b', duration: 1, body: undefined }
    expect(createReplyJudge(document, []).judge('create', csv)).toEqual([])
  })

  it('has ids that are told apart', () => {
    expect(
      judged({
        users: [
          { id: 'a', email: '' },
          { id: 'a', email: '' },
        ],
      }),
    ).toEqual(['assumed: ids in /users are told apart (one id twice)'])
  })

  it('may have several things of one user', () => {
    const told = (list: string) =>
      judged({ [list]: [{ userId: 'u1' }, { userId: 'u1' }] }).filter((line) => line.includes('told apart'))
    expect(told('users')).toEqual(['assumed: ids in /users are told apart (one id twice)'])
    expect(told('orders')).toEqual([])
    const orders = [1, 2].map((id) => ({ id: `o${id}`, userId: 'u1' }))
    expect(judged({ users: orders }).filter((line) => line.includes('told apart'))).toEqual([])
  })

  it('may have one id for all items where its path has that', () => {
    const told = (path: string): string[] => {
      const schema = { type: 'array', items: { type: 'object', properties: { id: { type: 'string' }, version: {} } } }
      const responses = { '200': { description: 'Good', content: { 'application/json': { schema } } } }
      const document = documentOf({}, {}, { [path]: { get: { operationId: 'versions', responses } } })
      const body = [1, 2].map((version) => ({ id: 's1', version }))
      const reply = {
        status: 200,
        headers: { 'content-type': 'application/json' },
        duration: 1,
        text: JSON.stringify(body),
        body,
      }
      return createReplyJudge(document, [])
        .judge('versions', reply)
        .map(({ rule }) => rule.text)
    }
    expect(told('/schemas/{Id}/versions')).toEqual([])
    expect(told('/schemas/{name}/versions')).toEqual(['ids in the body are told apart'])
  })

  it('tells of nothing that is still to come', () => {
    const soon = new Date(Date.now() + 60_000).toISOString()
    const later = new Date(Date.now() + 3_600_000).toISOString()
    expect(ofUser({ createdAt: soon })).toEqual([])
    expect(ofUser({ createdAt: later })).toEqual([`assumed: /users/0/createdAt is not from the future (${later})`])
    expect(ofUser({ loginTime: Math.round(Date.now() / 1000) + 3600 })[0]).toContain(
      '/users/0/loginTime is not from the future',
    )
  })

  it('may tell of what is to come where its name does not say that it has happened', () => {
    const later = new Date(Date.now() + 3_600_000).toISOString()
    for (const name of ['expiresAt', 'dateTime', 'startTime', 'scheduledAt', 'closesAt'])
      expect(ofUser({ free: { [name]: later } })).toEqual([])
    expect(ofUser({ free: { createdAt: Date.now() - 1000, expiresAt: Date.now() + 3_600_000 } })).toEqual([])
  })

  it('may have a member that a schema only says must be there', () => {
    const schema = { ...objectOf({ size: {} }), required: ['size', 'unpacked'] }
    const own = documentOf(
      { type: 'object' },
      { responses: { '201': { description: '', content: { 'application/json': { schema } } } } },
    )
    const body = { size: 1, unpacked: 2, other: 3 }
    const reply = { status: 201, headers: JSON_TYPE, text: JSON.stringify(body), duration: 1, body }
    expect(
      createReplyJudge(own, [])
        .judge('create', reply)
        .map(({ rule }) => rule.text),
    ).toEqual(['/other is declared'])
  })

  it('may have members that what inherits from its schema names, which a discriminator tells apart', () => {
    const schema = { ...objectOf({ kind: {} }), discriminator: { propertyName: 'kind' } }
    const own = documentOf(
      { type: 'object' },
      { responses: { '201': { description: '', content: { 'application/json': { schema } } } } },
    )
    const body = { kind: 'Cat', lives: 9 }
    const reply = { status: 201, headers: JSON_TYPE, text: JSON.stringify(body), duration: 1, body }
    expect(createReplyJudge(own, []).judge('create', reply)).toEqual([])
  })

  it('may have members that only an example of the document has', () => {
    const schema = objectOf({ hits: { type: 'array', items: objectOf({ id: {} }) } })
    const example = { hits: [{ id: 1 }, { id: 2, score: 3 }], query: 'a' }
    const own = documentOf(
      { type: 'object' },
      { responses: { '201': { description: '', content: { 'application/json': { schema, example } } } } },
    )
    const said = (body: Json) =>
      createReplyJudge(own, [])
        .judge('create', { status: 201, headers: JSON_TYPE, text: JSON.stringify(body), duration: 1, body })
        .map(({ rule }) => rule.text)
    expect(said({ hits: [{ id: 7, score: 1 }], query: 'b' })).toEqual([])
    expect(said({ hits: [{ id: 7, query: 1 }], score: 'b' })).toEqual([
      '/hits/0/query is declared',
      '/score is declared',
    ])
  })

  it('may have members that only an example of a part of it has', () => {
    const hit = { ...objectOf({ id: {}, more: objectOf({ a: {} }) }), example: { id: 1, score: 2, more: { b: 1 } } }
    const schema = objectOf({ hits: { type: 'array', items: hit } })
    const own = documentOf(
      { type: 'object' },
      { responses: { '201': { description: '', content: { 'application/json': { schema } } } } },
    )
    const said = (body: Json) =>
      createReplyJudge(own, [])
        .judge('create', { status: 201, headers: JSON_TYPE, text: JSON.stringify(body), duration: 1, body })
        .map(({ rule }) => rule.text)
    expect(said({ hits: [{ id: 7, score: 1, more: { b: 2 } }] })).toEqual([])
    expect(said({ hits: [{ id: 7, b: 1, more: { score: 2 } }] })).toEqual([
      '/hits/0/b is declared',
      '/hits/0/more/score is declared',
    ])
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

describe('a body made to hurt who judges it', () => {
  /** What is told of a text, and how it is held to a schema. @param before texts that the same judge is shown first */
  function told(text: string, schema: Json, reply: Json = {}, longest?: number, before: string[] = []): string[] {
    const content = { 'application/json': { schema } }
    const hostile = documentOf({ type: 'object' }, { responses: { '200': { description: 'Found', content } } })
    const judge = createReplyJudge(hostile, [], longest)
    const hold = (one: string) => judge.judge('create', toJudged({ ...replied, text: one }))
    for (const one of before) hold(one)
    const held = { ...toJudged({ ...replied, text }), ...reply }
    return judge.judge('create', held).map(({ rule, seen }) => `${rule.evidence}: ${rule.text} (${seen})`)
  }
  const replied = { status: 200, headers: JSON_TYPE, duration: 1 }
  const notJudged = (why: string) => [
    `documented: the body is small and flat enough to be judged (${why}, so it was not judged further)`,
  ]
  const nested = (depth: number) => `${'{"a":'.repeat(depth)}{}${'}'.repeat(depth)}`
  const tree = (combination: Json): Json => ({
    type: 'object',
    properties: { a: { $ref: '#/paths/~1things/post/responses/200/content/application~1json/schema' } },
    ...combination,
  })

  it('is told once when it is deeper or larger than can be judged', () => {
    expect(told('['.repeat(6000), { type: 'string' })).toEqual(notJudged('it is nested more than 500 deep'))
    expect(told(`[${'0,'.repeat(6e5)}0]`, { type: 'string' })).toEqual(notJudged('it holds more than 500,000 values'))
  })

  it('is judged at 500 levels of a schema in itself', () => {
    expect(told(nested(499), tree({}))).toEqual([])
    expect(told(nested(499), tree({ additionalProperties: false }))).toEqual([])
  })

  it('is told once when one level takes its schema so many calls that the stack is full', () => {
    const wide = tree({ allOf: Array.from({ length: 400 }, (_, at) => ({ minProperties: at % 2 })) })
    expect(told(nested(499), wide)).toEqual(notJudged('it is nested too deep for its schema'))
  })

  it('is judged at once by alternatives that double with every level', () => {
    const alternatives = [{ properties: { a: tree({}) } }, { properties: { a: tree({}) }, required: ['b'] }]
    expect(told(nested(60), tree({ oneOf: alternatives }), {}, 200)).toEqual([])
  })

  it('is given up after a while, also where others of its like were judged at once', () => {
    const text = JSON.stringify(Array.from({ length: 100_000 }, (_, at) => [at]))
    const schema = { type: 'array', uniqueItems: true }
    const late = notJudged('it took longer than 0.2 s')
    expect(told(text, schema, {}, 200)).toEqual(late)
    expect(told(text, schema, {}, 200, Array(5).fill('[]'))).toEqual(late)
  })

  it('is judged at once by a pattern that could be tried for years', () => {
    const pattern = '^(a+)+$'
    expect(told(`"${'a'.repeat(60)}!"`, { type: 'string', pattern }, {}, 200)).toEqual([
      expect.stringContaining('must match pattern'),
    ])
    expect(told(`"${'a'.repeat(60)}"`, { type: 'string', pattern }, {}, 200)).toEqual([])
  })

  it('breaks one rule in a million places: some of them are told', () => {
    expect(told(`[${'{},'.repeat(9998)}{}]`, { items: { required: ['a', 'b'] } })).toHaveLength(40)
    // Of a larger one, the first.
    expect(told(`[${'{},'.repeat(99_998)}{}]`, { items: { required: ['a', 'b'] } })).toHaveLength(1)
    const strange = JSON.stringify(Object.fromEntries(Array.from({ length: 50_000 }, (_, at) => [`m${at}`, at])))
    expect(told(strange, { properties: {} })).toHaveLength(21)
    const late = JSON.stringify(Array(9000).fill({ createdAt: '9999-01-01T00:00:00Z' }))
    expect(told(late, { items: {} })).toHaveLength(21)
  })

  it('holds a text of 9 MB, or a member of that name: neither is told whole', () => {
    const long = 'x'.repeat(9e6)
    expect(told(JSON.stringify([long]), { items: { enum: ['a'] } }).join().length).toBeLessThan(1000)
    expect(told(JSON.stringify({ [long]: 1 }), { properties: {} }).join().length).toBeLessThan(1000)
    expect(
      told(JSON.stringify({ a: { [long]: 1 } }), { additionalProperties: { type: 'string' } }).join().length,
    ).toBeLessThan(1000)
  })

  it('shows the token far behind, or between two parts that are searched apart', () => {
    const places = [0, 1000, 262_130, 262_144, 278_500, 600_000]
    const found = places.map((at) => judged({ error: `${' '.repeat(at)}secret-token` }, { status: 400 }))
    expect(found).toEqual(places.map(() => [expect.stringMatching(/^documented: no reply shows the token/)]))
  })

  it('has members that a text cannot be made of', () => {
    expect(told('{"toString":1}', { enum: ['a'] })).toEqual(['documented: the body must be one of a ({"toString":1})'])
    expect(told('{"__proto__":{"id":1},"constructor":null}', { type: 'object' })).toEqual([])
  })

  it('is not UTF-8', () => {
    const rule = 'documented: JSON is in UTF-8 (RFC 8259, section 8.1) (bytes that are not)'
    expect(told('"\ufffd"', { type: 'string' }, { isUtf8: false })).toEqual([rule])
  })
})
