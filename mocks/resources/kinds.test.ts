import { describe, expect, it } from 'vitest'
import { createFolder } from '../../contract-tests/fixtures/create-folder.ts'
import type { Mock, MockOptions } from '../api/mock.ts'
import { createMock } from '../create-mock.ts'
import type { Reply } from '../engine/vocabulary.ts'
import { readApi } from '../read-api.ts'
import type { Members } from './kept-record.ts'

type Json = Record<string, unknown>

const content = (schema: Json, example?: unknown) => ({
  'application/json': { schema, ...(example !== undefined && { example }) },
})
const gives = (schema: Json, status = 200, example?: unknown) => ({
  responses: { [status]: { description: 'Good', content: content(schema, example) } },
})
const takes = (schema: Json) => ({ requestBody: { required: true, content: content(schema) } })
const inPath = (name: string, schema: Json = { type: 'string' }) => ({ name, in: 'path', required: true, schema })
const gone = { responses: { 204: { description: 'Gone' } } }
const object = (properties: Json, required: string[] = Object.keys(properties)) => ({
  type: 'object',
  required,
  properties,
})
const list = (items: Json) => ({ type: 'array', items })
const TEXT = { type: 'string' }

/** Starts a mock of a document of these paths. */
async function serve(
  paths: Json,
  options: Partial<MockOptions> = {},
): Promise<(call: string, body?: unknown) => Reply> {
  const folder = createFolder()
  const text = JSON.stringify({ openapi: '3.1.0', info: { title: 'Kinds', version: '1' }, paths })
  const mock: Mock = createMock({ apis: [await readApi(folder.write({ 'kinds.json': text }))], ...options })
  folder.remove()
  return (call, body) => {
    const [method = '', target = ''] = call.split(' ')
    const [path = '', query = ''] = target.split('?')
    const headers = body === undefined ? {} : { 'content-type': 'application/json' }
    const asked = { method, path, query: Object.fromEntries(new URLSearchParams(query)), headers }
    return mock.answer({ ...asked, ...(body !== undefined && { body }) })
  }
}

const PET = object({ id: { type: 'integer' }, name: TEXT })

it('what is created is called as its path allows, where that says more of a name than the record', async () => {
  const user = object({ id: TEXT, name: TEXT })
  const id = inPath('userId', { type: 'string', pattern: '^US[0-9a-f]{8}$' })
  const send = await serve({
    '/users': { get: gives(list(user)), post: { ...takes(object({ name: TEXT })), ...gives(user, 201) } },
    '/users/{userId}': { parameters: [id], get: gives(user) },
  })
  const made = send('POST /users', { name: 'Ann' }).body as Members
  expect(made['id']).toMatch(/^US[0-9a-f]{8}$/)
  expect(send(`GET /users/${made['id']}`).body).toEqual(made)
})

it('what is created is called as its record and its path allow together', async () => {
  const link = object({ id: { type: 'string', minLength: 12, maxLength: 12, example: 'ABCDE12345FG' }, name: TEXT })
  const id = inPath('linkId', { type: 'string', pattern: '[0-9A-HJ-N]{12}' })
  const send = await serve({
    '/links': { get: gives(list(link)), post: { ...takes(object({ name: TEXT })), ...gives(link, 201) } },
    '/links/{linkId}': { parameters: [id], get: gives(link), put: { ...takes(link), ...gives(link) } },
  })
  for (const name of ['Ann', 'Bob']) {
    const made = send('POST /links', { name }).body as Members
    expect(made['id']).toMatch(/^[0-9A-HJ-N]{12}$/)
    expect(send(`GET /links/${made['id']}`).body).toEqual(made)
  }
})

it('what is assigned to another is called as the request names it', async () => {
  const role = object({ id: TEXT, name: TEXT, scopes: list(TEXT) })
  const under = [inPath('user_id')]
  const named = object({ id: TEXT })
  const send = await serve({
    '/users/{user_id}/roles': {
      parameters: under,
      get: gives(list(role)),
      post: { ...takes(object({ role_id: TEXT })), ...gives(object({ object: TEXT, user: named, role: named })) },
    },
    '/users/{user_id}/roles/{role_id}': { parameters: [...under, inPath('role_id')], get: gives(role), delete: gone },
  })
  expect(send('POST /users/u7/roles', { role_id: 'r1' }).body).toMatchObject({ role: { id: 'r1' } })
  expect(send('GET /users/u7/roles/r1').body).toMatchObject({ id: 'r1' })
  expect(send('DELETE /users/u7/roles/r1').status).toBe(204)
})

it.each([
  ['texts', TEXT, 'r7', 'r7'],
  ['numbers', { type: 'integer' }, '7', 7],
])('a list of %s has the names of what is there', async (_, item, id, shown) => {
  const send = await serve({
    '/favorites': { get: gives(object({ data: object({ favorites: list(item) }) })) },
    '/favorites/{id}': { parameters: [inPath('id', item)], put: gone, delete: gone },
  })
  const favorites = () => (send('GET /favorites').body as Members)['data'] as Members
  const before = favorites()['favorites'] as unknown[]
  send(`PUT /favorites/${id}`)
  expect(favorites()['favorites']).toEqual([...before, shown])
  send(`DELETE /favorites/${id}`)
  expect(favorites()['favorites']).toEqual(before)
})

it('what is created is shown alone in a list, where every reply is one', async () => {
  const pets = object({ data: list(PET), total: { type: 'integer' } })
  const send = await serve({
    '/pets': { get: gives(pets), post: { ...takes(object({ name: TEXT })), ...gives(pets, 201) } },
    '/pets/{id}': { parameters: [inPath('id', { type: 'integer' })], get: gives(list(PET)), delete: gone },
  })
  const { data } = send('POST /pets', { name: 'Rex' }).body as { data: Members[] }
  expect(data).toEqual([{ id: expect.any(Number), name: 'Rex' }])
  expect(send(`GET /pets/${data[0]?.['id']}`).body).toEqual(data)
  expect((send('GET /pets').body as Members)['data']).toContainEqual(data[0])
})

