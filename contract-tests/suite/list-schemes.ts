import type { Contract } from '../../documents/contract/contract.ts'
import type { DeclaredOperation } from '../../documents/contract/operation.ts'
import { readSchemes } from '../../documents/contract/read-operation.ts'
import type { SecurityScheme } from '../../documents/contract/table.ts'
import { groupBy } from './group-by.ts'
import { type CredentialScheme, carrierOf, type OperationSchemes } from './send-http-credentials.ts'

/**
 * How each operation's credentials travel, by operationId: as the first of its alternatives says that a token can. Where a
 * document says nothing of an operation, neither there nor for all, it is silent, and a run may have credentials all the
 * same: they travel as those of most others, or as the one scheme that is declared. `security: []` is no silence.
 */
export function schemesOf(contract: Contract): ReadonlyMap<string, OperationSchemes> {
  const { operations } = contract
  const usual = usualSchemes(contract)
  if (!usual) return new Map()
  const isSilent = ({ securityPointer }: DeclaredOperation) => contract.valueAt(securityPointer) === undefined
  return new Map(operations.map((operation) => [operation.id, isSilent(operation) ? usual : schemesIn(operation)]))
}

/** Those that most operations have; of a document that asks for credentials nowhere, the one that it declares. */
function usualSchemes(contract: Contract): OperationSchemes | undefined {
  const asking = contract.operations.map(schemesIn).filter(({ together }) => together.length > 0)
  if (asking.length > 0) {
    const alike = [...groupBy(asking, ({ together }) => JSON.stringify(together)).values()]
    return alike.sort((one, other) => other.length - one.length)[0]?.[0]
  }
  const declared = readSchemes(contract, Object.keys(contract.growing.components?.securitySchemes ?? {}))
  return declared.length === 1 ? schemesIn({ security: [declared] }) : undefined
}

/** How the credentials of one operation travel. */
export function schemesIn({ security }: Pick<DeclaredOperation, 'security'>): OperationSchemes {
  const alternatives = security.map((schemes) => schemes.flatMap((scheme) => schemeOf(scheme) ?? []))
  const named = new Set(alternatives.flat().map((scheme) => (scheme.type === 'http' ? scheme.scheme : '')))
  // Any text in Authorization may be such a key.
  const isKey = alternatives
    .flat()
    .some(
      (scheme) => scheme.type === 'apiKey' && scheme.in === 'header' && scheme.name.toLowerCase() === 'authorization',
    )
  return {
    together: alternatives.find((schemes) => schemes.length > 0) ?? [],
    foreign: isKey ? undefined : (['Basic', 'Bearer'] as const).find((scheme) => !named.has(scheme)),
  }
}

/**
 * Of the credentials that are needed together, those that a request can do without alone: the others are none of the
 * alternatives. Of two that travel in one place neither can be left out.
 */
export function singlyNeeded(operation: DeclaredOperation): CredentialScheme[] {
  const { together } = schemesIn(operation)
  return together.filter((scheme) => {
    const rest = new Set(together.map(carrierOf).filter((carrier) => carrier !== carrierOf(scheme)))
    const isEnough = (schemes: readonly SecurityScheme[]) =>
      schemes.flatMap((one) => schemeOf(one) ?? []).every((one) => rest.has(carrierOf(one)))
    return rest.size > 0 && rest.size === together.length - 1 && !operation.security.some(isEnough)
  })
}

/** Undefined where no request carries it: a certificate is the connection's. */
function schemeOf(scheme: SecurityScheme): CredentialScheme | undefined {
  if (scheme.type === 'mutualTLS') return undefined
  if (scheme.type === 'apiKey') {
    return { type: 'apiKey', in: (scheme.in ?? 'header') as 'header', name: scheme.key ?? scheme.name }
  }
  // OAuth 2 and OpenID Connect name no scheme: their tokens travel as bearer tokens (RFC 6750, section 2.1).
  const [first = 'b', ...rest] = (scheme.type === 'http' ? (scheme.scheme ?? 'bearer') : 'bearer').toLowerCase()
  return { type: 'http', scheme: first.toUpperCase() + rest.join('') }
}
