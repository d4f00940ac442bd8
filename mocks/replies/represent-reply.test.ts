import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Json } from '../../documents/read/read-document.ts'
import { defineApi } from '../api/define-api.ts'
import type { Mock } from '../api/mock.ts'
import { createMock } from '../create-mock.ts'
import type { Behaviour, Decision, Refusal, Reply } from '../engine/vocabulary.ts'
import { readApi } from '../read-api.ts'

const folder = await mkdtemp(join(tmpdir(), 'replies-'))
afterAll(() => rm(folder, { recursive: true }))

const ERROR = {
  type: 'object',
  required: ['code', 'message'],
  additionalProperties: false,
  properties: { code: { type: 'integer' }, message: { type: 'string' } },
}
const LIMIT = [{ name: 'limit', in: 'query', schema: { type: 'integer' } }]

interface Asked {
  readonly method?: string
  readonly query?: Record<string, string>
  readonly headers?: Record<string, string>
}

/** A mock of one path, whose GET is this operation; and what it told. */
async function mockOf(
  get: Json,
  { item = {}, root = {}, behave }: { item?: Json; root?: Json; behave?: Behaviour } = {},
) {
  const file = join(folder, 'things.json')
  const paths = { '/things': { get: { operationId: 'readThings', ...get }, ...item } }
  await writeFile(file, JSON.stringify({ openapi: '3.1.0', info: { title: 'Things', version: '1' }, paths, ...root }))
  const read = await readApi(file)
  const operations = { ...read.behaviours.operations, ...(behave && { readThings: behave }) }
  const told: string[] = []
  const api = defineApi({ ...read, behaviours: { ...read.behaviours, operations } })
  const mock: Mock = createMock({ apis: [api], warn: (line) => told.push(line) })
  const ask = ({ method = 'GET', ...more }: Asked = {}): Reply => mock.answer({ method, path: '/things', ...more })
  return { mock, ask, told }
}

const content = (schema: Json, type = 'application/json') => ({ description: '', content: { [type]: { schema } } })
const wrong: Asked = { query: { limit: 'a' } }

