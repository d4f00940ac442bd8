import { type Call, type Caller, type Operation, type Refusal, refuse, type SecurityScheme } from './vocabulary.ts'

/** The credential that is always refused while no tokens are named, so that "wrong token" can be tried. */
export const REFUSED_CREDENTIAL = 'invalid'

/**
 * Finds the caller's credential by the operation's security requirements (OpenAPI 3.1, Security Requirement Object:
 * alternatives, of which one must be met whole).
 * @param tokens only these are let in; without them, everything but the literal `invalid`
 */
export function identifyCaller(operation: Operation, call: Call, tokens?: ReadonlySet<string>): Caller | Refusal {
  if (operation.security.length === 0) return { credential: '' }
  let refusal: Refusal | undefined
  for (const schemes of operation.security) {
    const credentials = schemes.map((scheme) => credentialOf(scheme, call))
    const missing = credentials.indexOf(undefined)
    if (missing >= 0) {
      refusal ??= refuse('no-credentials', `send ${describe(schemes[missing] as SecurityScheme)}`)
      continue
    }
    if ((credentials as string[]).every((credential) => isLetIn(credential, tokens))) {
      return { credential: (credentials[0] as string | undefined) ?? '' }
    }
    refusal = refuse('bad-credentials', 'this credential is not let in')
  }
  return refusal as Refusal
}

const isLetIn = (credential: string, tokens?: ReadonlySet<string>): boolean =>
  tokens ? tokens.has(credential) : credential !== REFUSED_CREDENTIAL

function credentialOf(scheme: SecurityScheme, call: Call): string | undefined {
  if (scheme.type === 'apiKey') return apiKeyOf(scheme, call) || undefined
  // OAuth 2 and OpenID Connect name no scheme: their tokens travel as bearer tokens (RFC 6750, section 2.1).
  const prefix = `${scheme.scheme ?? 'bearer'} `.toLowerCase()
  const header = call.headers?.['authorization']
  if (header?.slice(0, prefix.length).toLowerCase() !== prefix) return undefined
  return header.slice(prefix.length).trim() || undefined
}

function apiKeyOf(scheme: SecurityScheme, call: Call): string | undefined {
  const key = scheme.key as string
  if (scheme.in === 'query') {
    const value = call.query?.[key]
    return typeof value === 'string' ? value : value?.[0]
  }
  if (scheme.in === 'header') return call.headers?.[key.toLowerCase()]
  return cookieOf(call, key)
}

export function cookieOf(call: Call, name: string): string | undefined {
  const start = `${name}=`
  const pairs = call.headers?.['cookie']?.split(';').map((pair) => pair.trim())
  return pairs?.find((pair) => pair.startsWith(start))?.slice(start.length)
}

function describe(scheme: SecurityScheme): string {
  if (scheme.type === 'apiKey') return `the ${scheme.in} ${scheme.key}`
  return `Authorization: ${scheme.scheme ?? 'Bearer'} <credential>`
}
