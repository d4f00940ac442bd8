import { METHODS } from '../read/grammar.ts'
import type { Json } from '../read/json.ts'
import { parsePointer } from '../read/json-pointer.ts'
import type { Contract } from './contract.ts'
import { listDiffering, type PartWay, partAround } from './differing-parts.ts'

/** What has become of a document's operations, by id. */
export interface Comparison {
  /** Those that say something else than before, or refer to what does. */
  readonly changed: readonly string[]
  readonly added: readonly string[]
  readonly removed: readonly string[]
  /** Those that mean what they meant. */
  readonly kept: readonly string[]
}

/** Compares two states of one document, as they were written. */
export function compareContracts(before: Contract, after: Contract): Comparison {
  const differing = listDiffering(before.written, after.written)
  const touched = findTouched(after.written, new Set(differing.map(({ way }) => keyOf(way))))
  const [old, own] = [before.once(waysOf), after.once(waysOf)]
  const comparison = { changed: [] as string[], added: [] as string[], kept: [] as string[] }
  for (const [id, way] of own) {
    if (!old.has(id)) comparison.added.push(id)
    // The same id of another path is another operation.
    else if (keyOf(old.get(id) as PartWay) !== keyOf(way) || touched(way)) comparison.changed.push(id)
    else comparison.kept.push(id)
  }
  return {
    ...comparison,
    removed: [...old.keys()].filter((id) => !own.has(id)),
  }
}

const keyOf = (way: PartWay): string => JSON.stringify(way)

/** Where each operation was written. */
const waysOf = ({ operations, originOf }: Contract): Map<string, PartWay> =>
  new Map(operations.map(({ id, pointer }) => [id, parsePointer(originOf(pointer)) ?? []]))

const methods = new Set<string>([...METHODS, 'additionalOperations'])

/** Tells whether an operation is, or has around it, or refers to, over whatever other parts, one that differs. */
function findTouched(document: Json, differing: ReadonlySet<string>): (way: PartWay) => boolean {
  const ways = [...differing].map((key) => JSON.parse(key) as string[])
  // What no path, component or definition is, such as `servers`, holds for all.
  if (ways.some(({ length }) => length === 1)) return () => true
  const touching = new Set(differing)
  const isReferredTo = ways.some(([room, , member = '']) => room !== 'paths' || !methods.has(member))
  if (isReferredTo) {
    const users = listUsers(document)
    for (const key of touching) for (const user of users.get(key) ?? []) touching.add(user)
  }
  return (way) => touching.has(keyOf(partAround(way)))
}

/** By part: the parts that refer to it, or that it stands around. */
function listUsers(document: Json): Map<string, Set<string>> {
  const users = new Map<string, Set<string>>()
  const add = (used: PartWay, user: string): void => {
    const key = keyOf(used)
    const known = users.get(key)
    if (known) known.add(user)
    else users.set(key, new Set([user]))
  }
  const visit = (value: Json, user: string): void => {
    if (typeof value === 'string') {
      if (value.startsWith('#/')) add(partAround(parsePointer(value) ?? []), user)
    } else if (typeof value === 'object' && value !== null) for (const name in value) visit(value[name], user)
  }
  const visitParts = (way: PartWay, value: Json): void => {
    if (partAround([...way, '']).length > way.length && typeof value === 'object' && value !== null)
      for (const name in value) visitParts([...way, name], value[name])
    else visit(value, keyOf(way))
  }
  for (const name in document) visitParts([name], document[name])
  for (const [path, item] of Object.entries<Json>(document.paths ?? {})) {
    const members = Object.keys(item ?? {})
    const own = members.filter((name) => methods.has(name)).map((name) => keyOf(['paths', path, name]))
    for (const name of members.filter((one) => !methods.has(one)))
      for (const user of own) add(['paths', path, name], user)
  }
  nameSchemes(document, add)
  return users
}

/** Security schemes are named, not referred to (OpenAPI 3.1, Security Requirement Object). */
function nameSchemes(document: Json, add: (used: PartWay, user: string) => void): void {
  for (const [path, item] of Object.entries<Json>(document.paths ?? {})) {
    for (const method of Object.keys(item ?? {}).filter((name) => methods.has(name))) {
      const requirements: Json = item[method]?.security ?? document.security ?? []
      for (const requirement of Array.isArray(requirements) ? requirements : []) {
        for (const name of Object.keys(requirement ?? {})) {
          const user = keyOf(['paths', path, method])
          add(['components', 'securitySchemes', name], user)
          add(['securityDefinitions', name], user)
        }
      }
    }
  }
}
