import type { DeclaredOperation } from '../../documents/contract/operation.ts'
import { asCaller, tenantOf } from './ask-as-caller.ts'
import type { RequestBuilder } from './build-request.ts'
import { itemParameterOf, itemPathOf, itemShapeOf, placeAt } from './classify-operation.ts'
import { excerpt } from './cut-text.ts'
import { idTextOf, sameId } from './find-identity.ts'
import type { Trail } from './find-trails.ts'
import type { Target } from './target.ts'
import type { CaseRequest } from './vocabulary.ts'

/** The path of the thing that a request works on: `/pets/7` of `/pets/{petId}/photos`. */
export function pathKeyOf(path: string, request: CaseRequest): string | undefined {
  const { params = {} } = request
  const itemPath = itemPathOf(path)
  let isWhole = itemPath !== undefined
  const key = itemPath?.replace(/\{([^{}/]+)\}/g, (_, name: string) => {
    const id = idTextOf(params[name])
    if (id === undefined) isWhole = false
    return id === undefined ? '' : encodeURIComponent(id)
  })
  return isWhole ? `${tenantOf(request)}${key}` : undefined
}

/** What a request fills the last parameter of its path with. */
export function itemIn(path: string, { params = {} }: CaseRequest): string | undefined {
  const name = itemParameterOf(path)
  return name === undefined ? undefined : params[name]
}

/**
 * The thing that a request's path names; undefined where it has no parameter, or one that cannot name anything.
 * @param trail how things under such a path are created
 */
export function targetOfPath(
  request: CaseRequest,
  places: ReadonlyMap<string, DeclaredOperation>,
  builderOf: (operationId: string) => RequestBuilder,
  trail: Trail | undefined,
): Target | undefined {
  const path = places.get(request.operationId)?.path ?? ''
  const key = pathKeyOf(path, request)
  if (key === undefined) return undefined
  const itemPath = itemPathOf(path)
  const call = (method: string): CaseRequest | undefined => {
    const found = placeAt(places.values(), method, itemPath)
    return found && asCaller(builderOf(found.id).request({ path: request.params ?? {} }), request)
  }
  const [reading, removal] = [call('GET'), call('DELETE')]
  return {
    keys: [key],
    ids: [sameId(itemIn(path, request) as string)],
    collection: itemShapeOf(path) as string,
    label: `${request.operationId} ${excerpt(key)}`,
    ...(trail && { trail }),
    ...(reading && { reading }),
    ...(removal && { removal }),
  }
}
