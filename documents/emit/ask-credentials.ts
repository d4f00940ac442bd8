import type { Contract } from '../contract/contract.ts'
import type { SecurityScheme } from '../contract/table.ts'
import type { Diagnostic } from '../read/diagnostic.ts'
import { below } from '../read/json-pointer.ts'

type Security = readonly (readonly SecurityScheme[])[]

/**
 * The alternatives without the schemes that no request over plain HTTP can show: client certificates, and types that
 * nobody knows (OpenAPI 3.1, Security Scheme Object). An alternative of which nothing is left lets everybody in.
 */
export function askCredentials(security: Security): Security {
  const asked = security.map((schemes) => schemes.filter((scheme) => reasonNotToAsk(scheme) === undefined))
  return asked.some((schemes) => schemes.length === 0) ? [] : asked
}

/** What is not asked for and why, each scheme once. */
export function listUnasked({ operations }: Contract): Diagnostic[] {
  const schemes = new Map(operations.flatMap(({ security }) => security.flat()).map((scheme) => [scheme.name, scheme]))
  return [...schemes.values()].flatMap((scheme) => {
    const reason = reasonNotToAsk(scheme)
    if (reason === undefined) return []
    const pointer = below('#/components/securitySchemes', scheme.name)
    const message = `${scheme.name} ${reason}`
    return [{ rule: 'security-unknown' as const, message, instead: 'it is not asked for', pointer, within: pointer }]
  })
}

function reasonNotToAsk({ type, in: place = '', key }: SecurityScheme): string | undefined {
  if (type === 'mutualTLS') return 'is a client certificate, which plain HTTP does not have'
  if (type === 'apiKey') {
    if (!['header', 'query', 'cookie'].includes(place)) return `is an API key in ${place || 'no place'}`
    return key === undefined ? 'is an API key without a name' : undefined
  }
  if (['http', 'oauth2', 'openIdConnect'].includes(type)) return undefined
  return `is of the type ${JSON.stringify(type)}, which OpenAPI does not know`
}
