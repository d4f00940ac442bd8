import type { Contract } from '../contract/contract.ts'
import type { DeclaredOperation } from '../contract/operation.ts'
import type { SchemaPlace } from '../contract/schema.ts'
import { once } from '../read/once.ts'
import { findHomes } from './find-homes.ts'
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
  readonly examples: readonly unknown[]
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

/** What has items with a path of their own; each is found when it is first asked for. */
export class Sketches {
  readonly #contract: Contract
  readonly #places: Places
  readonly #describe: (item: string, sketch: Sketch) => void
  /** By the key of its item's place; undefined where a path names no item. */
  readonly #known = new Map<string, Sketch | undefined>()
  readonly #homes = once(() => findHomes(this.#contract, this.#places))
  readonly #items = once(() => new Map([...this.#homes()].map(([item, home]) => [home.key, item])))

  /** @param describe looks up what the records of a resource are, when somebody asks */
  constructor(contract: Contract, places: Places, describe: (item: string, sketch: Sketch) => void) {
    this.#contract = contract
    this.#places = places
    this.#describe = describe
  }

  /** What a path names an item of, by the key of its place. */
  byItem(place: string): Sketch | undefined {
    if (!place.endsWith('/{}')) return undefined
    const home = this.#homes().get(place)
    const key = home ? `${home.key}/{}` : place
    if (!this.#known.has(key)) this.#known.set(key, this.#find(key))
    return this.#known.get(key)
  }

  /** What has items below a place. */
  byList = (key: string): Sketch | undefined => this.byItem(`${key}/{}`)

  /** The key of the place of the items that are listed at another. */
  itemKey = (key: string): string => this.#items().get(key) ?? `${key}/{}`

  /** The items that a path lies below: those of the longest path. */
  nearest(steps: readonly Step[]): Sketch | undefined {
    const nearest = steps.findLast(({ key }) => this.byItem(key))
    return nearest && this.byItem(nearest.key)
  }

  #find(listed: string): Sketch | undefined {
    const key = this.itemKey(listed.slice(0, -'/{}'.length))
    const place = this.#places.get(key)
    const readAlone = this.#places.below(key).find((below) => readsAlone(this.#contract, below))
    if (!readAlone && !isItem(this.#contract, place)) return undefined
    const { steps, operations } = (place ?? readAlone) as Place
    const at = steps.findIndex((step) => step.key === key)
    const { parameter = '', words } = steps[at] as Step
    const list = this.#homes().get(key)?.steps ?? steps.slice(0, at)
    const sketch: Sketch = createSketch(this, list, {
      noun: nounOf(list, this) ?? words,
      parameter: parameterOf(operations, parameter),
      describe: () => this.#describe(key, sketch),
    })
    return sketch
  }
}

/** What a path speaks of. @param describe looks up record and identity; without it, nothing is known of them */
export function createSketch(
  sketches: Sketches,
  steps: readonly Step[],
  {
    noun,
    parameter,
    isSingle = false,
    describe,
  }: {
    noun: string
    parameter?: ItemParameter | undefined
    isSingle?: boolean
    describe?: () => void
  },
): Sketch {
  let [record, identity]: [record?: Form | undefined, identity?: Identity | undefined] = []
  let isDescribed = describe === undefined
  const look = () => {
    if (isDescribed) return
    isDescribed = true
    describe?.()
  }
  return {
    key: keyOf(steps),
    steps,
    noun,
    isSingle,
    parent: sketches.nearest(steps),
    parameter,
    get record() {
      look()
      return record
    },
    set record(form) {
      look()
      record = form
    },
    get identity() {
      look()
      return identity
    },
    set identity(found) {
      look()
      identity = found
    },
  }
}

/** The last word of a path before its last parameters; undefined where a parameter of other items stands there. */
export function nounOf(steps: readonly Step[], sketches: Sketches): string | undefined {
  const last = steps.findLast(({ parameter, key }) => parameter === undefined || sketches.byItem(key))
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

/** Whether a place is `/containers/{id}/json`, which reads an item, whatever else stands at `/containers/{id}`. */
function readsAlone(contract: Contract, { steps, operations }: Place): boolean {
  const [noun, item, last] = [steps.at(-3), steps.at(-2), steps.at(-1)]
  if (item?.parameter === undefined || !isReadingAlone(last?.words ?? '')) return false
  return operations.some((one) => one.method === 'GET' && !showsList(contract, one, noun?.words ?? ''))
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
    if (found) return { name, schema: found.schema, examples: found.examples }
  }
  return { name, schema: undefined, examples: [] }
}
