import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DocumentError } from '../documents/read/read-document.ts'
import { createMock } from './create-mock.ts'
import type { Call, Operation, Refusal, Reply, Turn } from './engine/vocabulary.ts'
import { readApi } from './read-api.ts'
import { fromExamples } from './replies/from-examples.ts'

const FILE = join(import.meta.dirname, '../contract-tests/fixtures/orders.yaml')
// What is remembered is told in mocks/resources.
const api = await readApi(FILE, { stateless: true })
const mock = createMock({ apis: [api] })

const ORDER = {
  customer: 'Zoë',
  wantedOn: '2026-02-14',
  lines: [{ article: 7, quantity: 2, price: 19.99, notes: [['gift'], []] }],
  payment: { kind: 'card', last4: '4242' },
}
const [LINE] = ORDER.lines
const headers = { 'x-api-key': 'k' }
const place = (body: unknown): Call => ({ method: 'POST', path: '/v2/orders', headers, body })
const list = (query: Call['query']): Call => ({ method: 'GET', path: '/v2/orders', headers, ...(query && { query }) })

describe('readApi', () => {
  it('takes its name from the file and everything else from the document', () => {
    const { name, title, version, servers } = api
    expect({ name, title, version, servers }).toEqual({
      name: 'orders',
      title: 'Orders of a small shop',
      version: '1.2.0',
      servers: ['https://shop.example.net/v2'],
    })
    const ids = ['placeOrder', 'listOrders', 'cancelOrder', 'listParcels', 'getStockByArticle']
    expect(api.operations.map(({ id }) => id).sort()).toEqual(ids.sort())
    expect(Object.keys(api.behaviours.operations).sort()).toEqual(ids)
  })

  it('refuses a file that is no document', async () => {
    await expect(readApi('nobody.yaml')).rejects.toBeInstanceOf(DocumentError)
  })

  it('takes a document that names things and says nothing of them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'read-api-'))
    const file = join(folder, 'bare.yaml')
    await writeFile(
      file,
      `openapi: 3.1.0
info: { title: Bare, version: '1' }
tags:
paths:
  /nothing:
  /notes:
    parameters:
    get:
      responses: { 200: null }
    post:
      requestBody: { content: { application/json: { schema: { type: object, properties: { note: } } } } }
      responses: { 201: { headers: { Location: }, content: { application/json: } }, default: }
    put:
  /notes/{id}:
    parameters: [{ name: id, in: path, required: true, schema: }]
    delete: { responses: { 204: } }
components:
`,
    )
    const bare = createMock({ apis: [await readApi(file)] })
    const statusOf = (method: string, path: string, body?: unknown) =>
      bare.answer({ method, path, headers: {}, ...(body !== undefined && { body }) }).status
    expect(statusOf('GET', '/notes')).toBe(200)
    expect(statusOf('POST', '/notes', { note: 7 })).toBe(201)
    expect(statusOf('DELETE', '/notes/7')).toBe(204)
    await rm(folder, { recursive: true })
  })
})

it('readApi says what is wrong in a document, where, and what else is found when it is looked for', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'read-api-'))
  const file = join(folder, 'wrong.yaml')
  await writeFile(
    file,
    `openapi: 3.1.0
info: { title: Wrong, version: '1' }
paths:
  /a:
    get:
      operationId: a
      responses: { 200: { description: A, content: { application/json: { schema: { type: string }, example: 1 } } }, 2000: {} }`,
  )
  const { diagnostics = [], inspect, findPlace } = await readApi(file)
  expect(diagnostics).toMatchObject([{ rule: 'status-unsendable', instead: 'it is left out' }])
  expect(findPlace?.(diagnostics[0]?.pointer ?? '')).toMatchObject({ file, line: 7, column: 118 })
  expect([...(inspect?.() ?? [])].filter(Boolean)).toMatchObject([{ rule: 'example-invalid' }])
  await rm(folder, { recursive: true })
})

