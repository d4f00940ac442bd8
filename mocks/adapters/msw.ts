import { type HttpHandler, http } from 'msw'
import { sitesOf } from '../api/api.ts'
import { type Mock, SESSION_HEADER } from '../api/mock.ts'
import { escapeRegExp } from '../engine/match-route.ts'
import { answerRequest } from './fetch.ts'
import { keepInStorage } from './keep-in-storage.ts'

/** What `createHandlers` takes besides the mock. */
export interface HandlersOptions {
  /**
   * Where the APIs are, as `rollcall mock` serves them: each below the path of its own server. A path alone is taken from
   * the page. Default: every server of every API, by its real URL.
   */
  readonly baseUrl?: string
  /** `session`: in a browser the state survives a reload of the page, in its sessionStorage. Default: it does not. */
  readonly persist?: 'session'
}

/**
 * Handlers for MSW's `setupWorker(...)` and `setupServer(...)`, one for each API. They answer the paths that a document
 * knows and leave every other request to the handlers beside them.
 * @throws Error when it is given no mock
 */
export function createHandlers(mock: Mock, options: HandlersOptions = {}): HttpHandler[] {
  if (!mock?.serve) throw new Error('createHandlers needs a mock')
  const recall = options.persist && keepInStorage(mock)
  return mock.apis.flatMap(sitesOf).map(({ basePath, servers: own, operations, patternOf = escapeRegExp }) => {
    const servers = options.baseUrl === undefined ? own : [options.baseUrl.replace(/\/+$/, '') + basePath]
    const bases = (servers.length > 0 ? servers : ['/']).map((server) => patternOf(absolute(server)))
    // A pattern of MSW's own would read the colons and asterisks of a URL as parameters.
    const paths = operations.map(({ path }) =>
      path
        .split(/\{[^{}]+\}/)
        .map(patternOf)
        .join('[^/]+'),
    )
    const known = new RegExp(`^(?:${bases.join('|')})(${paths.join('|')})$`)
    return http.all(known, async ({ request }) => {
      const [, path] = known.exec(request.url.split(/[?#]/, 1)[0] as string) as string[]
      const session = request.headers.get(SESSION_HEADER) ?? ''
      recall?.(session)
      return await answerRequest(mock, request, basePath + path)
    })
  })
}

/**
 * Shows the inspector of a mock that lives in this page, over the page: what `rollcall mock` has at `/__rollcall/`, without a
 * server. It is loaded when it is asked for, and a page that does not ask for it holds nothing of it.
 * @returns closes it
 */
export async function openInspector(mock: Mock): Promise<() => void> {
  const { showPanel } = await import('../../inspector/panel.tsx')
  return showPanel(mock)
}

/** As a request's URL begins, without a slash at its end. */
const absolute = (server: string): string =>
  new URL(server, globalThis.location?.href ?? 'http://localhost').href.replace(/\/+$/, '')
