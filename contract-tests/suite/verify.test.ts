import { afterEach, describe, expect, it, vi } from 'vitest'
import { createMock } from '../../mocks/create-mock.ts'
import { dynamic } from '../../mocks/dynamic.ts'
import { type Answering, TAG } from '../fixtures/furnish-run.ts'
import { BATCHES, holdThings, inBatches, THINGS } from '../fixtures/hold-things.ts'
import { documentWith, objectOf } from '../fixtures/inline-document.ts'
import { loadDocument } from '../load-document.ts'
import { inMemory } from '../selftest/targets.ts'
import { markOf, type Stories, tell } from './tell.ts'
import { listCases, type VerifyOptions, verify } from './verify.ts'
import type { CaseReply, Send } from './vocabulary.ts'

const { document } = await loadDocument('dynamic')
const params = { environmentId: '95b11417-f18f-457f-8804-68e361f9164f' }

/** The case whose second creation is refused, on the mock with another reply to it. */
async function verifyTwice(spoil: (reply: CaseReply) => CaseReply) {
  const send = inMemory(createMock({ apis: [dynamic] }), dynamic, { own: 'any', bad: 'invalid' })
  let creations = 0
  const spoiled: Send = async (request, signal) => {
    const reply = await send(request, signal)
    return request.operationId === 'bulkCreateUser' && ++creations === 2 ? spoil(reply) : reply
  }
  const only = 'bulkCreateUser/failures/email_already_exists'
  const { results } = await verify({ document, name: 'dynamic', params, only, send: spoiled })
  return results[0]
}

describe('a breach', () => {
  it.each<[what: string, spoil: (reply: CaseReply) => CaseReply]>([
    ['a rule of the case', (reply) => ({ ...reply, text: reply.text.replaceAll('email_already_exists', 'other') })],
    ['a rule of every reply', (reply) => ({ ...reply, headers: { 'content-type': 'text/plain' } })],
    [
      'no answer',
      () => {
        throw new Error('gone')
      },
    ],
  ])('says which exchange showed it: %s', async (_, spoil) => {
    const result = await verifyTwice(spoil)
    expect(result?.outcome).toBe('fail')
    expect(result?.exchanges).toHaveLength(2)
    expect(result?.breaches.map(({ exchange }) => exchange)).toContain(1)
    expect(result?.breaches.map(({ exchange }) => exchange)).not.toContain(0)
  })
})

describe('stories that are handed in', () => {
  const ID = 'POST /things/stories/named'

  const tellAll =
    (name: string): Stories =>
    (kit) => [
      tell(kit, {
        id: ID,
        title: 'a thing has the name that it was given',
        evidence: 'documented',
        steps: [
          {
            title: 'creates a thing',
            body: { name: markOf(kit, ID) },
            expect: (claim) => claim.shows('documented', '/name', name.replace('MARK', markOf(kit, ID))),
          },
          {
            title: 'reads it',
            call: 'GET /things/{id}',
            path: (told) => ({ id: told.need(0, '/id') }),
            expect: (claim) => claim.shows('documented', '/name', markOf(kit, ID)),
          },
        ],
      }),
    ]

  async function verifyStories(stories: Stories) {
    const { answer } = holdThings()
    const send: Send = async (request) => {
      const { status: said = 200, body } = answer(request) as Exclude<ReturnType<Answering>, Error>
      // The only success that the document declares.
      const status = said < 300 ? 200 : said
      const text = body === undefined ? '' : JSON.stringify(body)
      return { status, headers: { 'content-type': 'application/json' }, text, duration: 1 }
    }
    const { results, leftovers } = await verify({ document: THINGS, name: 'things', stories, only: ID, send })
    expect(leftovers).toEqual([])
    return results
  }

  it('run beside what the document says', async () => {
    expect(await verifyStories(tellAll('MARK'))).toMatchObject([{ case: { id: ID }, outcome: 'pass' }])
  })

  it('fail with the claim that does not hold, and where they stand', async () => {
    const [result] = await verifyStories(tellAll('another'))
    expect(result?.outcome).toBe('fail')
    expect(result?.breaches.map(({ rule }) => [rule.text, rule.pointer])).toEqual([
      ['a thing has the name that it was given: /name is "another"', '#/paths/~1things/post'],
    ])
  })

  it('are none of a document that is handed in without', async () => {
    expect(listCases({ document: THINGS, only: ID }).cases).toEqual([])
  })

  it.each([
    ['named', 'the id of a story is <operationId>/stories/<name>, not named'],
    ['drawThing/stories/named', 'there is no operation drawThing'],
  ])('are refused at once where %s is no place for one', (id, message) => {
    const stories: Stories = (kit) => [tell(kit, { id, title: 'a thing', evidence: 'assumed', steps: [] })]
    expect(() => listCases({ document: THINGS, stories })).toThrow(message)
  })
})

