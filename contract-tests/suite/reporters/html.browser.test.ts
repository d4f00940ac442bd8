import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, ConsoleMessage, Page, Request } from 'playwright'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { parseContract } from '../../../documents/contract/build-contract.ts'
import { launchChromium } from '../../proofs/browsers/launch-chromium.ts'
import type { RunResult } from '../vocabulary.ts'
import { createHtmlReporter } from './html.ts'
import { createLocate } from './locate.ts'
import { largeRun, SAMPLE_DOCUMENT } from './sample-run.ts'

const RUN = largeRun()
/** All that the thousand cases are like, in a quarter of what Chromium has to lay out. */
const SHORT_RUN = largeRun(250)
let folder: string
let short: string
let browser: Browser
/** One for all: to open another takes longer than most of the tests. */
let page: Page

async function write(run: RunResult, folder: string): Promise<void> {
  const reporter = createHtmlReporter({
    version: '0.1.0',
    again: `npx rollcall verify notes.yaml --url ${run.url}`,
    curl: { url: run.url, credentials: { own: { isPair: false, isPlain: true } } },
    locate: createLocate(parseContract(SAMPLE_DOCUMENT, 'notes.yaml')),
    stdout: { write() {} },
    hasColor: false,
    writeFile: async (name, text) => {
      await writeFile(join(folder, name), text)
      return name
    },
  })
  await reporter.onEnd(run)
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-html-'))
  short = join(folder, 'short')
  await mkdir(short)
  await write(RUN, folder)
  await write(SHORT_RUN, short)
  browser = await launchChromium()
  page = await browser.newPage()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await rm(folder, { recursive: true })
})

const addressOf = (name: string, of = short) => pathToFileURL(join(of, name)).href

/** A page of a report, read anew, and what it asked for and complained of. */
async function open(name = 'report.html', { of = short, width = 1280, height = 900 } = {}) {
  const [asked, complaints]: [string[], string[]] = [[], []]
  const onRequest = (request: Request) => void asked.push(request.url())
  const onConsole = (message: ConsoleMessage) => void complaints.push(message.text())
  const onError = (error: Error) => void complaints.push(error.message)
  page.on('request', onRequest).on('console', onConsole).on('pageerror', onError)
  onTestFinished(() => void page.off('request', onRequest).off('console', onConsole).off('pageerror', onError))
  await page.setViewportSize({ width, height })
  await page.goto(addressOf(name, of))
  return { asked, complaints }
}

const shown = (page: Page, what: string) => page.locator(`${what}:visible`)

/** What can be moved sideways with much of it opened: the page, or what scrolls within it. */
const panning = (page: Page) =>
  page.evaluate(() => {
    for (const one of [...document.querySelectorAll('details')].slice(0, 80)) one.open = true
    const wide = [...document.querySelectorAll('*')].filter(
      (one) =>
        one.scrollWidth > one.clientWidth + 1 &&
        (one === document.documentElement || /auto|scroll/.test(getComputedStyle(one).overflowX)),
    )
    return wide.map((one) => `${one.tagName}.${one.className} ${one.scrollWidth}`)
  })

const COLORS = { light: 'rgb(245, 247, 250)', dark: 'rgb(15, 20, 27)' }

describe('the report of a thousand cases', () => {
  it('is smaller than 1 MB, and all of the rest is in the file beside it', async () => {
    expect(RUN.results).toHaveLength(1000)
    expect((await stat(join(folder, 'report.html'))).size).toBeLessThan(1e6)
    const cases = await readFile(join(folder, 'report-cases.html'), 'utf8')
    expect(cases.match(/<details class="case i"/g)).toHaveLength(1000)
    expect(cases.length).toBeGreaterThan(2e6)
  })

  it('shows every finding, first of all the most telling one, opened; and finds what holds every word', async () => {
    const { complaints } = await open('report.html', { of: folder })
    await expect.poll(() => shown(page, '.finding[data-o="fail"]').count()).toBe(60)
    const first = page.locator('.finding').first()
    expect(await first.getAttribute('open')).toBe('')
    expect(await first.locator('.rule').textContent()).toBe('rule 0 holds')
    expect(await first.locator('pre.copy').first().textContent()).toMatch(/^curl .*\$ROLLCALL_TOKEN/)
    await page.keyboard.press('/')
    await page.keyboard.type('"RULE 7 holds" documented')
    expect(await page.locator('#found').textContent()).toBe('1 finding, 0 cases')
    expect(await shown(page, '.finding .rule').allTextContents()).toEqual(['rule 7 holds'])
    await page.locator('#q').fill('operation3 longest refuses')
    const titles = await shown(page, '.chip.i').evaluateAll((chips) => chips.map((chip) => (chip as HTMLElement).title))
    expect(titles.length).toBeGreaterThan(0)
    expect(titles.filter((title) => !/operation3.*refuses.*longest/.test(title))).toEqual([])
    expect(await shown(page, '.card.g').count()).toBe(1)
    await page.locator('#q').fill('nothing has these words')
    expect(await shown(page, '.empty').count()).toBe(1)
    expect(await shown(page, '.i').count()).toBe(0)
    await page.keyboard.press('Escape')
    expect(await shown(page, '.chip.i').count()).toBe(1000)
    expect(complaints).toEqual([])
  })
})