it('a receipt of what is created names it as the path does, and as a number where that is one', async () => {
  const named = object({ id: TEXT, name: TEXT, size: TEXT }, ['id'])
  const receipt = object({ docId: { type: 'integer' }, name: TEXT, size: TEXT }, ['docId'])
  const send = await serve({
    '/docs': { get: gives(list(named)), post: { ...takes(object({ name: TEXT })), ...gives(receipt, 201) } },
    '/docs/{docId}': { parameters: [inPath('docId')], get: gives(named) },
    '/files': { get: gives(list(named)), post: { ...takes(object({ name: TEXT })), ...gives(PET, 201) } },
    '/files/{id}': { parameters: [inPath('id')], get: gives(named) },
  })
  const file = send('POST /files', { name: 'a' }).body as Members
  expect(send(`GET /files/${file['id']}`).body).toMatchObject({ ...file, id: String(file['id']) })
  const [one, other] = ['b', 'c'].map((name) => send('POST /docs', { name }).body as Members)
  expect(one?.['docId']).not.toBe(other?.['docId'])
  expect(send(`GET /docs/${other?.['docId']}`).body).toMatchObject({ id: String(other?.['docId']), name: 'c' })
})

it('what a path names by a list of names is named by one', async () => {
  const ids = inPath('ids', list({ type: 'integer' }))
  const send = await serve({
    '/pets': { get: gives(list(PET)), post: { ...takes(object({ name: TEXT })), ...gives(PET, 201) } },
    '/pets/{ids}': { parameters: [ids], get: gives(PET), delete: gone },
  })
  const [one, other] = ['Ann', 'Bob'].map((name) => send('POST /pets', { name }).body as Members)
  expect(one?.['id']).not.toBe(other?.['id'])
  expect(send(`GET /pets/${other?.['id']}`).body).toEqual(other)
})

it('a list that is sent to change a record is a JSON Patch only where it is one', async () => {
  const send = await serve({
    '/pets': { get: gives(list(PET)), post: { ...takes(object({ name: TEXT })), ...gives(PET, 201) } },
    '/pets/{id}': {
      parameters: [inPath('id')],
      get: gives(PET),
      patch: { ...takes({ type: 'array' }), ...gives(PET) },
    },
  })
  const made = send('POST /pets', { name: 'Ann' }).body as Members
  const change = (body: unknown) => send(`PATCH /pets/${made['id']}`, body)
  expect(change([{ tag: 'name', value: 'Bob' }])).toMatchObject({ status: 200, body: made })
  expect(change([{ op: 'replace', path: '/name', value: 'Bob' }]).body).toEqual({ ...made, name: 'Bob' })
})

it('what is listed at a path that ends in an id has ids of its own', async () => {
  const send = await serve({
    '/readings/{id}': { parameters: [inPath('id')], get: gives(list(object({ id: TEXT, value: TEXT }))) },
  })
  const ids = (send('GET /readings/r1').body as Members[]).map(({ id }) => id)
  expect(ids.length).toBeGreaterThan(1)
  expect(new Set(ids).size).toBe(ids.length)
})

it('what takes several and shows one shows one of those', async () => {
  const send = await serve({
    '/notes': { post: { ...takes(list(object({ name: TEXT }))), ...gives(PET, 201) } },
    '/notes/{id}': { parameters: [inPath('id', { type: 'integer' })], get: gives(PET), delete: gone },
  })
  const { id, name } = send('POST /notes', [{ name: 'Ann' }, { name: 'Bob' }]).body as Members
  expect(name).toBe('Ann')
  expect(send(`GET /notes/${id}`).body).toMatchObject({ name: 'Ann' })
})

it.each([
  ['^/pets/[0-9]+$', '/pets/'],
  ['^/v2/', '/v2/pets/'],
  ['^[0-9]+$', '/v2/pets/'],
])('where a creation leads is written as its header allows, if that can be: %s', async (pattern, wanted) => {
  const created = gives(PET, 201)
  Object.assign(created.responses[201] as Json, { headers: { Location: { schema: { type: 'string', pattern } } } })
  const send = await serve({
    '/v2/pets': { post: { ...takes(object({ name: TEXT })), ...created } },
    '/v2/pets/{id}': { parameters: [inPath('id', { type: 'integer' })], get: gives(PET) },
  })
  const { body, headers } = send('POST /v2/pets', { name: 'Ann' })
  const { id } = body as Members
  if (pattern !== '^[0-9]+$') expect(headers['location']).toBe(`${wanted}${id}`)
  else expect(headers['location']).toMatch(/^[0-9]+$/)
})

const inQuery = (name: string, schema: Json = TEXT) => ({ name, in: 'query', schema })

it('a list is picked by what its items hold: one of several, the name of a thing, or a text anywhere', async () => {
  const owner = object({ id: TEXT, name: TEXT })
  const tags = list(object({ id: { type: 'integer' }, name: TEXT }))
  const pet = object({ id: { type: 'integer' }, name: TEXT, tags, marks: list(TEXT), owner })
  const asked = ['tags', 'tag_name', 'mark', 'owner_id', 'q'].map((name) => inQuery(name))
  const send = await serve(
    {
      '/pets': { get: { parameters: asked, ...gives(list(pet)) }, post: { ...takes(pet), ...gives(pet, 201) } },
      '/pets/{petId}': { parameters: [inPath('petId', { type: 'integer' })], get: gives(pet) },
    },
    { empty: true },
  )
  const pets = [
    { name: 'Rex', tags: [{ id: 1, name: 'dogs' }], marks: ['ear'], owner: { id: 'o1', name: 'Ann' } },
    { name: 'Tom', tags: [{ id: 2, name: 'cats' }], marks: [], owner: { id: 'o2', name: 'Bob' } },
  ]
  for (const [index, one] of pets.entries()) send('POST /pets', { id: index + 7, ...one })
  const named = (query: string) => (send(`GET /pets?${query}`).body as Members[]).map(({ name }) => name)
  expect(['tags=dogs', 'tag_name=cats', 'mark=ear', 'owner_id=o2', 'q=BOB', 'q=e', 'q=none'].map(named)).toEqual([
    ['Rex'],
    ['Tom'],
    ['Rex'],
    ['Tom'],
    ['Tom'],
    ['Rex'],
    [],
  ])
})