describe('the mock of a document that nobody wrote behaviours for', () => {
  it.each<[given: string, call: Call, status: number]>([
    ['an order', place(ORDER), 201],
    ['the other branch of oneOf', place({ ...ORDER, payment: { kind: 'invoice', dueInDays: 30 } }), 201],
    ['a page of orders', list({ placedFrom: '2026-01-31', state: 'open,sent', limit: '100' }), 200],
    ['a list without parameters', list(undefined), 200],
    ['a cancellation', { method: 'DELETE', path: '/v2/orders/1001', headers }, 204],
    ['parcels inside parcels', { method: 'GET', path: '/v2/orders/1001/parcels', headers }, 200],
    ['an operation open to all', { method: 'GET', path: '/v2/stock/7' }, 200],
  ])('answers %s', (_, call, status) => {
    const { body, ...reply } = mock.answer(call)
    expect({ body, status: reply.status }).toEqual({ body, status })
    const operation = api.operations.find(({ id }) => id === mock.serve(call).operationId)
    const validate = api.validators[operation?.id as string]?.replies[status]
    if (status === 204) expect(body).toBeUndefined()
    else expect(validate?.(body), JSON.stringify([body, validate?.errors])).toBe(true)
  })

  it('replies with the first example of the document', () => {
    expect(mock.answer(place(ORDER)).body).toMatchObject({ id: 1001, state: 'open', customer: 'Zoë' })
  })

  it('composes a reply where the document has no example', () => {
    const { orders, total } = mock.answer(list(undefined)).body as { orders: unknown[]; total: number }
    expect(orders[0]).toMatchObject({ id: expect.any(Number), state: 'open', payment: { kind: expect.any(String) } })
    expect(total).toBeGreaterThanOrEqual(0)
    expect(mock.answer({ method: 'GET', path: '/v2/orders/1001/parcels', headers }).body).toContainEqual(
      expect.objectContaining({ code: expect.stringMatching(/^.{12,}$/) }),
    )
    expect(mock.answer({ method: 'GET', path: '/v2/stock/7' }).body).toMatchObject({ value: 'open' })
  })

  it('composes a valid reply for every success of every operation', () => {
    let seen = 0
    for (const operation of api.operations) {
      for (const status of Object.keys(operation.replies).filter((key) => key.startsWith('2'))) {
        const validate = api.validators[operation.id]?.replies[status]
        if (!validate) continue
        const setting = { checksReplies: true, warn: () => {} }
        const call = { method: operation.method, path: operation.path }
        const reply = api.represent?.(operation, call, { status: Number(status) }, setting) as Reply
        expect(validate(reply.body), `${operation.id} ${status}`).toBe(true)
        seen++
      }
    }
    expect(seen).toBe(4)
  })

  it('keeps nothing', () => {
    mock.answer(place(ORDER))
    const tenants = Object.values(mock.snapshot().apis).flatMap((tenantsOfApi) => Object.values(tenantsOfApi))
    expect(tenants.flatMap(({ users }) => users)).toEqual([])
  })

  it.each<[given: string, call: Call, detail: string]>([
    ['a missing member', place({ ...ORDER, payment: undefined }), `body must have required property 'payment'`],
    ['an empty list', place({ ...ORDER, lines: [] }), '/lines must NOT have fewer than 1 items'],
    ['exclusiveMinimum', place({ ...ORDER, lines: [{ ...LINE, price: 0 }] }), '/lines/0/price must be > 0'],
    ['multipleOf', place({ ...ORDER, lines: [{ ...LINE, price: 1.005 }] }), '/lines/0/price must be multiple of 0.01'],
    [
      'a nested array',
      place({ ...ORDER, lines: [{ ...LINE, notes: [['']] }] }),
      '/lines/0/notes/0/0 must NOT have fewer than 1 characters',
    ],
    ['a date', place({ ...ORDER, wantedOn: '2026-02-30' }), '/wantedOn must match format "date"'],
    ['a pattern with u', place({ ...ORDER, customer: 'zoë' }), '/customer must match pattern "^\\p{Lu}\\p{L}*$"'],
    [
      'a branch of oneOf',
      place({ ...ORDER, payment: { kind: 'card', last4: '42' } }),
      '/payment/last4 must match pattern "^[0-9]{4}$"',
    ],
    [
      'a foreign member',
      place({ ...ORDER, lines: [{ ...LINE, colour: 'red' }] }),
      '/lines/0 must not have a property colour',
    ],
    ['a query parameter', list({ limit: '0' }), 'query/limit must be >= 1'],
    ['a word for a number', list({ limit: 'ten' }), 'query/limit must be integer'],
    ['a list in the query', list({ state: 'open,lost' }), 'query/state/1 must be one of open, sent, cancelled'],
    ['a path parameter', { method: 'DELETE', path: '/v2/orders/999', headers }, 'path/orderId must be >= 1000'],
    [
      'a header parameter',
      { ...place(ORDER), headers: { ...headers, 'idempotency-key': 'short' } },
      'header/Idempotency-Key must match pattern "^[a-z0-9-]{8,36}$"',
    ],
    [
      'broken JSON',
      { method: 'POST', path: '/v2/orders', headers: { ...headers, 'content-type': 'application/json' }, text: '{' },
      'body is not valid JSON at position 1',
    ],
  ])('refuses with the declared 422, its example and our message: %s', (_, call, detail) => {
    expect(mock.answer(call)).toEqual({
      status: 422,
      headers: { 'content-type': 'application/json' },
      body: { trace: null, errors: [{ code: 'out_of_stock', detail }] },
    })
  })

  it.each<[given: string, sent: Record<string, string>, detail: string]>([
    ['no key', {}, 'send the header X-Api-Key'],
    ['a wrong key, as 403 is not declared', { 'x-api-key': 'invalid' }, 'this credential is not let in'],
  ])('refuses %s with the declared 401', (_, sent, detail) => {
    const { status, body } = mock.answer({ ...place(ORDER), headers: sent })
    expect({ status, body }).toEqual({ status: 401, body: { trace: null, errors: [{ code: 'no_key', detail }] } })
  })

  it('refuses in the shape of the range, 4XX, where no status is declared', () => {
    expect(mock.answer({ method: 'GET', path: '/v2/stock/0' })).toEqual({
      status: 400,
      headers: { 'content-type': 'application/problem+json' },
      body: { title: 'Unknown article', status: 400, detail: 'path/article must be >= 1' },
    })
  })

  it('refuses with problem details where the document declares nothing', () => {
    expect(mock.answer({ method: 'GET', path: '/v2/nobody' })).toEqual({
      status: 404,
      headers: { 'content-type': 'application/problem+json' },
      body: { type: 'about:blank', title: 'Not Found', status: 404, detail: 'no operation answers GET /v2/nobody' },
    })
  })
})

