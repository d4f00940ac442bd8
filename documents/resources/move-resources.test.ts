import { expect, it } from 'vitest'
import { parseContract } from '../contract/build-contract.ts'
import { findResources, takeOverResources } from './find-resources.ts'

const PETS = `openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      operationId: listPets
      responses: { 200: { description: All, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } } } } }
  /pets/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get:
      operationId: readPet
      responses: { 200: { description: One, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } }
components:
  schemas:
    Pet: { type: object, required: [id], properties: { id: { type: string }, name: { type: string, maxLength: 20, x-unique: true } } }
`

it('What was found in a document is found again in one of the same form, with the schemas that it has now', () => {
  const before = parseContract(PETS, 'pets.yaml')
  const after = parseContract(PETS.replace('maxLength: 20', 'maxLength: 30'), 'pets.yaml')
  const found = before.once(findResources)
  takeOverResources(before, after)
  const again = after.once(findResources)
  expect(again.operations).toBe(found.operations)
  expect(again.resources).toEqual([{ ...found.resources[0], schema: expect.anything() }])
  expect(again.resources[0]?.schema).toMatchObject({ schema: { properties: { name: { maxLength: 30 } } } })
})

it('Where nobody has asked yet, it is found when somebody does', () => {
  const [before, after] = [parseContract(PETS, 'pets.yaml'), parseContract(PETS, 'pets.yaml')]
  takeOverResources(before, after)
  expect(after.once(findResources).resources.map(({ name }) => name)).toEqual(['pets'])
})
