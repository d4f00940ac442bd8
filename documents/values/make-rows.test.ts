import { describe, expect, it } from 'vitest'
import { buildContract } from '../contract/build-contract.ts'
import type { Contract } from '../contract/contract.ts'
import type { Json } from '../read/read-document.ts'
import { readRowSource } from './make-rows.ts'

const ITEM = { type: 'object', required: ['name'], properties: { name: { type: 'string', pattern: '^[A-Z]{3}$' } } }

const documentOf = (...bodies: [schema: Json, role?: string][]): Contract =>
  buildContract({
    openapi: '3.1.0',
    info: { title: 'A', version: '1' },
    paths: Object.fromEntries(
      bodies.map(([schema, role], index) => [
        `/${index}`,
        {
          post: {
            operationId: `op${index}`,
            'x-role': role,
            requestBody: { content: { 'application/json': { schema } } },
          },
        },
      ]),
    ),
  })

const ROW = { name: expect.stringMatching(/^[A-Z]{3}$/) }

describe('the rows of a document', () => {
  it.each<[given: string, schema: Json, body: Json]>([
    ['the items of an array', { type: 'array', items: ITEM }, [ROW, ROW]],
    [
      "the items of an object's only array of objects",
      {
        type: 'object',
        required: ['mode'],
        properties: {
          mode: { const: 'all' },
          users: { type: 'array', items: ITEM },
          tags: { type: 'array', items: { type: 'string' } },
        },
      },
      { mode: 'all', users: [ROW, ROW] },
    ],
    ['else the body itself', ITEM, ROW],
  ])('are %s', (_, schema, want) => {
    const source = readRowSource(documentOf([schema]), 'a')
    const rows = [0, 1].map((index) => source?.row(index, 'seed'))
    expect(rows).toEqual([ROW, ROW])
    expect(rows[0]).not.toEqual(rows[1])
    const body = source?.body(rows, 'seed')
    expect(Array.isArray(want) ? body : { ...body }).toEqual(Array.isArray(want) ? want : expect.objectContaining(want))
  })

  it('are those of the subject', () => {
    expect(readRowSource(documentOf([ITEM], [ITEM, 'subject']), 'a')?.operationId).toBe('op1')
    expect(readRowSource(documentOf([ITEM], [ITEM]), 'a')?.operationId).toBe('op0')
  })

  it('are none where nothing takes a body', () => {
    expect(
      readRowSource(
        buildContract({ openapi: '3.1.0', info: { title: 'A', version: '1' }, paths: { '/a': { get: {} } } }),
        'a',
      ),
    ).toBeUndefined()
  })

  it('name operation and field where none can be made', () => {
    const schema = { ...ITEM, properties: { name: { type: 'string', pattern: '^x$', minLength: 2 } } }
    expect(() => readRowSource(documentOf([schema]), 'a')?.row(0, 'seed')).toThrow(
      /\/name of a row of op0: .*pattern \^x\$/,
    )
  })
})