describe('a list', () => {
  const item = object({
    id: { type: 'integer' },
    price: { type: 'number' },
    status: { type: 'string', enum: ['open', 'closed'] },
    created_at: { type: 'string', format: 'date-time' },
    day: { type: 'string', format: 'date' },
  })
  const number = { type: 'number' }
  const serveItems = async (parameters: Json[]) => {
    const send = await serve(
      {
        '/items': { get: { parameters, ...gives(list(item)) }, post: { ...takes(item), ...gives(item, 201) } },
        '/items/count': { get: { parameters, ...gives(object({ count: { type: 'integer' } })) } },
        '/items/{id}': { parameters: [inPath('id', { type: 'integer' })], get: gives(item) },
      },
      { empty: true },
    )
    for (const id of [1, 2, 3, 4]) {
      const day = `2024-01-0${id}`
      send('POST /items', {
        id,
        price: id * 10,
        status: id % 2 ? 'open' : 'closed',
        day,
        created_at: `${day}T10:00:00Z`,
      })
    }
    return (query = '') => ({
      ids: (send(`GET /items?${query}`).body as Members[]).map(({ id }) => id),
      count: (send(`GET /items/count?${query}`).body as Members)['count'],
    })
  }

  it.each<[string, Json, unknown[]]>([
    ['ids=1,3', TEXT, [1, 3]],
    ['item_ids=4', TEXT, [4]],
    ['statuses=closed', TEXT, [2, 4]],
    ['price_gte=30', number, [3, 4]],
    ['price[lte]=20', number, [1, 2]],
    ['price.gt=30', number, [4]],
    ['min_price=40', number, [4]],
    ['maxPrice=10', number, [1]],
    ['created_after=2024-01-03T10:00:00Z', TEXT, [4]],
    ['createdBefore=2024-01-02T10:00:00Z', TEXT, [1]],
    ['created_since=1704362400', { type: 'integer' }, [4]],
    ['day_from=2024-01-04', TEXT, [4]],
    ['created_to=2024-01-02', TEXT, [1, 2]],
  ])('is picked, and counted, by %s', async (asked, schema, ids) => {
    const found = (await serveItems([inQuery(asked.split('=')[0] as string, schema)]))(asked)
    expect(found).toEqual({ ids, count: ids.length })
  })

  it('is picked by members of an object', async () => {
    const price = { ...inQuery('price', object({ gte: number, lt: number }, [])), style: 'deepObject', explode: true }
    const filter = { ...inQuery('filter', object({ status: TEXT }, [])), style: 'deepObject', explode: true }
    const ask = await serveItems([price, filter])
    expect(ask('price[gte]=20&price[lt]=40').ids).toEqual([2, 3])
    expect(ask('filter[status]=open').ids).toEqual([1, 3])
  })

  it('shows what the default of a filter picks, unless another value is asked for', async () => {
    const ask = await serveItems([inQuery('status', { type: 'string', default: 'open' })])
    expect(ask()).toEqual({ ids: [1, 3], count: 2 })
    expect(ask('status=closed').ids).toEqual([2, 4])
    expect(ask('status=all').ids).toEqual([1, 2, 3, 4])
    // Yes or no may as well say how items show.
    expect((await serveItems([inQuery('status', { type: 'boolean', default: true })]))().ids).toHaveLength(4)
  })

  it('is not picked by a time of which nobody knows whose it is, nor by what no member has', async () => {
    const since = { type: 'string', format: 'date-time' }
    const ask = await serveItems([inQuery('since', since), inQuery('max_weight', number)])
    expect(ask('since=2024-01-03T00:00:00Z&max_weight=1').ids).toEqual([1, 2, 3, 4])
  })
})

it('a list is sorted by attributes of JSON:API', async () => {
  const article = object({ type: TEXT, id: TEXT, attributes: object({ title: TEXT }) })
  const body = object({ data: article })
  const send = await serve(
    {
      '/articles': {
        get: { parameters: [inQuery('sort')], ...gives(object({ data: list(article) })) },
        post: { ...takes(body), ...gives(body, 201) },
      },
      '/articles/{id}': { parameters: [inPath('id')], get: gives(body) },
    },
    { empty: true },
  )
  for (const [id, title] of Object.entries({ 1: 'B', 2: 'A', 3: 'C' }))
    send('POST /articles', { data: { type: 'articles', id, attributes: { title } } })
  const sorted = (by: string) => (send(`GET /articles?sort=${by}`).body as { data: Members[] }).data.map(({ id }) => id)
  expect([sorted('title'), sorted('-title')]).toEqual([
    ['2', '1', '3'],
    ['3', '1', '2'],
  ])
})

it('a list is picked by attributes and relationships of JSON:API', async () => {
  const author = object({ data: object({ type: TEXT, id: TEXT }) })
  const article = object({
    type: TEXT,
    id: TEXT,
    attributes: object({ title: TEXT, status: TEXT }),
    relationships: object({ author }),
  })
  const filters = [inQuery('filter[status]'), inQuery('filter[author]')]
  const send = await serve(
    {
      '/articles': {
        get: { parameters: filters, ...gives(object({ data: list(article) })) },
        post: { ...takes(object({ data: article })), ...gives(object({ data: article }), 201) },
      },
      '/articles/{id}': { parameters: [inPath('id')], get: gives(object({ data: article })) },
    },
    { empty: true },
  )
  for (const id of ['1', '2']) {
    const relationships = { author: { data: { type: 'people', id: `p${id}` } } }
    const attributes = { title: 'A', status: `s${id}` }
    send('POST /articles', { data: { type: 'articles', id, attributes, relationships } })
  }
  const found = (query: string) =>
    ((send(`GET /articles?${query}`).body as { data: Members[] }).data ?? []).map(({ attributes }) => attributes)
  expect(found('filter[status]=s2')).toEqual([{ title: 'A', status: 's2' }])
  expect(found('filter[author]=p1')).toEqual([{ title: 'A', status: 's1' }])
})

it('OData names items in quotes, and says how many there are and what comes next', async () => {
  const customer = object({ CustomerID: TEXT, City: TEXT })
  const page = object({ '@odata.count': { type: 'integer' }, '@odata.nextLink': TEXT, value: list(customer) }, [
    'value',
  ])
  const sizes = ['$top', '$skip'].map((name) => inQuery(name, { type: 'integer' }))
  const send = await serve(
    {
      '/Customers': {
        get: { parameters: sizes, ...gives(page) },
        post: { ...takes(customer), ...gives(customer, 201) },
      },
      "/Customers('{CustomerID}')": { parameters: [inPath('CustomerID')], get: gives(customer), delete: gone },
    },
    { empty: true },
  )
  const alfki = { CustomerID: 'ALFKI', City: 'Berlin' }
  expect(send('POST /Customers', alfki).headers?.['location']).toBe("/Customers('ALFKI')")
  send('POST /Customers', { CustomerID: 'BERGS', City: 'Lund' })
  expect(send("GET /Customers('ALFKI')").body).toEqual(alfki)
  expect(send('GET /Customers?$top=1').body).toEqual({
    '@odata.count': 2,
    '@odata.nextLink': '/Customers?%24top=1&%24skip=1',
    value: [alfki],
  })
  expect(send("DELETE /Customers('ALFKI')").status).toBe(204)
  expect(send("GET /Customers('ALFKI')").status).toBe(404)
})

