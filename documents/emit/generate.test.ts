import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parseContract, readContract } from '../contract/build-contract.ts'
import { generate } from './generate.ts'

const FILE = join(import.meta.dirname, '../../contract-tests/fixtures/orders.yaml')
const files = await generate(await readContract(FILE), 'orders.yaml')
const textOf = (name: string): string => files.get(name) as string

/** A module that imports nothing runs from its text alone. */
const run = (text: string) => import(`data:text/javascript,${encodeURIComponent(text)}`)

it('makes five files, each of which says where it is from', () => {
  expect([...files.keys()]).toEqual(['types.ts', 'operations.ts', 'examples.ts', 'validators.js', 'validators.d.ts'])
  for (const text of files.values()) {
    expect(text).toMatch(
      /^\/\/ Written by `rollcall generate` from orders\.yaml\. Do not edit: change the document\.\n/,
    )
  }
})

it('gives the same text each time', async () => {
  expect(await generate(await readContract(FILE), 'orders.yaml')).toEqual(files)
})

it('writes validators that run with nothing else', async () => {
  const { default: validators } = await run(textOf('validators.js'))
  const ids = ['cancelOrder', 'getStockByArticle', 'listOrders', 'listParcels', 'placeOrder']
  expect(Object.keys(validators).sort()).toEqual(ids)
  const order = {
    customer: 'Zoë',
    lines: [{ article: 7, quantity: 2, price: 19.99 }],
    payment: { kind: 'card', last4: '4242' },
  }
  const { body, header, replies } = validators.placeOrder
  expect(body(order)).toBe(true)
  expect(body({ ...order, customer: 'p{L}' })).toBe(false)
  expect(body.errors).toMatchObject([{ instancePath: '/customer', keyword: 'pattern' }])
  expect(header({ 'Idempotency-Key': 'short' })).toBe(false)
  expect(Object.keys(replies)).toEqual(['201', '401', '422'])
  expect(validators.listParcels.replies[200]([{ code: 'a23456789012', inside: [{ code: 7 }] }])).toBe(false)
  // Equal schemas share one function.
  expect(validators.cancelOrder.replies[401]).toBe(replies[401])
})

it('writes the formats of numbers with their limits', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-generate-'))
  const file = join(folder, 'counts.json')
  const schema = { type: 'object', properties: { small: { format: 'int32' }, large: { format: 'int64' } } }
  const post = { operationId: 'count', requestBody: { content: { 'application/json': { schema } } }, responses: {} }
  await writeFile(
    file,
    JSON.stringify({ openapi: '3.1.0', info: { title: 'A', version: '1' }, paths: { '/a': { post } } }),
  )
  const { default: validators } = await run(
    (await generate(await readContract(file), 'counts.json')).get('validators.js') as string,
  )
  await rm(folder, { recursive: true })
  expect([{ small: 2 ** 31 - 1 }, { large: 2 ** 53 }, { large: -(2 ** 63) }].map(validators.count.body)).toEqual([
    true,
    true,
    true,
  ])
  expect([{ small: 2 ** 31 }, { large: 1e19 }].map(validators.count.body)).toEqual([false, false])
})

it('writes the table of operations and the examples as plain data', async () => {
  const { operations, title, version, servers } = await run(textOf('operations.ts').replace(/ as const$/m, ''))
  expect({ title, version, servers }).toEqual({
    title: 'Orders of a small shop',
    version: '1.2.0',
    servers: ['https://shop.example.net/v2'],
  })
  expect(operations.find(({ id }: { id: string }) => id === 'cancelOrder')).toMatchObject({
    method: 'DELETE',
    path: '/orders/{orderId}',
  })
  const { examples, requests } = await run(textOf('examples.ts'))
  expect(requests.placeOrder.oneLine.customer).toBe('Zoë')
  // What is composed is not the document's: it stays out.
  expect(examples.listOrders.replies[200]).toBeUndefined()
})

