import { bytesOf } from '../read-rows.ts'
import {
  type Credentials,
  type OutgoingHead,
  type Schemes,
  schemesFor,
  tokenOf,
  withCredentials,
} from '../send-http-credentials.ts'
import type { CaseRequest } from '../vocabulary.ts'
import { printable } from './sum-up.ts'

/** Where the requests of a run went, and what each of them carried. */
export interface CurlTarget {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly schemes?: Schemes | undefined
  /** Of the credentials that the run had. Without its own it sent none. */
  readonly credentials?: CredentialShapes | undefined
}

type CredentialShapes = Readonly<Partial<Record<'own' | 'bad' | 'second', CredentialShape>>>

/** What must be known of a credential to send it again, without it. */
export interface CredentialShape {
  /** `user:password`, which basic and digest authentication encode. */
  readonly isPair: boolean
  /** It stands in a query as it is. */
  readonly isPlain: boolean
}

/** The shapes of a run's credentials. */
export function shapesOf({ token, badToken, secondToken }: Credentials): CredentialShapes {
  const shapeOf = (text: string): CredentialShape => ({
    isPair: text.includes(':'),
    isPlain: encodeURIComponent(text) === text,
  })
  return {
    ...(token !== undefined && { own: shapeOf(token) }),
    ...(badToken !== undefined && { bad: shapeOf(badToken) }),
    ...(secondToken !== undefined && { second: shapeOf(secondToken) }),
  }
}

const OWN = '$ROLLCALL_TOKEN'
/** In the place of each credential, the variable that a shell puts it in from. */
const VARIABLES = { token: OWN, badToken: '$ROLLCALL_BAD_TOKEN', secondToken: '$ROLLCALL_SECOND_TOKEN' } as const
const VARIABLE = /(\$ROLLCALL_(?:(?:BAD_|SECOND_)?TOKEN|LOGIN_BODY)\b)/

/** For a POSIX shell; as it stands where nothing in it means anything to the shell. It puts in what stands for a credential. */
export function quote(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text
  if (!VARIABLE.test(text)) return inQuotes(text)
  const parts = text.split(VARIABLE)
  // Every second part is a variable.
  if (parts.every((part, at) => at % 2 === 1 || !/["$`\\!\n]/.test(part))) return `"${text}"`
  return parts.map((part, at) => (at % 2 === 1 ? `"${part}"` : part && inQuotes(part))).join('')
}

const inQuotes = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

/**
 * One line that sends the request again; credentials come from the environment.
 * @param bodyFlag instead of the body itself, where that is too long for a line
 */
export function curlOf(request: CaseRequest, target: CurlTarget, bodyFlag?: string): string {
  const { method, body } = request
  const { path, headers, flags } = headOf(request, target)
  const parts = ['curl -sS -i -g --path-as-is', method === 'HEAD' ? '-I' : `-X ${quote(method)}`, ...flags]
  for (const [name, value] of Object.entries(headers)) {
    parts.push(`-H ${quote(value === '' ? `${name};` : `${name}: ${value}`)}`)
  }
  const address = quote(target.url.replace(/\/+$/, '') + path)
  if (body === undefined) return [...parts, address].join(' ')
  // curl would say that it is a form.
  if (!('content-type' in headers)) parts.push("-H 'content-type:'")
  if (bodyFlag !== undefined) return [...parts, bodyFlag, address].join(' ')
  const isText = isPlain(body) && !(request.isBytes && /[^\x20-\x7e]/.test(body))
  if (isText) return [...parts, `--data-raw ${quote(body)}`, address].join(' ')
  return [`printf -- '${formatOf(request)}' |`, ...parts, '--data-binary @-', address].join(' ')
}

/** Whether a report shows it as it is. */
const isPlain = (text: string): boolean => printable(text) === text

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '%': '%%', "'": "'\\''", '\r': '\\r', '\n': '\\n' }

/** For `printf` in a POSIX shell, between single quotes: what cannot be shown, byte by byte. */
const formatOf = (request: CaseRequest): string =>
  [...(request.body ?? '')]
    .map((char) => {
      const isShown = isPlain(char) && !(request.isBytes && char > '~')
      return ESCAPES[char] ?? (isShown ? char : [...bytesOf({ ...request, body: char })].map(octal).join(''))
    })
    .join('')

const octal = (byte: number): string => `\\${byte.toString(8).padStart(3, '0')}`

/** The head as it was sent, with variables for credentials; what curl encodes itself is a flag instead. */
function headOf(request: CaseRequest, { headers = {}, schemes, credentials: shapes = {} }: CurlTarget) {
  const fixed = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  const tokens = { ...VARIABLES, token: shapes.own && OWN }
  const head = withCredentials(request, fixed, schemesFor(request.operationId, schemes), tokens)
  const { credentials = 'own' } = request
  const whose = tokenOf(credentials)
  const shape = whose && shapes[whose]
  const [path, query] = splitQuery(request, head, shape)
  const { authorization, ...others } = head.headers
  const user = authorization === undefined ? undefined : userFlag(authorization, shape)
  return {
    path,
    headers: user === undefined ? head.headers : others,
    flags: [...(user === undefined ? [] : [user]), ...query],
  }
}

/** A key in the query: `--url-query` (curl 7.87) encodes it where that makes a difference. */
function splitQuery(
  request: CaseRequest,
  { path }: OutgoingHead,
  shape: CredentialShape | undefined,
): [path: string, flags: string[]] {
  const added = path.slice(request.path.length).replaceAll('%24ROLLCALL_', '$ROLLCALL_')
  if (added === '' || shape?.isPlain !== false) return [request.path + added, []]
  return [
    request.path,
    added
      .slice(1)
      .split('&')
      .map((pair) => `--url-query ${quote(pair)}`),
  ]
}

/** Of a credential that curl encodes as the run did; undefined: it is sent as it is. */
function userFlag(authorization: string, shape: CredentialShape | undefined): string | undefined {
  if (authorization === `Basic ${btoa(`user:${OWN}`)}`) return `-u "user:${OWN}"`
  const [, scheme, variable = ''] = /^(Basic|Digest) (\$ROLLCALL_\w+)$/.exec(authorization) ?? []
  if (scheme === undefined || !shape?.isPair) return undefined
  return `${scheme === 'Digest' ? '--digest ' : ''}-u ${quote(variable)}`
}
