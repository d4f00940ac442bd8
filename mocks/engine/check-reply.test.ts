import { describe, expect, it } from 'vitest'
import { parseContract } from '../../documents/contract/build-contract.ts'
import { listOperations } from '../../documents/emit/list-operations.ts'
import { compileValidators } from '../../documents/validators/compile-validators.ts'
import { checkReply, declaredStatus } from './check-reply.ts'
import type { Operation } from './vocabulary.ts'

const contract = parseContract(
  `
openapi: 3.1.0
info: { title: People, version: '1' }
paths:
  /people:
    get:
      operationId: listPeople
      responses:
        '200': { description: Found, content: { application/json: { schema: { type: object, required: [people], properties: { people: { type: array, items: { type: string } } } } } } }
        '202': { description: Whatever, content: { text/plain: {} } }
        '204': { description: Nobody }
        '404': { description: Lost, content: { application/json: { schema: { type: object, required: [code] } } } }
        4XX: { description: Refused, content: { application/json: { schema: { type: object, required: [error] } } } }
    delete:
      operationId: deletePeople
      responses:
        default: { description: Anything, content: { application/json: { schema: { type: string } } } }
`,
  'people.yaml',
)
const [listPeople, deletePeople] = listOperations(contract) as [Operation, Operation]
const validators = compileValidators(contract)

const check = (operation: Operation, status: number, body?: unknown) =>
  checkReply(operation, validators[operation.id] ?? { replies: {} }, { status, headers: {}, body })

describe('a reply', () => {
  it.each<[operation: Operation, status: number, body: unknown]>([
    [listPeople, 200, { people: [] }],
    [listPeople, 200, { people: ['Zoë'], more: 1 }],
    [listPeople, 202, 'text'],
    [listPeople, 202, undefined],
    [listPeople, 204, undefined],
    [listPeople, 404, { code: 1 }],
    [listPeople, 422, { error: 1 }],
    [deletePeople, 200, 'gone'],
    [deletePeople, 500, 'lost'],
  ])('of $id keeps its contract: %i %j', (operation, status, body) => {
    expect(check(operation, status, body)).toBeUndefined()
  })

  it.each<[operation: Operation, status: number, body: unknown, what: string]>([
    [listPeople, 201, { people: [] }, 'answers 201, which it does not declare'],
    [listPeople, 500, undefined, 'answers 500, which it does not declare'],
    [listPeople, 20, undefined, 'answers 20, which it does not declare'],
    [listPeople, 204, {}, 'answers 204 with a body, where none is declared'],
    [listPeople, 204, null, 'answers 204 with a body, where none is declared'],
    [listPeople, 200, undefined, 'answers 200, but the body must be object'],
    [listPeople, 200, {}, "answers 200, but the body must have required property 'people'"],
    [listPeople, 200, { people: ['a', 7] }, 'answers 200, but /people/1 must be string'],
    // The status itself is held to before its range.
    [listPeople, 404, { error: 1 }, "answers 404, but the body must have required property 'code'"],
    [listPeople, 422, { code: 1 }, "answers 422, but the body must have required property 'error'"],
    [deletePeople, 200, 7, 'answers 200, but the body must be string'],
  ])('of $id breaks it, loudly: %i %j', (operation, status, body, what) => {
    expect(check(operation, status, body)).toEqual({
      refused: 'broken-reply',
      message: `the behaviour of ${operation.id} failed: it ${what}; nothing was changed`,
      rule: 'check-reply',
    })
  })
})

describe('a status', () => {
  it.each<[operation: Operation, status: number, want: string | undefined]>([
    [listPeople, 200, '200'],
    [listPeople, 404, '404'],
    [listPeople, 400, '4XX'],
    [listPeople, 499, '4XX'],
    [listPeople, 500, undefined],
    [listPeople, Number.NaN, undefined],
    [deletePeople, 200, 'default'],
    [deletePeople, 599, 'default'],
  ])('of $id, %i, is declared as %s', (operation, status, want) => {
    expect(declaredStatus(operation, status)).toBe(want)
  })
})
