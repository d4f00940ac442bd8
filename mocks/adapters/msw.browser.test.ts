import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Played, Setting } from '../../contract-tests/proofs/parity/vocabulary.ts'
import { ask, type MockedBrowser, openBrowser } from '../../contract-tests/proofs/targets/msw-chromium.ts'
import type { CaseRequest } from '../../contract-tests/suite/vocabulary.ts'
import type { HandlersOptions } from './msw.ts'

const USERS = '/environments/95b11417-f18f-457f-8804-68e361f9164f/users'
const SETTING: Setting = {
  seed: 'browser',
  now: '2026-01-01T00:00:00.000Z',
  apis: { dynamic: { tokens: { own: 'any', bad: 'invalid', second: 'other' }, users: [] } },
}

const list = (session = ''): CaseRequest => ({
  operationId: 'listUsers',
  method: 'GET',
  path: USERS,
  headers: session ? { 'x-rollcall-session': session } : {},
})
const create = (email: string, session = ''): CaseRequest => ({
  operationId: 'bulkCreateUser',
  method: 'POST',
  path: `${USERS}/bulk`,
  headers: { ...list(session).headers, 'content-type': 'application/json' },
  body: JSON.stringify([{ email }]),
})

let browser: MockedBrowser

beforeAll(async () => {
  browser = await openBrowser()
}, 60_000)
afterAll(() => browser?.[Symbol.asyncDispose]())

/** A tab with the mock; a context is a browser of its own. */
async function openPage(
  options?: HandlersOptions,
  context?: Awaited<ReturnType<MockedBrowser['newContext']>>,
  setting = SETTING,
) {
  const own = context ?? (await browser.newContext())
  if (!context) onTestFinished(() => own.close())
  const page = await own.newPage()
  await page.goto(browser.url)
  await ask(page, 'open', setting, options)
  return page
}

const playAll = (page: Page, ...requests: CaseRequest[]): Promise<readonly Played[]> =>
  ask(page, 'play', 'dynamic', requests)
const statusOf = (played: Played | undefined) => (played && 'status' in played ? played.status : played)
const countOf = (played: Played | undefined) => (played && 'text' in played ? JSON.parse(played.text).count : played)

describe('in a page in Chromium, the mock', () => {
  it('works under a Content-Security-Policy that lets no text be evaluated', async () => {
    const page = await openPage()
    const [created, listed] = await playAll(page, create('ada@example.com'), list())
    expect([statusOf(created), countOf(listed)]).toEqual([201, 1])
    expect(await ask(page, 'violations')).toEqual([])
    // The policy is in force, and what it refuses is seen.
    expect(await ask(page, 'evaluateText')).toBe('EvalError')
    await expect.poll(() => ask(page, 'violations')).toEqual(['script-src eval'])
  })

  it("keeps users over a reload with persist: 'session', each session its own, in this tab alone", async () => {
    const context = await browser.newContext()
    onTestFinished(() => context.close())
    const page = await openPage({ persist: 'session' }, context)
    await playAll(page, create('ada@example.com'), create('ada@example.com', 'mine'), create('ben@example.com', 'mine'))
    await page.reload()
    await ask(page, 'open', SETTING, { persist: 'session' })
    const [ofAll, ofMine] = await playAll(page, list(), list('mine'))
    expect([countOf(ofAll), countOf(ofMine)]).toEqual([1, 2])
    const other = await openPage({ persist: 'session' }, context)
    expect((await playAll(other, list())).map(countOf)).toEqual([0])
  })

  it('forgets users on a reload where nobody asked for that', async () => {
    const page = await openPage()
    await playAll(page, create('ada@example.com'))
    await page.reload()
    await ask(page, 'open', SETTING)
    expect((await playAll(page, list())).map(countOf)).toEqual([0])
  })

  it('keeps sessions apart that ask at once', async () => {
    const page = await openPage()
    const counts = await Promise.all(
      ['a', 'b', 'c', 'd'].map(async (session, at) => {
        const rows = Array.from({ length: at + 1 }, (_, row) => create(`user${row}@example.com`, session))
        return countOf((await playAll(page, ...rows, list(session))).at(-1))
      }),
    )
    expect(counts).toEqual([1, 2, 3, 4])
    expect((await playAll(page, list())).map(countOf)).toEqual([0])
  })
})

describe('what was ordered for a page', () => {
  it('is a network error where the connection is dropped, once, and a reply that comes late', async () => {
    const page = await openPage(undefined, undefined, {
      ...SETTING,
      failures: [
        { operationId: 'listUsers', drop: true },
        { operationId: 'listUsers', delay: 300 },
      ],
    })
    const timed = async () => {
      const began = performance.now()
      const [played] = await playAll(page, list())
      return { played, isLate: performance.now() - began >= 299 }
    }
    expect(await timed()).toMatchObject({ played: { unsent: expect.stringContaining('Failed to fetch') } })
    const late = await timed()
    expect([statusOf(late.played), late.isLate]).toEqual([200, true])
    expect(countOf((await playAll(page, list()))[0])).toBe(0)
  })
})

describe('what a page cannot send', () => {
  it.each<[what: string, request: Partial<CaseRequest>, said: RegExp]>([
    ['a header that is not its to set', { headers: { cookie: 'a=1' } }, /^fetch does not send the header cookie: a=1$/],
    ['a body with GET', { body: '{}' }, /GET/],
    ['a method that is forbidden', { method: 'TRACE' }, /TRACE/],
  ])('is told and not left out in silence: %s', async (_, request, said) => {
    const page = await openPage()
    expect(await playAll(page, { ...list(), ...request })).toEqual([{ unsent: expect.stringMatching(said) }])
  })
})
