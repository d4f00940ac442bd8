import { describe, expect, it } from 'vitest'
import { parseContract } from './build-contract.ts'
import { type Comparison, compareContracts } from './compare-contracts.ts'

const PETS = `openapi: 3.1.0
info: { title: Pets, version: '1' }
servers: [{ url: https://pets.example/v1 }]
paths:
  /pets:
    parameters: [{ name: limit, in: query, schema: { type: integer, maximum: 50 } }]
    get:
      operationId: listPets
      responses: { 200: { description: All, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } } } } }
    post:
      operationId: addPet
      security: [{ key: [] }]
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/NewPet' } } } }
      responses: { 204: { description: Added } }
  /health:
    get: { operationId: isAlive, responses: { 204: { description: Yes } } }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: X-Key } }
  schemas:
    Pet: { type: object, properties: { description: { type: string }, tag: { $ref: '#/components/schemas/Tag' } } }
    NewPet: { type: object, properties: { name: { type: string, maxLength: 20 } } }
    Tag: { type: string }
    Alone: { type: string }
`

/** The document, in which a text stands for another. */
const compare = (from: string, to: string): Comparison => {
  if (!PETS.includes(from)) throw new Error(`there is no ${from}`)
  return compareContracts(parseContract(PETS, 'pets.yaml'), parseContract(PETS.replace(from, to), 'pets.yaml'))
}

describe('two states of a document', () => {
  it.each<[what: string, from: string, to: string, changed: string[]]>([
    ['nothing', 'Pets', 'Pets', []],
    ['a title', 'title: Pets', 'title: All pets', []],
    ['a reply', 'description: Yes', 'description: It is', ['isAlive']],
    ['a parameter of the path', 'maximum: 50', 'maximum: 60', ['listPets', 'addPet']],
    ['a schema', 'maxLength: 20', 'maxLength: 30', ['addPet']],
    ['a schema that another refers to', 'Tag: { type: string }', 'Tag: { type: integer }', ['listPets']],
    ['a schema that nobody refers to', 'Alone: { type: string }', 'Alone: { type: integer }', []],
    ['a security scheme', 'X-Key', 'X-Other-Key', ['addPet']],
    ['the servers', '/v1', '/v2', ['listPets', 'addPet', 'isAlive']],
    ['the path of an operation', '/health:', '/alive:', ['isAlive']],
  ])('that differ in %s have changed the operations that it is about', (_, from, to, changed) => {
    const all = ['listPets', 'addPet', 'isAlive']
    expect(compare(from, to)).toMatchObject({
      changed,
      kept: all.filter((id) => !changed.includes(id)),
      added: [],
      removed: [],
    })
  })

  it('tell operations that are new from those that are gone', () => {
    expect(compare('operationId: isAlive', 'operationId: isWell')).toMatchObject({
      added: ['isWell'],
      removed: ['isAlive'],
      changed: [],
    })
  })
})
