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
  // Not by calling itself: circles of thousands of schemas have been written.
  const search = (root: Pointer): void => {
    const steps: { readonly schema: Pointer; readonly targets: Iterator<Pointer> }[] = []
    const enter = (schema: Pointer): void => {
      open.add(schema)
      steps.push({ schema, targets: referencesIn(valueAt(document, schema), moved)[Symbol.iterator]() })
    }
    if (!done.has(root)) enter(root)
    for (let step = steps.at(-1); step; step = steps.at(-1)) {
      const { schema, targets } = step
      const { value: target, done: isOver } = targets.next()
      if (isOver) {
        open.delete(schema)
        done.add(schema)
        steps.pop()
      } else if (open.has(target)) back.add(`${schema} ${target}`)
      else if (!done.has(target)) enter(target)
    }
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
