import { describe, expect, it } from 'vitest'
import type { Json } from '../../documents/read/read-document.ts'
import { listOf, objectOf, TEXT } from '../fixtures/inline-document.ts'
import { kitOf } from '../fixtures/tell-targets.ts'
import { bodyOf, rowsIn, sentRowsIn } from './read-rows.ts'
import type { CaseRequest } from './vocabulary.ts'

const requestOf = (body?: string): CaseRequest => ({
  ...{ operationId: 'create', method: 'POST', path: '/', headers: {} },
  ...(body !== undefined && { body }),
})

describe('what a request sends', () => {
  it.each<[body: string | undefined, json: Json]>([
    ['{"a":1}', { a: 1 }],
    ['null', null],
    ['{"a":', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('as JSON, for the body %j, is %j', (body, json) => expect(bodyOf(requestOf(body))).toEqual(json))

  it.each<[body: string | undefined, rowPath: string[], rows: Json[]]>([
    ['{"a":1}', [], [{ a: 1 }]],
    ['[1,2]', ['0'], [1, 2]],
    ['{"rows":[{"a":1},{}]}', ['rows', '0'], [{ a: 1 }, {}]],
    ['{"rows":7}', ['rows', '0'], []],
    ['{"rows":', ['rows', '0'], []],
    ['{"rows":', [], []],
    [undefined, [], []],
  ])('as rows, for the body %j below %j, are %j', (body, rowPath, rows) => {
    expect(rowsIn(requestOf(body), rowPath)).toEqual(rows)
  })

  it('as rows, with what the run drew of them: no member of an enum', () => {
    const row = objectOf({ name: TEXT, colour: { enum: ['red'] } })
    const { builderOf } = kitOf({ 'POST /pets': { takes: { ...objectOf({ rows: listOf(row) }), required: ['rows'] } } })
    const sent = { name: 'a', colour: 'red' }
    expect(sentRowsIn(requestOf(JSON.stringify({ rows: [sent] })), builderOf('POST /pets'))).toEqual([
      { values: sent, drawn: ['name'] },
    ])
  })
})
