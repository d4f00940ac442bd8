import type { CaseRequest } from './vocabulary.ts'

/** How a credential travels: an `Authorization` scheme, or an API key. */
export type CredentialScheme =
  | { readonly type: 'http'; readonly scheme: string }
  | { readonly type: 'apiKey'; readonly in: 'header' | 'query' | 'cookie'; readonly name: string }

/** How credentials travel where the document says nothing else (RFC 6750, section 2.1). */
export const BEARER: CredentialScheme = { type: 'http', scheme: 'Bearer' }

/** The credentials that a run may have. */
export interface Credentials {
  readonly token?: string | undefined
  readonly badToken?: string | undefined
  readonly secondToken?: string | undefined
}

/** What a request carries besides its own: headers by lower-case name, and an addition to its query. */
interface Carried {
  readonly headers: Readonly<Record<string, string>>
  readonly query?: string
}

/** How the request's credential is sent. The own one is sent also where none is wanted: it does no harm there. */
export function carry(
  credentials: NonNullable<CaseRequest['credentials']>,
  scheme: CredentialScheme,
  tokens: Credentials,
): Carried {
  if (credentials === 'none') return { headers: {} }
  if (credentials === 'other-scheme') return { headers: { authorization: otherScheme(scheme, tokens.token) } }
  const token = { own: tokens.token, bad: tokens.badToken, second: tokens.secondToken }[credentials]
  if (token === undefined) {
    if (credentials === 'own') return { headers: {} }
    throw new Error(`the run has no ${credentials === 'bad' ? 'bad' : 'second'} token`)
  }
  return asScheme(scheme, token)
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
function otherScheme(scheme: CredentialScheme, token = 'none'): string {
  return scheme.type === 'http' && scheme.scheme === 'Basic' ? `Bearer ${token}` : `Basic ${base64(`user:${token}`)}`
}

/** In a page there is no `Buffer`. */
const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)))
