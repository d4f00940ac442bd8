import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BUILT_IN } from '../built-in.ts'
import { createMock } from '../create-mock.ts'
import type { Behaviours } from '../engine/vocabulary.ts'
import { readApi } from '../read-api.ts'
import { fromExamples } from '../replies/from-examples.ts'
import { royalti } from '../royalti.ts'
import type { Api } from './api.ts'
import { defineApi } from './define-api.ts'

/** The same API with other behaviours. */
const define = (own: Partial<Behaviours>): Api =>
  defineApi({ ...royalti, behaviours: { ...royalti.behaviours, ...own } })

describe('an API', () => {
  it.each(Object.entries(BUILT_IN))(
    'of rollcall is what would be defined of it, and answers all: %s',
    async (_, load) => {
      const api = await load()
      expect(defineApi(api)).toEqual(api)
      expect(api.unanswered).toEqual([])
    },
  )

  it('that was read answers all its operations, from its examples', async () => {
    expect((await readApi(join(import.meta.dirname, '../../openapi/royalti.yaml'))).unanswered).toEqual([])
  })

  it('of any document takes behaviours of its own, and leaves the rest to the examples', async () => {
    const read = await readApi(join(import.meta.dirname, '../../openapi/royalti.yaml'))
    const { refuse, operations } = fromExamples(read.operations, read.examples, read.validators)
    const deleteUsers = () => ({ status: 200, body: { message: 'Mine.', processedCount: 0, failedDeletions: [] } })
    const behaviours = { ...royalti.behaviours, refuse, operations: { ...operations, deleteUsers } }
    const mock = createMock({ apis: [defineApi({ ...read, behaviours })] })
    const headers = { authorization: 'Bearer RWAK-a' }
    const [example] = Object.values(read.examples['listUsers']?.replies['200'] ?? {})
    expect(mock.answer({ method: 'GET', path: '/user/', headers }).body).toEqual(example)
    const body = { ids: ['95b11417-f18f-457f-8804-68e361f9164f'] }
    expect(mock.answer({ method: 'POST', path: '/user/bulk/delete', headers, body }).body).toMatchObject({
      message: 'Mine.',
    })
  })

  it('keeps its parts as they are given', () => {
    const { behaviours } = royalti
    const defined = defineApi({ ...royalti, behaviours })
    expect(defined).toEqual(royalti)
    expect(defined.behaviours).toBe(behaviours)
  })

  it.each<[what: string, own: Partial<Behaviours>]>([
    ['a behaviour', { operations: { ...royalti.behaviours.operations, listUser: () => ({ status: 200 }) } }],
    ['the bulk creation', { creation: { operationId: 'listUser', bodyOf: (rows) => rows } }],
    ['a limit', { limits: [{ name: 'lists', operations: ['listUser'], requests: 1, seconds: 1 }] }],
  ])('is not defined where %s is for an operation that it has not: the closest is named', (_, own) => {
    expect(() => define(own)).toThrow(new Error('there is no operation listUser in royalti; the closest is listUsers'))
  })

  it('is not defined either where it has no operation at all', () => {
    expect(() => defineApi({ ...royalti, operations: [] })).toThrow(
      new Error('there is no operation bulkCreateUsers in royalti'),
    )
  })
})

describe('an operation without a behaviour', () => {
  const { getUser: _, ...operations } = royalti.behaviours.operations
  const api = define({ operations })

  it('is listed', () => {
    expect(api.unanswered).toEqual(['getUser'])
  })

  it('is listed too where it is called like a member that every object has', () => {
    const [operation] = royalti.operations
    const called = { ...(operation as Api['operations'][number]), id: 'constructor', path: '/constructor' }
    expect(defineApi({ ...royalti, operations: [...royalti.operations, called] }).unanswered).toEqual(['constructor'])
  })

  it('refuses a valid call with 500, in the shape of its API, and an invalid one as ever', () => {
    const mock = createMock({ apis: [api] })
    const headers = { authorization: 'Bearer RWAK-a' }
    const ask = (id: string) => mock.answer({ method: 'GET', path: `/user/${id}`, headers })
    expect(ask('95b11417-f18f-457f-8804-68e361f9164f')).toMatchObject({
      status: 500,
      body: {
        error: {
          details: [
            expect.stringMatching(
              /the behaviour of getUser failed: it threw Error: no behaviour for operation getUser; nothing was changed$/,
            ),
          ],
        },
      },
    })
    expect(mock.answer({ method: 'GET', path: '/user/1' }).status).toBe(401)
    expect(mock.journal.map(({ verdict }) => verdict.reason)).toEqual(['broken-reply', 'no-credentials'])
  })
})
