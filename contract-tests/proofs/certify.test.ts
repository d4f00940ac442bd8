import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readContract } from '../../documents/contract/build-contract.ts'
import type { Contract } from '../../documents/contract/contract.ts'
import { listen } from '../../mocks/adapters/http-server.ts'
import { type Api, basePathOf } from '../../mocks/api/api.ts'
import type { Mock } from '../../mocks/api/mock.ts'
import { BUILT_IN } from '../../mocks/built-in.ts'
import { createMock } from '../../mocks/create-mock.ts'
import { readApi } from '../../mocks/read-api.ts'
import { cornersStories } from '../fixtures/corners-stories.ts'
import { type LoadedDocument, loadDocument } from '../load-document.ts'
import { inMemory, type Tokens } from '../selftest/targets.ts'
import { schemesOf } from '../suite/list-schemes.ts'
import { createSend } from '../suite/send-http.ts'
import { listCases, type VerifyOptions, verify } from '../suite/verify.ts'
import type { CaseResult, RunResult, Send } from '../suite/vocabulary.ts'

const placeOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * Our mock is held to everything, also to what is only assumed. More seeds: `ROLLCALL_SEEDS=20 npx vitest run certify`; the
 * tests of parity and of the planted faults bring two more along.
 */
const SEEDS = Number(process.env['ROLLCALL_SEEDS'] ?? 1)

const ENVIRONMENTS = ['95b11417-f18f-457f-8804-68e361f9164f', '5c0a9d3e-7f1b-4c52-9a86-1e2d3c4b5a69'] as const

/** A read that makes the mock create the tenants of a run, so that what is in them can be compared. */
const READS: Readonly<
  Record<string, readonly { readonly path: string; readonly method?: string; readonly body?: unknown }[]>
> = {
  dynamic: ENVIRONMENTS.map((id) => ({ path: `/environments/${id}/users` })),
  royalti: [{ path: '/user/' }],
  descope: [{ path: '/v2/mgmt/user/search', method: 'POST', body: {} }],
}

const SECOND: Readonly<Record<string, string>> = { royalti: 'RWAK-second', descope: 'P2second:management-key' }

async function furnish(name: string) {
  const load = BUILT_IN[name] as () => Promise<Api>
  const api = await load()
  const mock = createMock({ apis: [api], users: 20 })
  const tokens: Tokens = { own: api.behaviours.exampleCredential ?? '', bad: 'invalid', second: SECOND[name] ?? 'none' }
  for (const { path, method = 'GET', body } of READS[name] ?? []) {
    for (const token of [tokens.own, tokens.second]) {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
      mock.answer({ method, path: basePathOf(api) + path, headers, ...(body !== undefined && { body }) })
    }
  }
  return { api, mock, tokens }
}

const optionsOf = (loaded: LoadedDocument, tokens: Tokens) =>
  ({
    ...loaded,
    strict: 'assumed',
    hasBadToken: true,
    secrets: [tokens.own, ...(tokens.second ? [tokens.second] : [])],
    ...(loaded.name === 'dynamic'
      ? { params: { environmentId: ENVIRONMENTS[0] }, secondParams: { environmentId: ENVIRONMENTS[1] } }
      : { hasSecondToken: true }),
  }) as const satisfies Partial<VerifyOptions>

/** What is no pass: skipped for the leave it needs, and what nobody can provoke, are as they must be. */
const faults = ({ results }: RunResult) =>
  results
    .filter(({ outcome }) => outcome !== 'pass' && outcome !== 'unprovokable' && outcome !== 'skipped')
    .map(tellFault)

const tellFault = ({ case: { id }, outcome, reason, breaches }: CaseResult): string =>
  `${outcome} ${id}: ${reason ?? ''}${breaches.map(({ rule, seen }) => `${rule.text}, but ${seen}`).join('; ')}`

