import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readContract } from '../../documents/contract/build-contract.ts'
import { listOperations } from '../../documents/emit/list-operations.ts'
import { VALIDATORS_TYPES, writeValidators } from '../../documents/validators/write-validators.ts'
import type { Api } from '../api/api.ts'
import { createMock } from '../create-mock.ts'
import { extendApi } from '../extend-api.ts'
import { leaveOutShadowed } from '../leave-out-shadowed.ts'
import { readApi } from '../read-api.ts'
import { writeApi } from './write-api.ts'

const ROOT = join(import.meta.dirname, '../..')
const DOCUMENT = join(ROOT, 'mocks/plan/events.yaml')

let folder: string
let api: Api
let page: { text: string; size: number; files: readonly string[] }

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-api-'))
  const contract = await readContract(DOCUMENT)
  const operations = leaveOutShadowed(listOperations(contract))
  await writeFile(join(folder, 'api.ts'), writeApi(contract, operations, 'events', '// Written.\n'))
  await writeFile(join(folder, 'validators.js'), await writeValidators(contract))
  await writeFile(join(folder, 'validators.d.ts'), VALIDATORS_TYPES)
  const bundle = async (contents: string) => {
    const { outputFiles, metafile } = await build({
      stdin: { contents, resolveDir: folder, loader: 'ts' },
      absWorkingDir: ROOT,
      alias: Object.fromEntries(
        ['generated.ts', 'adapters/msw.ts', 'index.ts'].map((path) => [
          `rollcall/${path.replace(/^.*?(\w+)\.ts$/, '$1')}`,
          join(ROOT, 'mocks', path),
        ]),
      ),
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      external: ['msw'],
      metafile: true,
      write: false,
      logLevel: 'silent',
    })
    const [output] = Object.values(metafile.outputs)
    const files = Object.entries(output?.inputs ?? {}).filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    return { text: outputFiles[0]?.text ?? '', files: files.map(([path]) => path) }
  }
  const { text, files } = await bundle(`
    import { createMock } from 'rollcall/index'
    import { createHandlers } from 'rollcall/msw'
    import { api } from './api.ts'
    export const handlers = createHandlers(createMock({ apis: [api] }), { persist: 'session' })
  `)
  page = { text, size: gzipSync(text, { level: 9 }).length, files }
  await writeFile(join(folder, 'alone.mjs'), (await bundle("export { api } from './api.ts'")).text)
  api = (await import(pathToFileURL(join(folder, 'alone.mjs')).href)).api
})
afterAll(() => rm(folder, { recursive: true }))

