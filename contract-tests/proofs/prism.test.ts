import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Json } from '../../documents/read/read-document.ts'
import { isNeverEnforced } from '../../documents/validators/compile-validators.ts'
import { listen } from '../../mocks/adapters/http-server.ts'
import { basePathOf } from '../../mocks/api/api.ts'
import { BUILT_IN } from '../../mocks/built-in.ts'
import { createMock } from '../../mocks/create-mock.ts'
import { startPrism } from '../../openapi/start-prism.ts'
import { pickByKeyword } from '../fixtures/pick-cases.ts'
import { loadDocument } from '../load-document.ts'
import { inMemory } from '../selftest/targets.ts'
import { createSend } from '../suite/send-http.ts'
import { listCases, makeTag, type VerifyOptions, verify } from '../suite/verify.ts'
import type { CaseResult, Exchange } from '../suite/vocabulary.ts'

const ENVIRONMENTS = ['95b11417-f18f-457f-8804-68e361f9164f', '5c0a9d3e-7f1b-4c52-9a86-1e2d3c4b5a69'] as const
const SECOND: Readonly<Record<string, string>> = { royalti: 'RWAK-second', descope: 'P2second:management-key' }
const APIS = Object.entries(BUILT_IN).map(([name, load]) => ({ name, load }))

describe.each(APIS)('$name', async ({ name, load }) => {
  const api = await load()
  const loaded = await loadDocument(name)
  const tokens = { own: api.behaviours.exampleCredential, bad: 'invalid', second: SECOND[name] ?? 'none' }
  const credentials = { token: tokens.own, badToken: tokens.bad, secondToken: tokens.second }
  const newMock = () => createMock({ apis: [api], clock: () => new Date('2026-01-01T00:00:00.000Z') })
  const options = {
    ...loaded,
    strict: 'assumed',
    seed: 'prism',
    tag: makeTag('prism'),
    hasBadToken: true,
    ...(name === 'dynamic'
      ? { params: { environmentId: ENVIRONMENTS[0] }, secondParams: { environmentId: ENVIRONMENTS[1] } }
      : { hasSecondToken: true }),
  } as const satisfies Partial<VerifyOptions>

  // The replies to all cases, contract-tests/proofs/parity lets Prism hold against the document.
  it('gives no reply that prism proxy --errors holds against the document, in cases that show each member of each reply', async () => {
    const plan = listCases({
      ...options,
      select: ({ kind, id }) => kind === 'accepts' || (kind === 'stories' && !PRISM_REFUSES.test(id)),
    })
    const derived = { ...plan, cases: pickByKeyword(plan.cases) }
    const direct = await verify({ ...options, plan: derived, send: inMemory(newMock(), api, tokens) })
    const telling = pickTelling(direct.results)
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-proxy-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    await writeFile(join(folder, 'enforced.json'), JSON.stringify(leaveOutUnenforced(loaded.document.model)))
    await using server = await listen(newMock(), { port: 0 })
    const upstream = server.url + basePathOf(api)
    await using proxy = await startPrism('proxy', join(folder, 'enforced.json'), upstream, '--errors')
    const send = createSend({ url: proxy.url, ...credentials })
    const cases = plan.cases.filter(({ id }) => telling.has(id))
    const through = await verify({ ...options, plan: { ...plan, cases }, send })
    const exchanges = through.results.flatMap((one) => one.exchanges)
    expect(exchanges.length).toBeGreaterThan(20)
    expect(findingsIn(exchanges)).toEqual(findingsIn(direct.results.flatMap((one) => one.exchanges)))
    expect(exchanges.filter(({ reply }) => !reply || reply.text.includes('stoplight.io/prism/errors'))).toEqual([])
    expect(proxy.log()).not.toMatch(/Violation: response/)
  }, 180_000)
})

/**
 * What replies show: of each operation and status each member, and whether it is null, a list, a text and so on. Of a long
 * reply a result keeps the beginning alone, which shows nothing here.
 */
const findingsIn = (exchanges: readonly Exchange[]): Set<string> =>
  new Set(
    exchanges.flatMap(({ request: { operationId }, reply }) => {
      if (!reply || reply.textLength !== undefined) return []
      const members = reply.text === '' ? ['nothing'] : membersOf(JSON.parse(reply.text))
      return members.map((one) => `${operationId} ${reply.status} ${one}`)
    }),
  )

function membersOf(value: Json, place = ''): string[] {
  if (value === null || typeof value !== 'object') return [`${place} ${value === null ? value : typeof value}`]
  const below = Array.isArray(value)
    ? value.flatMap((item) => membersOf(item, `${place}/-`))
    : Object.entries(value).flatMap(([name, member]) => membersOf(member, `${place}/${name}`))
  return [`${place} ${Array.isArray(value) ? 'list' : 'object'}`, ...below]
}

/** The cases in whose exchanges something is shown that none before has shown. */
function pickTelling(results: readonly CaseResult[]): Set<string> {
  const seen = new Set<string>()
  const telling = results.filter(({ exchanges }) => {
    const fresh = [...findingsIn(exchanges)].filter((one) => !seen.has(one))
    for (const one of fresh) seen.add(one)
    return fresh.length > 0
  })
  return new Set(telling.map((one) => one.case.id))
}

/** Stories about refused requests: Prism answers them itself, with 422. */
const PRISM_REFUSES = /\/(?:refused-request|codes)$/

function leaveOutUnenforced(value: Json): Json {
  if (Array.isArray(value)) return value.map(leaveOutUnenforced)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([keyword]) => !isNeverEnforced(value, keyword))
  return Object.fromEntries(kept.map(([name, member]) => [name, leaveOutUnenforced(member)]))
}
