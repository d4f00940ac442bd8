import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { launchChromium } from '../contract-tests/proofs/browsers/launch-chromium.ts'

const ROOT = join(import.meta.dirname, '..')
const USERS = '/api/v0/environments/95b11417-f18f-457f-8804-68e361f9164f/users'
const PAGE = `
  import { createMock } from './mocks/index.ts'
  import { dynamic } from './mocks/dynamic.ts'
  import { openInspector } from './mocks/adapters/msw.ts'
  const mock = createMock({ apis: [dynamic] })
  Object.assign(window, { mock, open: () => openInspector(mock) })
`

let browser: Browser
let url: string
let close: () => Promise<void>

/** A page under a policy that allows its own scripts and nothing else. */
beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: { contents: PAGE, resolveDir: ROOT, loader: 'ts' },
    absWorkingDir: ROOT,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    jsx: 'automatic',
    outdir: 'out',
    write: false,
    logLevel: 'silent',
  })
  const scripts = new Map(outputFiles.map(({ path, text }) => [path.slice(path.lastIndexOf('/')), text]))
  const server = createServer(({ url: path = '' }, response) => {
    const script = scripts.get(path)
    response.writeHead(200, {
      'content-type': script === undefined ? 'text/html' : 'text/javascript',
      'content-security-policy': "default-src 'none'; script-src 'self'",
    })
    response.end(
      script ??
        '<!doctype html><title>An app</title><button>Buy</button><script type="module" src="/stdin.js"></script>',
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  close = () =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  browser = await launchChromium()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await close?.()
})

const ask = (page: Page, email: string): Promise<unknown> =>
  page.evaluate(`mock.answer({
    method: 'POST',
    path: '${USERS}/bulk',
    headers: { authorization: 'Bearer any' },
    body: [{ email: '${email}' }],
  }).body`)

describe('the inspector of a mock in a page', () => {
  it('shows its calls and its state over the page, live, without a server, under a strict policy', async () => {
    const page = await browser.newPage()
    onTestFinished(() => page.close())
    page.setDefaultTimeout(10_000)
    const wrongs: string[] = []
    page.on('pageerror', ({ message }) => wrongs.push(message))
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await page.goto(url)
    await ask(page, 'ada@example.com')
    const before = asked.length
    await page.evaluate('open()')
    const calls = page.getByRole('listbox', { name: 'Calls' }).getByRole('option')
    await expect.poll(() => calls.count()).toBe(1)
    await ask(page, 'ben@example.com')
    await expect.poll(() => calls.count()).toBe(2)
    await page.getByRole('navigation').getByRole('button', { name: 'State' }).click()
    await expect.poll(() => page.getByRole('listbox', { name: 'Records' }).getByRole('option').count()).toBe(2)
    await page.getByRole('listbox', { name: 'Records' }).getByRole('option').first().click()
    await page.getByRole('button', { name: 'Delete' }).click()
    await expect.poll(() => page.evaluate(`Object.values(mock.snapshot().apis.dynamic)[0].users.length`)).toBe(1)
    // The script of the inspector is all that was loaded for it; it is styled all the same.
    expect(asked.slice(before).filter((path) => !path.endsWith('.js'))).toEqual([])
    expect(await page.locator('.top').evaluate((element) => getComputedStyle(element).display)).toBe('flex')
    await page.getByRole('button', { name: 'Back to the page' }).click()
    await page.getByRole('button', { name: 'Buy' }).click()
    expect(await page.locator('section').count()).toBe(0)
    expect(wrongs).toEqual([])
  })
})
