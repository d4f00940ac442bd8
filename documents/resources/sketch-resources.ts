import type { Contract } from '../contract/contract.ts'
import type { DeclaredOperation } from '../contract/operation.ts'
import type { SchemaPlace } from '../contract/schema.ts'
import { bodiesOf } from './read-bodies.ts'
import { type Form, isList } from './read-form.ts'
import { keyOf, type Place, type Places, type Step } from './read-paths.ts'
import type { Identity } from './resource.ts'
import { isReadingAlone } from './tell-words.ts'

/** The parameter of a path that names an item. */
interface ItemParameter {
  readonly name: string
  /** Undefined where nothing declares it. */
  readonly schema: SchemaPlace | undefined
}

/** A resource while it is being found. */
export interface Sketch {
  /** Of the place where its items are listed, or of its own where it is a single thing. */
  readonly key: string
  readonly steps: readonly Step[]
  /** What its items are called, in small letters: `pets`. */
  readonly noun: string
  readonly isSingle: boolean
  readonly parent: Sketch | undefined
  /** As the item's own path declares it. */
  readonly parameter: ItemParameter | undefined
  /** What a record looks like, as far as it is known by now. */
  record: Form | undefined
  identity: Identity | undefined
  /** The name of its parent, where the document gives one. */
  statedParent?: string
}

/** By the key of its item's place, and by that of its list's. */
export interface Sketches {
  readonly byItem: ReadonlyMap<string, Sketch>
  readonly byList: ReadonlyMap<string, Sketch>
}

/** Finds what has items with a path of their own. */
export function sketchItems(contract: Contract, places: Places): Sketches {
  const byItem = new Map<string, Sketch>()
  const byList = new Map<string, Sketch>()
  const readAlone = new Set([...places.values()].flatMap((place) => readsAlone(contract, place)))
  const ordered = [...places.values()].sort((one, other) => one.steps.length - other.steps.length)
  for (const { steps, operations } of ordered) {
    for (let length = 1; length <= steps.length; length++) {
      const item = steps.slice(0, length)
      const key = keyOf(item)
      if (
        byItem.has(key) ||
        item.at(-1)?.parameter === undefined ||
        !(readAlone.has(key) || isItem(contract, places.get(key)))
      )
        continue
      const list = item.slice(0, -1)
      const sketch = createSketch(byItem, list, {
        noun: nounOf(list, byItem) ?? (item.at(-1) as Step).words,
        parameter: parameterOf(places.get(key)?.operations ?? operations, item),
      })
      byItem.set(key, sketch)
      if (!byList.has(sketch.key)) byList.set(sketch.key, sketch)
    }
  }
  return { byItem, byList }
}

/** What a path without items speaks of. */
export const createSketch = (
  byItem: ReadonlyMap<string, Sketch>,
  steps: readonly Step[],
  { noun, parameter, isSingle = false }: { noun: string; parameter?: ItemParameter | undefined; isSingle?: boolean },
): Sketch => ({
  key: keyOf(steps),
  steps,
  noun,
  isSingle,
  parent: nearestItem(byItem, steps),
  parameter,
  record: undefined,
  identity: undefined,
})

/** The items that a path lies below: those of the longest path. */
export function nearestItem(byItem: ReadonlyMap<string, Sketch>, steps: readonly Step[]): Sketch | undefined {
  for (let length = steps.length; length > 0; length--) {
    const found = byItem.get(keyOf(steps.slice(0, length)))
    if (found) return found
  }
  return undefined
}

/** The last word of a path before its last parameters; undefined where a parameter of other items stands there. */
export function nounOf(steps: readonly Step[], byItem: ReadonlyMap<string, Sketch>): string | undefined {
  for (let length = steps.length; length > 0; length--) {
    const { parameter, words } = steps[length - 1] as Step
    if (parameter === undefined) return /^v?\d+$/.test(words) ? undefined : words
    if (byItem.has(keyOf(steps.slice(0, length)))) return undefined
  }
  return undefined
}

/** Methods that are for one thing, and hardly ever for a list of what lies below it. */
const OF_ONE = new Set(['PUT', 'PATCH', 'DELETE', 'POST'])

function isItem(contract: Contract, place: Place | undefined): boolean {
  if (!place) return false
  const reading = place.operations.find(({ method }) => method === 'GET')
  return !(reading && showsList(contract, reading)) || place.operations.some(({ method }) => OF_ONE.has(method))
}

/** What `/containers/{id}/json` reads, whatever else stands at `/containers/{id}`. */
function readsAlone(contract: Contract, { steps, operations }: Place): string[] {
  const item = steps.slice(0, -1)
  if (item.at(-1)?.parameter === undefined || !isReadingAlone(steps.at(-1)?.words ?? '')) return []
  return operations.some((one) => one.method === 'GET' && !showsList(contract, one)) ? [keyOf(item)] : []
}

function showsList(contract: Contract, operation: DeclaredOperation): boolean {
  const { reply } = bodiesOf(contract, operation)
  return reply !== undefined && isList(reply)
}

function parameterOf(operations: readonly DeclaredOperation[], item: readonly Step[]): ItemParameter {
  const name = item.at(-1)?.parameter as string
  for (const { parameters } of operations) {
    const found = parameters.find((one) => one.in === 'path' && one.name === name)
    if (found) return { name, schema: found.schema }
  }
  return { name, schema: undefined }
}