it('a list in a result lies beside what tells of the call', async () => {
  const ticket = object({ ticketNo: TEXT, subject: TEXT })
  const result = (schema: Json) => object({ code: { type: 'integer' }, msg: TEXT, result: schema })
  const page = object({ list: list(ticket), totalCount: { type: 'integer' }, pageNo: { type: 'integer' } })
  const paging = ['pageNo', 'pageSize'].map((name) => inQuery(name, { type: 'integer' }))
  const send = await serve(
    {
      '/ticket/list': { get: { parameters: paging, ...gives(result(page)) } },
      '/ticket/create': { post: { ...takes(object({ subject: TEXT })), ...gives(result(ticket)) } },
      '/ticket/detail/{ticketNo}': { get: { parameters: [inPath('ticketNo')], ...gives(result(ticket)) } },
    },
    { empty: true },
  )
  const made = (send('POST /ticket/create', { subject: 'A' }).body as { result: Members }).result
  send('POST /ticket/create', { subject: 'B' })
  expect(send('GET /ticket/list?pageNo=1&pageSize=1').body).toMatchObject({
    result: { list: [made], totalCount: 2, pageNo: 1 },
  })
})

it('what is created below another is read where it has a path of its own, also if something can be done to it there', async () => {
  const order = object({ id: { type: 'integer' }, note: TEXT })
  const named = { parameters: [inPath('orderId', { type: 'integer' })] }
  const send = await serve({
    '/shops/{shop}/orders': {
      parameters: [inPath('shop')],
      get: gives(list(order)),
      post: { ...takes(object({ note: TEXT })), ...gives(order, 201) },
    },
    '/orders/{orderId}': { ...named, get: gives(order) },
    '/orders/{orderId}/cancel': { ...named, post: gives(order) },
  })
  const { body, headers } = send('POST /shops/a/orders', { note: 'mine' })
  const { id } = body as Members
  expect(headers?.['location']).toBe(`/orders/${id}`)
  expect(send(`GET /orders/${id}`).body).toEqual({ id, note: 'mine' })
  expect(send(`POST /orders/${id}/cancel`).body).toEqual({ id, note: 'mine' })
})

it('what is accepted to be made says where it is, if its reply declares that it does', async () => {
  const job = object({ id: { type: 'integer' }, state: TEXT })
  const accepted = (headers: Json) => ({
    responses: { 202: { description: 'Accepted', headers, content: content(job) } },
  })
  const send = await serve({
    '/jobs': { post: { ...takes(object({ state: TEXT })), ...accepted({ Location: { schema: TEXT } }) } },
    '/jobs/{jobId}': { parameters: [inPath('jobId', { type: 'integer' })], get: gives(job) },
  })
  const { status, body, headers } = send('POST /jobs', { state: 'queued' })
  expect([status, headers?.['location']]).toEqual([202, `/jobs/${(body as Members)['id']}`])
})

it('what leads to the next page is a link where an example of it is one', async () => {
  const links = object({ next: { type: 'string', example: 'https://pets.example/pets?page=2' } }, [])
  const page = object({ pets: list(PET), links: { anyOf: [links, {}], example: {} } })
  const paging = ['page', 'per_page'].map((name) => inQuery(name, { type: 'integer' }))
  const send = await serve({ '/pets': { get: { parameters: paging, ...gives(page) } } }, { records: 2 })
  expect(send('GET /pets?per_page=1').body).toMatchObject({ links: { next: '/pets?per_page=1&page=2' } })
})

describe('what leads to the next page', () => {
  const ITEMS = list(object({ id: { type: 'integer' } }))
  const wayOf = async (around: Json, query: string, kind = ['limit', 'after']) => {
    const parameters = kind.map((name) => inQuery(name, { type: /limit|offset/.test(name) ? 'integer' : 'string' }))
    const page = object({ items: ITEMS, ...around }, ['items'])
    const send = await serve({ '/things': { get: { parameters, ...gives(page) } } }, { records: 3 })
    const { items, ...told } = send(`GET /things?${query}`).body as Members
    return told
  }
  const next = object({ after: TEXT, link: TEXT }, ['after'])
  const URL_TEXT = { type: ['string', 'null'], format: 'uri' }

  it.each<[string, Json, unknown, unknown]>([
    [
      'not there, in what may hold nothing',
      { paging: object({ next }, []) },
      { paging: { next: { after: expect.any(String), link: expect.stringMatching(/^\/things\?limit=2&after=./) } } },
      { paging: {} },
    ],
    [
      'null, as a whole',
      { paging: object({ next: { oneOf: [next, { type: 'null' }] } }) },
      { paging: { next: { after: expect.any(String) } } },
      { paging: { next: null } },
    ],
    [
      'empty, where it must be there',
      { meta: object({ page: object({ cursor: TEXT }) }) },
      { meta: { page: { cursor: expect.stringMatching(/^\w{9,}$/) } } },
      { meta: { page: { cursor: '' } } },
    ],
    [
      'not there among cursors',
      { paging: object({ cursors: object({ before: TEXT, after: TEXT }, []) }) },
      { paging: { cursors: { after: expect.stringMatching(/^\w{9,}$/) } } },
      { paging: { cursors: {} } },
    ],
    [
      'a link without one',
      { _links: object({ next: object({ href: TEXT }), self: object({ href: TEXT }) }, []) },
      { _links: { next: { href: expect.stringContaining('after=') }, self: { href: '/things?limit=2' } } },
      { _links: { self: { href: '/things?limit=9' } } },
    ],
  ])('is %s on the last page', async (_, around, first, last) => {
    expect(await wayOf(around, 'limit=2')).toMatchObject(first as object)
    expect(await wayOf(around, 'limit=9')).toEqual(last)
  })

  it('is a URL among links, or where it is said to be one', async () => {
    const turns = ['page[limit]', 'page[offset]']
    const links = object({ self: TEXT, next: URL_TEXT })
    const url = '/things?page%5Blimit%5D=2'
    expect(await wayOf({ links }, 'page[limit]=2', turns)).toEqual({
      links: { self: url, next: `http://localhost${url}&page%5Boffset%5D=2` },
    })
    expect(await wayOf({ links }, 'page[limit]=9', turns)).toMatchObject({ links: { next: null } })
  })
})