describe('a refusal', () => {
  const MESSAGE = 'query/limit must be integer'

  it('of a call without the condition that it must have is 428 where that is declared', async () => {
    const header = (name: string) => ({ name, in: 'header', required: true, schema: { type: 'string' } })
    const asked = async (name: string, ...declared: string[]) => {
      const failures = Object.fromEntries(declared.map((status) => [status, content(ERROR)]))
      const { ask } = await mockOf({ parameters: [...LIMIT, header(name)], responses: { 204: {}, ...failures } })
      return [ask().status, ask({ ...wrong, headers: { [name.toLowerCase()]: '"1"' } }).status, ask().body]
    }
    const told = (name: string) => ({
      code: expect.any(Number),
      message: `header must have required property '${name}'`,
    })
    expect(await asked('If-Match', '400', '428')).toEqual([428, 400, told('If-Match')])
    expect(await asked('if-match', '422', '428')).toEqual([428, 422, told('if-match')])
    expect(await asked('If-Unmodified-Since', '428')).toEqual([428, 400, told('If-Unmodified-Since')])
    expect(await asked('If-Match', '422')).toEqual([422, 422, told('If-Match')])
    expect(await asked('X-Version', '400', '428')).toEqual([400, 400, told('X-Version')])
  })

  it.each<[declared: string, want: number]>([
    ['400', 400],
    ['422', 422],
    ['4XX', 400],
    ['default', 400],
  ])('is composed from the schema of %s, with our message', async (key, want) => {
    const { ask } = await mockOf({ parameters: LIMIT, responses: { 204: {}, [key]: content(ERROR) } })
    expect(ask(wrong)).toEqual({
      status: want,
      headers: { 'content-type': 'application/json' },
      body: { code: expect.any(Number), message: MESSAGE },
    })
  })

  it.each<[what: string, media: Json, body: unknown, type?: string]>([
    ['as the example has it', { schema: ERROR, example: { code: 7, message: 'no' } }, { code: 7, message: MESSAGE }],
    ['in an example without a schema', { example: { error: { msg: 'no' } } }, { error: { msg: MESSAGE } }],
    [
      'in an example that breaks its schema',
      { schema: ERROR, example: { message: 'no' } },
      { code: expect.any(Number), message: MESSAGE },
    ],
    [
      'no longer than it may be',
      { schema: { type: 'object', required: ['message'], properties: { message: { type: 'string', maxLength: 11 } } } },
      { message: 'query/limit' },
    ],
    [
      'not where only certain words are right',
      { schema: { type: 'object', required: ['message'], properties: { message: { enum: ['NO'] } } } },
      { message: 'NO' },
    ],
    [
      'beside its status',
      {
        schema: {
          type: 'object',
          properties: {
            error: {
              type: 'object',
              properties: { error_message: { type: 'string' }, statusCode: { type: 'integer' } },
            },
          },
        },
      },
      { error: { error_message: MESSAGE, statusCode: 400 } },
    ],
    ['in an object that may hold anything', { schema: { type: 'object' } }, { message: MESSAGE }],
    [
      'as problem details, where nothing is said',
      {},
      { type: 'about:blank', title: 'Bad Request', status: 400, detail: MESSAGE },
    ],
    [
      'as the problem details that are declared',
      {
        schema: {
          type: 'object',
          required: ['title', 'status', 'trace'],
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            detail: { type: 'string' },
            trace: { const: 7 },
          },
        },
      },
      { type: 'about:blank', title: 'Bad Request', status: 400, detail: MESSAGE, trace: 7 },
      'application/problem+json',
    ],
    ['as a text', { schema: { type: 'string' } }, MESSAGE, 'text/plain'],
    ['as a text, where nothing is said', {}, MESSAGE, 'text/html'],
    ['not in a list of errors without words', { example: [{ code: 1 }, { code: 2 }] }, [{ code: 1 }, { code: 2 }]],
    ['not in an example that is a text', { example: 'No.' }, 'No.', 'text/plain'],
    [
      'in XML',
      { schema: { type: 'object', xml: { name: 'error' }, properties: { message: { type: 'string' } } } },
      `<?xml version="1.0" encoding="UTF-8"?>\n<error><message>${MESSAGE}</message></error>`,
      'application/xml',
    ],
  ])('says what was wrong: %s', async (_, media, body, type = 'application/json') => {
    const { ask } = await mockOf({ parameters: LIMIT, responses: { 204: {}, 400: { content: { [type]: media } } } })
    expect(ask(wrong)).toEqual({ status: 400, headers: { 'content-type': type }, body })
  })

  it('is problem details where its status is not declared', async () => {
    const { ask } = await mockOf({ parameters: LIMIT, responses: { 204: {}, 404: content(ERROR) } })
    expect(ask(wrong)).toEqual({
      status: 400,
      headers: { 'content-type': 'application/problem+json' },
      body: { type: 'about:blank', title: 'Bad Request', status: 400, detail: MESSAGE },
    })
  })

  it('of what never became a call is composed too', async () => {
    const { mock } = await mockOf({ responses: { 204: {}, 413: content(ERROR) } })
    const refusal = { refused: 'body-too-large', message: 'too large' } as const
    const refuseAt = (path: string) => mock.refuse(refusal, { method: 'GET', path }).reply
    expect(refuseAt('/things').body).toEqual({ code: expect.any(Number), message: 'too large' })
    expect(refuseAt('/nowhere').body).toMatchObject({ status: 413, detail: 'too large' })
  })

  it('has no body where its status is declared without one', async () => {
    const { ask } = await mockOf({ parameters: LIMIT, responses: { 204: {}, 400: { description: 'wrong' } } })
    expect(ask(wrong)).toEqual({ status: 400, headers: {} })
  })

  it('is sent in the type that the client takes, and in another rather than in none', async () => {
    const schema = { type: 'string' }
    const declared = { content: { 'application/json': { schema: ERROR }, 'text/plain': { schema } } }
    const { ask } = await mockOf({ parameters: LIMIT, responses: { 204: {}, 400: declared, 406: content(ERROR) } })
    expect(ask({ ...wrong, headers: { accept: 'text/plain' } })).toMatchObject({ body: MESSAGE })
    expect(ask({ ...wrong, headers: { accept: 'image/png' } })).toMatchObject({
      status: 400,
      body: { message: MESSAGE },
    })
  })

  it.each<[order: string, Asked: Asked, programmed?: number]>([
    ['by a header', { headers: { prefer: 'code=404' } }],
    ['in advance', {}, 404],
  ])('that is ordered %s is composed too, with its headers', async (_, asked, programmed) => {
    const declared = { ...content(ERROR), headers: { 'X-Trace': { schema: { const: 'abc' } } } }
    const { mock, ask } = await mockOf({ responses: { 204: {}, 404: declared } })
    if (programmed) mock.failNext({ api: 'things', operationId: 'readThings', status: programmed })
    expect(ask(asked)).toEqual({
      status: 404,
      headers: { 'content-type': 'application/json', 'x-trace': 'abc' },
      body: { code: expect.any(Number), message: programmed ? 'status 404 was programmed' : 'Not Found' },
    })
  })

  it('that is ordered has the example of the document as it is, and the valid one of several', async () => {
    const examples = { bad: { value: { code: 'a' } }, good: { value: { code: 7, message: 'No.' } } }
    const media = { 'application/json': { schema: ERROR, examples } }
    const { mock, ask } = await mockOf({ responses: { 204: {}, 404: { content: media } } })
    const good = { status: 404, body: { code: 7, message: 'No.' } }
    expect(ask({ headers: { prefer: 'code=404' } })).toMatchObject(good)
    expect(ask({ headers: { prefer: 'example=bad' } }).body).toEqual({ code: 'a' })
    mock.failNext({ api: 'things', operationId: 'readThings', status: 404 })
    expect(ask()).toMatchObject(good)
    mock.failNext({ api: 'things', operationId: 'readThings', example: 'good' })
    expect(ask()).toMatchObject(good)
  })

  it.each([429, 503])('of %i says when to come again', async (status) => {
    const { ask } = await mockOf({ responses: { 204: {}, [status]: content(ERROR) } })
    expect(ask({ headers: { prefer: `code=${status}` } }).headers['retry-after']).toBe('1')
  })
})

