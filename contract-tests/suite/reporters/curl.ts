import { type Schemes, schemesFor } from '../send-http-credentials.ts'
import type { CaseRequest } from '../vocabulary.ts'

/** Where the requests of a run went, and what each of them carried. */
export interface CurlTarget {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly schemes?: Schemes | undefined
}

/** For a POSIX shell; as it stands where nothing in it means anything to the shell. */
export const quote = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`

const VARIABLES = { own: '$ROLLCALL_TOKEN', bad: '$ROLLCALL_BAD_TOKEN', second: '$ROLLCALL_SECOND_TOKEN' } as const

/**
 * One line that sends the request again; credentials come from the environment.
 * @param bodyFlag instead of the body itself, where that is too long for a line
 */
export function curlOf(request: CaseRequest, { url, headers = {}, schemes }: CurlTarget, bodyFlag?: string): string {
  const { together, foreign } = schemesFor(request.operationId, schemes)
  const credential = request.credentials ?? 'own'
  const own = new Set(Object.keys(request.headers))
  const parts = ['curl -sS -i -g --path-as-is', request.method === 'HEAD' ? '-I' : `-X ${quote(request.method)}`]
  let target = quote(url.replace(/\/+$/, '') + request.path)
  if (credential === 'other-scheme') parts.push(inScheme(foreign))
  else if (credential !== 'none') {
    const variable = VARIABLES[credential]
    let mark = request.path.includes('?') ? '&' : '?'
    for (const scheme of together) {
      if (scheme.type === 'http') parts.push(`-H "Authorization: ${scheme.scheme} ${variable}"`)
      else if (scheme.in === 'header') parts.push(`-H "${scheme.name}: ${variable}"`)
      else if (scheme.in === 'cookie') parts.push(`-b "${scheme.name}=${variable}"`)
      else {
        target += `"${mark}${encodeURIComponent(scheme.name)}=${variable}"`
        mark = '&'
      }
    }
  }
  for (const [name, value] of Object.entries({ ...lowerCase(headers, own), ...request.headers })) {
    parts.push(`-H ${quote(value === '' ? `${name};` : `${name}: ${value}`)}`)
  }
  if (request.body !== undefined) {
    // curl would say that it is a form.
    if (!own.has('content-type')) parts.push("-H 'content-type:'")
    parts.push(bodyFlag ?? `--data-raw ${quote(request.body)}`)
  }
  return [...parts, target].join(' ')
}

const inScheme = (scheme: 'Basic' | 'Bearer' | undefined): string =>
  scheme === 'Bearer' ? '-H "Authorization: Bearer $ROLLCALL_TOKEN"' : '-u "user:$ROLLCALL_TOKEN"'

const lowerCase = (headers: Readonly<Record<string, string>>, except: ReadonlySet<string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .map(([name, value]) => [name.toLowerCase(), value] as const)
      .filter(([name]) => !except.has(name)),
  )
