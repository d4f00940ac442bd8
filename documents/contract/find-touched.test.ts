import { expect, it } from 'vitest'
import { parseContract } from './build-contract.ts'
import { findTouched } from './find-touched.ts'

const contract = parseContract(
  `openapi: 3.2.0
info: { title: Pets, version: '1' }
paths:
  /pets:
    parameters: [{ $ref: '#/components/parameters/limit' }]
    get: { operationId: list, responses: { 200: { $ref: '#/components/responses/Pets' } } }
    post: { operationId: create, requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }, responses: { 204: {} } }
    additionalOperations: { LINK: { operationId: link, responses: { 204: {} } } }
  /cats: { $ref: '#/paths/~1pets' }
components:
  parameters: { limit: { name: limit, in: query } }
  responses: { Pets: { content: { application/json: { schema: { items: { $ref: '#/components/schemas/Pet' } } } } } }
  schemas: { Pet: { properties: { tag: { $ref: '#/components/schemas/Tag' } } }, Tag: { type: string }, Alone: {} }
`,
  'pets.yaml',
)

it.each<[within: string, ids: string[]]>([
  ['#/paths/~1pets/get', ['list', 'getCats']],
  ['#/paths/~1pets/additionalOperations/LINK', ['link', 'linkCats']],
  ['#/paths/~1pets', ['list', 'create', 'link', 'getCats', 'postCats', 'linkCats']],
  ['#/components/parameters/limit', ['list', 'create', 'link', 'getCats', 'postCats', 'linkCats']],
  ['#/components/schemas/Tag', ['list', 'create', 'getCats', 'postCats']],
  ['#/components/responses/Pets', ['list', 'getCats']],
  ['#/components/schemas/Alone', []],
  ['#', []],
])('a fault within %s touches %j', (within, ids) => {
  expect(findTouched(contract, { within })).toEqual(ids)
})
