import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '../cli/spawn-rollcall.ts'
import { BUILT_IN } from '../mocks/built-in.ts'
import type { Operation } from '../mocks/engine/vocabulary.ts'
import { type RunningPrism, startPrism } from './start-prism.ts'

const ROOT = join(import.meta.dirname, '..')
const PAGE = readFileSync(join(ROOT, 'docs', 'prism.md'), 'utf8')

interface Changes {
  readonly prefer?: string
  readonly body?: string
  readonly mediaType?: string
  readonly query?: string
  readonly isAnonymous?: boolean
}

const APIS = Object.entries(BUILT_IN).map(([name, load]) => ({ name, load }))

describe.each(APIS)('prism mock openapi/$name.yaml', async ({ name, load }) => {
  const { operations, examples } = await load()
  let prism: RunningPrism
  /** The replies to a valid request of each operation, before any other, and what was printed until then. */
  const firsts = new Map<string, Awaited<ReturnType<typeof call>>>()
  let firstLog: string
  beforeAll(async () => {
    prism = await startPrism('mock', join(ROOT, 'openapi', `${name}.yaml`))
    for (const operation of operations) firsts.set(operation.id, await call(operation))
    firstLog = prism.log()
  }, 60_000)
  afterAll(() => prism[Symbol.asyncDispose]())

  /** A valid request of the document's own examples, but for the changes. */
  async function call(operation: Operation, changes: Changes = {}) {
    const path = operation.path.replace(/\{([^}]+)\}/g, (_, parameter: string) => {
      const { example } = operation.parameters.find((one) => one.name === parameter) as { example?: unknown }
      return encodeURIComponent(String(example))
    })
    const given = operation.parameters.filter((one) => one.in === 'query' && one.required)
    const query = [...given.map((one) => `${one.name}=${encodeURIComponent(String(one.example))}`), changes.query ?? []]
    const [example] = Object.values(examples[operation.id]?.request ?? {})
    const body = changes.body ?? (operation.body && JSON.stringify(example))
    const response = await fetch(`${prism.url}${path}?${query.flat().join('&')}`, {
      method: operation.method,
      headers: {
        ...(!changes.isAnonymous && { authorization: 'Bearer P2example:key' }),
        ...(changes.prefer && { prefer: changes.prefer }),
        ...(body !== undefined && { 'content-type': changes.mediaType ?? 'application/json' }),
      },
      ...(body !== undefined && { body }),
    })
    const text = await response.text()
    return {
      status: response.status,
      mediaType: response.headers.get('content-type') ?? undefined,
      body: text === '' ? undefined : JSON.parse(text),
    }
  }

  const repliesOf = ({ id, replies }: Operation) =>
    Object.keys(replies).map((status) => ({
      status: Number(status),
      named: Object.entries(examples[id]?.replies[status] ?? {}),
    }))
  const success = (operation: Operation) => repliesOf(operation).find(({ status }) => status < 300)

  /** What Prism answers to a refusal: the first of these statuses that is declared, by its first example. */
  const refusal = (operation: Operation, ...statuses: number[]) => {
    const reply = statuses.flatMap((status) => repliesOf(operation).find((one) => one.status === status) ?? [])[0]
    return reply && { status: reply.status, mediaType: 'application/json', body: reply.named[0]?.[1] }
  }
  const problem = (status: number) => ({ status, mediaType: 'application/problem+json', body: { status } })

  describe.each(operations.map((operation) => ({ id: operation.id, operation })))('$id', ({ operation }) => {
    it('answers a valid request with its first example', () => {
      const reply = success(operation)
      expect(reply).toBeDefined()
      const { status, body } = firsts.get(operation.id) ?? {}
      expect({ status, body }).toEqual({ status: reply?.status, body: reply?.named[0]?.[1] })
    })

    it('answers every named example of every status', async () => {
      expect(repliesOf(operation).length).toBeGreaterThan(3)
      for (const { status, named } of repliesOf(operation)) {
        if (status !== 204) expect(named.length, `${status}`).toBeGreaterThan(0)
        for (const [example, body] of named) {
          const prefer = `code=${status}, example=${example}`
          expect({ prefer, ...(await call(operation, { prefer })) }).toMatchObject({ prefer, status, body })
        }
        const first = await call(operation, { prefer: `code=${status}` })
        expect([first.status, first.body]).toEqual([status, named[0]?.[1]])
      }
    })

    it('answers the examples of its success by their names alone', async () => {
      const reply = success(operation)
      for (const [example, body] of reply?.named ?? []) {
        expect(await call(operation, { prefer: `example=${example}` })).toMatchObject({ status: reply?.status, body })
      }
    })

    it('refuses a request without credentials with the 401 of the document', async () => {
      expect(await call(operation, { isAnonymous: true })).toEqual(refusal(operation, 401))
    })

    if (operation.body)
      it('refuses a body that breaks its schema with 422, or else with 400', async () => {
        expect(refusal(operation, 422, 400)).toBeDefined()
        for (const body of ['"text"', '3'])
          expect(await call(operation, { body })).toEqual(refusal(operation, 422, 400))
      })

    if (operation.body)
      it('refuses another media type with 415, or else with 422 or 400', async () => {
        const reply = await call(operation, { body: 'a=b', mediaType: 'application/x-www-form-urlencoded' })
        expect(reply).toEqual(refusal(operation, 415, 422, 400))
      })

    const numeric = operation.parameters.find((one) => one.in === 'query' && one.types.includes('integer'))
    if (numeric)
      it('refuses a parameter that breaks its schema', async () => {
        const reply = await call(operation, { query: `${numeric?.name}=x` })
        expect(reply).toEqual(refusal(operation, 422, 400))
      })

    it('has an error of Prism for a status that is not declared, and for an example that is not there', async () => {
      expect(await call(operation, { prefer: 'code=418' })).toMatchObject(problem(404))
      if (success(operation)?.status === 204) return
      expect(await call(operation, { prefer: 'example=nothing' })).toMatchObject(problem(404))
    })
  })

  it('has an error of Prism for what the document does not declare', async () => {
    expect((await fetch(`${prism.url}/nowhere`)).status).toBe(404)
    const path = operations.find((one) => !one.path.includes('{'))?.path
    if (path) expect((await fetch(prism.url + path, { method: 'OPTIONS' })).status).toBe(405)
  })

  it('has a curl line in docs/prism.md that works as pasted', async () => {
    const row = new RegExp(`^\\| \`npx prism mock openapi/${name}\\.yaml\` \\| \`(curl [^\`]+)\` \\|$`, 'm')
    const [, line = ''] = row.exec(PAGE) ?? []
    expect(line).toContain('http://127.0.0.1:4010/')
    const command = line.replace('http://127.0.0.1:4010', prism.url)
    const { code, stdout } = await run(['-c', command], { command: ['bash'] })
    expect(code).toBe(0)
    const bodies = operations.flatMap((one) => success(one)?.named.map(([, body]) => body) ?? [])
    expect(bodies).toContainEqual(JSON.parse(stdout))
  })

  it('prints nothing of the document but its operations, and warns of nothing', () => {
    // Of a reply that is declared to have no body Prism says so, whoever asks.
    const warnings = firstLog.match(/^.*(?:warning|error|fatal).*$/gm) ?? []
    expect(warnings.filter((line) => !line.endsWith('Unable to find content for */*'))).toEqual([])
    expect(warnings.length).toBe(operations.filter((one) => success(one)?.status === 204).length)
    expect(firstLog.match(/› \[CLI\] .*http:/g)).toHaveLength(operations.length + 1)
  })
})
