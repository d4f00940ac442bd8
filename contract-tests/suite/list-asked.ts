import type { RequestBuilder } from './build-request.ts'
import { itemShapeOf, parametersIn } from './classify-operation.ts'
import { sameId } from './find-identity.ts'
import type { CaseRequest } from './vocabulary.ts'

/** What a creation says of things that it does not create. */
export interface Asked {
  /** Path parameters that nobody gave, by the shape of the path up to them. */
  readonly parents: readonly { readonly collection: string; readonly ids: readonly string[] }[]
  /** Query parameters that it can do without. */
  readonly options: readonly string[]
}

/** What a creation asks for; nothing in a document with roles: its author says what it does. */
export function listAsked({ operation, context }: RequestBuilder, request: CaseRequest): Asked {
  if (operation.role) return { parents: [], options: [] }
  const parents = parametersIn(operation.path)
    .filter((name) => context.params[name] === undefined)
    .map((name) => ({
      collection: itemShapeOf(operation.path.slice(0, operation.path.indexOf(`{${name}}`) + name.length + 2)) as string,
      ids: [sameId(request.params?.[name] ?? '')],
    }))
  const asked = [...new URL(request.path, 'http://localhost').searchParams.keys()].map((name) => name.split('[')[0])
  const options = operation.parameters
    .filter((one) => one.in === 'query' && !one.required && asked.includes(one.name))
    .map(({ name }) => name as string)
  return { parents, options }
}