describe('a challenge', () => {
  const SCHEMES = {
    bearer: { type: 'http', scheme: 'bearer' },
    basic: { type: 'http', scheme: 'Basic' },
    digest: { type: 'http', scheme: 'digest' },
    oauth: { type: 'oauth2', flows: {} },
    key: { type: 'apiKey', in: 'header', name: 'X-Key' },
  }

  it.each<[security: Json, want: string]>([
    [[{ bearer: [] }], 'Bearer realm="Things"'],
    [[{ oauth: [] }, { bearer: [] }], 'Bearer realm="Things"'],
    [[{ basic: [] }], 'Basic realm="Things", charset="UTF-8"'],
    [[{ digest: [] }], 'Digest realm="Things", qop="auth", algorithm=SHA-256, nonce="cm9sbGNhbGw"'],
    [[{ key: [] }], 'ApiKey realm="Things", in="header", name="X-Key"'],
    [[{ bearer: [] }, { basic: [] }], 'Bearer realm="Things", Basic realm="Things", charset="UTF-8"'],
  ])('comes with each 401, declared or not: %j', async (security, want) => {
    const root = { components: { securitySchemes: SCHEMES } }
    for (const responses of [{ 204: {} }, { 204: {}, 401: content(ERROR) }, { 204: {}, default: content(ERROR) }]) {
      const { ask } = await mockOf({ security, responses }, { root })
      expect(ask()).toMatchObject({ status: 401, headers: { 'www-authenticate': want } })
    }
  })

  it('is not needed where a document names 403 alone for who has no credentials', async () => {
    const root = { components: { securitySchemes: SCHEMES } }
    const refused = { security: [{ bearer: [] }], responses: { 204: {}, 403: content(ERROR) } }
    expect((await mockOf(refused, { root })).ask()).toMatchObject({
      status: 403,
      body: { message: expect.any(String) },
    })
    for (const other of ['401', '4XX', 'default']) {
      const both = { ...refused, responses: { ...refused.responses, [other]: content(ERROR) } }
      expect((await mockOf(both, { root })).ask(), other).toMatchObject({ status: 401 })
    }
  })

  it('is the one of the document where it gives an example', async () => {
    const headers = { 'WWW-Authenticate': { schema: { type: 'string' }, example: 'Bearer realm="mine"' } }
    const { ask } = await mockOf({ security: [], responses: { 204: {}, 401: { headers } } })
    expect(ask({ headers: { prefer: 'code=401' } }).headers).toEqual({ 'www-authenticate': 'Bearer realm="mine"' })
  })
})

