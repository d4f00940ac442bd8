import { type OperationPlace, placesOf } from '../documents/list-operations.ts'
import type { Document } from '../documents/read-document.ts'
import { listLinks } from './follow-links.ts'

/**
 * What sending an operation does to the target. `creates`: it adds something and touches nothing that was there.
 * `changes`: it may change, replace or delete what was there, or nobody knows what it does.
 */
export type Effect = 'reads' | 'creates' | 'changes'

/** RFC 9110, section 9.2.1. */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE'])

/** The effect of each operation, by operationId. A POST is known to create or to read by what the document says, never by its name. */
export function classifyOperations(document: Document): ReadonlyMap<string, Effect> {
  const places = placesOf(document)
  const items = listItemPaths(places)
  const links = listLinks(document)
  const byId = new Map(places.map((place) => [place.id, place]))
  const leadsToRemoval = new Set(links.filter(({ to }) => isRemoval(byId.get(to))).map(({ from }) => from))
  const isMadeByOther = new Set(links.filter(({ from, to }) => from !== to).map(({ to }) => to))
  const effectOf = ({ id, method, path, operation }: OperationPlace): Effect => {
    const role = operation['x-role']
    if (role === 'read-back') return 'reads'
    if (role === 'clean-up') return 'changes'
    if (SAFE.has(method)) return 'reads'
    if (method !== 'POST') return 'changes'
    if (role === 'subject') return isMadeByOther.has(id) ? 'changes' : 'creates'
    return leadsToRemoval.has(id) || items.has(plainPathOf(path)) ? 'creates' : 'changes'
  }
  return new Map(places.map((place) => [place.id, effectOf(place)]))
}

/** Whether an operation takes away what it names: by its role, or where it has none by its method. */
export const isRemoval = (place: OperationPlace | undefined): boolean =>
  place !== undefined && (place.operation['x-role'] ?? (place.method === 'DELETE' ? 'clean-up' : '')) === 'clean-up'

/** Whether an operation reads what it names. */
export const isReading = (place: OperationPlace | undefined): boolean =>
  place !== undefined && (place.operation['x-role'] ?? (place.method === 'GET' ? 'read-back' : '')) === 'read-back'

/** `/pets/{petId}` and `/pets/{petId}.json` are items of `/pets`. Collections by their path, each with its item path. */
export function listItemPaths(places: readonly OperationPlace[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const { path } of places) {
    const [, collection] = /^(.*)\/\{[^{}/]+\}$/.exec(plainPathOf(path)) ?? []
    // An item of an item (`/a/{x}/{y}`) belongs to no collection of its own.
    if (!collection || collection.endsWith('}')) continue
    if (!found.has(collection)) found.set(collection, path)
  }
  return found
}

/** A path without its final slash and without the suffix of a format: `/Accounts.json`, `/user/`. */
export const plainPathOf = (path: string): string => path.replace(/\/+$/, '').replace(/\.(?:json|xml)$/, '')

/** The operation of a method at a path, however each of them ends. */
export const placeAt = (
  places: Iterable<OperationPlace>,
  method: string,
  path: string | undefined,
): OperationPlace | undefined =>
  path === undefined
    ? undefined
    : [...places].find((one) => one.method === method && plainPathOf(one.path) === plainPathOf(path))

/** What names the thing that an operation works on: its path up to the last parameter; undefined where it has none. */
export const itemPathOf = (path: string): string | undefined => /^.*\{[^{}/]+\}/.exec(path)?.[0]

/** The last parameter of a path: `petId` of `/shops/{shop}/pets/{petId}/photos`. */
export const itemParameterOf = (path: string): string | undefined => /\{([^{}/]+)\}$/.exec(itemPathOf(path) ?? '')?.[1]

/** The same whatever its parameters are called: `/pets/{}`. */
export const itemShapeOf = (path: string): string | undefined => itemPathOf(path)?.replace(/\{[^{}/]+\}/g, '{}')
