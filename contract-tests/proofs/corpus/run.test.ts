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

const command = [process.execPath, join(import.meta.dirname, 'run.ts')] as const

it('tries each document of a folder, and fails where one is not served', async () => {
  writeFileSync(join(folder, 'right.json'), JSON.stringify(document('3.1.0')))
  writeFileSync(join(folder, 'strange.json'), JSON.stringify(document('9.0.0')))
  writeFileSync(join(folder, 'other.json'), '{"name":"no document"}')
  const out = join(folder, 'out.txt')
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

it('takes no strictness that rollcall verify has not', async () => {
  const { code, stderr } = await run([folder, '--verify', '--strict', 'wishful'], { command })
  expect([code, stderr]).toEqual([2, expect.stringContaining('--strict <e>')])
})

// Several processes, one after the other.
const SLOWLY = { timeout: 60_000 }

it(
  'verifies the mock of each document too, as strictly as it is told, and says what became of its cases',
  SLOWLY,
  async () => {
    const right = join(folder, 'right.json')
    writeFileSync(right, JSON.stringify(document('3.1.0')))
    const out = join(folder, 'out.json')
    const { code, stdout } = await run([right, '--verify', '--strict', 'assumed', '--json', out], { command })
    const { verified } = JSON.parse(readFileSync(out, 'utf8'))
    const [only] = verified.documents
    expect(only).toMatchObject({ document: right, failures: [], complaints: [], duration: expect.any(Number) })
    expect(only.outcomes.pass).toBeGreaterThan(5)
    expect(verified.totals).toMatchObject({ documents: 1, verified: 1, cases: only.cases, failures: {} })
    expect(stdout).toMatch(new RegExp(`^${right} +${only.cases} +${only.outcomes.pass} +${only.outcomes.note} `, 'm'))
    expect(stdout).toContain('1 of 1 mocks verified without a failure')
    expect(code).toBe(0)
  },
)

it('fails where a mock cannot be verified, or not in time', SLOWLY, async () => {
  const strange = join(folder, 'strange.json')
  writeFileSync(strange, JSON.stringify(document('9.0.0')))
  const unread = await run([strange, '--verify'], { command })
  expect(unread.stdout).toMatch(/^\S+strange\.json +not verified: .*9\.0\.0/m)
  expect(unread.code).toBe(1)
  const right = join(folder, 'right.json')
  writeFileSync(right, JSON.stringify(document('3.1.0')))
  const late = await run([right, '--verify', '--timeout', '0.05'], { command })
  expect(late.stdout).toMatch(/^\S+right\.json +not verified: not done within 0\.05 s$/m)
  expect(late.code).toBe(1)
})

it('asks for what a mock that remembers has', SLOWLY, async () => {
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
  const { code, stdout } = await run([file], { command })
  expect(stdout).toContain('4 requests: 4 2xx, 0 3xx, 0 4xx, 0 5xx')
  expect(code).toBe(0)
})