it('null is said by who sends it, where it may be', async () => {
  const task = object({ id: TEXT, due: { type: ['string', 'null'], default: 'soon' } }, ['id'])
  const send = await serve(
    {
      '/tasks': { get: gives(list(task)), post: { ...takes({ ...task, required: [] }), ...gives(task, 201) } },
      '/tasks/{id}': { parameters: [inPath('id')], get: gives(task) },
    },
    { empty: true },
  )
  expect(send('POST /tasks', { due: null }).body).toMatchObject({ due: null })
  expect(send('POST /tasks', {}).body).toMatchObject({ due: 'soon' })
})

describe('a single thing', () => {
  it('that can be removed stays removed until it is written', async () => {
    const logo = object({ url: TEXT })
    const send = await serve({
      '/logo': { get: gives(logo, 200, { url: 'a' }), put: { ...takes(logo), ...gives(logo) }, delete: gone },
    })
    expect(send('GET /logo').body).toEqual({ url: 'a' })
    expect([send('DELETE /logo').status, send('GET /logo').status, send('DELETE /logo').status]).toEqual([
      204, 404, 404,
    ])
    expect(send('PUT /logo', { url: 'b' }).body).toEqual({ url: 'b' })
    expect(send('GET /logo').body).toEqual({ url: 'b' })
  })
})

it('a single thing that was removed is there again below another item of the same name', async () => {
  const shop = object({ name: TEXT })
  const send = await serve({
    '/shops': { post: { ...takes(shop), ...gives(shop, 201) } },
    '/shops/{name}': { parameters: [inPath('name')], get: gives(shop), delete: gone },
    '/shops/{name}/hours': { parameters: [inPath('name')], get: gives(object({ open: TEXT })), delete: gone },
  })
  for (const _ of ['first', 'second']) {
    send('POST /shops', { name: 'corner' })
    expect(['GET', 'DELETE', 'GET'].map((method) => send(`${method} /shops/corner/hours`).status)).toEqual([
      200, 204, 404,
    ])
    expect(send('DELETE /shops/corner').status).toBe(204)
  }
})

it.each([
  ['a receipt', object({ id: { type: 'integer' }, deleted: { type: 'boolean' } }), { id: 9, deleted: false }],
  [
    'the record',
    { ...PET, properties: { ...PET.properties, removed: { type: 'boolean' } } },
    { id: 9, name: 'a', removed: false },
  ],
])('the reply to a removal that shows %s says of what was removed that it was', async (_, reply, example) => {
  const send = await serve({
    '/pets': { post: { ...takes(object({ name: TEXT })), ...gives(PET, 201) }, get: gives(list(PET)) },
    '/pets/{id}': {
      parameters: [inPath('id', { type: 'integer' })],
      get: gives(PET),
      delete: gives(reply, 200, example),
    },
  })
  const { id } = send('POST /pets', { name: 'Rex' }).body as Members
  const { body } = send(`DELETE /pets/${id}`)
  const shown = Object.hasOwn(example, 'name') ? { id, name: 'Rex', removed: true } : { id, deleted: true }
  expect(body).toEqual(shown)
})

it('what is created below another is read by a path of its own', async () => {
  const send = await serve(
    {
      '/owners/{owner}/pets': {
        parameters: [inPath('owner')],
        get: gives(list(PET)),
        post: { ...takes(object({ name: TEXT })), ...gives(PET, 201) },
      },
      '/pets/{petId}': { parameters: [inPath('petId', { type: 'integer' })], get: gives(PET), delete: gone },
    },
    { empty: true },
  )
  const [rex, zoe] = ['Rex', 'Zoe'].map((name, at) => send(`POST /owners/${at}/pets`, { name }).body as Members)
  expect([send(`GET /pets/${rex?.['id']}`).body, send(`GET /pets/${zoe?.['id']}`).body]).toEqual([rex, zoe])
  expect(send('GET /owners/1/pets').body).toEqual([zoe])
  expect(send(`DELETE /pets/${zoe?.['id']}`).status).toBe(204)
  expect([send('GET /owners/1/pets').body, send(`GET /pets/${zoe?.['id']}`).status]).toEqual([[], 404])
})

it('what a request says of one member of the record alone is kept there, whatever it is called in a receipt', async () => {
  const spec = object({ Name: TEXT, Data: TEXT }, ['Name'])
  const config = object({ ID: TEXT, CreatedAt: { type: 'string', format: 'date-time' }, Spec: spec })
  const send = await serve(
    {
      '/configs': { get: gives(list(config)) },
      '/configs/create': { post: { ...takes(spec), ...gives(object({ Id: TEXT }), 201) } },
      '/configs/{id}': { parameters: [inPath('id')], get: gives(config) },
      '/configs/{id}/update': { parameters: [inPath('id')], post: { ...takes(spec), ...gone } },
    },
    { empty: true },
  )
  const { Id } = send('POST /configs/create', { Name: 'a', Data: 'YQ==' }).body as Members
  const { body } = send(`GET /configs/${Id}`)
  expect(body).toEqual({ ID: Id, CreatedAt: expect.any(String), Spec: { Name: 'a', Data: 'YQ==' } })
  send(`POST /configs/${Id}/update`, { Name: 'b' })
  expect(send('GET /configs').body).toMatchObject([{ ID: Id, Spec: { Name: 'b' } }])
})

it('what is gone for good does nothing, whatever stands beside it', async () => {
  const oops = { description: 'Oops', content: content(object({ id: TEXT, message: TEXT })) }
  const send = await serve(
    {
      '/pets': { get: gives(list(PET)), post: { ...takes(PET), responses: { 401: oops, 410: oops, default: oops } } },
      '/pets/{id}': { parameters: [inPath('id')], get: gives(PET) },
    },
    { empty: true },
  )
  expect(send('POST /pets', { id: 7, name: 'Rex' }).status).toBe(410)
  expect(send('GET /pets').body).toEqual([])
})

it('what is created where no success is declared is told by its place', async () => {
  const send = await serve({
    '/pets': { post: { ...takes(object({ name: TEXT })), responses: { 405: { description: 'No' } } } },
    '/pets/{id}': { parameters: [inPath('id', { type: 'integer' })], get: gives(PET) },
  })
  const { status, headers } = send('POST /pets', { name: 'Rex' })
  expect(status).toBe(201)
  expect(send(`GET ${headers?.['location']}`).body).toMatchObject({ name: 'Rex' })
})

it('a PUT that takes nothing leaves a record what it is', async () => {
  const send = await serve({
    '/keys': { post: { ...takes(object({ kind: TEXT })), ...gives(object({ id: TEXT, kind: TEXT }), 201) } },
    '/keys/{id}': { parameters: [inPath('id')], get: gives(object({ id: TEXT, kind: TEXT }, ['id'])), put: gone },
  })
  const { body } = send('POST /keys', { kind: 'zsk' })
  const path = `/keys/${(body as Members)['id']}`
  expect([send(`PUT ${path}`).status, send(`GET ${path}`).body]).toEqual([204, body])
})