it.each<[type: string, example: unknown, want: string]>([
  ['*/*', { a: 1 }, 'application/json'],
  ['*/*', 'a', 'text/plain'],
  ['text/csv', 'a', 'text/csv'],
])('an example in %s, %j, is sent as %s', (type, example, want) => {
  const operation = { id: 'a', replies: { 200: { mediaTypes: [type] } } } as unknown as Operation
  const { operations } = fromExamples([operation], { a: { replies: { 200: { one: example } } } }, {})
  expect(operations['a']?.({} as Turn)).toEqual({ status: 200, body: example, headers: { 'content-type': want } })
})

describe('problem details', () => {
  const api = fromExamples([], {}, {})

  it.each([
    [400, 'Bad Request'],
    [401, 'Unauthorized'],
    [403, 'Forbidden'],
    [404, 'Not Found'],
    [405, 'Method Not Allowed'],
    [409, 'Conflict'],
    [412, 'Precondition Failed'],
    [413, 'Content Too Large'],
    [415, 'Unsupported Media Type'],
    [422, 'Unprocessable Content'],
    [429, 'Too Many Requests'],
    [500, 'Internal Server Error'],
    // What a document's own failures have is theirs to name.
    [423, 'failure'],
  ])('of a status that nothing declares, %i, are called %s', (status, title) => {
    expect(api.refuse({ refused: 'failure', message: 'ours' }, status)).toEqual({
      status,
      body: { type: 'about:blank', title, status, detail: 'ours' },
      headers: { 'content-type': 'application/problem+json' },
    })
  })

  it('have the status that they are sent with, unless their schema allows another alone', () => {
    const operation = {
      id: 'a',
      replies: { '4XX': { mediaTypes: ['application/problem+json'] } },
    } as unknown as Operation
    const examples = { a: { replies: { '4XX': { one: { status: 418, detail: 'No.' } } } } }
    const bodyWhere = (isRight: (body: { status: number }) => boolean) => {
      const validators = { a: { replies: { '4XX': isRight as (body: unknown) => boolean } } }
      return fromExamples([operation], examples, validators).refuse(
        { refused: 'invalid', message: 'ours' },
        400,
        operation,
      ).body
    }
    expect(bodyWhere(() => true)).toEqual({ status: 400, detail: 'ours' })
    expect(bodyWhere(({ status }) => status === 418)).toEqual({ status: 418, detail: 'ours' })
  })
})