it('writes types of each operation', () => {
  const types = textOf('types.ts')
  expect(types).toMatch(/export interface operations \{\n {4}listOrders: \{/)
  expect(types).toContain(
    'requestBody: {\n            content: {\n                "application/json": components["schemas"]["NewOrder"];',
  )
  expect(types).toMatch(/wantedOn\?: string \| null;/)
})

/** The types of a document of these parts. */
const typesOf = async (parts: object): Promise<string> => {
  const text = JSON.stringify({ openapi: '3.1.0', info: { title: 'A', version: '1' }, ...parts })
  return (await generate(parseContract(text, 'a.json'), 'a.json')).get('types.ts') as string
}

it('takes an id that stands twice: a path item that paths share, a webhook of the same name', async () => {
  const responses = { 204: { description: 'ok' } }
  const types = await typesOf({
    // What is served keeps its id, wherever it stands.
    components: { pathItems: { A: { get: { operationId: 'readA', responses } } } },
    paths: { '/a': { $ref: '#/components/pathItems/A' }, '/b': { $ref: '#/components/pathItems/A' } },
    webhooks: { w: { post: { operationId: 'readA', responses } }, v: { post: { operationId: 'tell', responses } } },
  })
  expect(types.match(/(?<=get|post): operations\["\w+"\]/g)).toEqual([
    ': operations["readA"]',
    ': operations["getB"]',
    ': operations["tell"]',
  ])
})

/** `R0` refers to `R1`, that to `R2`, and the last is what is given. */
const chainOf = (length: number, holder: string, end: object): object =>
  Object.fromEntries(
    Array.from({ length }, (_, index) => [
      `R${index}`,
      index === length - 1 ? end : { $ref: `#/components/${holder}/R${index + 1}` },
    ]),
  )

it('leads a chain of schemas longer than anybody writes to its end, and no other', async () => {
  const schema = { $ref: '#/components/schemas/R0' }
  const responses = { 200: { description: 'ok', content: { 'application/json': { schema } } } }
  const paths = { '/a': { get: { operationId: 'a', responses } } }
  const long = await typesOf({ paths, components: { schemas: chainOf(100, 'schemas', { type: 'string' }) } })
  expect(long).toContain('"application/json": components["schemas"]["R99"];')
  expect(long).toContain('R1: components["schemas"]["R99"];')
  const short = await typesOf({ paths, components: { schemas: chainOf(3, 'schemas', { type: 'string' }) } })
  expect(short).toContain('"application/json": components["schemas"]["R0"];')
  expect(short).toContain('R0: components["schemas"]["R1"];')
})

it('writes a component that is the name of another as that', async () => {
  const media = { 'application/json': { schema: { type: 'string' } } }
  const types = await typesOf({
    paths: { '/a': { get: { operationId: 'a', responses: { 200: { $ref: '#/components/responses/R0' } } } } },
    components: {
      responses: chainOf(30, 'responses', { description: 'ok', content: media }),
      requestBodies: chainOf(2, 'requestBodies', { content: media }),
    },
  })
  expect(types).toContain('200: components["responses"]["R0"];')
  expect(types).not.toContain('content?: never')
  expect(types.match(/"application\/json": string;/g)).toHaveLength(32)
})

it('writes a header that need not be there as such, also where it is a component', async () => {
  const types = await typesOf({
    paths: {
      '/a': {
        get: {
          operationId: 'a',
          responses: {
            200: {
              description: 'ok',
              headers: {
                'X-May': { $ref: '#/components/headers/May' },
                'X-Must': { $ref: '#/components/headers/Must' },
              },
            },
          },
        },
      },
    },
    components: {
      headers: { May: { schema: { type: 'integer' } }, Must: { required: true, schema: { type: 'integer' } } },
    },
  })
  expect(types).toMatch(/"X-May"\?: number;\s+"X-Must": components\["headers"\]\["Must"\];/)
})

it('writes media types that are components (OpenAPI 3.2)', async () => {
  const text = JSON.stringify({
    openapi: '3.2.0',
    info: { title: 'A', version: '1' },
    paths: {
      '/a': {
        get: {
          operationId: 'a',
          responses: {
            200: {
              description: 'ok',
              content: {
                'application/json': { $ref: '#/components/mediaTypes/Text' },
              },
            },
          },
        },
      },
    },
    components: { mediaTypes: { Text: { schema: { type: 'string' } } } },
  })
  const types = (await generate(parseContract(text, 'a.json'), 'a.json')).get('types.ts')
  expect(types).toContain('"application/json": string;')
})

it('writes operations of the methods of OpenAPI 3.2', async () => {
  const responses = { 204: { description: 'ok' } }
  const schema = { type: 'object', properties: { a: { type: 'integer' } } }
  const text = JSON.stringify({
    openapi: '3.2.0',
    info: { title: 'A', version: '1' },
    paths: {
      '/a/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        get: { operationId: 'read', responses },
        query: { operationId: 'search', requestBody: { content: { 'application/json': { schema } } }, responses },
        additionalOperations: {
          COPY: { operationId: 'copy', responses },
          'M-SEARCH': { operationId: 'find', responses },
        },
      },
    },
  })
  const types = (await generate(parseContract(text, 'a.json'), 'a.json')).get('types.ts') as string
  expect(types).toContain(`        trace?: never;
        query: operations["search"];
        COPY: operations["copy"];
        "M-SEARCH": operations["find"];
    };
}
`)
  expect(types).toMatch(/ {4}search: \{\n {8}parameters: \{[^}]*path: \{\s+id: number;/)
  expect(types.match(/"\/a/g)).toHaveLength(1)
})

it('writes names with a percent sign as they are', async () => {
  const schema = { type: 'object', required: ['share%'], properties: { 'share%': { type: 'number' } } }
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/50%25' } } }
  const text = JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'A', version: '1' },
    paths: { '/off/100%': { get: { operationId: 'off', responses: { 200: { description: 'ok', content } } } } },
    components: { schemas: { '50%': schema } },
  })
  const types = (await generate(parseContract(text, 'a.json'), 'a.json')).get('types.ts') as string
  expect(types).toContain('    "/off/100%": {\n')
  expect(types).toContain('        "50%": {\n            "share%": number;\n        };\n')
  expect(types).toContain('"application/json": components["schemas"]["50%"];')
})