it('a receipt names what was created, in a list where it names several', async () => {
  const run = object({ run_uuid: TEXT, name: TEXT })
  const receipt = object({ run_uuids: list(TEXT), tags: list(TEXT) })
  const example = { run_uuids: ['that of the example'], tags: ['a'] }
  const send = await serve({
    '/runs': { get: gives(list(run)), post: { ...takes(object({ name: TEXT })), ...gives(receipt, 201, example) } },
    '/runs/{run_uuid}': { parameters: [inPath('run_uuid')], get: gives(run) },
  })
  const { run_uuids: uuids, tags } = send('POST /runs', { name: 'nightly' }).body as {
    run_uuids: string[]
    tags: unknown
  }
  expect(tags).toEqual(['a'])
  expect(uuids.map((uuid) => send(`GET /runs/${uuid}`).body)).toEqual([{ run_uuid: uuids[0], name: 'nightly' }])
})

it('what only a PUT creates is kept by its path, where its body has no name', async () => {
  const setting = object({ text: TEXT })
  const send = await serve(
    {
      '/settings': { get: gives(list(setting)) },
      '/settings/{key}': {
        parameters: [inPath('key')],
        get: gives(setting),
        put: { ...takes(setting), ...gives(setting) },
        delete: gone,
      },
    },
    { empty: true },
  )
  expect(send('GET /settings/theme').status).toBe(404)
  send('PUT /settings/theme', { text: 'dark' })
  send('PUT /settings/font', { text: 'mono' })
  expect(send('PUT /settings/theme', { text: 'light' }).body).toEqual({ text: 'light' })
  expect(send('GET /settings/theme').body).toEqual({ text: 'light' })
  expect(send('GET /settings').body).toEqual([{ text: 'light' }, { text: 'mono' }])
  expect([send('DELETE /settings/theme').status, send('GET /settings/theme').status]).toEqual([204, 404])
})

describe('what nobody can create, or see in a list', () => {
  it('is there when it is asked for, and keeps what it is changed to', async () => {
    const send = await serve({
      '/profiles/{id}': {
        parameters: [inPath('id')],
        get: gives(object({ id: TEXT, city: TEXT })),
        patch: { ...takes(object({ city: TEXT })), ...gives(object({ id: TEXT, city: TEXT })) },
      },
    })
    expect(send('GET /profiles/zoe')).toMatchObject({ status: 200, body: { id: 'zoe' } })
    send('PATCH /profiles/zoe', { city: 'Oslo' })
    expect(send('GET /profiles/zoe').body).toEqual({ id: 'zoe', city: 'Oslo' })
  })

  it('is gone once it is removed', async () => {
    const send = await serve({
      '/drafts/{id}': { parameters: [inPath('id')], get: gives(object({ id: TEXT })), delete: gone },
    })
    expect([send('GET /drafts/a').status, send('DELETE /drafts/a').status]).toEqual([200, 204])
    expect([send('GET /drafts/a').status, send('GET /drafts/b').status]).toEqual([404, 200])
  })

  it('has the first records wherever nobody can create what it lies under', async () => {
    const branch = object({ name: TEXT })
    const send = await serve({
      '/orgs/{org}/branches': { parameters: [inPath('org')], get: gives(list(branch), 200, [{ name: 'main' }]) },
      '/orgs/{org}/branches/{name}': {
        parameters: [inPath('org'), inPath('name')],
        get: gives(branch),
        delete: gone,
      },
    })
    for (const org of ['mine', 'yours']) {
      expect(send(`GET /orgs/${org}/branches`).body).toEqual([{ name: 'main' }])
      expect(send(`DELETE /orgs/${org}/branches/main`).status).toBe(204)
      expect(send(`GET /orgs/${org}/branches`).body).toEqual([])
    }
  })
})

describe('several at once', () => {
  const paths = {
    '/pets': {
      get: gives(list(PET)),
      post: { ...takes(object({ name: TEXT })), ...gives(PET, 201) },
      delete: { parameters: [{ name: 'name', in: 'query', schema: TEXT }], ...gone },
    },
    '/pets/{id}': { parameters: [inPath('id', { type: 'integer' })], get: gives(PET) },
    '/pets/bulk': { post: { ...takes(list(object({ name: TEXT }))), ...gives(list(PET), 201) } },
    '/pets/count': { get: gives(object({ count: { type: 'integer' } })) },
    '/pets/search': {
      get: { parameters: [{ name: 'name', in: 'query', schema: TEXT }], ...gives(list(PET)) },
    },
  }

  it('are created, counted, found and removed', async () => {
    const send = await serve(paths, { empty: true })
    const made = send('POST /pets/bulk', [{ name: 'Rex' }, { name: 'Zoe' }])
    expect(made).toMatchObject({
      status: 201,
      body: [
        { id: 1, name: 'Rex' },
        { id: 2, name: 'Zoe' },
      ],
    })
    expect(send('GET /pets').body).toEqual(made.body)
    expect(send('GET /pets/count').body).toEqual({ count: 2 })
    expect(send('GET /pets/search?name=Zoe').body).toEqual([{ id: 2, name: 'Zoe' }])
    expect(send('DELETE /pets?name=Rex').status).toBe(204)
    expect(send('GET /pets').body).toEqual([{ id: 2, name: 'Zoe' }])
    expect(send('DELETE /pets').status).toBe(204)
    expect(send('GET /pets').body).toEqual([])
  })
})