describe('a run of some cases', () => {
  const KIND = { type: 'string', enum: ['a'] }
  const dropping = documentWith({
    'POST /shelves': { takes: objectOf({ kind: KIND }), gives: objectOf({ kind: KIND }) },
  })
  const drop = (chosen: { only?: string; grep?: string }) =>
    listCases({ document: dropping, ...chosen }).dropped.map(({ id }) => id)
  const all = drop({})

  it('tells of what is dropped only what was chosen', () => {
    expect(all).toContain('POST /shelves/refuses/kind/type/number')
    expect(drop({ only: 'POST /shelves/accepts/plain' })).toEqual([])
    expect(drop({ only: 'POST /shelves/refuses/kind/type/number' })).toEqual(['POST /shelves/refuses/kind/type/number'])
    expect(drop({ grep: 'type/n' })).toEqual(all.filter((id) => id.includes('type/n')))
  })

  it('tells nothing of the others of its operation, where it is one case', () => {
    expect(listCases({ document: dropping, cases: 2 }).leftOut).toHaveLength(1)
    expect(listCases({ document: dropping, cases: 2, only: 'POST /shelves/accepts/plain' }).leftOut).toEqual([])
  })
})

describe('a run of several requests at once', () => {
  it.each([1, 3])('has %i under way and never more, also while it removes what it made', async (concurrency) => {
    const { things, answer } = holdThings({ id: 'old', name: 'Stranger' })
    const create = inBatches(answer)
    let underWay = 0
    const counts: number[] = []
    const send: Send = async (request) => {
      counts.push(++underWay)
      await new Promise(setImmediate)
      underWay--
      const { status = 200, body } = Object((request.method === 'POST' ? create : answer)(request))
      const headers = { 'content-type': 'application/json' }
      return { status, headers, text: body === undefined ? '' : JSON.stringify(body), duration: 1 }
    }
    const result = await verify({ document: BATCHES, name: 'batches', seed: 's', tag: TAG, concurrency, send })
    expect(counts.length).toBeGreaterThan(50)
    expect(Math.max(...counts)).toBe(concurrency)
    expect([...things.keys()]).toEqual(['old'])
    expect(result.leftovers).toEqual([])
  })
})

