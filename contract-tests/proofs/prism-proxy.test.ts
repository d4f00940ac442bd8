import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parsePointer } from '../../documents/read/json-pointer.ts'
import type { Json } from '../../documents/read/read-document.ts'
import { isNeverEnforced } from '../../documents/validators/compile-validators.ts'
import { listen } from '../../mocks/adapters/http-server.ts'
import { basePathOf } from '../../mocks/api/api.ts'
import type { Mock } from '../../mocks/api/mock.ts'
import { BUILT_IN } from '../../mocks/built-in.ts'
import { createMock } from '../../mocks/create-mock.ts'
import { startPrism } from '../../openapi/start-prism.ts'
import { loadDocument } from '../load-document.ts'
import { inMemory } from '../selftest/targets.ts'
import { createSend } from '../suite/send-http.ts'
import { listCases, type VerifyOptions, verify } from '../suite/verify.ts'
import type { Case, CaseReply, CaseRequest, Exchange, Send } from '../suite/vocabulary.ts'

const OPENAPI = join(import.meta.dirname, '../../openapi')
const OPTIONS: Readonly<Record<string, Partial<VerifyOptions>>> = {
  dynamic: {
    params: { environmentId: '95b11417-f18f-457f-8804-68e361f9164f' },
    secondParams: { environmentId: '5c0a9d3e-7f1b-4c52-9a86-1e2d3c4b5a69' },
  },
  royalti: { hasSecondToken: true },
  descope: { hasSecondToken: true },
}

/** By difference: the APIs that show it. */
const seen = new Map<string, Set<string>>()

describe.each(Object.entries(BUILT_IN).map(([name, load]) => ({ name, load })))(
  'a request of $name',
  ({ name, load }) => {
    it('is refused by prism proxy --errors where the mock refuses, and nowhere else', {
      timeout: 300_000,
    }, async () => {
      const api = await load()
      const file = join(OPENAPI, `${name}.yaml`)
      const tokens = { own: api.behaviours.exampleCredential, bad: 'invalid', second: 'second:management-key' }
      const newMock = () => createMock({ apis: [api], clock: () => new Date('2026-01-01T00:00:00.000Z') })
      const loaded = await loadDocument(name)
      const isPlain = !hasUnenforced(loaded.document.model)
      const derive: Omit<VerifyOptions, 'send'> = {
        ...loaded,
        strict: 'assumed',
        seed: 'second opinion',
        hasBadToken: true,
        ...OPTIONS[name],
        // What is accepted, alone and in stories, contract-tests/proofs/prism.test.ts sends with the unenforced left out.
        select: ({ kind, id }) =>
          kind === 'stories' ? id.endsWith('/refused-request') : kind !== 'accepts' || !isPlain,
      }
      // Every case goes through the stateful Prism by `npm run parity`.
      const plan = listCases(derive)
      const options = { ...derive, plan: { ...plan, cases: pickBySchema(plan.cases) } }
      const mock = newMock()
      const direct = await verify({ ...options, send: withVerdict(mock, inMemory(mock, api, tokens)) })
      await using server = await listen(newMock(), { port: 0 })
      await using proxy = await startPrism('proxy', file, server.url + basePathOf(api), '--errors')
      const credentials = { token: tokens.own, badToken: tokens.bad, secondToken: tokens.second }
      const through = await verify({
        ...options,
        send: givingUp(createSend({ url: proxy.url, grace: 0, ...credentials })),
      })

      expect(through.results.length).toBeGreaterThan(25)
      expect(through.results.map((one) => one.case.id)).toEqual(direct.results.map((one) => one.case.id))
      const found = new Map<string, string[]>()
      for (const [at, { case: own, exchanges }] of direct.results.entries()) {
        for (const [step, exchange] of exchanges.entries()) {
          const difference = differenceOf(exchange, through.results[at]?.exchanges[step])
          if (difference) found.set(difference, [...(found.get(difference) ?? []), own.id])
          // What follows has another state to stand on.
          if (difference) break
        }
      }
      for (const difference of found.keys()) seen.set(difference, (seen.get(difference) ?? new Set()).add(name))
      // With the cases in it, so that a new difference says where it is.
      expect(Object.fromEntries([...found].filter(([difference]) => !LISTED.has(difference)))).toEqual({})
    })
  },
)

describe('openapi/PRISM.md', () => {
  it('lists each difference with the APIs that show it, and none that is gone', () => {
    expect(LISTED.size).toBeGreaterThan(3)
    const told = [...seen].map(([difference, apis]) => [difference, [...apis].join(', ')])
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(LISTED))
  })
})

/**
 * Of what the schema of a body says, the first case of each operation and keyword, and the first `null`, which Prism may
 * take for no body; of all else, and of the texts that patterns and formats let in, every case.
 */
