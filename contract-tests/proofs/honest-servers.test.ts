/**
 * Faults found on servers that tell no lie, each as small as it gets. Every test says what should be and is expected to
 * fail (`it.fails`): it turns red when the fault is mended, and becomes a plain `it` then.
 */
import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { buildContract } from '../../documents/contract/build-contract.ts'
import type { Json } from '../../documents/read/read-document.ts'
import { createSend } from '../suite/send-http.ts'
import { type VerifyOptions, verify } from '../suite/verify.ts'

/** What a run believes to be far away: the stricter rules hold. */
const FAR = 'http://staging.example.test'

interface Question {
  readonly method: string
  /** The path's segments. */
  readonly parts: readonly string[]
  readonly query: URLSearchParams
  /** Undefined where there is none, or none that is JSON. */
  readonly body: Json
}
type Answer = readonly [status: number, body?: Json, headers?: Readonly<Record<string, string>>]
type Answering = (question: Question) => Answer | Promise<Answer>

async function tryOn(
  paths: Json,
  answer: Answering,
  options: Partial<VerifyOptions> = {},
): Promise<Awaited<ReturnType<typeof verify>> & { heard: string[] }> {
  const heard: string[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { pathname, searchParams } = new URL(request.url as string, 'http://localhost')
    let body: Json
    try {
      body = JSON.parse(Buffer.concat(chunks).toString())
    } catch {}
    const method = request.method as string
    heard.push(`${method} ${request.url} ${JSON.stringify(body)}`)
    const parts = pathname.slice(1).split('/').map(decodeURIComponent)
    const [status, json, headers = {}] = await answer({ method, parts, query: searchParams, body })
    const text = json === undefined ? '' : JSON.stringify(json)
    response.writeHead(status, { ...(text && { 'content-type': 'application/json' }), ...headers })
    response.end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const { port } = server.address() as { port: number }
    const document = buildContract({ openapi: '3.1.0', info: { title: 'honest', version: '1' }, paths })
    const send = createSend({ url: `http://127.0.0.1:${port}`, token: 'good' })
    const result = await verify({ document, name: 'honest', seed: 'honest', send, url: FAR, settling: 0, ...options })
    return { ...result, heard }
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

const content = (schema: Json) => ({ content: { 'application/json': { schema } } })
const responses = (status: number, schema?: Json, links?: Json): Json => ({
  [status]: { description: 'done', ...(schema && content(schema)), ...(links && { links }) },
  ...Object.fromEntries([400, 404, 422, 503].map((code) => [code, { description: 'not done' }])),
})
const takes = (schema: Json) => ({ requestBody: { required: true, ...content(schema) } })
const inPath = (name: string, schema: Json = { type: 'integer' }, example?: Json) => ({
  ...{ name, in: 'path', required: true, schema },
  ...(example !== undefined && { example }),
})
const inQuery = (name: string, schema: Json) => ({ name, in: 'query', schema })
const objectOf = (required: string[], properties: Json): Json => ({
  ...{ type: 'object', additionalProperties: false, required, properties },
})
const RECORD = { type: 'object', properties: { id: { type: 'integer' }, name: { type: 'string' } } }
const RECORDS = { type: 'array', items: RECORD }
const NAMED = objectOf(['name'], { name: { type: 'string', minLength: 3, maxLength: 40 } })

type Row = Record<string, Json>
const strangers = (count = 20, more: (id: number) => Row = (id) => ({ name: `Stranger ${id}` })) =>
  new Map<number, Row>(Array.from({ length: count }, (_, at) => [at + 1, { id: at + 1, ...more(at + 1) }]))
const textsOf = (rows: ReadonlyMap<unknown, Row>) =>
  Object.fromEntries([...rows].map(([id, row]) => [String(id), JSON.stringify(row)]))
const isRow = (body: Json, ...names: string[]) => names.every((name) => body?.[name] !== undefined)

/** A reading or a removal of one row, and a list of all of them. */
function serveRows(rows: Map<number, Row>, { method, parts: [, id] }: Question): Answer {
  if (id === undefined) return method === 'GET' ? [200, [...rows.values()]] : [404, {}]
  const row = rows.get(Number(id))
  if (!row) return [404, {}]
  if (method === 'DELETE') rows.delete(Number(id))
  return method === 'DELETE' ? [204] : [200, row]
}
const itemOf = (parameter: Json, more: Json = {}) => ({
  ...{ parameters: [parameter] },
  get: { operationId: 'getOne', responses: responses(200, RECORD) },
  delete: { operationId: 'deleteOne', responses: responses(204) },
  ...more,
})

describe('no stranger is harmed by', () => {
  it('a POST that puts what has the id in its body, as Swagger’s Petstore does', async () => {
    const pets = strangers(1000)
    const before = textsOf(pets)
    const pet = { type: 'object', required: ['name'], properties: RECORD.properties }
    const paths = {
      '/pet': { post: { operationId: 'addPet', ...takes(pet), responses: responses(200, RECORD) } },
      '/pet/{petId}': itemOf(inPath('petId')),
    }
    await tryOn(paths, (question) => {
      const { method, parts, body } = question
      if (method !== 'POST' || parts.length > 1) return serveRows(pets, question)
      if (typeof body?.name !== 'string' || !Number.isInteger(body.id ?? 1)) return [400, {}]
      const row = { id: 100_000 + pets.size, ...body }
      pets.set(row.id, row)
      return [200, row]
    })
    expect(textsOf(pets)).toMatchObject(before)
  })

  it('the same where the run has read a list that shows the id', async () => {
    const pets = strangers(1000)
    const before = textsOf(pets)
    const pet = { type: 'object', required: ['name'], properties: RECORD.properties }
    const paths = {
      '/pet': {
        get: { operationId: 'listPets', responses: responses(200, RECORDS) },
        post: { operationId: 'addPet', ...takes(pet), responses: responses(200, RECORD) },
      },
      '/pet/{petId}': itemOf(inPath('petId')),
    }
    await tryOn(paths, (question) => {
      const { method, parts, body } = question
      if (method !== 'POST' || parts.length > 1) return serveRows(pets, question)
      if (typeof body?.name !== 'string' || !Number.isInteger(body.id ?? 1)) return [400, {}]
      const row = { id: 100_000 + pets.size, ...body }
      pets.set(row.id, row)
      return [200, row]
    })
    expect(textsOf(pets)).toMatchObject(before)
  })

  it('a POST that sets one of few settings', async () => {
    const settings = new Map<string, Row>(['theme-of-pages', 'page-size'].map((key) => [key, { key, value: 'theirs' }]))
    const before = textsOf(settings)
    const setting = objectOf(['key', 'value'], {
      key: { type: 'string', enum: [...settings.keys()] },
      value: { type: 'string', minLength: 1, maxLength: 60 },
    })
    const paths = {
      '/settings': { post: { operationId: 'setSetting', ...takes(setting), responses: responses(200, setting) } },
      '/settings/{key}': itemOf(inPath('key', { type: 'string' })),
    }
    await tryOn(paths, ({ method, parts: [, key], body }) => {
      if (key === undefined) {
        if (!settings.has(body?.key) || typeof body.value !== 'string') return [400, {}]
        settings.set(body.key, body)
        return [200, body]
      }
      const row = settings.get(key)
      if (row && method === 'DELETE') settings.delete(key)
      return row ? [method === 'DELETE' ? 204 : 200, method === 'DELETE' ? undefined : row] : [404, {}]
    })
    expect(textsOf(settings)).toEqual(before)
  })

  it('a POST that looks somebody up, with a link to the removal of who was found', async () => {
    const users = strangers(20, (id) => ({ department: id % 2 ? 'engineering' : 'operations' }))
    const before = textsOf(users)
    const question = objectOf(['department'], { department: { type: 'string', enum: ['engineering', 'operations'] } })
    const to = (operationId: string) => ({ operationId, parameters: { userId: '$response.body#/id' } })
    const links = { read: to('getOne'), remove: to('deleteOne') }
    const paths = {
      '/users/lookup': {
        post: { operationId: 'lookUp', ...takes(question), responses: responses(200, RECORD, links) },
      },
      '/users/{userId}': itemOf(inPath('userId')),
    }
    await tryOn(paths, (asked) => {
      if (asked.parts[1] !== 'lookup') return serveRows(users, asked)
      const found = [...users.values()].find(({ department }) => department === asked.body?.department)
      return found ? [200, found] : [400, {}]
    })
    expect(textsOf(users)).toEqual(before)
  })

  it('an action on an item, with a link to the removal of the item', async () => {
    const pets = strangers()
    const before = textsOf(pets)
    const links = { remove: { operationId: 'deleteOne', parameters: { petId: '$response.body#/id' } } }
    const petId = inPath('petId', { type: 'integer' }, 3)
    const paths = {
      '/pets/{petId}': itemOf(petId),
      '/pets/{petId}/rename': {
        post: {
          ...{ operationId: 'rename', parameters: [petId], ...takes(NAMED) },
          responses: responses(200, RECORD, links),
        },
      },
    }
    await tryOn(paths, (question) => {
      const row = pets.get(Number(question.parts[1]))
      if (question.parts[2] !== 'rename' || !row) return serveRows(pets, question)
      if (typeof question.body?.name !== 'string') return [400, {}]
      row['name'] = question.body.name
      return [200, row]
    })
    expect(textsOf(pets)).toEqual(before)
  })

  it('a POST that gives what is there already, beside a list that shows the first ten and says nothing of more', async () => {
    const carts = strangers(20, (id) => ({ owner: `user ${id}` }))
    const before = textsOf(carts)
    const paths = {
      '/carts': {
        get: { operationId: 'listCarts', responses: responses(200, RECORDS) },
        post: { operationId: 'openCart', responses: responses(201, RECORD) },
      },
      '/carts/{cartId}': itemOf(inPath('cartId')),
    }
    await tryOn(paths, (question) => {
      const { method, parts } = question
      if (parts[1] !== undefined) return serveRows(carts, question)
      return method === 'GET' ? [200, [...carts.values()].slice(0, 10)] : [201, carts.get(15) ?? {}]
    })
    expect(textsOf(carts)).toEqual(before)
  })

  it('a sweep for rows whose values everybody sends', async () => {
    const watchers = strangers(20, () => ({ event: 'order.paid' }))
    const watcher = objectOf(['event'], { event: { type: 'string', enum: ['order.created'] } })
    const paths = {
      '/watchers': {
        get: { operationId: 'listWatchers', responses: responses(200, RECORDS) },
        post: { operationId: 'watch', ...takes(watcher), responses: responses(201, RECORD) },
      },
      '/watchers/{watcherId}': itemOf(inPath('watcherId')),
    }
    let last = 20
    await tryOn(paths, (question) => {
      const { method, parts, body } = question
      if (method !== 'POST' || parts.length > 1) return serveRows(watchers, question)
      if (body?.event !== 'order.created') return [400, {}]
      const make = (by: string) => {
        const row = { id: ++last, event: body.event, by }
        watchers.set(last, row)
        return row
      }
      const made = make('run')
      if (last === 21) make('a colleague')
      return [201, made]
    })
    expect([...watchers.values()].filter(({ by }) => by === 'a colleague')).toHaveLength(1)
  })

  it('an id that something of another collection had', async () => {
    const orgs = strangers()
    const widgets = strangers(40)
    const before = textsOf(widgets)
    const paths = {
      '/orgs': { post: { operationId: 'createOrg', ...takes(NAMED), responses: responses(201, RECORD) } },
      '/orgs/{orgId}': itemOf(inPath('orgId')),
      '/widgets/{widgetId}': {
        delete: {
          operationId: 'deleteWidget',
          parameters: [inPath('widgetId', { type: 'integer' }, 21), inQuery('force', { type: 'boolean' })],
          responses: responses(204),
        },
      },
    }
    await tryOn(paths, (question) => {
      const { method, parts, body } = question
      if (parts[0] === 'widgets') return serveRows(widgets, question)
      if (method !== 'POST') return serveRows(orgs, question)
      if (typeof body?.name !== 'string') return [400, {}]
      const row = { id: Math.max(...orgs.keys()) + 1, name: body.name }
      orgs.set(row.id, row)
      return [201, row]
    })
    expect(textsOf(widgets)).toEqual(before)
  })

  it('an id that was given again after a case deleted what had it', async () => {
    const orders = strangers(20, (id) => ({ product: id, quantity: 1 }))
    const integer = { type: 'integer', minimum: 1, maximum: 1000 }
    const order = objectOf(['product', 'quantity'], { product: integer, quantity: integer })
    const paths = {
      '/orders': {
        get: { operationId: 'listOrders', responses: responses(200, RECORDS) },
        post: { operationId: 'createOrder', ...takes(order), responses: responses(201, RECORD) },
      },
      '/orders/{orderId}': itemOf(inPath('orderId'), {
        delete: {
          operationId: 'deleteOne',
          parameters: [inQuery('restock', { type: 'boolean' })],
          responses: responses(204),
        },
      }),
    }
    const colleagues: Row[] = []
    const insert = (row: Row) => {
      const id = [...Array(1000).keys()].find((one) => one > 0 && !orders.has(one)) as number
      orders.set(id, { id, ...row })
      return orders.get(id) as Row
    }
    await tryOn(
      paths,
      (question) => {
        const { method, parts, query, body } = question
        if (method === 'POST' && parts.length === 1)
          return isRow(body, 'product', 'quantity') ? [201, insert(body)] : [400, {}]
        const reply = serveRows(orders, question)
        if (method === 'DELETE' && query.has('restock') && reply[0] === 204)
          colleagues.push(insert({ product: 7, quantity: 7 }))
        return reply
      },
      { grep: 'deleteOne' },
    )
    expect(colleagues.length).toBeGreaterThan(0)
    expect(colleagues.filter((row) => orders.get(row['id']) !== row)).toEqual([])
  })

  it('a creation below something that the run did not make', async () => {
    const orders = strangers(1000, () => ({ status: 'open' }))
    const before = textsOf(orders)
    const payments = new Map<number, Row>()
    const payment = objectOf(['note'], { note: { type: 'string', minLength: 3, maxLength: 40 } })
    const orderId = inPath('orderId', { type: 'integer', minimum: 1 })
    const paths = {
      '/orders/{orderId}/payments': {
        parameters: [orderId],
        get: { operationId: 'listPayments', responses: responses(200, RECORDS) },
        post: { operationId: 'pay', ...takes(payment), responses: responses(201, RECORD) },
      },
      '/orders/{orderId}/payments/{paymentId}': {
        ...itemOf(inPath('paymentId')),
        parameters: [orderId, inPath('paymentId')],
      },
    }
    let last = 0
    await tryOn(paths, (question) => {
      const [, order, , id] = question.parts
      const row = orders.get(Number(order))
      if (!row) return [404, {}]
      if (question.method !== 'POST')
        return serveRows(payments, { ...question, parts: ['payments', ...(id === undefined ? [] : [id])] })
      if (!isRow(question.body, 'note')) return [400, {}]
      payments.set(++last, { id: last, ...question.body })
      row['status'] = 'paid'
      return [201, payments.get(last) as Row]
    })
    expect(textsOf(orders)).toEqual(before)
  })
})

describe('what is there is listed, and what is gone is not', () => {
  /** Ids are made of names, and a PUT that changes the name changes the id. */
  async function tryLabels(options: Partial<VerifyOptions>, pageSize = 100) {
    const labels = new Map<string, Row>(
      Array.from({ length: 20 }, (_, at) => [`stranger-${at}`, { slug: `stranger-${at}`, name: `stranger ${at}` }]),
    )
    const label = { type: 'object', properties: { slug: { type: 'string' }, name: { type: 'string' } } }
    const paths = {
      '/labels': {
        get: {
          operationId: 'listLabels',
          parameters: [
            inQuery('offset', { type: 'integer' }),
            inQuery('limit', { type: 'integer', maximum: pageSize }),
          ],
          responses: responses(200, { type: 'array', items: label }),
        },
        post: { operationId: 'createLabel', ...takes(NAMED), responses: responses(201) },
      },
      '/labels/{slug}': itemOf(inPath('slug', { type: 'string' }), {
        put: { operationId: 'putLabel', ...takes(NAMED), responses: responses(204) },
      }),
    }
    const result = await tryOn(
      paths,
      ({ method, parts: [, slug], query, body }) => {
        const offset = Number(query.get('offset') ?? 0)
        if (slug === undefined && method === 'GET') return [200, [...labels.values()].slice(offset, offset + pageSize)]
        const row = slug === undefined ? undefined : labels.get(slug)
        if (slug !== undefined && !row) return [404, {}]
        if (method === 'GET') return [200, row]
        if (method === 'DELETE') return labels.delete(slug as string) ? [204] : [404, {}]
        if (typeof body?.name !== 'string' || body.name.length < 3) return [400, {}]
        const name = body.name.toLowerCase()
        const made = { slug: name.replace(/[^a-z0-9]+/g, '-'), name }
        if (slug !== undefined) labels.delete(slug)
        labels.set(made.slug, made)
        return slug === undefined ? [201, undefined, { location: `/labels/${made.slug}` }] : [204]
      },
      options,
    )
    return { result, left: [...labels.keys()].filter((slug) => !slug.startsWith('stranger')) }
  }

  it('where a PUT has given it another id, and its list is longer than five pages', async () => {
    const { result, left } = await tryLabels({ grep: 'putLabel/accepts' }, 3)
    expect(result.results.filter(({ outcome }) => outcome === 'fail')).toEqual([])
    expect(left.filter((slug) => !result.leftovers.some(({ what }) => what.includes(slug)))).toEqual([])
  })

  /** Items by number; the reply of a creation is up to the test. */
  async function tryItems(
    create: (rows: Map<number, Row>, body: Json) => Answer,
    { pageSize, schema = NAMED, ...options }: Partial<VerifyOptions> & { pageSize?: number; schema?: Json } = {},
  ) {
    const rows = strangers()
    let isFreed = false
    const parameters = pageSize
      ? [inQuery('offset', { type: 'integer' }), inQuery('limit', { type: 'integer', maximum: pageSize })]
      : []
    const paths = {
      '/items': {
        get: { operationId: 'listItems', parameters, responses: responses(200, RECORDS) },
        post: { operationId: 'createItem', ...takes(schema), responses: responses(201, RECORD) },
      },
      '/items/{itemId}': itemOf(inPath('itemId')),
    }
    const result = await tryOn(
      paths,
      async (question) => {
        const { method, parts, query, body } = question
        if (options.concurrency && method === 'DELETE' && !isFreed && parts[1] === '21') {
          // Another case is quicker, and has the id that was given free.
          isFreed = rows.delete(21)
          for (let waited = 0; !rows.has(21) && waited < 500; waited++) await sleep(2)
          return [204]
        }
        if (parts.length > 1) return serveRows(rows, question)
        const offset = Number(query.get('offset') ?? 0)
        if (method === 'GET') return [200, [...rows.values()].slice(offset, offset + (pageSize ?? 1000))]
        return typeof body?.name === 'string' ? create(rows, body) : [400, {}]
      },
      options,
    )
    const left = [...rows.values()].filter(({ id }) => id > 20)
    return { result, left }
  }
  const insert = (rows: Map<number, Row>, body: Json) => {
    const id = Math.max(20, ...rows.keys()) + 1
    const row = { id, ...body }
    rows.set(id, row)
    return row
  }

  it('where a creation was answered with 503 and Retry-After after the deed: it is not sent again', async () => {
    let count = 0
    const { left } = await tryItems(
      (rows, body) => {
        const row = insert(rows, body)
        return ++count % 2 ? [503, {}, { 'retry-after': '0' }] : [201, row]
      },
      { pageSize: 3, grep: 'createItem/accepts' },
    )
    expect(left).toEqual([])
  })

  it('where a creation was refused after the deed, as PowerDNS does', async () => {
    const schema = objectOf(['name'], {
      name: { type: 'string', pattern: '^[a-z]{8}$' },
      hook: { type: 'string', format: 'uri' },
      note: { type: 'string', maxLength: 40 },
    })
    const { result, left } = await tryItems(
      (rows, { note, ...body }) => {
        const row = insert(rows, body)
        return note === undefined ? [201, row] : [422, { error: 'no notes today' }]
      },
      { schema, grep: 'createItem/accepts' },
    )
    expect(left.length).toBeLessThanOrEqual(result.leftovers.length)
  })

  it('where the limit of requests kept the creation from being sent', async () => {
    for (let maxRequests = 8; maxRequests < 30; maxRequests++) {
      const { result, left } = await tryItems((rows, body) => [201, insert(rows, body)], { maxRequests })
      expect(left).toEqual([])
      expect(result.leftovers).toEqual([])
    }
  })

  it('where four cases run at a time, and ids are given again', async () => {
    const { result, left } = await tryItems(
      (rows, body) => {
        const id = [...Array(1000).keys()].find((one) => one > 0 && !rows.has(one)) as number
        const row = { id, ...body }
        rows.set(id, row)
        return [201, row]
      },
      { concurrency: 4, grep: 'createItem/accepts' },
    )
    expect(result.leftovers).toEqual([])
    expect(left).toEqual([])
  })

  it('where the server changes a word that it was sent', async () => {
    const schema = objectOf(['name', 'algorithm'], {
      name: { type: 'string', pattern: '^[a-z]{8}$' },
      algorithm: { type: 'string', enum: ['ecdsa256', 'ed25519'] },
    })
    const { result, left } = await tryItems(
      (rows, body) => [
        201,
        insert(rows, { ...body, algorithm: body.algorithm === 'ed25519' ? 'ED25519' : 'ECDSAP256' }),
      ],
      { schema, grep: 'createItem/accepts' },
    )
    expect(left).toEqual([])
    expect(result.leftovers).toEqual([])
  })
})

describe('a limit of requests', () => {
  it('holds for the reading of a list before the first creation too', async () => {
    const paths = {
      '/events': {
        get: {
          operationId: 'listEvents',
          parameters: [inQuery('cursor', { type: 'string' })],
          responses: responses(200, { type: 'object', properties: { items: RECORDS, next: { type: 'string' } } }),
        },
        post: { operationId: 'createEvent', ...takes(NAMED), responses: responses(201, RECORD) },
      },
      '/events/{eventId}': itemOf(inPath('eventId')),
    }
    const { heard } = await tryOn(
      paths,
      ({ method, parts, query }) => {
        if (parts.length > 1) return [404, {}]
        const at = Number(query.get('cursor') ?? 0)
        return method === 'GET' ? [200, { items: [{ id: at }], next: String(at + 1) }] : [400, {}]
      },
      { maxRequests: 30 },
    )
    expect(heard.length).toBeLessThan(60)
  })
})
