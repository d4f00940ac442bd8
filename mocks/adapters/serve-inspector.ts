import type { Api } from '../api/api.ts'
import { CONTROL_PATH } from '../control/control.ts'
import type { Call, Reply } from '../engine/vocabulary.ts'
import { hasRoot } from './tell-contents.ts'

const { existsSync, readFileSync } = process.getBuiltinModule('node:fs')
const { dirname, join } = process.getBuiltinModule('node:path')

/** What the page consists of, and the types of its files. */
const FILES: Readonly<Record<string, string>> = {
  'index.html': 'text/html; charset=utf-8',
  'inspector.js': 'text/javascript; charset=utf-8',
  'inspector.css': 'text/css; charset=utf-8',
  'icon.svg': 'image/svg+xml',
}

/** The page runs its own script alone, talks to its own server alone, and stands in no other page. */
const HEADERS = {
  'content-security-policy':
    "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
}

/**
 * Serves the inspector's page, which holds nothing of the mock: what it shows it asks the control API for.
 * @param folder where the page was built
 * @returns the page's file at this path; a browser that asks for `/`, where no operation is, is led there; undefined: no
 * call of the page
 */
export function serveInspector(
  call: Call,
  apis: readonly Api[],
  folder: string | undefined = findPage(),
): Reply | undefined {
  if (call.method !== 'GET' && call.method !== 'HEAD') return undefined
  const asked = call.path === CONTROL_PATH ? '' : call.path.slice(CONTROL_PATH.length + 1)
  if (call.path === '/') return asksForPage(call) && !hasRoot(apis) ? redirect() : undefined
  if (call.path === CONTROL_PATH) return redirect()
  if (!call.path.startsWith(`${CONTROL_PATH}/`)) return undefined
  const name = asked === '' ? 'index.html' : asked
  if (!Object.hasOwn(FILES, name)) return undefined
  if (folder === undefined) {
    const text = 'The inspector was not built: npm run build. The control API is here all the same.\n'
    return { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: text }
  }
  const headers = { ...HEADERS, 'content-type': FILES[name] as string }
  return { status: 200, headers, body: readFileSync(join(folder, name)) }
}

const redirect = (): Reply => ({ status: 302, headers: { location: `${CONTROL_PATH}/`, 'cache-control': 'no-store' } })

/** A program asks for any type, a browser for HTML. */
const asksForPage = ({ headers }: Call): boolean => /(?:^|[\s,])text\/html\b/.test(headers?.['accept'] ?? '')

let found: string | undefined

/** From the sources as from `dist/`, whatever folder the bundler put this code into. */
function findPage(): string | undefined {
  if (found !== undefined) return found
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    for (const name of ['inspector', 'dist/inspector']) {
      if (existsSync(join(folder, name, 'inspector.js'))) return (found = join(folder, name))
    }
    if (folder === dirname(folder)) return undefined
  }
}