describe('a refusal without a status of its own', () => {
  const refusal = { refused: 'invalid', message: 'ours' } as const

  it.each<[given: string, replies: Record<string, unknown>, want: { status: number; body: unknown }]>([
    [
      'the declared status before all',
      { 200: 1, 400: { message: 'a' }, '4XX': { message: 'b' } },
      { status: 400, body: { message: 'ours' } },
    ],
    [
      '422 before the range',
      { 200: 1, 422: { message: 'a' }, '4XX': { detail: 'b' } },
      { status: 422, body: { message: 'ours' } },
    ],
    [
      'the range before default',
      { 200: 1, '4XX': { message: 'a' }, default: { detail: 'b' } },
      { status: 400, body: { message: 'ours' } },
    ],
    [
      'default, where something else is the success',
      { 200: 1, default: { detail: 'b' } },
      { status: 400, body: { detail: 'ours' } },
    ],
    [
      'default, where it is the success as well',
      { default: { detail: 'b' } },
      { status: 400, body: { detail: 'ours' } },
    ],
    [
      'a message deep inside',
      { 200: 1, 400: { id: null, meta: { at: 1 }, error: { message: 'a', code: 7 } } },
      { status: 400, body: { id: null, meta: { at: 1 }, error: { message: 'ours', code: 7 } } },
    ],
    [
      'a list of errors, of which ours is the only one',
      { 200: 1, 400: [{ message: 'a' }, { message: 'b' }] },
      { status: 400, body: [{ message: 'ours' }] },
    ],
    [
      'an example without a message, as it is',
      { 200: 1, 400: { code: 7, fields: ['a'] } },
      { status: 400, body: { code: 7, fields: ['a'] } },
    ],
    ['an example that is a text, as it is', { 200: 1, 400: 'no' }, { status: 400, body: 'no' }],
  ])('takes %s', (_, replies, want) => {
    const operation = {
      id: 'a',
      replies: Object.fromEntries(Object.keys(replies).map((key) => [key, { mediaTypes: ['application/json'] }])),
    } as unknown as Operation
    const examples = Object.fromEntries(Object.entries(replies).map(([key, value]) => [key, { one: value }]))
    const { status, body } = fromExamples([operation], { a: { replies: examples } }, {}).refuse(refusal, 400, operation)
    expect({ status, body }).toEqual(want)
  })

  it('takes the example as it is where our message would break its schema', () => {
    const operation = { id: 'a', replies: { 400: { mediaTypes: ['application/json'] } } } as unknown as Operation
    const examples = { a: { replies: { 400: { one: { message: 'No.' } } } } }
    const bodyWhere = (isRight: (body: { message: string }) => boolean) => {
      const validators = { a: { replies: { 400: isRight as (body: unknown) => boolean } } }
      return fromExamples([operation], examples, validators).refuse(refusal, 400, operation).body
    }
    expect(bodyWhere(({ message }) => message === 'No.')).toEqual({ message: 'No.' })
    expect(bodyWhere(() => true)).toEqual({ message: 'ours' })
  })

  it('shows a business failure where the document says, and leaves what is called a code alone where it says nothing', () => {
    const told = (failure: object) => {
      const operation = { id: 'a', replies: { 409: { mediaTypes: ['application/json'] } }, failures: [failure] }
      const examples = { a: { replies: { 409: { one: { code: 'E1', message: 'No.' } } } } }
      const taken: Refusal = { refused: 'failure', message: 'Taken', rule: 'taken' }
      return fromExamples([operation as unknown as Operation], examples, {}).refuse(taken, 409, operation as never).body
    }
    expect(told({ id: 'taken', at: '/code' })).toEqual({ code: 'taken', message: 'Taken' })
    expect(told({ id: 'taken', at: '409' })).toEqual({ code: 'E1', message: 'Taken' })
  })
})
