import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { run } from '../../../cli/spawn-rollcall.ts'

const folder = mkdtempSync(join(tmpdir(), 'rollcall-corpus-'))
afterAll(() => rmSync(folder, { recursive: true }))

const json = {
  'application/json': { schema: { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } } },
}
const document = (openapi: string) => ({
  openapi,
  info: { title: 'A', version: '1' },
  servers: [{ url: 'https://example.net/v1' }],
  paths: {
    '/a/{id}': {
      put: {
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'integer', minimum: 1 } },
          { name: 'tags', in: 'query', required: true, schema: { type: 'array', minItems: 1, items: { enum: ['b'] } } },
          { name: 'X-Key', in: 'header', required: true, schema: { type: 'string', minLength: 3 } },
        ],
        requestBody: { required: true, content: json },
        responses: { 200: { description: 'A', content: json }, 400: { description: 'No' } },
      },
    },
  },
})

it('tries each document of a folder, and fails where one is not served', async () => {
  writeFileSync(join(folder, 'right.json'), JSON.stringify(document('3.1.0')))
  writeFileSync(join(folder, 'strange.json'), JSON.stringify(document('9.0.0')))
  writeFileSync(join(folder, 'other.json'), '{"name":"no document"}')
  const out = join(folder, 'out.txt')
  const command = [process.execPath, join(import.meta.dirname, 'run.ts')] as const
  const { code, stdout } = await run([folder, '--json', out], { command })
  expect(stdout).toMatch(/^right\.json +\d+\.\d\d s +(?:\d+ M|\?) +1 +1 +0 +0 +0 +0 +0 +0$/m)
  expect(stdout).toMatch(/^strange\.json +not served: .*9\.0\.0/m)
  expect(stdout).not.toContain('other.json')
  expect(stdout).toContain('1 of 2 documents served, 1 without a fault')
  expect(code).toBe(1)
  expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({
    totals: { documents: 2, served: 1, requests: 1, statuses: { '2xx': 1 } },
    documents: [
      { document: 'right.json', served: true },
      { document: 'strange.json', served: false },
    ],
  })
})

it('asks for what a mock that remembers has', async () => {
  const thing = { type: 'object', required: ['id'], properties: { id: { type: 'string', format: 'uuid' } } }
  const content = { 'application/json': { schema: thing } }
  const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }]
  const list = { 'application/json': { schema: { type: 'array', items: thing } } }
  const paths = {
    '/things': {
      get: { responses: { 200: { description: 'All', content: list } } },
      post: { responses: { 201: { description: 'One', content } } },
    },
    '/things/{id}': {
      parameters,
      get: { responses: { 200: { description: 'One', content } } },
      delete: { responses: { 204: { description: 'None' } } },
    },
  }
  const file = join(folder, 'things.json')
  writeFileSync(file, JSON.stringify({ openapi: '3.1.0', info: { title: 'Things', version: '1' }, paths }))
  const command = [process.execPath, join(import.meta.dirname, 'run.ts')] as const
  const { code, stdout } = await run([file], { command })
  expect(stdout).toContain('4 requests: 4 2xx, 0 3xx, 0 4xx, 0 5xx')
  expect(code).toBe(0)
})