describe('the media type', () => {
  const pet = { type: 'object', required: ['name'], properties: { name: { const: 'Rex' } } }
  const types = (...names: string[]) => ({
    content: Object.fromEntries(names.map((name) => [name, { schema: pet }])),
  })

  it.each<[accept: string | undefined, type: string, body: unknown]>([
    [undefined, 'application/json', { name: 'Rex' }],
    ['*/*', 'application/json', { name: 'Rex' }],
    ['application/xml, application/json;q=0.9', 'application/xml', expect.stringContaining('<name>Rex</name>')],
    ['text/plain', 'text/plain', '{"name":"Rex"}'],
    ['image/png', 'application/json', { name: 'Rex' }],
  ])('to one that takes %s is %s', async (accept, type, body) => {
    const { ask } = await mockOf({ responses: { 200: types('application/xml', 'text/plain', 'application/json') } })
    expect(ask(accept === undefined ? {} : { headers: { accept } })).toEqual({
      status: 200,
      headers: { 'content-type': type },
      body,
    })
  })

  it('that nobody can have is refused with 406, where that is declared', async () => {
    const { ask, mock } = await mockOf({ responses: { 200: types('application/json'), 406: content(ERROR) } })
    expect(ask({ headers: { accept: 'text/html, application/json;q=0' } })).toMatchObject({
      status: 406,
      body: { message: 'header/accept takes none of application/json' },
    })
    expect(ask({ headers: { accept: 'text/html, */*;q=0.1' } }).status).toBe(200)
    expect(mock.journal.map(({ verdict }) => verdict.rule)).toEqual(['accept', undefined])
  })

  it('of a success that was ordered is sent whatever the client takes', async () => {
    const { ask, mock } = await mockOf({ responses: { 200: types('application/json'), 406: content(ERROR) } })
    mock.failNext({ api: 'things', operationId: 'readThings', status: 200 })
    expect(ask({ headers: { accept: 'text/html' } })).toMatchObject({ status: 200, body: { name: 'Rex' } })
  })

  it.each<[declared: string, schema: Json, type: string, body: unknown]>([
    ['*/*', pet, 'application/json', { name: 'Rex' }],
    ['text/*', { const: 'a', type: 'string' }, 'text/plain', 'a'],
    ['*/*', { type: 'string', format: 'binary' }, 'application/octet-stream', expect.any(Uint8Array)],
    ['*/*', { contentMediaType: 'image/png' }, 'application/octet-stream', expect.any(Uint8Array)],
    ['text/*', { type: 'string', contentMediaType: 'application/json', const: '{}' }, 'text/plain', '{}'],
    ['image/*', {}, 'image/png', expect.any(Uint8Array)],
    ['application/json; version=2', pet, 'application/json; version=2', { name: 'Rex' }],
    ['application/x-www-form-urlencoded', pet, 'application/x-www-form-urlencoded', 'name=Rex'],
  ])('%s is no range when it is sent', async (declared, schema, type, body) => {
    const { ask } = await mockOf({ responses: { 200: content(schema, declared) } })
    expect(ask()).toEqual({ status: 200, headers: { 'content-type': type }, body })
  })

  it('of an example shows nothing that is only written, also where it is asked for by name', async () => {
    const schema = { type: 'object', properties: { a: { type: 'integer' }, pin: { type: 'string', writeOnly: true } } }
    const examples = { one: { value: { a: 1, pin: '1234' } } }
    const { ask } = await mockOf({ responses: { 200: { content: { 'application/json': { schema, examples } } } } })
    expect([ask().body, ask({ headers: { prefer: 'example=one' } }).body]).toEqual([{ a: 1 }, { a: 1 }])
  })

  it('of bytes has the example of the document, where it gives one', async () => {
    const media = { schema: { type: 'string', format: 'binary' }, example: 'R0lGODlh' }
    const { ask } = await mockOf({ responses: { 200: { content: { 'image/gif': media } } } })
    expect(ask()).toEqual({ status: 200, headers: { 'content-type': 'image/gif' }, body: 'R0lGODlh' })
  })

  it('of a stream holds several of its items', async () => {
    const media = { itemSchema: { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } } }
    const { ask } = await mockOf({ responses: { 200: { content: { 'application/jsonl': media } } } })
    expect(ask().body).toMatch(/^(?:\{"n":\d+\}\n){2,}$/)
  })

  it('of the example that is asked for by name is its own', async () => {
    const media = {
      'application/json': { examples: { a: { value: 1 }, c: { value: 2 } } },
      'text/csv': { examples: { b: { value: 'x,y' } } },
    }
    const { ask, mock } = await mockOf({ responses: { 200: { content: media } } })
    expect(ask({ headers: { prefer: 'example=b' } })).toEqual({
      status: 200,
      headers: { 'content-type': 'text/csv' },
      body: 'x,y',
    })
    expect(ask({ headers: { prefer: 'example=a', accept: 'text/csv' } }).body).toBe(1)
    mock.failNext({ api: 'things', operationId: 'readThings', example: 'c' })
    expect(ask().body).toBe(2)
  })
})