describe('names', () => {
  it('are those of the server where what was sent is none, and what is shown is what leads there', async () => {
    const send = await serve(
      {
        '/pets': { get: gives(list(PET)), post: { ...takes(PET), ...gives(PET, 201) } },
        '/pets/{id}': { parameters: [inPath('id', { type: 'integer' })], get: gives(PET) },
      },
      { empty: true },
    )
    const made = [0, 10].map((id) => send('POST /pets', { id, name: 'Rex' }).body as { id: number })
    expect(made.map(({ id }) => id)).toEqual([1, 10])
    expect(made.map(({ id }) => send(`GET /pets/${id}`).body)).toEqual(made)
    expect(send('POST /pets', { id: 10, name: 'Zoe' }).status).toBe(409)
  })

  it('are those of the server where a record may not be called as was sent', async () => {
    const pet = object({ id: { type: 'string', pattern: '^pet_[a-z0-9]+$' }, name: TEXT })
    const sent = object({ id: TEXT, name: TEXT }, ['name'])
    const send = await serve(
      {
        '/pets': { get: gives(list(pet)), post: { ...takes(sent), ...gives(pet, 201) } },
        '/pets/{id}': { parameters: [inPath('id')], get: gives(pet) },
      },
      { empty: true },
    )
    const made = ['a b', 'c d'].map((id) => send('POST /pets', { id, name: id }).body as { id: string })
    expect(new Set(made.map(({ id }) => id)).size).toBe(2)
    expect(made.map(({ id }) => send(`GET /pets/${id}`).body)).toEqual(made)
  })

  it('that clients choose may be changed beside members that only one may have', async () => {
    const user = object({ username: TEXT, email: { ...TEXT, 'x-unique': true } })
    const send = await serve(
      {
        '/users': { get: gives(list(user)), post: { ...takes(user), ...gives(user, 201) } },
        '/users/{username}': {
          parameters: [inPath('username')],
          get: gives(user),
          patch: { ...takes({ ...user, required: [] }), ...gives(user) },
        },
      },
      { empty: true },
    )
    send('POST /users', { username: 'a', email: 'a@example.com' })
    send('POST /users', { username: 'c', email: 'c@example.com' })
    expect(send('PATCH /users/a', { username: 'b' }).status).toBe(200)
    expect(send('GET /users/b').body).toEqual({ username: 'b', email: 'a@example.com' })
    expect(send('PATCH /users/b', { email: 'c@example.com' }).status).toBe(409)
  })

  it('that a schema has few of do not keep it from creating, and go out', async () => {
    const slot = object({ id: { type: 'string', enum: ['a', 'b'] } })
    const send = await serve(
      {
        '/slots': { get: gives(list(slot)), post: gives(slot, 201) },
        '/slots/{id}': { parameters: [inPath('id')], get: gives(slot) },
      },
      { empty: true },
    )
    const statuses = [1, 2, 3].map(() => send('POST /slots').status)
    expect(statuses).toEqual([201, 201, 201])
    expect(new Set((send('GET /slots').body as Members[]).map(({ id }) => id))).toEqual(new Set(['a', 'b']))
  })

  it('are such as the path may have in it', async () => {
    const order = object({ id: { type: 'integer' } })
    const send = await serve(
      {
        '/orders': { post: gives(order, 201), get: gives(list(order)) },
        '/orders/{id}': { parameters: [inPath('id', { type: 'integer', minimum: 500 })], get: gives(order) },
      },
      { empty: true },
    )
    const { id } = send('POST /orders').body as Members
    expect(id).toBeGreaterThanOrEqual(500)
    expect(send(`GET /orders/${id}`).status).toBe(200)
  })

  it('are such as the path has a pattern for, where the record says nothing of them', async () => {
    const image = object({ name: TEXT })
    const key = { type: 'string', pattern: '[a-f\\d]{24}' }
    const send = await serve({
      '/images': { post: { ...takes(object({ alt: TEXT })), ...gives(image, 201) }, get: gives(list(image)) },
      '/images/{name}': { parameters: [inPath('name', key)], get: gives(image) },
    })
    const { name } = send('POST /images', { alt: 'A lake' }).body as Members
    expect(name).toMatch(/[a-f\d]{24}/)
    expect(send(`GET /images/${name}`)).toMatchObject({ status: 200, body: { name } })
  })

  it('of which a path allows few are free again once what had them is gone', async () => {
    const ticket = object({ id: { type: 'integer' } })
    const key = { type: 'integer', minimum: 1, maximum: 3 }
    const send = await serve(
      {
        '/tickets': { post: gives(ticket, 201), get: gives(list(ticket)) },
        '/tickets/{id}': { parameters: [inPath('id', key)], get: gives(ticket), delete: gone },
      },
      { empty: true },
    )
    const make = () => (send('POST /tickets').body as Members)['id']
    expect([make(), make(), make()]).toEqual([1, 2, 3])
    expect(send('DELETE /tickets/2').status).toBe(204)
    expect(make()).toBe(2)
    const more = [make(), make()]
    expect(new Set([1, 2, 3, ...more]).size).toBe(5)
    expect((send('GET /tickets').body as Members[]).map(({ id }) => id)).toEqual([1, 3, 2, ...more])
  })

  it('stand in a reply that shows no record and says what it is about', async () => {
    const index = object({ uid: TEXT, key: TEXT }, ['uid'])
    const task = object({ taskUid: { type: 'integer' }, indexUid: TEXT, about: object({ index_uid: TEXT }) })
    const send = await serve({
      '/indexes': { get: gives(list(index)), post: { ...takes(index), ...gives(task, 202) } },
      '/indexes/{index_uid}': {
        parameters: [inPath('index_uid')],
        get: gives(index),
        patch: { ...takes(object({ key: TEXT })), ...gives(task, 202) },
        delete: gives(task, 202),
      },
    })
    const told = {
      status: 202,
      body: { taskUid: expect.any(Number), indexUid: 'films', about: { index_uid: 'films' } },
    }
    expect(send('POST /indexes', { uid: 'films' })).toMatchObject(told)
    expect(send('PATCH /indexes/films', { key: 'a' })).toMatchObject(told)
    expect(send('DELETE /indexes/films')).toMatchObject(told)
  })

  it('in a body do as well as in a path, where the path has none', async () => {
    const send = await serve({
      '/pets': {
        post: { ...takes(object({ name: TEXT })), ...gives(PET, 201) },
        put: { ...takes(PET), ...gives(PET) },
      },
      '/pets/{id}': { parameters: [inPath('id', { type: 'integer' })], get: gives(PET) },
    })
    const { id } = send('POST /pets', { name: 'Rex' }).body as Members
    expect(send('PUT /pets', { id, name: 'Zoe' }).body).toEqual({ id, name: 'Zoe' })
    expect(send(`GET /pets/${id}`).body).toEqual({ id, name: 'Zoe' })
    expect(send('PUT /pets', { id: 777, name: 'Zoe' }).status).toBe(404)
  })
})

