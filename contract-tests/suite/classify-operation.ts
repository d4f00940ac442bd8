import type { Contract } from '../../documents/contract/contract.ts'
import type { DeclaredOperation } from '../../documents/contract/operation.ts'
import { spellKeys } from '../../documents/read/split-path.ts'

/**
 * What sending an operation does to the target. `creates`: it adds something and touches nothing that was there.
 * `changes`: it may change, replace or delete what was there, or nobody knows what it does.
 */
export type Effect = 'reads' | 'creates' | 'changes'

/** Methods that change nothing (RFC 9110, section 9.2.1). */
export const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE'])

/** The effect of each operation, by operationId. A POST is known to create or to read by what the document says, never by its name. */
export function classifyOperations(contract: Contract): ReadonlyMap<string, Effect> {
  const { operations, links } = contract
  const items = listItemPaths(operations)
  // A link to a removal may stand on a look-up or on an action as well; 201 says that something was created (RFC 9110, 15.3.2).
  const createsWithLink = new Set(
    links.filter(({ to, status }) => status === '201' && isRemoval(contract.operation(to))).map(({ from }) => from),
  )
  const isMadeByOther = new Set(links.filter(({ from, to }) => from !== to).map(({ to }) => to))
  const effectOf = ({ id, method, path, role }: DeclaredOperation): Effect => {
    if (role === 'read-back') return 'reads'
    if (role === 'clean-up') return 'changes'
    if (SAFE.has(method)) return 'reads'
    if (method !== 'POST') return 'changes'
    if (role === 'subject') return isMadeByOther.has(id) ? 'changes' : 'creates'
    return createsWithLink.has(id) || items.has(plainPathOf(path)) ? 'creates' : 'changes'
  }
  return new Map(operations.map((operation) => [operation.id, effectOf(operation)]))
}

/** Whether an operation takes away what it names: by its role, or where it has none by its method. */
export const isRemoval = (operation: DeclaredOperation | undefined): boolean =>
  operation !== undefined && (operation.role ?? (operation.method === 'DELETE' ? 'clean-up' : '')) === 'clean-up'

/** Whether an operation reads what it names. */
export const isReading = (operation: DeclaredOperation | undefined): boolean =>
  operation !== undefined && (operation.role ?? (operation.method === 'GET' ? 'read-back' : '')) === 'read-back'

/**
 * Collections by their path, each with its item path: `/pets/{petId}` and `/pets/{petId}.json` are items of `/pets`. So is
 * `/tasks/{taskId}` one of `/boards/{boardId}/tasks` where nothing stands at `/tasks`, nothing lies right below what is
 * created there, and nothing else creates what is called so.
 */
export function listItemPaths(operations: readonly DeclaredOperation[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const { path } of operations) {
    const collection = collectionOf(path)
    // An item of an item (`/a/{x}/{y}`) belongs to no collection of its own.
    if (!collection || collection.endsWith('}')) continue
    if (!found.has(collection)) found.set(collection, path)
  }
  const plainPaths = new Set(operations.map(({ path }) => plainPathOf(path)))
  const makers = operations.filter(({ method, path }) => method === 'POST' && !path.endsWith('}'))
  for (const [collection, item] of [...found]) {
    if (plainPaths.has(collection) || collection.includes('{')) continue
    const word = collection.slice(collection.lastIndexOf('/'))
    const [home, ...others] = makers.map(({ path }) => plainPathOf(path)).filter((path) => path.endsWith(word))
    if (home !== undefined && others.length === 0 && home.includes('{') && !found.has(home)) found.set(home, item)
  }
  return found
}

const collectionOf = (path: string): string | undefined => /^(.*)\/\{[^{}/]+\}$/.exec(plainPathOf(path))?.[1]

/** A path without its final slash and without the suffix of a format, keys in brackets as steps: `/Accounts.json`, `/user/`. */
export const plainPathOf = (path: string): string => spellKeys(path.replace(/\/+$/, '').replace(/\.(?:json|xml)$/, ''))

/** The operation of a method at a path, however each of them ends. */
export const placeAt = (
  operations: Iterable<DeclaredOperation>,
  method: string,
  path: string | undefined,
): DeclaredOperation | undefined =>
  path === undefined
    ? undefined
    : [...operations].find((one) => one.method === method && plainPathOf(one.path) === plainPathOf(path))

/** What names the thing that an operation works on: its path up to the last parameter; undefined where it has none. */
export const itemPathOf = (path: string): string | undefined => /^.*\{[^{}/]+\}/.exec(spellKeys(path))?.[0]

/** The parameters of a path, in order. */
export const parametersIn = (path: string): string[] =>
  [...path.matchAll(/\{([^{}/]+)\}/g)].map(([, name = '']) => name)

/** The last parameter of a path: `petId` of `/shops/{shop}/pets/{petId}/photos`. */
export const itemParameterOf = (path: string): string | undefined => /\{([^{}/]+)\}$/.exec(itemPathOf(path) ?? '')?.[1]

/** The same whatever its parameters are called: `/pets/{}`. */
export const itemShapeOf = (path: string): string | undefined => itemPathOf(path)?.replace(/\{[^{}/]+\}/g, '{}')