describe('a page with createMock, createHandlers and the api.ts of a document', () => {
  it('is at most 30 kB, minified and gzipped', () => {
    console.log(`api.ts: ${(page.size / 1000).toFixed(1)} kB`)
    expect(page.size).toBeLessThanOrEqual(30_000)
    expect(page.size).toBeGreaterThan(15_000)
  })

  it('evaluates no text, and holds no reader of documents', () => {
    expect(/\beval\s*\(|\bFunction\s*\(|\bimport\s*\(/.exec(page.text)?.[0]).toBeUndefined()
    expect(
      page.files.filter((path) =>
        /documents\/(?:read\/read|contract|values\/(?!vary-example)|resources\/find)|node_modules/.test(path),
      ),
    ).toEqual([])
  })

  it('leaves the API out that nobody uses', async () => {
    const { outputFiles } = await build({
      stdin: { contents: "import { api } from './api.ts'", resolveDir: folder, loader: 'ts' },
      alias: { 'rollcall/generated': join(ROOT, 'mocks/generated.ts') },
      bundle: true,
      format: 'esm',
      write: false,
      minify: true,
    })
    expect(outputFiles[0]?.text).not.toContain('createEvent')
  })
})

const call = (mock: ReturnType<typeof createMock>, method: string, path: string, body?: unknown) =>
  mock.answer({ method, path, headers: { authorization: 'Bearer any' }, ...(body !== undefined && { body }) })

describe('the API of api.ts', () => {
  it('remembers what is created, changed and removed, and what lies below it', () => {
    const mock = createMock({ apis: [api] })
    const made = call(mock, 'POST', '/v1/events', { name: 'Night', price: 5 })
    const { id } = made.body as { id: string }
    expect(made).toMatchObject({
      status: 201,
      headers: { location: `/v1/events/${id}` },
      body: { name: 'Night', price: 5 },
    })
    expect(call(mock, 'GET', `/v1/events/${id}`).body).toEqual(made.body)
    expect(call(mock, 'PATCH', `/v1/events/${id}`, { price: 6 }).body).toMatchObject({ id, name: 'Night', price: 6 })
    expect(call(mock, 'PUT', `/v1/events/${id}`, { name: 'Day' }).body).toMatchObject({ id, name: 'Day' })
    expect(call(mock, 'POST', `/v1/events/${id}/guests`, { email: 'ada@example.com' }).status).toBe(201)
    expect(call(mock, 'GET', `/v1/events/${id}/guests`).body).toMatchObject({
      total: 1,
      items: [{ email: 'ada@example.com' }],
    })
    expect(call(mock, 'DELETE', `/v1/events/${id}`).status).toBe(204)
    expect([call(mock, 'GET', `/v1/events/${id}`).status, call(mock, 'GET', `/v1/events/${id}/guests`).status]).toEqual(
      [404, 404],
    )
  })

  it('says null where a member may be null', () => {
    const mock = createMock({ apis: [api] })
    const { id } = call(mock, 'POST', '/v1/events', { name: 'Night', hall: 'B' }).body as { id: string }
    expect(call(mock, 'PATCH', `/v1/events/${id}`, { hall: null }).body).toMatchObject({ name: 'Night', hall: null })
    expect(call(mock, 'GET', `/v1/events/${id}`).body).toHaveProperty('hall', null)
  })

  it('lists what there is: filtered, sorted, page by page', () => {
    const mock = createMock({ apis: [api], empty: true })
    for (const [name, price] of [
      ['A', 3],
      ['B', 1],
      ['C', 2],
      ['D', 2],
    ] as const)
      call(mock, 'POST', '/v1/events', { name, price })
    const names = (query: Record<string, string>) =>
      (
        mock.answer({ method: 'GET', path: '/v1/events', query, headers: { authorization: 'Bearer any' } }).body as {
          name: string
        }[]
      ).map(({ name }) => name)
    expect(names({})).toEqual(['A', 'B', 'C', 'D'])
    expect(names({ price: '2' })).toEqual(['C', 'D'])
    expect(names({ sort: '-price' })).toEqual(['A', 'C', 'D', 'B'])
    expect(names({ page: '2', limit: '3' })).toEqual(['D'])
  })

  it('validates, refuses what is taken by its failure, and fails on demand', () => {
    const mock = createMock({ apis: [api] })
    expect(call(mock, 'POST', '/v1/events', { price: 'much' })).toMatchObject({
      status: 400,
      body: { message: /name/ },
    })
    const [event] = call(mock, 'GET', '/v1/events').body as { id: string }[]
    const guests = `/v1/events/${event?.id}/guests`
    expect(call(mock, 'POST', guests, { email: 'ada@example.com' }).status).toBe(201)
    expect(call(mock, 'POST', guests, { email: 'ada@example.com' })).toMatchObject({
      status: 409,
      body: { message: 'Invited already' },
    })
    expect(call(mock, 'POST', guests, { email: 'already_invited@rollcall.test' }).status).toBe(409)
    mock.failNext({ operationId: 'listEvents', status: 503 })
    expect(call(mock, 'GET', '/v1/events').status).toBe(503)
  })

  it('begins with what a mock that reads the document begins with, and keeps its ids', async () => {
    const read = createMock({ apis: [await readApi(DOCUMENT)] })
    const own = createMock({ apis: [api] })
    expect(call(own, 'GET', '/v1/events').body).toEqual(call(read, 'GET', '/v1/events').body)
    own.restore(own.snapshot())
    expect(call(own, 'GET', '/v1/events').status).toBe(200)
  })

  it('answers HEAD and OPTIONS as a mock that reads the document does, whatever stands for a body left out', async () => {
    const read = createMock({ apis: [await readApi(DOCUMENT)] })
    const own = createMock({ apis: [api] })
    for (const path of ['/v1/events', '/v1/events/nobody', '/v1/nowhere']) {
      for (const method of ['HEAD', 'OPTIONS', 'TRACE']) {
        const [want, got] = [call(read, method, path), call(own, method, path)]
        expect([method, path, got.status, got.headers['allow']]).toEqual([
          method,
          path,
          want.status,
          want.headers['allow'],
        ])
        if (method === 'HEAD' && path !== '/v1/nowhere') expect(got.body).toBeUndefined()
      }
    }
    expect(call(own, 'HEAD', '/v1/events').headers['content-type']).toMatch(/^application\/json/)
    expect(call(own, 'GET', '/v1/events').body).toEqual(call(read, 'GET', '/v1/events').body)
  })

  it('takes behaviours of one own over what it remembers', () => {
    const own = extendApi(api, {
      operations: {
        getEvent: (turn, { inherit }) => {
          const found = inherit(turn)
          return found.status === 200
            ? { ...found, body: { ...found.body, name: found.body.name.toUpperCase() } }
            : found
        },
      },
    })
    const mock = createMock({ apis: [own] })
    const { id } = call(mock, 'POST', '/v1/events', { name: 'Night' }).body as { id: string }
    expect(call(mock, 'GET', `/v1/events/${id}`).body).toMatchObject({ name: 'NIGHT' })
    expect(call(mock, 'GET', '/v1/events/nobody').status).toBe(404)
  })
})