/** Not the whole states: a difference should be readable. */
function stateOf(mock: Mock, before: string): string {
  const after = JSON.stringify(mock.snapshot())
  return after === before ? 'as before' : (/.{0,200}rollcall.{0,200}/.exec(after)?.[0] ?? 'changed')
}

const outcomes = ({ results }: RunResult) => results.map((result) => `${result.case.id} ${result.outcome}`)

describe.each(Object.keys(BUILT_IN))('the mock of %s', (name) => {
  let loaded: LoadedDocument
  let first: { mock: Mock; before: string; result: RunResult }

  beforeAll(async () => {
    loaded = await loadDocument(name)
    const { api, mock, tokens } = await furnish(name)
    const before = JSON.stringify(mock.snapshot())
    const send = inMemory(mock, api, tokens)
    first = { mock, before, result: await verify({ ...optionsOf(loaded, tokens), send, seed: 'certify' }) }
  }, 60_000)

  it('passes every case, also what is only assumed', () => {
    expect(faults(first.result)).toEqual([])
    expect(first.result.interrupted).toBeUndefined()
  })

  it('lets no case be skipped but those that send messages to people', () => {
    const skipped = first.result.results.filter(({ outcome }) => outcome === 'skipped')
    expect(skipped.filter(({ reason }) => !reason?.includes('--allow-mail')).map(tellFault)).toEqual([])
  })

  it('holds the users of others afterwards, byte for byte, and nobody else', () => {
    expect(first.result.leftovers).toEqual([])
    expect(stateOf(first.mock, first.before)).toBe('as before')
    expect(first.before.length).toBeGreaterThan(20 * 100)
    expect(first.mock.outbox).toEqual([])
  })

  it(`passes with ${SEEDS} more of the seeds, with the same cases`, { timeout: 20_000 + SEEDS * 10_000 }, async () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { api, mock, tokens } = await furnish(name)
      const before = JSON.stringify(mock.snapshot())
      const send = inMemory(mock, api, tokens)
      const result = await verify({ ...optionsOf(loaded, tokens), send, seed: String(seed) })
      expect(faults(result), `seed ${seed}`).toEqual([])
      expect(outcomes(result), `seed ${seed}`).toEqual(outcomes(first.result))
      expect(stateOf(mock, before), `seed ${seed}`).toBe('as before')
    }
  })

  it('leaves nothing behind when a run is broken off', async () => {
    const { api, mock, tokens } = await furnish(name)
    const before = JSON.stringify(mock.snapshot())
    const stop = new AbortController()
    const result = await verify({
      ...optionsOf(loaded, tokens),
      send: inMemory(mock, api, tokens),
      seed: 'certify',
      signal: stop.signal,
      onResult: (_, done) => done === 30 && stop.abort(new Error('broken off')),
    })
    expect(result.interrupted).toBe('broken off')
    expect(result.results.length).toBeLessThan(40)
    expect(stateOf(mock, before)).toBe('as before')
  })

  afterAll(() => {
    if (!process.env['ROLLCALL_FIGURES']) return
    const figures: Record<string, number> = {}
    for (const { case: one, outcome } of first.result.results) {
      const key = `${one.operationId} ${one.kind} ${outcome}`
      figures[key] = (figures[key] ?? 0) + 1
    }
    console.log(name, figures)
  })
})

describe('the mock of royalti', () => {
  const name = 'royalti'

  // Byte for byte, and of all APIs, it is what contract-tests/proofs/parity compares.
  it('answers over HTTP, four cases at a time, as in memory', { timeout: 60_000 }, async () => {
    const loaded = await loadDocument(name)
    const { api, mock, tokens } = await furnish(name)
    const before = JSON.stringify(mock.snapshot())
    const options = { ...optionsOf(loaded, tokens), seed: 'certify' }
    const inOrder = await verify({ ...options, send: inMemory(mock, api, tokens) })
    await using server = await listen(mock, { port: 0 })
    const send = createSend({
      url: new URL(basePathOf(api), server.url).href,
      token: tokens.own,
      badToken: tokens.bad,
      secondToken: tokens.second,
    })
    const result = await verify({ ...options, send, concurrency: 4 })
    expect(faults(result)).toEqual([])
    expect(outcomes(result)).toEqual(outcomes(inOrder))
    expect(stateOf(mock, before)).toBe('as before')
  })
})

