import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { isNeverEnforced } from '../documents/compile-validators.ts'
import { type Json, readDocument } from '../documents/read-document.ts'
import { listen } from '../mocks/adapters/http-server.ts'
import { listen as listenByPrism } from '../mocks/adapters/prism.ts'
import { basePathOf } from '../mocks/api.ts'
import { BUILT_IN } from '../mocks/built-in.ts'
import { createMock } from '../mocks/create-mock.ts'
import { startPrism } from '../openapi/start-prism.ts'
import { createSend } from './send-http.ts'
import { inMemory } from './targets.ts'
import { type VerifyOptions, verify } from './verify.ts'
import type { CaseResult, RunResult } from './vocabulary.ts'

const ENVIRONMENTS = ['95b11417-f18f-457f-8804-68e361f9164f', '5c0a9d3e-7f1b-4c52-9a86-1e2d3c4b5a69'] as const
const SECOND: Readonly<Record<string, string>> = { royalti: 'RWAK-second', descope: 'P2second:management-key' }
const APIS = Object.entries(BUILT_IN).map(([name, load]) => ({ name, load }))

describe.each(APIS)('$name', async ({ name, load }) => {
  const api = await load()
  const file = join(import.meta.dirname, '..', 'openapi', `${name}.yaml`)
  const document = await readDocument(file)
  const tokens = { own: api.behaviours.exampleCredential, bad: 'invalid', second: SECOND[name] ?? 'none' }
  const credentials = { token: tokens.own, badToken: tokens.bad, secondToken: tokens.second }
  const newMock = () => createMock({ apis: [api], clock: () => new Date('2026-01-01T00:00:00.000Z') })
  const options = {
    document,
    name,
    strict: 'assumed',
    seed: 'prism',
    hasBadToken: true,
    ...(name === 'dynamic'
      ? { params: { environmentId: ENVIRONMENTS[0] }, secondParams: { environmentId: ENVIRONMENTS[1] } }
      : { hasSecondToken: true }),
  } as const satisfies Partial<VerifyOptions>

  it('answers every case through the stateful Prism as in memory, but for the words of refusals', async () => {
    const direct = await verify({ ...options, send: inMemory(newMock(), api, tokens) })
    const violations: string[] = []
    await using server = await listenByPrism(newMock(), {
      port: 0,
      onViolation: (_, found) => void violations.push(...found),
    })
    const send = createSend({ url: server.url + basePathOf(api), ...credentials })
    const through = await verify({ ...options, send })
    expect(through.results.length).toBeGreaterThan(100)
    expect(tellAll(through)).toEqual(tellAll(direct))
    expect(violations).toEqual([])
  }, 120_000)

  it('gives no reply that prism proxy --errors holds against the document, in all accepting cases and stories', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-proxy-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    await writeFile(join(folder, 'enforced.json'), JSON.stringify(leaveOutUnenforced(document)))
    await using server = await listen(newMock(), { port: 0 })
    const upstream = server.url + basePathOf(api)
    await using proxy = await startPrism('proxy', join(folder, 'enforced.json'), upstream, '--errors')
    const through = await verify({
      ...options,
      send: createSend({ url: proxy.url, ...credentials }),
      select: ({ kind, id }) => kind === 'accepts' || (kind === 'stories' && !PRISM_REFUSES.test(id)),
    })
    const exchanges = through.results.flatMap((one) => one.exchanges)
    expect(exchanges.length).toBeGreaterThan(100)
    expect(exchanges.filter(({ reply }) => !reply || reply.text.includes('stoplight.io/prism/errors'))).toEqual([])
    expect(proxy.log()).not.toMatch(/Violation: response/)
  }, 180_000)
})

/** A story about a refused request: Prism answers it itself, with 422. */
const PRISM_REFUSES = /\/refused-request$/

/** Of each case what became of it, and of each reply its status; and its text, where it refuses nothing. */
const tellAll = ({ results }: RunResult) => results.map(tell)

const tell = ({ case: { id }, outcome, exchanges }: CaseResult) => ({
  id,
  outcome,
  replies: exchanges.map(({ reply }) => [reply?.status, (reply?.status ?? 500) < 300 ? reply?.text : undefined]),
})

function leaveOutUnenforced(value: Json): Json {
  if (Array.isArray(value)) return value.map(leaveOutUnenforced)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([keyword]) => !isNeverEnforced(value, keyword))
  return Object.fromEntries(kept.map(([name, member]) => [name, leaveOutUnenforced(member)]))
}