describe('the status', () => {
  const OOPS = { content: { 'application/json': { schema: { type: 'object', required: ['oops'] } } } }

  it.each<[responses: Json, want: number]>([
    [{ 302: {} }, 302],
    [{ '3XX': {} }, 302],
    [{ 304: {} }, 304],
    [{ 302: {}, 201: {} }, 201],
    [{ '2XX': {} }, 200],
    [{ default: {} }, 200],
    [{ 410: {} }, 410],
    [{ 501: {}, default: {} }, 200],
    // How requests fail that are wrong says nothing of those that are right.
    [{ 400: {}, 404: {} }, 204],
    [{ '4XX': {}, 500: {} }, 204],
    [{ 401: OOPS, default: OOPS }, 204],
    [{ 401: OOPS, 410: OOPS, default: OOPS }, 410],
    [{ 401: OOPS, 410: OOPS, default: { content: { 'application/json': { schema: { type: 'string' } } } } }, 200],
  ])('of a valid request, of what is declared as %j, is %i', async (responses, want) => {
    expect((await mockOf({ responses })).ask().status).toBe(want)
  })

  it.each([undefined, {}])('is a success without a body where no response is declared: %j', async (responses) => {
    const { status, ...rest } = (await mockOf({ responses })).ask()
    expect([[200, 204].includes(status), rest]).toEqual([true, { headers: {} }])
  })

  it('comes with {} where JSON is declared and nothing is said of it', async () => {
    const { ask } = await mockOf({ responses: { 200: { content: { 'application/json': {} } } } })
    expect(ask()).toEqual({ status: 200, headers: { 'content-type': 'application/json' }, body: {} })
  })
})

