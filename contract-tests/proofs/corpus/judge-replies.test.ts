import { describe, expect, it } from 'vitest'
import { createJudge } from './judge-replies.ts'
import type { Answered } from './trial.ts'

const User = {
  type: 'object',
  required: ['id', 'password'],
  properties: { id: { type: 'integer' }, password: { $ref: '#/components/schemas/Password' } },
}

const judge = createJudge({
  paths: {
    '/users/{id}': {
      get: {
        responses: {
          '200': { $ref: '#/components/responses/User' },
          '204': {},
          '4XX': { content: { 'application/problem+json': {}, 'text/*': {} } },
        },
      },
      delete: { responses: { '503': {} } },
      patch: { responses: { default: { content: { 'application/json': { schema: { $ref: '#/nowhere' } } } } } },
    },
  },
  components: {
    schemas: { User, Password: { type: 'string', writeOnly: true } },
    responses: {
      User: {
        headers: { ETag: { required: true } },
        content: { 'application/json; v=1': { schema: { $ref: '#/components/schemas/User' } } },
      },
    },
  },
})

const answered = (
  status: number,
  type: string | undefined,
  text: string,
  more: Answered['headers'] = { etag: '1' },
) => ({
  status,
  headers: { ...more, ...(type && { 'content-type': type }) },
  text,
})

const asked = (method: string) => ({
  method: method.toUpperCase(),
  path: '/users/{id}',
  pointer: `#/paths/~1users~1%7Bid%7D/${method}`,
})

describe('a judge finds', () => {
  it.each<[what: string, method: string, reply: Answered, kinds: string[], rule?: string]>([
    ['nothing in a right reply', 'get', answered(200, 'application/json; v=1', '{"id":1}'), []],
    ['a value that its schema refuses', 'get', answered(200, 'application/json', '{"id":"1"}'), ['breach'], 'integer'],
    [
      'what is write-only',
      'get',
      answered(200, 'application/json', '{"id":1,"password":"a"}'),
      ['breach'],
      'writeOnly',
    ],
    ['a text that is no JSON', 'get', answered(200, 'application/json', 'id'), ['breach'], 'no JSON'],
    ['another media type', 'get', answered(200, 'text/html', '<p>'), ['breach'], 'text/html'],
    ['no media type', 'get', answered(200, undefined, '{"id":1}'), ['breach'], 'content-type'],
    ['an object written as text', 'get', answered(404, 'text/csv', '[object Object]'), ['breach'], 'object'],
    ['an empty body', 'get', answered(200, 'application/json', ''), ['empty'], 'application/json'],
    ['a missing header', 'get', answered(200, 'application/json', '{"id":1}', {}), ['breach'], 'ETag'],
    ['a body where none is declared', 'delete', answered(503, 'text/plain', 'a'), ['breach'], 'none is declared'],
    ['a failure of the server', 'get', answered(500, 'text/plain', 'it broke'), ['5xx'], 'it broke'],
    ['nothing in a reply without a body', 'get', answered(204, undefined, ''), []],
    ['nothing in the only reply that is declared', 'delete', answered(503, undefined, ''), []],
    ['nothing in a range', 'get', answered(404, 'text/csv', 'a'), []],
  ])('%s', (_, method, reply, kinds, rule = '') => {
    const { findings } = judge(asked(method), reply)
    expect(findings.map(({ kind }) => kind)).toEqual(kinds)
    expect(findings[0]?.rule ?? '').toContain(rule)
  })

  it('no fault in a status that is not declared, nor where a schema leads nowhere, and says so', () => {
    expect(judge(asked('get'), answered(302, undefined, ''))).toEqual({ findings: [], isUndeclared: true })
    expect(judge(asked('patch'), answered(200, 'application/json', '1'))).toEqual({ findings: [], isUnjudged: true })
  })
})
