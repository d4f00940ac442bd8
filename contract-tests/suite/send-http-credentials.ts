import type { CaseRequest } from './vocabulary.ts'

/** How a credential travels: an `Authorization` scheme, or an API key. */
export type CredentialScheme =
  | { readonly type: 'http'; readonly scheme: string }
  | { readonly type: 'apiKey'; readonly in: 'header' | 'query' | 'cookie'; readonly name: string }

/** How the credentials of an operation travel. */
export interface OperationSchemes {
  /** All of them together are needed; none: it asks for nothing. */
  readonly together: readonly CredentialScheme[]
  /** A scheme of `Authorization` that nothing of the operation names. Undefined: it names all that are known here. */
  readonly foreign: 'Basic' | 'Bearer' | undefined
}

/** Of a run, by operationId; where operations do not differ, one for all. */
export type Schemes = CredentialScheme | ReadonlyMap<string, OperationSchemes>

const BEARER: OperationSchemes = { together: [{ type: 'http', scheme: 'Bearer' }], foreign: 'Basic' }

/** Those of an operation: a bearer token, where nobody says anything else (RFC 6750, section 2.1). */
export function schemesFor(operationId: string, schemes: Schemes = new Map()): OperationSchemes {
  if ('type' in schemes) return { together: [schemes], foreign: isBasic(schemes) ? 'Bearer' : 'Basic' }
  return schemes.get(operationId) ?? BEARER
}

const isBasic = (scheme: CredentialScheme): boolean => scheme.type === 'http' && scheme.scheme === 'Basic'

/** The credentials that a run may have. */
export interface Credentials {
  readonly token?: string | undefined
  readonly badToken?: string | undefined
  readonly secondToken?: string | undefined
}

/** What a request says before its body. */
export interface OutgoingHead {
  /** With its query. */
  readonly path: string
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>
}

/**
 * A request as it goes out, with its credential where the operation wants it.
 * @param fixed headers of the run, by lower-case name; the request's own win
 */
export function withCredentials(
  { path, headers: own, credentials = 'own' }: CaseRequest,
  fixed: Readonly<Record<string, string>>,
  schemes: OperationSchemes,
  tokens: Credentials,
): OutgoingHead {
  const carried = carry(credentials, withoutGiven(credentials, schemes, fixed), tokens)
  const { together } = schemes
  // A credential given as a fixed header would make "no credentials" a lie.
  const replaced = together.filter(
    (scheme) => credentials !== 'own' && (!keepsOwn(credentials) || isLeftOut(scheme, credentials)),
  )
  const kept = leaveOut(fixed, replaced.flatMap(headerOf))
  return {
    path: carried.query ? `${path}${path.includes('?') ? '&' : '?'}${carried.query}` : path,
    headers: joinHeaders(kept, carried.headers, own),
  }
}

/** Of several credentials that are needed together, one that was given as a header is another than the token. */
const withoutGiven = (credentials: Asked, schemes: OperationSchemes, fixed: Headers): OperationSchemes =>
  schemes.together.length < 2 || tokenOf(credentials) !== 'own'
    ? schemes
    : {
        ...schemes,
        together: schemes.together.filter((scheme) => !headerOf(scheme).some((name) => isGiven(name, fixed))),
      }

/** Of cookies there may be more than one. */
const isGiven = (name: string, fixed: Headers): boolean => name !== 'cookie' && Object.hasOwn(fixed, name)

const leaveOut = (headers: Headers, names: readonly string[]): Headers =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)))

function headerOf(scheme: CredentialScheme): string[] {
  if (scheme.type === 'http') return ['authorization']
  return scheme.in === 'cookie' ? ['cookie'] : scheme.in === 'header' ? [scheme.name.toLowerCase()] : []
}

/** Where a credential travels: `header x-api-key`. */
export const carrierOf = (scheme: CredentialScheme): string =>
  scheme.type === 'apiKey' && scheme.in !== 'header' ? `${scheme.in} ${scheme.name}` : `header ${headerOf(scheme)}`

type Asked = NonNullable<CaseRequest['credentials']>

const isLeftOut = (scheme: CredentialScheme, credentials: Asked): boolean =>
  credentials === `without ${carrierOf(scheme)}`

const keepsOwn = (credentials: Asked): credentials is `without ${string}` => credentials.startsWith('without ')

/** Whose token a request carries; undefined: nobody's, or not as the operation wants it. */
export const tokenOf = (credentials: Asked): 'own' | 'bad' | 'second' | undefined =>
  keepsOwn(credentials) ? 'own' : credentials === 'none' || credentials === 'other-scheme' ? undefined : credentials

/** What a request carries besides its own: headers by lower-case name, and an addition to its query. */
interface Carried {
  readonly headers: Readonly<Record<string, string>>
  readonly query?: string
}

/** How the request's credential is sent: in all schemes that are needed together, but for one that is left out. */
function carry(credentials: Asked, { together, foreign }: OperationSchemes, tokens: Credentials): Carried {
  if (credentials === 'other-scheme') return { headers: { authorization: inScheme(foreign, tokens.token) } }
  const whose = tokenOf(credentials)
  if (whose === undefined) return { headers: {} }
  const token = { own: tokens.token, bad: tokens.badToken, second: tokens.secondToken }[whose]
  if (token === undefined) {
    if (whose === 'own') return { headers: {} }
    throw new Error(`the run has no ${whose} token`)
  }
  const sent = together.filter((scheme) => !isLeftOut(scheme, credentials))
  return sent.map((scheme) => asScheme(scheme, token)).reduce(join, { headers: {} })
}

function join(one: Carried, other: Carried): Carried {
  const query = [one.query, other.query].filter(Boolean).join('&')
  return { headers: joinHeaders(one.headers, other.headers), ...(query && { query }) }
}

type Headers = Readonly<Record<string, string>>

/** Headers by lower-case name; of one name the last, but all cookies (RFC 6265, section 5.4). */
function joinHeaders(...all: readonly Headers[]): Record<string, string> {
  const cookie = all.flatMap((headers) => headers['cookie'] || []).join('; ')
  return { ...Object.assign({}, ...all), ...(cookie && { cookie }) }
}

function asScheme(scheme: CredentialScheme, token: string): Carried {
  if (scheme.type === 'http') {
    const isPair = scheme.scheme === 'Basic' && token.includes(':')
    return { headers: { authorization: `${scheme.scheme} ${isPair ? base64(token) : token}` } }
  }
  if (scheme.in === 'query') {
    return { headers: {}, query: `${encodeURIComponent(scheme.name)}=${encodeURIComponent(token)}` }
  }
  if (scheme.in === 'cookie') return { headers: { cookie: `${scheme.name}=${token}` } }
  return { headers: { [scheme.name.toLowerCase()]: token } }
}

/** The right token in the wrong scheme: a server that only looks for the token lets it in. */
const inScheme = (scheme: OperationSchemes['foreign'], token = 'none'): string =>
  scheme === 'Bearer' ? `Bearer ${token}` : `Basic ${base64(`user:${token}`)}`

/** In a page there is no `Buffer`. */
const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)))