function pickBySchema(cases: readonly Case[]): Case[] {
  const taken = new Set<string>()
  return cases.filter(({ id, operationId, kind, rule: { pointer } }) => {
    if (!/\/schemas?\//.test(pointer) || pointer.includes('/parameters/')) return true
    const keyword = parsePointer(pointer)?.at(-1) ?? ''
    if (kind === 'accepts' && ['pattern', 'format'].includes(keyword)) return true
    const subject = `${operationId} ${kind} ${keyword} ${id.endsWith('/null')}`
    return !taken.has(subject) && taken.add(subject)
  })
}

/** From the page: `400 invalid -> 422 UNPROCESSABLE_ENTITY`, and the APIs. */
const LISTED = new Map(
  [
    ...readFileSync(join(OPENAPI, 'PRISM.md'), 'utf8').matchAll(
      /^\| [^|]+ \| `(\d[^`]+)` \| `([^`]+)` \| ([^|`]+) \| /gm,
    ),
  ].map(([, mine, prisms, apis = '']) => [
    `${mine} -> ${prisms}`,
    apis === 'all' ? Object.keys(BUILT_IN).join(', ') : apis,
  ]),
)

/** Whether the document has patterns or formats that Prism enforces and nobody else (docs/extensions.md). */
const hasUnenforced = (value: Json): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries<Json>(value).some(([keyword, member]) => isNeverEnforced(value, keyword) || hasUnenforced(member))

interface Verdict {
  readonly outcome: string
  readonly reason?: string
  readonly at?: string
  readonly rule?: string
}

const VERDICT = 'x-verdict'

/** Each reply with what the mock's journal says of it: which rule was broken, and where. */
const withVerdict =
  (mock: Mock, send: Send): Send =>
  async (request, signal) => {
    const reply = await send(request, signal)
    const [entry] = mock.session('').readJournal(1)
    return { ...reply, headers: { ...reply.headers, [VERDICT]: JSON.stringify(entry?.verdict) } }
  }

/** Prism never answers broken JSON: when it has answered three later requests, there is no more waiting. */
const givingUp =
  (send: Send): Send =>
  async (request, signal) => {
    if (!isBroken(request)) return send(request, signal)
    const patience = new AbortController()
    const answer = send(request, AbortSignal.any([signal, patience.signal]))
    answer.catch(() => {})
    for (let later = 0; later < 3; later++) await send({ ...request, body: '3' }, signal)
    patience.abort(new Error('no answer'))
    return answer
  }

function isBroken({ body, headers }: CaseRequest): boolean {
  if (!body || headers['content-type'] !== 'application/json') return false
  try {
    JSON.parse(body)
    return false
  } catch {
    return true
  }
}

/** In words, how the mock and Prism judge one request differently; undefined where they do not. */
function differenceOf({ reply: mine }: Exchange, through: Exchange | undefined): string | undefined {
  const verdict: Verdict = JSON.parse(mine?.headers[VERDICT] ?? '{}')
  const prisms = readProblem(through?.reply)
  const said = `${mine?.status}${verdict.reason ? ` ${verdict.reason}` : ''}`
  if (!through?.reply) return `${said} -> no answer`
  if (!prisms) {
    const isSame = mine?.status === through.reply.status && (mine.status < 300 || mine.text === through.reply.text)
    return isSame ? undefined : `${said} -> ${through.reply.status}`
  }
  const code = `${through.reply.status} ${prisms.code}`
  const at = verdict.at?.startsWith('/') ? `body${verdict.at === '/' ? '' : verdict.at}` : verdict.at
  const isSameRule = prisms.broken.some((one) => one.at === at?.toLowerCase() && one.rule === verdict.rule)
  if (verdict.reason === undefined || isSameRule || prisms.broken.length === 0) return `${said} -> ${code}`
  const where = at === undefined ? '' : `: ${at} ${verdict.rule}`
  return `${said}${where} -> ${code}: ${prisms.broken.map((one) => `${one.at} ${one.rule}`).join(', ')}`
}

/** An answer that Prism made itself, and the rules that it names. */
function readProblem(reply: CaseReply | undefined) {
  const [, code] = /^\{"type":"https:\/\/stoplight\.io\/prism\/errors#(\w+)"/.exec(reply?.text ?? '') ?? []
  if (!reply || code === undefined) return undefined
  const { validation = [] } = JSON.parse(reply.text) as { validation?: { location?: string[]; code?: unknown }[] }
  // Prism writes the names of parameters in lower case, and has no place for a body that is not there.
  const broken = validation.map((one) => ({
    at: one.location?.join('/').toLowerCase() || 'body',
    rule: String(one.code),
  }))
  return { code, broken }
}
