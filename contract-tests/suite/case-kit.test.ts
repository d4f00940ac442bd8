import { expect, it } from 'vitest'
import { buildContract } from '../../documents/contract/build-contract.ts'
import type { Document } from '../../documents/read/read-document.ts'
import { createKit } from './case-kit.ts'
import type { CaseRequest, StepRun } from './vocabulary.ts'

const THING = { type: 'object', properties: { id: { type: 'string' }, name: { type: 'string' } } }
const json = (schema: object) => ({ content: { 'application/json': { schema } } })
const DOCUMENT = {
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  paths: {
    '/things': {
      post: {
        operationId: 'createThing',
        'x-role': 'subject',
        requestBody: { required: true, ...json(THING) },
        responses: {
          '201': {
            description: 'Made',
            ...json(THING),
            links: {
              patch: {
                operationId: 'patchThings',
                requestBody: { things: [{ id: '$response.body#/id', name: '$response.body#/name' }] },
              },
            },
          },
        },
      },
      patch: {
        operationId: 'patchThings',
        'x-role': 'subject',
        requestBody: {
          required: true,
          ...json({ type: 'object', properties: { things: { type: 'array', items: THING } } }),
        },
        responses: { '200': { description: 'Changed' } },
      },
    },
  },
} as unknown as Document

it('names in the rows of a change what was made for it, and leaves wrong values and further rows as they are', () => {
  const kit = createKit(buildContract(DOCUMENT), { tag: 'tagged12' })
  const rows = [{ id: 'made up', name: 7 }, { id: 'another' }, 'no row']
  const [making, change] = kit.stepsFor(
    'patchThings',
    'patches',
    () => ({ body: { things: rows } }),
    () => [],
  )
  const request = making?.request as CaseRequest
  const reply = { status: 201, headers: {}, text: '{"id":"7","name":"seven"}', duration: 1 }
  const run: StepRun = { requests: [request], replies: [{ ...reply, body: JSON.parse(reply.text) }] }
  const sent = change?.follow?.(run) as CaseRequest
  expect(JSON.parse(String(sent.body))).toEqual({ things: [{ id: '7', name: 7 }, { id: 'another' }, 'no row'] })
})

it('tries a change where what it changes was made, and says what that is at, whatever the document has as examples', () => {
  const ifMatch = { name: 'If-Match', in: 'header', required: true, example: '"old"', schema: { type: 'string' } }
  const inPath = (name: string, example: string) => ({
    ...{ name, in: 'path', required: true, example },
    schema: { type: 'string' },
  })
  const made = { responses: { '201': { description: 'Made', ...json(THING) } } }
  const gone = { responses: { '204': { description: 'Gone' } } }
  const paths = {
    '/bases/{base}/things': { parameters: [inPath('base', 'one')], post: { operationId: 'create', ...made } },
    '/bases/{base}/things/{id}': {
      parameters: [inPath('base', 'two'), inPath('id', 'x')],
      get: { operationId: 'read', responses: { '200': { description: 'Read', ...json(THING) } } },
      delete: { operationId: 'remove', parameters: [ifMatch], ...gone },
    },
  }
  const kit = createKit(buildContract({ ...DOCUMENT, paths } as unknown as Document), { tag: 'tagged12' })
  const stepsWith = (changes: { without?: string[] }) =>
    kit.stepsFor(
      'remove',
      'removes',
      () => changes,
      () => [],
    )
  const steps = stepsWith({})
  const request = steps[0]?.request as CaseRequest
  const reply = { status: 201, headers: { etag: '"new"' }, text: '{"id":"7"}', duration: 1, body: { id: '7' } }
  const sent = steps[1]?.follow?.({ requests: [request], replies: [reply] }) as CaseRequest
  expect([request.path, sent.path]).toEqual(['/bases/one/things', '/bases/one/things/7'])
  expect(sent.headers['if-match']).toBe('"new"')
  const bare = stepsWith({ without: ['header If-Match'] })[1]?.follow?.({ requests: [request], replies: [reply] })
  expect((bare as CaseRequest).headers).not.toHaveProperty('if-match')
})

it('names in the body of a replacement what its path names, which was made for it', () => {
  const id = { type: 'integer', minimum: 1 }
  const record = { type: 'object', required: ['id'], properties: { id } }
  const made = { responses: { '201': { description: 'Made', ...json(record) } } }
  const document = {
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    paths: {
      '/things': { post: { operationId: 'make', requestBody: json({ type: 'object' }), ...made } },
      '/things/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: id }],
        put: {
          operationId: 'replace',
          requestBody: { required: true, ...json(record) },
          responses: { '200': { description: 'Replaced' } },
        },
        delete: { operationId: 'remove', responses: { '204': { description: 'Gone' } } },
      },
    },
  } as unknown as Document
  const kit = createKit(buildContract(document), { tag: 'tagged12' })
  const builder = kit.builderOf('replace')
  const [making, change] = kit.stepsFor(
    'replace',
    'replaces',
    () => builder.plain('replaces'),
    () => [],
  )
  const request = making?.request as CaseRequest
  const reply = { status: 201, headers: {}, text: '{"id":7}', duration: 1 }
  const run: StepRun = { requests: [request], replies: [{ ...reply, body: JSON.parse(reply.text) }] }
  expect(change?.follow?.(run)).toMatchObject({ path: '/things/7', body: '{"id":7}' })
})
