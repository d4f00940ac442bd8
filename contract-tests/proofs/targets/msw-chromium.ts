import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { BrowserContext, Page } from 'playwright'
import { BUILT_IN } from '../../../mocks/built-in.ts'
import type { CaseRequest } from '../../suite/vocabulary.ts'
import { launchChromium } from '../browsers/launch-chromium.ts'
import type { Played, Setting, Transport } from '../parity/vocabulary.ts'
import type { MockedPage } from './msw-page.ts'

/** So many requests for one round trip to the browser: each costs more than a request does. */
const AT_ONCE = 250

/** A Chromium that reaches nothing but this machine, and a page with the mock under a strict Content-Security-Policy. */
export interface MockedBrowser extends AsyncDisposable {
  readonly url: string
  newContext(): Promise<BrowserContext>
}

/** Chromium with a page of ours that MSW answers in; no name but localhost is resolved in it. */
export async function openBrowser(): Promise<MockedBrowser> {
  const server = await servePage()
  const args = ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost']
  const browser = await launchChromium({ args }).catch(async (error) => {
    await server.close()
    throw error
  })
  return {
    url: server.url,
    newContext: () => browser.newContext(),
    async [Symbol.asyncDispose]() {
      await browser.close()
      await server.close()
    },
  }
}

/** `fetch` of a page of the APIs' real URLs, which MSW's service worker intercepts. */
export async function openMswChromium(setting: Setting): Promise<Transport> {
  const browser = await openBrowser()
  const page = await (await browser.newContext()).newPage()
  await page.goto(browser.url)
  await ask(page, 'open', setting)
  return {
    async play(name, requests) {
      const played: Played[] = []
      for (let at = 0; at < requests.length; at += AT_ONCE) {
        const some: readonly CaseRequest[] = requests.slice(at, at + AT_ONCE)
        played.push(...((await ask(page, 'play', name, some)) as Played[]))
      }
      return played
    },
    [Symbol.asyncDispose]: () => browser[Symbol.asyncDispose](),
  }
}

/** Calls a function of the page's. */
export function ask<Name extends keyof MockedPage>(
  page: Page,
  name: Name,
  ...args: Parameters<MockedPage[Name]>
): Promise<Awaited<ReturnType<MockedPage[Name]>>> {
  return page.evaluate(
    ([name, args]) => {
      const { page } = globalThis as unknown as { page: Record<string, (...args: unknown[]) => unknown> }
      return page[name as string]?.(...(args as unknown[]))
    },
    [name, args],
  ) as never
}

/** What a page may do that neither evaluates text nor loads from elsewhere, and knows whom it talks to. */
async function policyOf(): Promise<string> {
  const apis = await Promise.all(Object.values(BUILT_IN).map((load) => load()))
  const origins = apis.flatMap(({ servers }) => servers.map((server) => new URL(server).origin))
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    `connect-src 'self' ${origins.join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

async function servePage(): Promise<{ url: string; close(): Promise<void> }> {
  const [policy, script, worker] = await Promise.all([
    policyOf(),
    bundlePage(),
    readFile(createRequire(import.meta.url).resolve('msw/mockServiceWorker.js')),
  ])
  const files = new Map<string, readonly [type: string, content: string | Uint8Array]>([
    ['/', ['text/html', '<!doctype html><title>rollcall</title><script type="module" src="/page.js"></script>']],
    ['/page.js', ['text/javascript', script]],
    ['/mockServiceWorker.js', ['text/javascript', worker]],
  ])
  const server = createServer((request, response) => {
    const [type, content] = files.get(request.url ?? '') ?? []
    if (!type) return void response.writeHead(404).end()
    response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': policy })
    response.end(content)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function bundlePage(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'msw-page.ts')],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
  })
  return (outputFiles[0] as { contents: Uint8Array }).contents
}