describe('the report', () => {
  it.each(['report.html', 'report-cases.html'])(
    'pans sideways nowhere at 390 pixels, with much of it opened, light or dark as the user wants it: %s',
    async (name) => {
      onTestFinished(() => page.emulateMedia({ colorScheme: 'light' }))
      await open(name, { width: 390, height: 844 })
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        expect(await panning(page)).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
        expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(COLORS[colorScheme])
      }
    },
  )

  it('is searched within the outcome that is chosen', async () => {
    await open()
    await page.locator('label:has([value="pass"])').click()
    expect(await shown(page, '.finding').count()).toBe(0)
    const passed = await shown(page, '.chip.i').count()
    expect(passed).toBe(SHORT_RUN.results.filter(({ outcome }) => outcome === 'pass').length)
    await page.locator('#q').fill('operation3')
    expect(await shown(page, '.chip.i[data-o="pass"]').count()).toBeLessThan(passed)
    expect(await shown(page, '.chip.i:not([data-o="pass"])').count()).toBe(0)
  })

  it('is used by keyboard alone: to the findings, their cases, and one of them', async () => {
    await open()
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('To what was found')
    await page.keyboard.press('Enter')
    const isAt = (what: string) => page.evaluate((what) => document.activeElement?.matches(what) === true, what)
    for (let n = 0; n < 5 && !(await isAt('.finding > summary')); n++) await page.keyboard.press('Tab')
    expect(await isAt('.finding:first-of-type > summary')).toBe(true)
    await page.keyboard.press('Enter')
    expect(await page.locator('.finding').first().getAttribute('open')).toBeNull()
    await page.keyboard.press('Enter')
    const link = page
      .locator('.finding')
      .first()
      .getByRole('link', { name: /^\d+ cases? in report-cases\.html$/ })
    await link.focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/report-cases\.html#q=finding-01$/)
    const [, count] = /^(\d+) cases?$/.exec((await page.locator('#found').textContent()) ?? '') ?? []
    expect(Number(count)).toBeGreaterThan(1)
    expect(await shown(page, '.case').count()).toBe(Number(count))
    expect(await shown(page, '.case .tag').filter({ hasText: 'finding-01' }).count()).toBe(Number(count))
  })

  it('leads from each case to all that it sent and got, opened', async () => {
    await open()
    const chip = page.locator('.chip.i[data-o="pass"]').nth(50)
    const address = await chip.getAttribute('href')
    await chip.click()
    const opened = page.locator('details[open]')
    expect(`report-cases.html#${await opened.getAttribute('id')}`).toBe(address)
    expect(await opened.count()).toBe(1)
    expect(await opened.locator('pre').count()).toBeGreaterThan(2)
    await expect.poll(() => opened.evaluate((one) => one.getBoundingClientRect().top)).toBeLessThan(900)
  })

  it.each(['report.html', 'report-cases.html'])(
    'asks for nothing but itself, complains of nothing, and runs nothing of what a target said: %s',
    async (name) => {
      const { asked, complaints } = await open(name)
      expect({ asked, complaints }).toEqual({ asked: [addressOf(name)], complaints: [] })
      expect(await page.evaluate(() => document.scripts.length)).toBe(1)
      // A policy that let anything in would let this run.
      const ran = await page.evaluate(() => {
        const script = document.createElement('script')
        script.textContent = 'globalThis.ran = true'
        document.body.append(script)
        return (globalThis as { ran?: true }).ran
      })
      expect(ran).toBeUndefined()
    },
  )

  it('is read without scripts', async () => {
    const page = await browser.newPage({ javaScriptEnabled: false })
    onTestFinished(() => page.close())
    await page.goto(addressOf('report.html'))
    expect(await shown(page, 'nav').count()).toBe(0)
    expect(await shown(page, '.finding[data-o="fail"]').count()).toBe(60)
    expect(await shown(page, '.chip.i').count()).toBe(250)
  })
})