describe('a run that is ended', () => {
  afterEach(() => void vi.useRealTimers())

  /** A run on THINGS. A request that the server has no answer to hangs until it is given up. */
  async function verifyThings(
    options: Partial<VerifyOptions>,
    spoil: (answer: Answering) => (...given: Parameters<Answering>) => ReturnType<Answering> | undefined = (answer) =>
      answer,
  ) {
    const { things, answer } = holdThings({ id: 'old', name: 'Stranger' })
    const sent: string[] = []
    const spoiled = spoil(answer)
    const send: Send = async (request, signal) => {
      sent.push(`${request.method} ${request.path}`)
      signal.throwIfAborted()
      const said = spoiled(request)
      if (said === undefined)
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
      if (said instanceof Error || said === undefined) throw said
      const { status = 200, body: json, headers = { 'content-type': 'application/json' } } = said
      return { status, headers, text: json === undefined ? '' : JSON.stringify(json), duration: 1 }
    }
    const result = await verify({ ...{ document: THINGS, name: 'things', seed: 's', tag: TAG, send }, ...options })
    return { result, sent, left: [...things.keys()] }
  }

  it.each([1, 2, 3, 7, 20])('after %i requests sends no more than deletes what it made', async (maxRequests) => {
    const { result, sent, left } = await verifyThings({ maxRequests })
    expect(result.interrupted).toBe(`${maxRequests} requests were sent (--max-requests)`)
    expect(result.results.length).toBeLessThan(sent.length)
    expect(result.results.at(-1)).toMatchObject({ outcome: 'skipped', reason: 'the run was ended' })
    expect(sent.slice(maxRequests).filter((line) => /^(?:POST|PUT)/.test(line))).toEqual([])
    expect(left).toEqual(['old'])
    expect(result.leftovers).toEqual([])
  })

  it('after as many requests as it takes has not been ended', async () => {
    const whole = await verifyThings({})
    expect(whole.result.interrupted).toBeUndefined()
    const { result } = await verifyThings({ maxRequests: whole.sent.length })
    expect(result.interrupted).toBeUndefined()
    expect(result.results).toHaveLength(whole.result.results.length)
  })

  it('counts what it reads before it creates something', async () => {
    const { sent } = await verifyThings({ maxRequests: 3 })
    expect(sent.slice(0, 3)).toEqual(['GET /things', 'GET /things', 'POST /things'])
    expect((await verifyThings({ maxRequests: 2 })).sent).not.toContain('POST /things')
  })

  it('when its time is over gives up what is under way, and deletes what it made', async () => {
    let creations = 0
    const { result, left } = await verifyThings({ budget: 100 }, (answer) => (request) => {
      const said = answer(request)
      return request.method === 'POST' && ++creations === 3 ? undefined : said
    })
    expect(result.interrupted).toBe('the time of 0.1 s is over (--budget)')
    expect(result.results.at(-1)).toMatchObject({ outcome: 'skipped', reason: 'the run was ended' })
    expect(left).toEqual(['old'])
    expect(result.leftovers).toEqual([])
  })

  it.each([60_000, 1e12])('has not been ended before its time of %i ms is over', async (budget) => {
    const { result } = await verifyThings({ budget })
    expect(result.interrupted).toBeUndefined()
  })

  it('by a signal ends at once, also before it began', async () => {
    const stop = AbortSignal.abort(new Error('broken off'))
    const { result, sent } = await verifyThings({ signal: stop })
    expect(result).toMatchObject({ interrupted: 'broken off', results: [] })
    expect(sent).toEqual([])
  })

  it.each([
    ['a quarter of a minute', 15_000, { budget: 60_000 }],
    ['three seconds, if somebody waits', 3000, {}],
  ] as const)('gives a clean-up that hangs %s, and tells what is left', async (_, time, options) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const stop = new AbortController()
    let isHanging = false
    let isOver = false
    const running = verifyThings({ signal: stop.signal, ...options }, (answer) => (request) => {
      if (request.method === 'DELETE') {
        isHanging = true
        return undefined
      }
      if (request.method === 'POST' && time === 3000) stop.abort(new Error('broken off'))
      return answer(request)
    }).finally(() => (isOver = true))
    // Waiting moves the clock on, by as much as it takes.
    await vi.waitUntil(() => isHanging)
    await vi.advanceTimersByTimeAsync(time - 1100 + (stop.signal.aborted ? 0 : 60_000))
    expect(isOver).toBe(false)
    await vi.advanceTimersByTimeAsync(1200)
    const { result, left } = await running
    expect(result.interrupted).toBe(time === 3000 ? 'broken off' : 'the time of 60 s is over (--budget)')
    expect(left).toEqual(['old', 't1'])
    const reason = expect.stringContaining('the run was ended, and the clean-up took too long')
    expect(result.leftovers).toEqual([{ what: expect.stringContaining('"t1"'), reason, foreseen: false }])
  })
})
