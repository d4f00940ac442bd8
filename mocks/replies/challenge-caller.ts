import type { SecurityScheme } from '../engine/vocabulary.ts'

/** Challenges need more than a realm (RFC 7617, section 2.1; RFC 7616, section 3.3). */
const MORE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    basic: ', charset="UTF-8"',
    digest: ', qop="auth", algorithm=SHA-256, nonce="cm9sbGNhbGw"',
  }),
)

/** Scheme names as they are registered (IANA, "HTTP Authentication Schemes"); others are capitalized. */
const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    dpop: 'DPoP',
    hoba: 'HOBA',
    oauth: 'OAuth',
    gnap: 'GNAP',
    vapid: 'vapid',
  }),
)

/**
 * What `WWW-Authenticate` says with a 401, which must have a challenge (RFC 9110, section 11.6.1): one for each scheme
 * that would let the caller in. OAuth 2 and OpenID Connect are bearer tokens (RFC 6750, section 3); a key has no
 * registered scheme, and is called ApiKey, with the place where it is looked for.
 * @param security alternatives, each of the schemes it needs together
 */
export function challengeCaller(security: readonly (readonly SecurityScheme[])[], realm: string): string {
  const quoted = quote(realm)
  const challenges = security.flat().map((scheme) => challengeOf(scheme, quoted))
  return [...new Set(challenges.length > 0 ? challenges : [`Bearer realm=${quoted}`])].join(', ')
}

function challengeOf(scheme: SecurityScheme, realm: string): string {
  if (scheme.type === 'apiKey') {
    return `ApiKey realm=${realm}, in=${quote(scheme.in ?? 'header')}, name=${quote(scheme.key ?? '')}`
  }
  const name = (scheme.type === 'http' && scheme.scheme?.toLowerCase()) || 'bearer'
  const shown = NAMES.get(name) ?? (name[0] as string).toUpperCase() + name.slice(1)
  return `${shown.replace(/[^\w-]/g, '')} realm=${realm}${MORE.get(name) ?? ''}`
}

/** A quoted string (RFC 9110, section 5.6.4), of ASCII alone. */
const quote = (text: string): string => `"${text.replace(/[^\x20-\x7e]/g, '').replace(/["\\]/g, '\\$&')}"`
