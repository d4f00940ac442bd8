import type { Contract } from '../contract/contract.ts'
import type { DeclaredOperation } from '../contract/operation.ts'
import { wordsOf } from '../patterns/read-words.ts'
import { type FoundList, findList } from './find-list.ts'
import { ALIKE, findRecord } from './find-record.ts'
import { type Bodies, bodiesOf } from './read-bodies.ts'
import { type Form, isList, likeness } from './read-form.ts'
import { keyOf, type Place, type Places, type Step } from './read-paths.ts'
import { createSketch, nounOf, type Sketch, type Sketches } from './sketch-resources.ts'
import { isPlural, isSameNoun } from './tell-words.ts'

/** What is known around an operation: the places of all others, what they speak of, and what their bodies are. */
export class Surroundings {
  readonly contract: Contract
  readonly places: Places
  readonly #sketches: Sketches
  /** Of paths without items. */
  readonly #others = new Map<string, Sketch>()
  /** As they were last asked for. */
  readonly #lists = new Map<DeclaredOperation, { readonly sketch: Sketch; readonly list: FoundList | undefined }>()

  constructor(contract: Contract, places: Places, sketches: Sketches) {
    this.contract = contract
    this.places = places
    this.#sketches = sketches
  }

  placeAt(steps: readonly Step[]): Place | undefined {
    return this.places.get(keyOf(steps))
  }

  /** What a path names an item of. */
  itemAt(steps: readonly Step[]): Sketch | undefined {
    return this.#sketches.byItem(keyOf(steps))
  }

  /** What has items below a path. */
  listAt(steps: readonly Step[]): Sketch | undefined {
    return this.#sketches.byList(keyOf(steps))
  }

  /** The items that a path lies below, or those that lie below the path before its last word. */
  nearest(steps: readonly Step[]): Sketch | undefined {
    return this.#sketches.nearest(steps) ?? this.listAt(steps.slice(0, -1))
  }

  /** What a path without items speaks of, as one of several. */
  several({ steps }: Pick<Place, 'steps'>): Sketch {
    const noun = nounOf(steps, this.#sketches) ?? (steps.at(-1) as Step).words
    return this.#keep(keyOf(steps), () => createSketch(this.#sketches, steps, { noun }))
  }

  /** The same as the only one. */
  single({ key, steps }: Place): Sketch {
    const noun = (steps.at(-1) as Step).words
    return this.#keep(`${key} `, () => createSketch(this.#sketches, steps, { noun, isSingle: true }))
  }

  #keep(key: string, create: () => Sketch): Sketch {
    const sketch = this.#others.get(key) ?? create()
    this.#others.set(key, sketch)
    return sketch
  }

  bodies(operation: DeclaredOperation): Bodies {
    return bodiesOf(this.contract, operation)
  }

  /** The list that an operation shows. */
  listIn(operation: DeclaredOperation, sketch: Sketch): FoundList | undefined {
    const known = this.#lists.get(operation)
    if (known?.sketch === sketch) return known.list
    const { reply } = this.bodies(operation)
    const { noun, record } = sketch
    const list = reply && findList(this.contract, reply, { noun, known: record }, operation.parameters)
    this.#lists.set(operation, { sketch, list })
    return list
  }

  /** Whether an operation shows a list of a sketch's records. */
  listsSame(operation: DeclaredOperation, sketch: Sketch): boolean {
    const list = sketch.record && this.listIn(operation, sketch)
    return list !== undefined && likeness(list.record, sketch.record as Form) >= ALIKE
  }

  /** Whether anything lists a sketch's items where they lie. */
  isListed(sketch: Sketch): boolean {
    const operations = this.places.get(sketch.key)?.operations ?? []
    return operations.some((one) => one.method === 'GET' && this.listIn(one, sketch) !== undefined)
  }

  /** What creates a sketch's items where they lie. */
  creationOf(sketch: Sketch): DeclaredOperation | undefined {
    return this.places.get(sketch.key)?.operations.find(({ method }) => method === 'POST')
  }

  /** Whether a sketch's record is in a body, in an envelope or without. */
  holds(body: Form | undefined, sketch: Sketch | undefined): boolean {
    if (!body || !sketch?.record) return false
    const { noun, record } = sketch
    return likeness(findRecord(this.contract, body, { noun, known: record }).form, record) >= ALIKE
  }

  /** Whether a body holds a list of a sketch's records, or is one. */
  holdsMany(request: Form | undefined, { noun, record }: Sketch): boolean {
    if (!request) return false
    if (isList(request)) return true
    const [name, ...others] = request.members.keys()
    // `{ rules: … }` at `/rules`, whatever is said of it.
    if (
      name !== undefined &&
      others.length === 0 &&
      isPlural(noun) &&
      isSameNoun(lastOf(wordsOf(name)), lastOf(noun)) &&
      isPlural(wordsOf(name))
    )
      return true
    if (!record || likeness(request, record) >= ALIKE) return false
    const list = findList(this.contract, request, { noun, known: record }, [])
    return list !== undefined && list.sure >= 0.8 && likeness(list.record, record) >= ALIKE
  }
}

const lastOf = (words: string): string => words.split(' ').at(-1) as string