describe('what the document is wrong about', () => {
  const impossible = { type: 'integer', minimum: 2, maximum: 1 }

  it('is told once, and the rest is sent', async () => {
    const { ask, told } = await mockOf({ responses: { 200: content(impossible) } })
    expect([ask(), ask()]).toEqual([
      { status: 200, headers: {} },
      { status: 200, headers: {} },
    ])
    expect(told).toEqual([expect.stringMatching(/^rollcall: readThings 200 application\/json allows no value/)])
  })

  it('of one media type leaves the others', async () => {
    const declared = {
      content: { 'application/json': { schema: impossible }, 'text/plain': { schema: { const: 'a', type: 'string' } } },
    }
    const { ask } = await mockOf({ responses: { 200: declared } })
    expect(ask()).toMatchObject({ status: 200, headers: { 'content-type': 'text/plain' }, body: 'a' })
  })

  it('is nothing that another operation suffers from, or the start', async () => {
    const { mock } = await mockOf(
      { responses: { 200: content({ type: 'no-type' }) } },
      { item: { delete: { responses: { 204: {} } } } },
    )
    expect(mock.answer({ method: 'DELETE', path: '/things' }).status).toBe(204)
  })
})

describe('a behaviour of your own', () => {
  const schema = { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } }
  const headers = { 'X-Total': { schema: { type: 'integer' }, example: 7 } }
  const responses = { 200: { headers, content: { 'application/xml': { schema }, 'application/json': { schema } } } }
  const TOTAL = { 'x-total': '7' }

  it('replies in the type that the client takes, with what the document adds', async () => {
    const behave = () => ({ status: 200, body: { n: 1 } })
    const { ask } = await mockOf({ responses }, { behave })
    expect(ask()).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json', ...TOTAL },
      body: { n: 1 },
    })
    expect(ask({ headers: { accept: 'application/xml' } }).body).toContain('<n>1</n>')
  })

  it('has no type where it has no body', async () => {
    const behave = () => ({ status: 204, headers: { 'content-type': 'text/plain', 'x-own': '1' } })
    const { ask } = await mockOf({ responses: { 204: {} } }, { behave })
    expect(ask()).toEqual({ status: 204, headers: { 'x-own': '1' } })
  })

  it('may leave the body to the document', async () => {
    const { ask } = await mockOf({ responses }, { behave: () => ({ status: 200 }) })
    expect(ask()).toMatchObject({ status: 200, body: { n: expect.any(Number) } })
  })

  it('may name the type, and write it', async () => {
    const behave = () => ({ status: 200, body: '<n/>', headers: { 'content-type': 'application/xml; charset=utf-8' } })
    const { ask } = await mockOf({ responses }, { behave })
    const sent = { 'content-type': 'application/xml; charset=utf-8', ...TOTAL }
    expect(ask()).toEqual({ status: 200, headers: sent, body: '<n/>' })
  })

  it.each<[what: string, reply: Exclude<Decision, Refusal>, message: RegExp]>([
    [
      'a body that breaks the document',
      { status: 200, body: { n: 'a' } },
      /readThings failed: it answers 200, but \/n must be integer; nothing was changed$/,
    ],
    [
      'a header that breaks the document',
      { status: 200, body: { n: 1 }, headers: { 'x-total': 'many' } },
      /readThings failed: it answers 200, but the header X-Total must be integer; nothing was changed$/,
    ],
    [
      'a type that is not declared',
      { status: 200, body: 'n', headers: { 'content-type': 'text/csv' } },
      /readThings failed: it answers 200 as text\/csv, which it does not declare; nothing was changed$/,
    ],
    [
      'a status that is not declared',
      { status: 201, body: {} },
      /readThings failed: it answers 201, which it does not declare; nothing was changed$/,
    ],
  ])('is held to the document: %s is refused with 500', async (_, reply, message) => {
    const { mock, ask } = await mockOf({ responses }, { behave: () => reply })
    expect(ask().status).toBe(500)
    expect(mock.journal[0]?.verdict).toMatchObject({ reason: 'broken-reply', message: expect.stringMatching(message) })
  })
})
