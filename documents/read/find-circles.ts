import type { Json } from './json.ts'
import { normalize, type Pointer, valueAt } from './json-pointer.ts'
import type { MovedParts } from './moved-parts.ts'

/** The references that close a circle of schemas for one and the same value: no validator comes to an end of it. */
export interface Circles {
  /** @param root the schema in which the reference stands, for the same value */
  isBack(root: Pointer, reference: Pointer): boolean
}

const known = new WeakMap<object, Circles>()

/** Circles of a document, each found when it is first asked for. */
export function findCircles(document: Json, moved: MovedParts): Circles {
  let circles = known.get(document)
  if (!circles) known.set(document, (circles = createCircles(document, moved)))
  return circles
}

function createCircles(document: Json, moved: MovedParts): Circles {
  /** By schema: what it refers to for the same value; the ones that lead back to where the search is. */
  const done = new Set<Pointer>()
  const open = new Set<Pointer>()
  const back = new Set<string>()
  const search = (root: Pointer): void => {
    if (done.has(root)) return
    open.add(root)
    for (const target of referencesIn(valueAt(document, root), moved)) {
      if (open.has(target)) back.add(`${root} ${target}`)
      else search(target)
    }
    open.delete(root)
    done.add(root)
  }
  return {
    isBack(root, reference) {
      const target = normalize(reference)
      search(root)
      search(target)
      return back.has(`${root} ${target}`)
    },
  }
}

/** What a schema refers to for the same value, itself and through its combinations. */
function referencesIn(schema: Json, moved: MovedParts, found = new Set<Pointer>()): Set<Pointer> {
  if (typeof schema !== 'object' || schema === null) return found
  if (typeof schema.$ref === 'string' && schema.$ref.startsWith('#')) found.add(normalize(moved.goalOf(schema.$ref)))
  for (const keyword of ['allOf', 'anyOf', 'oneOf'])
    if (Array.isArray(schema[keyword])) for (const part of schema[keyword]) referencesIn(part, moved, found)
  for (const keyword of ['not', 'if', 'then', 'else']) referencesIn(schema[keyword], moved, found)
  for (const part of Object.values<Json>(schema.dependentSchemas ?? {})) referencesIn(part, moved, found)
  return found
}
