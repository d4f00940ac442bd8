/**
 * A synthetic document as large as those of real vendors: 200 resources with five operations each, about 3 MB of YAML.
 * `node benchmarks/synthetic-document.ts > large.yaml`
 */
import { stringify } from 'yaml'

export const RESOURCES = 200
export const OPERATIONS = RESOURCES * 5

type Json = Record<string, unknown>

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })

const prose = (subject: string): string =>
  `${subject} belongs to one account and is visible to everyone who may read that account. Times are in UTC; amounts ` +
  `are in the smallest unit of their currency. A change is visible at once to whoever made it, and to all others ` +
  `within a second. See the guide on consistency for what that means when several clients write at once, and the one ` +
  `on limits for how often it can be read. What is written is kept for as long as the account exists, and is part of ` +
  `every export of it. Nothing here is shared between accounts, and no other account can tell that it exists.`

/** Each resource has its own constraints, so that no two schemas are alike. */
function resourceSchema(name: string, number: number): Json {
  return {
    type: 'object',
    description: prose(`A ${name}`),
    required: ['name', 'kind', 'amount', 'owner'],
    properties: {
      name: { type: 'string', minLength: 1, maxLength: 40 + (number % 60), description: 'As people read it.' },
      code: { type: 'string', pattern: `^[A-Z]{2}-[0-9]{${3 + (number % 5)}}$`, description: 'Printed on documents.' },
      kind: { type: 'string', enum: ['draft', 'open', 'closed', `special_${number}`], description: 'Where it stands.' },
      amount: { type: 'integer', minimum: 0, maximum: 1_000_000 + number, description: 'In the smallest unit.' },
      rate: { type: 'number', minimum: 0, exclusiveMaximum: 100, description: 'In per cent.' },
      owner: ref('Person'),
      address: ref('Address'),
      tags: {
        type: 'array',
        maxItems: 5 + (number % 10),
        items: { type: 'string', pattern: '^[a-z][a-z0-9-]{0,30}$' },
      },
      dueOn: { type: 'string', format: 'date', description: 'The day itself counts.' },
      active: { type: 'boolean', description: 'Whether it takes part.' },
      parts: {
        type: 'array',
        maxItems: 20,
        items: {
          type: 'object',
          required: ['sku', 'count'],
          properties: {
            sku: { type: 'string', minLength: 3, maxLength: 12 + (number % 8) },
            count: { type: 'integer', minimum: 1, maximum: 999 },
            note: { type: ['string', 'null'], maxLength: 200 },
          },
        },
      },
    },
  }
}

const example = (number: number): Json => ({
  name: `Example ${number}`,
  code: `AB-${'1234567'.slice(0, 3 + (number % 5))}`,
  kind: 'open',
  amount: 1200,
  rate: 2.5,
  owner: { givenName: 'Siobhan', familyName: "O'Brien", email: 'siobhan@example.com' },
  address: { street: '1 Quay Street', city: 'Galway', country: 'IE' },
  tags: ['first', 'of-many'],
  dueOn: '2026-11-30',
  active: true,
  parts: [{ sku: 'SKU-1', count: 2, note: null }],
})

const json = (schema: Json, value?: unknown): Json => ({
  'application/json': { schema, ...(value !== undefined && { example: value }) },
})

function operationsOf(name: string, number: number): Record<string, Json> {
  const plural = `${name.toLowerCase()}s`
  const stored = { id: `${name.toLowerCase()}_000000000001`, createdAt: '2026-01-01T00:00:00Z', ...example(number) }
  const refusals = {
    '400': { $ref: '#/components/responses/Invalid' },
    '401': { $ref: '#/components/responses/Unauthorized' },
    '404': { $ref: '#/components/responses/NotFound' },
  }
  const operation = (verb: string, rest: Json): Json => ({
    operationId: `${verb}${name}`,
    summary: `${verb} ${plural}`,
    description: prose(`A ${name}`),
    tags: [plural],
    ...rest,
  })
  const id = [
    { name: 'id', in: 'path', required: true, schema: { type: 'string', pattern: '^[a-z0-9_]+$' }, example: stored.id },
  ]
  return {
    [`/v1/${plural}`]: {
      get: operation('list', {
        parameters: [
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100 + number } },
          { name: 'after', in: 'query', schema: { type: 'string', maxLength: 64 } },
        ],
        responses: {
          '200': {
            description: `Some ${plural}.`,
            content: json(
              { type: 'object', required: ['data'], properties: { data: { type: 'array', items: ref(name) } } },
              { data: [stored] },
            ),
          },
          ...refusals,
        },
      }),
      post: operation('create', {
        requestBody: { required: true, content: json(ref(`New${name}`), example(number)) },
        responses: { '201': { description: `The new ${name}.`, content: json(ref(name), stored) }, ...refusals },
      }),
    },
    [`/v1/${plural}/{id}`]: {
      get: operation('get', {
        parameters: id,
        responses: { '200': { description: `The ${name}.`, content: json(ref(name), stored) }, ...refusals },
      }),
      put: operation('replace', {
        parameters: id,
        requestBody: { required: true, content: json(ref(`New${name}`), example(number)) },
        responses: { '200': { description: `The ${name}.`, content: json(ref(name), stored) }, ...refusals },
      }),
      delete: operation('delete', {
        parameters: id,
        responses: { '204': { description: 'It is gone.' }, ...refusals },
      }),
    },
  }
}

const problem = (description: string): Json => ({
  description,
  content: json(
    { type: 'object', required: ['error'], properties: { error: { type: 'string' } } },
    { error: description },
  ),
})

/** As data: nothing in it is left to chance. */
export function largeDocument(resources = RESOURCES): Json {
  const names = Array.from({ length: resources }, (_, number) => `Resource${number}`)
  return {
    openapi: '3.1.0',
    info: { title: 'A thousand operations', version: '1.0.0' },
    servers: [{ url: 'https://large.example.com' }],
    security: [{ bearer: [] }],
    paths: Object.assign({}, ...names.map(operationsOf)),
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      responses: {
        Invalid: problem('The request is not valid.'),
        Unauthorized: problem('A token is needed.'),
        NotFound: problem('There is no such thing.'),
      },
      schemas: {
        Person: {
          type: 'object',
          required: ['givenName', 'familyName'],
          properties: {
            givenName: { type: 'string', pattern: "^[\\p{L}' -]+$", maxLength: 80 },
            familyName: { type: 'string', pattern: "^[\\p{L}' -]+$", maxLength: 80 },
            email: { type: 'string', format: 'email', maxLength: 254 },
          },
        },
        Address: {
          type: 'object',
          required: ['country'],
          properties: {
            street: { type: 'string', maxLength: 120 },
            city: { type: 'string', maxLength: 80 },
            country: { type: 'string', pattern: '^[A-Z]{2}$' },
          },
        },
        ...Object.fromEntries(names.map((name, number) => [`New${name}`, resourceSchema(name, number)])),
        ...Object.fromEntries(
          names.map((name) => [
            name,
            {
              allOf: [
                ref(`New${name}`),
                {
                  type: 'object',
                  required: ['id', 'createdAt'],
                  properties: { id: { type: 'string' }, createdAt: { type: 'string', format: 'date-time' } },
                },
              ],
            },
          ]),
        ),
      },
    },
  }
}

export const largeYaml = (): string => stringify(largeDocument(), { aliasDuplicateObjects: false, lineWidth: 120 })

if (import.meta.main) process.stdout.write(largeYaml())
