import type { Contract } from '../../documents/contract/contract.ts'
import { BEARER, type CredentialScheme } from './send-http-credentials.ts'

/** How each operation's credential travels, by operationId: the first that the document names. None: it wants none. */
export function schemesOf({ operations }: Contract): ReadonlyMap<string, CredentialScheme> {
  return new Map(
    operations.flatMap(({ id, security }): [string, CredentialScheme][] => {
      const [scheme] = security[0] ?? []
      if (!scheme) return []
      if (scheme.type === 'apiKey') {
        return [[id, { type: 'apiKey', in: (scheme.in ?? 'header') as 'header', name: scheme.key ?? scheme.name }]]
      }
      const isBasic = scheme.type === 'http' && scheme.scheme?.toLowerCase() === 'basic'
      return [[id, isBasic ? { type: 'http', scheme: 'Basic' } : BEARER]]
    }),
  )
}