describe('docs/promises.md', () => {
  it('counts the cases as they are', async () => {
    const page = readFileSync(placeOf('../../docs/promises.md'), 'utf8')
    const table = [...page.matchAll(/^\| (accepts|refuses|guards|failures|stories|unprovokable) \|([\d |]+)\|$/gm)]
    const said = table.map(([, kind, counts = '']) => [kind, ...counts.split('|').map(Number)])
    const counted = await Promise.all(
      ['dynamic', 'royalti', 'descope'].map(async (name) => {
        const { cases } = listCases({ ...(await loadDocument(name)), seed: 'readme' })
        return (kind: unknown) => cases.filter((one) => (one.unprovokable ? 'unprovokable' : one.kind) === kind).length
      }),
    )
    expect(said).toEqual(said.map(([kind]) => [kind, ...counted.map((count) => count(kind))]))
    expect(said).toHaveLength(6)
  })
})

describe.each(['orders', 'corners'])('the mock of any other document: %s', (name) => {
  /** @param remembers whether the mock keeps what it is sent; the corners' own stories are about examples */
  async function certify(
    sendTo: (mock: Mock, api: Api, document: Contract, tokens: Tokens) => Send | Promise<Send>,
    remembers = false,
  ) {
    const file = placeOf(`../fixtures/${name}.yaml`)
    const [api, document] = await Promise.all([readApi(file, { stateless: !remembers }), readContract(file)])
    const tokens = { own: 'a-good-key', bad: 'invalid' }
    const derive = { seed: 'certify', tag: 'certify1' }
    const plan = listCases({ document, ...derive })
    return verify({
      document,
      name,
      send: await sendTo(createMock({ apis: [api] }), api, document, tokens),
      ...derive,
      plan: { ...plan, cases: [...plan.cases, ...(name === 'corners' && !remembers ? cornersStories() : [])] },
      strict: 'assumed',
      hasBadToken: true,
      secrets: [tokens.own],
      // A mock that answers from examples keeps nothing that could be changed.
      allowChanges: true,
    })
  }

  it('passes every case, from its examples alone', async () => {
    const result = await certify((mock, api, document, tokens) => inMemory(mock, api, tokens, schemesOf(document)))
    expect(faults(result)).toEqual([])
    expect(result.results.filter(({ outcome }) => outcome === 'pass').length).toBeGreaterThan(90)
    // It shows nobody what was sent, so nothing there can be proven to be the run's own.
    const isListed = ({ what }: { what: string }) =>
      /^something that (?:POST \S+ created|\S+ \S+ (?:changed|removed))$/.test(what)
    expect(result.leftovers.filter((one) => !isListed(one))).toEqual([])
  })

  it('passes every case where it remembers', async () => {
    const result = await certify(
      (mock, api, document, tokens) => inMemory(mock, api, tokens, schemesOf(document)),
      true,
    )
    expect(faults(result)).toEqual([])
    expect(result.results.filter(({ outcome }) => outcome === 'pass').length).toBeGreaterThan(90)
  })

  it('passes every case over HTTP too', async () => {
    await using servers = new AsyncDisposableStack()
    const result = await certify(async (mock, api, document, tokens) => {
      const { url } = servers.use(await listen(mock, { port: 0 }))
      return createSend({
        url: new URL(basePathOf(api), url).href,
        token: tokens.own,
        badToken: tokens.bad,
        scheme: schemesOf(document),
      })
    })
    expect(faults(result)).toEqual([])
  })
})
