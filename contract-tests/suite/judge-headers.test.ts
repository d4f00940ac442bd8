import { describe, expect, it } from 'vitest'
import type { Json } from '../../documents/read/read-document.ts'
import { documentOf } from '../fixtures/inline-document.ts'
import { createReplyJudge } from './judge-reply.ts'

const AT = '#/paths/~1things/post/responses/204/headers'

/** What a reply with these headers breaks, as an operation that declares these says. */
function judged(declared: Json, headers: Readonly<Record<string, string>>) {
  const document = documentOf({}, { responses: { '204': { description: 'Done', headers: declared } } })
  const reply = { status: 204, headers, text: '', duration: 1, body: undefined }
  return createReplyJudge(document, [])
    .judge('create', reply)
    .map(({ rule, seen }) => ({ ...rule, seen }))
}
const texts = (declared: Json, headers: Readonly<Record<string, string>>): string[] =>
  judged(declared, headers).map(({ text, seen }) => `${text} (${seen})`)
const of = (schema: Json, header: Json = {}) => ({ 'X-H': { schema, ...header } })

describe('a header of a reply', () => {
  it('is missing only where it is required, and the place says so', () => {
    const declared = { 'X-Total': { required: true, schema: { type: 'integer' } }, 'X-Free': { schema: {} } }
    expect(judged(declared, {})).toEqual([
      {
        text: 'the reply has the header X-Total',
        pointer: `${AT}/X-Total/required`,
        evidence: 'documented',
        seen: 'it is missing',
      },
    ])
    expect(judged(declared, { 'x-total': '7' })).toEqual([])
  })

  it('keeps its schema, by the keyword, the place and the evidence of it', () => {
    const enumerated = { type: 'string', enum: ['a', 'b'], 'x-evidence-of': { enum: 'observed' } }
    expect(judged(of(enumerated), { 'x-h': 'c' })).toMatchObject([
      { pointer: `${AT}/X-H/schema/enum`, evidence: 'observed', seen: 'c' },
    ])
    expect(judged(of({ type: 'integer' }, { 'x-evidence': 'assumed' }), { 'x-h': 'many' })).toMatchObject([
      { text: 'header X-H must be integer', evidence: 'assumed', seen: 'many' },
    ])
  })

  it.each<[what: string, schema: Json, right: string[], wrong: string[]]>([
    ['a number', { type: 'number', minimum: 2 }, ['2', '2.5'], ['1', 'two', '']],
    ['a truth', { type: 'boolean' }, ['true', 'false'], ['yes', '1']],
    ['a text of digits', { type: 'string', pattern: '^\\d+$' }, ['007'], ['7x']],
    ['a list', { type: 'array', items: { type: 'integer' }, maxItems: 3 }, ['1', '1, 2,3', ''], ['1,x', '1,2,3,4']],
    ['a list of texts', { type: 'array', items: { type: 'string', enum: ['1', 'b'] } }, ['1,b'], ['c']],
    ['an object', { type: 'object', required: ['r'], properties: { r: { type: 'integer' } } }, ['r,1'], ['r,x', 's,1']],
    ['one of several', { anyOf: [{ type: 'integer' }, { const: 'none' }] }, ['4', 'none'], ['some']],
    [
      'a moment',
      { type: 'string', format: 'date-time' },
      ['Wed, 21 Oct 2026 07:28:00 GMT', '2026-10-21T07:28:00Z'],
      ['soon'],
    ],
  ])('that is %s may stand for any value that its text can be read as', (_, schema, right, wrong) => {
    for (const text of right) expect(texts(of(schema), { 'x-h': text }), text).toEqual([])
    for (const text of wrong) expect(texts(of(schema), { 'x-h': text }), text).toHaveLength(1)
  })

  it('that is an exploded object has its pairs with a sign between', () => {
    const schema = { type: 'object', required: ['r'], properties: { r: { type: 'integer' } } }
    expect(texts(of(schema, { explode: true }), { 'x-h': 'r=1,s=2' })).toEqual([])
    expect(texts(of(schema, { explode: true }), { 'x-h': 's=2' })).toEqual(['header X-H has r (s=2)'])
    expect(texts(of(schema, { explode: true }), { 'x-h': 'r=x' })).toEqual(['header X-H/r must be integer (r=x)'])
  })

  it('that is told by content is JSON', () => {
    const declared = { 'X-H': { content: { 'application/json': { schema: { type: 'object', required: ['a'] } } } } }
    expect(texts(declared, { 'x-h': '{"a":1}' })).toEqual([])
    expect(texts(declared, { 'x-h': '{"b":1}' })).toHaveLength(1)
    expect(texts(declared, { 'x-h': 'a' })).toHaveLength(1)
  })

  it('is each line of Set-Cookie for itself, commas and all', () => {
    const declared = { 'Set-Cookie': { schema: { type: 'string', pattern: '^[a-z]+=[^;]*; Path=/' } } }
    const good = 'sid=1; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT'
    expect(texts(declared, { 'set-cookie': `${good}\nlang=en; Path=/` })).toEqual([])
    expect(texts(declared, { 'set-cookie': `${good}\nlang=en` })).toEqual([
      expect.stringMatching(/^header Set-Cookie must match .* \(lang=en\)$/),
    ])
  })

  it('called Content-Type is what the media types say, and nothing else', () => {
    expect(texts({ 'Content-Type': { required: true, schema: { const: 'text/x' } } }, {})).toEqual([])
  })
})
