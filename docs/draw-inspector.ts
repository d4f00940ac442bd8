/**
 * `npm run inspector`: takes the picture of the inspector that README shows, and measures how long its reader waits with 10,000
 * calls and 100,000 records. Exit code 1 where that is more than is promised.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { startServer } from '../cli/spawn-rollcall.ts'
import { launchChromium } from '../contract-tests/proofs/browsers/launch-chromium.ts'

const ROOT = join(import.meta.dirname, '..')
const CALLS = 10_000
const RECORDS = 100_000
/** Milliseconds until what was asked for is on the screen. */
const MOST = 100
const TIMES = 5

const USERS = '/api/v0/environments/95b11417-f18f-457f-8804-68e361f9164f/users'
const HEADERS = { authorization: 'Bearer dyn_example', 'content-type': 'application/json' }

const folder = await mkdtemp(join(tmpdir(), 'rollcall-show-'))
const browser = await launchChromium()
const surroundings = { command: [process.execPath, join(ROOT, 'dist/cli/main.js')] as const }
const start = (...args: string[]) => startServer(['mock', 'dynamic', '--port', '0', '--quiet', ...args], surroundings)

/** @param bypassCSP so that what is measured can be evaluated in the page */
async function open(url: string, bypassCSP = false): Promise<Page> {
  const page = await browser.newPage({
    viewport: { width: 1280, height: 720 },
    colorScheme: 'light',
    locale: 'en-GB',
    bypassCSP,
  })
  await page.goto(url)
  await page.getByText('live', { exact: true }).waitFor()
  return page
}

const post = (url: string, body: unknown) =>
  fetch(`${url}${USERS}/bulk`, { method: 'POST', headers: HEADERS, body: JSON.stringify(body) })

/** What README shows: a call that was refused, and why. */
async function takePicture(): Promise<void> {
  await using server = await start('--users', '3')
  const page = await open(server.url)
  await post(server.url, [{ email: 'ada@example.com' }])
  await fetch(`${server.url}${USERS}?limit=5`, { headers: HEADERS })
  await post(server.url, [{ email: 'ada@example.com' }])
  await fetch(`${server.url}${USERS}`)
  await post(server.url, [{ email: 'ben@example.com', country: 'usa' }])
  await page.getByRole('option').filter({ hasText: '400' }).click()
  await page.getByText('Why it was refused').waitFor()
  await page.screenshot({ path: join(ROOT, 'docs/inspector.png') })
  await page.close()
}

/** The median of some goes, each from the key to the frame that shows what was asked for. */
async function measure(page: Page, what: string, act: string, isShown: string, isBack: string): Promise<number> {
  const took: number[] = []
  for (let turn = 0; turn < TIMES; turn++) {
    took.push(
      await page.evaluate(`new Promise((resolve) => {
        const began = performance.now()
        ${act}
        const look = () => (${isShown}) ? resolve(performance.now() - began) : requestAnimationFrame(look)
        requestAnimationFrame(look)
      })`),
    )
    await page.evaluate(isBack)
    await page.waitForTimeout(400)
  }
  const median = took.sort((a, b) => a - b)[TIMES >> 1] as number
  console.log(`${what}: ${median.toFixed(0)} ms`)
  return median
}

const typing = (text: string) => `{
  const field = document.querySelector('.main [type=search]')
  field.value = ${JSON.stringify(text)}
  field.dispatchEvent(new Event('input', { bubbles: true }))
}`
const scrolling = (share: number) => `{
  const list = document.querySelector('.list')
  list.scrollTop = list.scrollHeight * ${share}
}`
const countShows = (pattern: string) => `/${pattern}/.test(document.querySelector('.main .count')?.textContent ?? '')`
const rowsAre = (first: number) =>
  `[...document.querySelectorAll('.list .row')].some((row) => row.ariaPosInSet > ${first} && row.textContent.trim() !== '…')`

async function measureAll(): Promise<number[]> {
  await using server = await start('--journal', String(CALLS))
  for (let at = 0; at < RECORDS; at += 5000) {
    await Promise.all(
      Array.from({ length: 100 }, (_, batch) =>
        post(
          server.url,
          Array.from({ length: 50 }, (_, row) => ({ email: `user${at + batch * 50 + row}@example.com` })),
        ),
      ),
    )
  }
  for (let at = 0; at < CALLS; at += 200) {
    const ids = Array.from({ length: 200 }, (_, index) => at + index)
    await Promise.all(
      ids.map((id) =>
        fetch(`${server.url}${USERS}?limit=1&offset=${id % 90}`, { headers: HEADERS }).then((reply) => reply.text()),
      ),
    )
  }
  const page = await open(server.url, true)
  await page.waitForFunction(countShows('10,000 calls'), undefined, { timeout: 60_000 })
  await page.waitForTimeout(1000)
  const found = [
    await measure(page, `search in ${CALLS} calls`, typing('offset 77'), countShows(' of '), typing('')),
    await measure(page, `scroll to the end of ${CALLS} calls`, scrolling(1), rowsAre(9900), scrolling(0)),
  ]
  await page.getByRole('navigation').getByRole('button', { name: 'State' }).click()
  await page.waitForFunction(countShows('100,000 records'), undefined, { timeout: 60_000 })
  await page.waitForTimeout(3000)
  // The first search reads every record; those after it find them read.
  await page.evaluate(typing('user1@'))
  await page.waitForFunction(countShows(' of '), undefined, { timeout: 60_000 })
  await page.evaluate(typing(''))
  await page.waitForTimeout(2000)
  found.push(
    await measure(page, `search in ${RECORDS} records`, typing('user77777@'), countShows('^1 of '), typing('')),
    await measure(page, `scroll through ${RECORDS} records`, scrolling(0.5), rowsAre(49_000), scrolling(0)),
  )
  await page.close()
  return found
}

try {
  await takePicture()
  const found = await measureAll()
  if (found.some((one) => one > MOST)) process.exitCode = 1
} finally {
  await browser.close()
  await rm(folder, { recursive: true })
}
