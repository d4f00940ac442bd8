import type { Contract } from '../contract/contract.ts'
import type { DeclaredOperation } from '../contract/operation.ts'
import type { SchemaPlace } from '../contract/schema.ts'
import { findList } from './find-list.ts'
import { bodiesOf } from './read-bodies.ts'
import type { Form } from './read-form.ts'
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
    for (const [at, { parameter, key, words }] of steps.entries()) {
      if (parameter === undefined || byItem.has(key)) continue
      if (!readAlone.has(key) && !isItem(contract, places.get(key))) continue
      const list = steps.slice(0, at)
      const sketch = createSketch(byItem, list, {
        noun: nounOf(list, byItem) ?? words,
        parameter: parameterOf(places.get(key)?.operations ?? operations, parameter),
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
  const nearest = steps.findLast(({ key }) => byItem.has(key))
  return nearest && byItem.get(nearest.key)
}

/** The last word of a path before its last parameters; undefined where a parameter of other items stands there. */
export function nounOf(steps: readonly Step[], byItem: ReadonlyMap<string, Sketch>): string | undefined {
  const last = steps.findLast(({ parameter, key }) => parameter === undefined || byItem.has(key))
  return last?.parameter === undefined && !/^v?\d+$/.test(last?.words ?? '') ? last?.words : undefined
}

/** Methods that are for one thing, and hardly ever for a list of what lies below it. */
const OF_ONE = new Set(['PUT', 'PATCH', 'DELETE', 'POST'])

function isItem(contract: Contract, place: Place | undefined): boolean {
  if (!place) return false
  const reading = place.operations.find(({ method }) => method === 'GET')
  return (
    !(reading && showsList(contract, reading, place.steps.at(-2)?.words ?? '')) ||
    place.operations.some(({ method }) => OF_ONE.has(method))
  )
}

/** What `/containers/{id}/json` reads, whatever else stands at `/containers/{id}`. */
function readsAlone(contract: Contract, { steps, operations }: Place): string[] {
  const item = steps.slice(0, -1)
  if (item.at(-1)?.parameter === undefined || !isReadingAlone(steps.at(-1)?.words ?? '')) return []
  return operations.some((one) => one.method === 'GET' && !showsList(contract, one, item.at(-2)?.words ?? ''))
    ? [keyOf(item)]
    : []
}

/** From here on a list in an envelope is no member of one thing. */
const LIST = 0.8

function showsList(contract: Contract, operation: DeclaredOperation, noun: string): boolean {
  const { reply } = bodiesOf(contract, operation)
  const list = reply && findList(contract, reply, { noun }, operation.parameters)
  return list !== undefined && list.sure >= LIST
}

function parameterOf(operations: readonly DeclaredOperation[], name: string): ItemParameter {
  for (const { parameters } of operations) {
    const found = parameters.find((one) => one.in === 'path' && one.name === name)
    if (found) return { name, schema: found.schema }
  }
  return { name, schema: undefined }
}