it('a record is meant by its id in a body, also where no client may choose or change it', async () => {
  const pet = object({ id: { type: 'integer', readOnly: true }, name: TEXT }, ['name'])
  const send = await serve({
    '/pets': { post: { ...takes(pet), ...gives(pet, 201) }, put: { ...takes(pet), ...gives(pet) } },
    '/pets/{petId}': { parameters: [inPath('petId', { type: 'integer' })], get: gives(pet) },
  })
  const { id } = send('POST /pets', { id: 777, name: 'Rex' }).body as Members
  expect(id).not.toBe(777)
  expect(send('PUT /pets', { id, name: 'Zoe' }).body).toEqual({ id, name: 'Zoe' })
  expect(send(`GET /pets/${id}`).body).toEqual({ id, name: 'Zoe' })
  expect(send('PUT /pets', { id: 777, name: 'Zoe' }).status).toBe(404)
})

it('what a server calls a record besides its name is a UUID where the document shows one', async () => {
  const id = { type: 'string', readOnly: true, example: '7c9e6679-7425-40de-944b-e07fc1f90ae7' }
  const note = object({ id, text: TEXT })
  const send = await serve({ '/addNote': { post: { ...takes(object({ text: TEXT })), ...gives(note, 201) } } })
  const ids = [1, 2].map(() => (send('POST /addNote', { text: 'a' }).body as Members)['id'])
  expect(new Set([...ids, id.example]).size).toBe(3)
  for (const one of ids) expect(one).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
})

it('no two records have the same UUID, where another member names them', async () => {
  const user = object({ id: { type: 'string', format: 'uuid' }, username: TEXT })
  const send = await serve({
    '/users': { post: { ...takes(object({ username: TEXT })), ...gives(user, 201) } },
    '/users/{username}': { parameters: [inPath('username')], get: gives(user) },
  })
  const [one, other] = ['ann', 'bob'].map((username) => (send('POST /users', { username }).body as Members)['id'])
  expect(one).not.toBe(other)
})

it('nothing comes next where no parameter asks for a page', async () => {
  const next = { type: ['string', 'null'] }
  const send = await serve({
    '/pets': {
      post: { ...takes(object({ name: TEXT })), ...gives(PET, 201) },
      get: gives(object({ pets: list(PET), paging: object({ next: TEXT }, []), next, nextVisit: TEXT })),
    },
    '/pets/{id}': { parameters: [inPath('id', { type: 'integer' })], get: gives(PET) },
  })
  expect(send('GET /pets').body).toMatchObject({ paging: {}, next: null, nextVisit: expect.any(String) })
  expect((send('GET /pets').body as { paging: Members }).paging).not.toHaveProperty('next')
})

it('a reply has no more of a record, at whatever depth, than its schema names', async () => {
  const kinds = { oneOf: [object({ card: object({ last: TEXT }) }), object({ bank: object({ iban: TEXT }) })] }
  const labels = { type: 'object', additionalProperties: object({ text: TEXT }) }
  const shown = object({ id: TEXT, owner: object({ name: TEXT }), ways: list(kinds), labels, free: { type: 'object' } })
  const taken = object({
    owner: object({ name: TEXT, pass: TEXT }),
    ways: list({ type: 'object' }),
    labels: { type: 'object' },
    free: { type: 'object' },
  })
  const send = await serve({
    '/payers': { post: { ...takes(taken), ...gives(shown, 201) } },
    '/payers/{id}': { parameters: [inPath('id')], get: gives(shown) },
  })
  const sent = {
    owner: { name: 'Ada', pass: 'secret' },
    ways: [{ card: { last: '42', cvc: '1' } }, { bank: { iban: 'X', pin: '1' } }],
    labels: { a: { text: 'A', hidden: '1' } },
    free: { any: { thing: 1 } },
  }
  expect(send('POST /payers', sent).body).toEqual({
    id: expect.any(String),
    owner: { name: 'Ada' },
    ways: [{ card: { last: '42' } }, { bank: { iban: 'X' } }],
    labels: { a: { text: 'A' } },
    free: { any: { thing: 1 } },
  })
})

describe('a reply that the record does not fit', () => {
  it('shows it as fits a list of one kind among several, beside those that are there', async () => {
    const version = object({ kind: { const: 'version' }, data: list(object({ name: TEXT, base: TEXT })) })
    const part = object({ name: TEXT, base: object({ id: TEXT }) })
    const branch = object({ kind: { const: 'branch' }, data: list({ ...part, additionalProperties: false }) })
    const example = { kind: 'branch', data: [{ name: 'main', base: { id: 'a' } }] }
    const send = await serve({
      '/branches': {
        get: gives({ anyOf: [version, branch] }, 200, example),
        post: { ...takes(object({ name: TEXT, base: TEXT })), ...gives(object({ name: TEXT, base: TEXT }), 201) },
      },
      '/branches/{name}': { parameters: [inPath('name')], get: gives(object({ name: TEXT })) },
    })
    send('POST /branches', { name: 'next', base: 'main' })
    const { data } = send('GET /branches').body as { data: Members[] }
    expect(data).toEqual([example.data[0], { name: 'next', base: { id: 'a' } }])
  })

  it('has what the document shows where it breaks it, and is no 500', async () => {
    const send = await serve({
      '/pets': {
        get: gives(list(object({ id: { type: 'integer' }, tag: { type: 'string', const: 'pet' } }))),
        post: { ...takes(object({ name: TEXT, tag: { type: 'integer' } })), ...gives(PET, 201) },
      },
      '/pets/{id}': { parameters: [inPath('id', { type: 'integer' })], get: gives(PET) },
    })
    expect(send('POST /pets', { name: 'Rex', tag: 7 }).status).toBe(201)
    const { status, body } = send('GET /pets')
    expect([status, (body as Members[]).every(({ tag }) => tag === 'pet')]).toEqual([200, true])
  })

  it('is the document’s where the client takes another media type, of another schema', async () => {
    const text = { 'text/csv': { schema: TEXT, example: 'id;name' } }
    const folder = createFolder()
    const responses = { 200: { description: 'All', content: { ...content(list(PET)), ...text } } }
    const paths = {
      '/pets': { get: { responses }, post: { ...takes(object({ name: TEXT })), ...gives(PET, 201) } },
      '/pets/{id}': { parameters: [inPath('id', { type: 'integer' })], get: gives(PET) },
    }
    const document = JSON.stringify({ openapi: '3.1.0', info: { title: 'Kinds', version: '1' }, paths })
    const mock = createMock({ apis: [await readApi(folder.write({ 'kinds.json': document }))] })
    folder.remove()
    const reply = mock.answer({ method: 'GET', path: '/pets', headers: { accept: 'text/csv' } })
    expect(reply).toMatchObject({ status: 200, body: 'id;name' })
    expect(mock.answer({ method: 'GET', path: '/pets' }).body).toContainEqual({
      id: expect.any(Number),
      name: expect.any(String),
    })
  })
})
