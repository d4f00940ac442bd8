import type { Json } from '../../documents/read/read-document.ts'
import { asCaller } from './ask-as-caller.ts'
import type { RequestBuilder } from './build-request.ts'
import { idTextOf } from './find-identity.ts'
import type { Call } from './find-trails.ts'
import { fillExpressions, plainName } from './follow-links.ts'
import type { CaseRequest } from './vocabulary.ts'

/**
 * The request of a call, its expressions replaced, by who has sent the request that it follows.
 * @returns undefined where an expression finds nothing that can name a thing, or nobody says which parent is meant
 */
export function fillCall(
  { parameters, body }: Call,
  builder: RequestBuilder,
  after: CaseRequest,
  pick: (expression: string) => Json,
): CaseRequest | undefined {
  let isWhole = true
  const pickId = (expression: string) => {
    const value = pick(expression)
    if (idTextOf(value) === undefined) isWhole = false
    return value
  }
  const values = Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [plainName(name), fillExpressions(value, pickId)]),
  )
  const filled = fillExpressions(body, pickId)
  if (!isWhole) return undefined
  const known = { ...builder.context.params, ...after.params, ...values }
  // An example in the place of a parent would be anybody's.
  if (builder.operation.parameters.some((one) => one.in === 'path' && !Object.hasOwn(known, one.name))) return undefined
  return asCaller(builder.linkedRequest(values, filled, after.params), after)
}
