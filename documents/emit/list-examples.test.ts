import { describe, expect, it } from 'vitest'
import { buildContract } from '../contract/build-contract.ts'
import type { OperationExamples } from '../contract/table.ts'
import type { Json } from '../read/read-document.ts'
import { listExamples } from './list-examples.ts'

const json = (media: Json) => ({ content: { 'application/json': media } })

function rowOf(operation: Json, components: Json = {}): OperationExamples | undefined {
  const paths = { '/a': { post: { operationId: 'a', ...operation } } }
  return listExamples(buildContract({ openapi: '3.1.0', info: { title: 'A', version: '1' }, paths, components }))['a']
}

describe('listExamples', () => {
  it.each<[given: string, operation: Json, want: OperationExamples]>([
    ['nothing', {}, { replies: {} }],
    [
      'a body without examples',
      { requestBody: json({ schema: {} }), responses: { 200: json({}), 204: {} } },
      { replies: {} },
    ],
    [
      'named examples, in order',
      { responses: { 200: json({ examples: { z: { value: 1 }, a: { value: null } } }) } },
      { replies: { 200: { z: 1, a: null } } },
    ],
    [
      'a single one, called default',
      { requestBody: json({ example: false }) },
      { request: { default: false }, replies: {} },
    ],
    [
      'one of two kinds: the named',
      { requestBody: json({ example: 1, examples: { a: { value: 2 } } }) },
      { request: { a: 2 }, replies: {} },
    ],
    [
      'references',
      {
        requestBody: { $ref: '#/components/requestBodies/A' },
        responses: { 400: { $ref: '#/components/responses/Bad' } },
      },
      { request: { a: 7 }, replies: { 400: { bad: 'no' } } },
    ],
    [
      'an example that is only linked to',
      { requestBody: json({ examples: { a: { externalValue: 'https://example.com/a' } } }) },
      { replies: {} },
    ],
    [
      'data that looks like a reference',
      { requestBody: json({ example: { $ref: '#/nowhere' } }) },
      { request: { default: { $ref: '#/nowhere' } }, replies: {} },
    ],
  ])('gives %s', (_, operation, want) => {
    const components = {
      requestBodies: { A: json({ examples: { a: { $ref: '#/components/examples/seven' } } }) },
      responses: { Bad: json({ examples: { bad: { value: 'no' } } }) },
      examples: { seven: { value: 7 } },
    }
    expect(rowOf(operation, components)).toEqual(want)
  })

  it('keeps the order of names: the first is what a plain mock answers', () => {
    const row = rowOf({ responses: { 200: json({ examples: { z: { value: 1 }, a: { value: 2 } } }) } })
    expect(Object.keys(row?.replies[200] ?? {})).toEqual(['z', 'a'])
  })

  it('gives those of the first media type, or of every one: of a name the first', () => {
    const content = {
      'text/csv': { examples: { a: { value: 'csv' } } },
      'application/json': { examples: { b: { value: 1 }, a: { value: 2 } } },
      'text/plain': {},
    }
    const paths = { '/a': { get: { operationId: 'a', responses: { 200: { content } } } } }
    const contract = buildContract({ openapi: '3.1.0', info: { title: 'A', version: '1' }, paths })
    expect(listExamples(contract)['a']?.replies).toEqual({ 200: { a: 'csv' } })
    expect(listExamples(contract, { everyMediaType: true })['a']?.replies).toEqual({ 200: { a: 'csv', b: 1 } })
  })
})
