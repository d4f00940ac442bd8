import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright'
import { launchChromium } from '../../contract-tests/proofs/browsers/launch-chromium.ts'
import { median, pairwise, show, showRatio } from '../figures.ts'
import { compareAnswers, startContest, startLoad } from '../measure.ts'
import { ROLLCALL, rollcallOf, startServer } from '../servers.ts'
import type { Finding, Measured, Options, Part, Table } from '../vocabulary.ts'
import { workloadNamed } from '../workloads.ts'

const LISTS = '10,000 calls and 100,000 records'
const WATCHED = 'one page open'
const CALLS = 10_000
const RECORDS = 100_000
/** One round differs from the next by more than the twentieth that is looked for: each is split into so many. */
const WATCHED_ROUNDS = 5
const USERS = '/api/v0/environments/95b11417-f18f-457f-8804-68e361f9164f/users'

/**
 * Milliseconds from an input to the frame that shows what it leads to.
 * @param act what a user does, and `shows` whether the page shows what it leads to: source of functions, run in the page
 */
async function reaction(page: Page, act: string, shows: string): Promise<number> {
  return await page.evaluate(
    `(async () => {
      const began = performance.now()
      ;(${act})()
      while (!(${shows})()) {
        if (performance.now() - began > 60000) throw new Error('a minute, and the page does not show it: ${JSON.stringify(shows).slice(1, -1).replaceAll("'", '`')}')
        await new Promise(requestAnimationFrame)
      }
      return performance.now() - began
    })()`,
  )
}

/** Source of a function that types into the search of the view. */
const typing = (text: string): string => `() => {
  const field = document.querySelector('input[type=search]')
  field.value = ${JSON.stringify(text)}
  field.dispatchEvent(new Event('input', { bubbles: true }))
}`
const list = `document.querySelector('[role=listbox]')`
const scrolling = (share: number): string =>
  `() => { const list = ${list}; list.scrollTop = list.scrollHeight * ${share} }`
/** A row that was loaded, at this share of the list. */
const showsRowAt = (share: number): string => `() => {
  const rows = [...${list}.querySelectorAll('[role=option]')]
  return rows.some((row) => Number(row.ariaPosInSet) / Number(row.ariaSetSize) > ${share} && row.textContent !== '…')
}`
/** The list has so many rows, or fewer than before. */
const isShorterThan = (count: number): string => `() => {
  const row = ${list}?.querySelector('[role=option]')
  return row ? Number(row.ariaSetSize) < ${count} && row.textContent !== '…' : false
}`

const isAsLongAs = (count: number): string =>
  `() => !(${isShorterThan(count)})() && ${list}?.querySelector('[role=option]') !== null`

async function measureLists({ rounds, tell }: Options): Promise<Measured> {
  const server = rollcallOf('dynamic', '--users', String(RECORDS), '--journal', String(CALLS))
  const started = await startServer(server)
  await using browser = await launchChromium()
  const taken: Record<string, number[]> = {}
  const note = async (name: string, took: Promise<number>) => void (taken[name] ??= []).push(await took)
  try {
    const call = (at: number) =>
      fetch(`${started.url}${USERS}?limit=1&offset=${at}`, { headers: { authorization: 'Bearer bench' } })
    for (let at = 0; at < CALLS; at += 20)
      await Promise.all(Array.from({ length: 20 }, (_, beside) => call(at + beside)))
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    await page.goto(`${started.url}/__rollcall/`)
    await reaction(page, '() => {}', isAsLongAs(CALLS))
    await page.getByRole('navigation').getByRole('button', { name: 'State' }).click()
    await page.getByRole('listbox', { name: 'Records' }).getByRole('option').first().waitFor()
    // What is searched is made ready meanwhile.
    await wait(3000)
    for (let round = 1; round <= rounds; round++) {
      await page.getByRole('navigation').getByRole('button', { name: 'Traffic' }).click()
      await page.getByRole('listbox', { name: 'Calls' }).waitFor()
      await note('calls, scroll', reaction(page, scrolling(0.4 + round / 20), showsRowAt(0.4 + round / 20)))
      await note('calls, filter', reaction(page, typing(`offset=${round}5`), isShorterThan(CALLS)))
      await reaction(page, typing(''), isAsLongAs(CALLS))
      await page.getByRole('navigation').getByRole('button', { name: 'State' }).click()
      await page.getByRole('listbox', { name: 'Records' }).waitFor()
      await note('records, scroll', reaction(page, scrolling(0.4 + round / 20), showsRowAt(0.4 + round / 20)))
      await note('records, filter', reaction(page, typing(`an${'aeiou'[round % 5]}`), isShorterThan(RECORDS)))
      await reaction(page, typing(''), isAsLongAs(RECORDS))
      tell(`inspector: lists, round ${round} of ${rounds}`)
    }
  } finally {
    await started.stop()
  }
  const head = ['list', 'from the input to the frame that shows it']
  const table: Table = {
    head,
    rows: Object.entries(taken).map(([name, times]) => [name, show(median(times), ' ms', 0)]),
  }
  const findings = Object.entries(taken).map(
    ([name, times]): Finding => ({ target: 'inspector-reaction', subject: name, rounds: times }),
  )
  return { tables: [table], findings }
}

/**
 * Two mocks, one of them with a page open that shows each call. Two processes of one program differ by the twentieth that is
 * looked for: what they cost beside each other is measured before the page is opened as well.
 */
async function measureWatched({ rounds, seconds, tell }: Options): Promise<Measured> {
  const workload = workloadNamed('Dynamic, 1 row')
  const answer = await compareAnswers([ROLLCALL], workload)
  const servers = [ROLLCALL, { ...ROLLCALL, name: 'rollcall mock, one page open' }]
  using load = startLoad()
  await using contest = await startContest(servers, workload, load, answer.length)
  const measure = async (what: string): Promise<number[]> => {
    const ratios: number[] = []
    // What runs for a page alone is warm no sooner than the rest.
    await contest.measureRound(seconds)
    for (let round = 1; round <= rounds * WATCHED_ROUNDS; round++) {
      const [closed, open] = await contest.measureRound(seconds / 2)
      ratios.push(...pairwise([open?.cpu ?? Number.NaN], [closed?.cpu ?? Number.NaN]))
      tell(`inspector: ${what}, round ${round} of ${rounds * WATCHED_ROUNDS}`)
    }
    return ratios
  }
  const before = median(await measure('no page open'))
  await using browser = await launchChromium()
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.goto(`${contest.started[1]?.url}/__rollcall/`)
  await page.getByRole('listbox', { name: 'Calls' }).getByRole('option').first().waitFor()
  const ratios = (await measure('one page open')).map((ratio) => ratio / before)
  return {
    tables: [
      {
        head: ['mock with a page open', 'CPU per request, of one without'],
        rows: [[workload.name, showRatio(ratios)]],
      },
    ],
    findings: [{ target: 'inspector-watched', subject: workload.name, rounds: ratios }],
  }
}

export const inspector: Part = {
  name: 'inspector',
  title: 'The inspector',
  method: `Chromium shows the page of a mock that keeps ${show(CALLS)} calls and ${show(RECORDS)} records: from a scroll or a typed
word to the frame that shows what it leads to. And what a request costs the mock while a page is open that shows each call,
beside a mock that nobody looks at, of what the same two cost before it was opened.`,
  subjects: [LISTS, WATCHED],
  async measure(options): Promise<Measured> {
    const parts: Measured[] = []
    if (options.wants(LISTS)) parts.push(await measureLists(options))
    if (options.wants(WATCHED)) parts.push(await measureWatched(options))
    return { tables: parts.flatMap(({ tables }) => tables), findings: parts.flatMap(({ findings }) => findings) }
  },
}
