/** What the page of `msw-chromium.ts` runs. */
import { setupWorker } from 'msw/browser'
import { createHandlers, type HandlersOptions } from '../../../mocks/adapters/msw.ts'
import { sendByFetch } from '../../suite/send-fetch.ts'
import type { Setting, Transport } from '../parity/vocabulary.ts'
import { apiOf, makeMock } from './make-mock.ts'
import { credentialsOf, play } from './play.ts'

/** What the page can be asked to do from outside. */
export interface MockedPage {
  /** Starts MSW's service worker with a new mock. */
  open(setting: Setting, options?: HandlersOptions): Promise<void>
  play: Transport['play']
  /** What the page's Content-Security-Policy refused so far. */
  violations(): readonly string[]
  /** Tries to turn text into code; the name of what was thrown. */
  evaluateText(): string
}

const violations: string[] = []
addEventListener('securitypolicyviolation', (event) =>
  violations.push(`${event.effectiveDirective} ${event.blockedURI}`),
)

let current: { readonly setting: Setting; readonly mock: Awaited<ReturnType<typeof makeMock>> } | undefined

const page: MockedPage = {
  async open(setting, options) {
    const mock = await makeMock(setting)
    const registration = await setupWorker(...createHandlers(mock, options)).start({ quiet: true })
    await takeover(registration)
    current = { setting, mock }
  },
  play(name, requests) {
    if (!current) throw new Error('the page has no mock yet')
    const url = apiOf(current.mock, name).servers[0] as string
    return play(sendByFetch({ url, ...credentialsOf(current.setting, name) }), requests)
  },
  violations: () => violations,
  evaluateText() {
    try {
      return `evaluated: ${new Function('return 1')()}`
    } catch (error) {
      return (error as Error).name
    }
  },
}

/**
 * When the last page goes, MSW's worker unregisters itself; a page that comes at that moment registers it anew, and
 * `start` may be done before the new worker has taken the page over: what is sent until then goes to the network.
 */
async function takeover(registration: ServiceWorkerRegistration | undefined): Promise<void> {
  const { serviceWorker } = navigator
  while (!serviceWorker.controller || serviceWorker.controller !== registration?.active) {
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** In a task of the page's own: while a debugger evaluates, the browser lets every text be evaluated. */
const inOwnTask =
  (run: (...args: never[]) => unknown) =>
  async (...args: never[]) => {
    await new Promise((resolve) => setTimeout(resolve))
    return run(...args)
  }

Object.assign(globalThis, {
  page: Object.fromEntries(Object.entries(page).map(([name, run]) => [name, inOwnTask(run)])),
})
