import type { CollectionRules, Draft, Keys, Patience, Selected, Selection } from '../engine/vocabulary.ts'
import type { Change } from './commit.ts'
import type { Kept } from './store.ts'

/** Stands in the place of a record whose removal is not committed yet, so that undoing it keeps the order of creation. */
const REMOVED: object = Object.freeze({})

/** Of more records, none stays an object when it was read: together they would not fit. */
const MOST_READ = 200_000

/** Of so many parts and more, a record costs the collector more than the writing of its text. */
const MANY_PARTS = 4

function hasManyParts(record: object): boolean {
  let parts = 0
  for (const name in record) {
    const value: unknown = record[name as keyof object]
    if (typeof value === 'object' && value && ++parts === MANY_PARTS) return true
  }
  return false
}

/** Most changes touch no key, and to forget and find it again costs more than the record itself. */
const areSame = (some: Keys, others: Keys): boolean =>
  some.length === others.length && some.every((one, at) => one.every((part, side) => part === others[at]?.[side]))

/** What is known of a collection without its records. */
export interface Place {
  readonly name: string
  readonly rules: CollectionRules<object>
}

/** In order, three entries a step: where, the record that is there now, and the one that was there before. */
export type Done<Where> = (Where | object | undefined)[]

/** What the turn that is open did so far. */
export class Steps {
  done: Done<Collection> = []
  /** Whether a number was given. */
  hasCounted = false
  /** Of the caller whose turn it is, if it can wait. */
  declare patience: Patience | undefined
}

/** What steps did, as plain data. */
export function tellSteps(done: Done<Place>): Change[] {
  const changes: Change[] = []
  for (let at = 0; at < done.length; at += 3) {
    const { name, rules } = done[at] as Place
    const [after, there] = [done[at + 1], done[at + 2]]
    const before = there === REMOVED ? undefined : there
    changes.push({
      collection: name,
      id: rules.idOf((after ?? before) as object),
      ...(before && { before }),
      ...(after && { after }),
    })
  }
  return changes
}

/** The texts under which records are kept from now on: of whom they show, nobody need write them again. */
export interface Written {
  readonly records: object[]
  readonly texts: string[]
}

/**
 * The records of one collection by id, in order of creation, with unique indexes. It is changed at once and remembers how
 * to undo it: most calls are committed, so what they did is there already, and reading needs no second look. Records are
 * never changed in place.
 */
export class Collection implements Draft<object>, Kept {
  readonly name: string
  readonly place: Place
  readonly #steps: Steps
  readonly #rules: CollectionRules<object>
  /**
   * Of what was added, if it has many parts, the JSON text is kept: one flat text costs the garbage collector less than an
   * object of sixty parts. It is read when somebody asks, and then stays an object while there are not too many, as does what
   * was changed: it may be changed again.
   */
  readonly #records = new Map<string, object | string>()
  readonly #indexes = new Map<string, Map<string, string>>()
  #next = 1
  #firstNumber = 1
  #removed = 0
  #kept: readonly (object | string)[] | undefined

  /** @param steps of its tenant: what it does, it adds there */
  constructor(name: string, rules: CollectionRules<object>, steps: Steps) {
    this.name = name
    this.place = { name, rules }
    this.#steps = steps
    this.#rules = rules
  }

  get length(): number {
    return this.size
  }

  get size(): number {
    return this.#records.size - this.#removed
  }

  get(id: string): object | undefined {
    const record = this.#read(id)
    return record === REMOVED ? undefined : record
  }

  find(index: string, key: string): object | undefined {
    return this.#read(this.#indexes.get(index)?.get(key))
  }

  *values(from?: number, to?: number): Generator<object> {
    let at = 0
    for (const [id, held] of this.#records) {
      // Compared with nothing, none is left out.
      if (held === REMOVED || at++ < (from as number)) continue
      if (at > (to as number)) return
      yield typeof held === 'string' ? this.#parse(id, held) : held
    }
  }

  select<K>(selection: Selection<object, K>): Selected<object> {
    const { picks, by, compare, isTurned } = selection as Selection<object, K> & { by: (record: object) => K }
    if (!(picks || compare || isTurned)) return this
    const waitedFor = this.#steps.patience?.select(this.name, this, selection)
    if (waitedFor) return waitedFor
    const found = [...this.values()].filter(picks ?? Boolean)
    if (compare) found.sort((one, other) => compare(by(one), by(other)))
    return isTurned ? found.reverse() : found
  }

  /** Those that stand there, in order of creation. */
  slice(from: number, to: number): object[] {
    return [...this.values(from, to)]
  }

  put(record: object): void {
    const id = this.#rules.idOf(record)
    const there = this.#read(id)
    const before = there === REMOVED ? undefined : there
    const keys = this.#rules.keysOf(record)
    if (before && areSame(keys, this.#rules.keysOf(before))) this.#hold(id, record)
    else {
      for (const [index, key] of keys) {
        const holder = this.#indexes.get(index)?.get(key)
        if (holder !== undefined && holder !== id) {
          throw new Error(`${index} ${JSON.stringify(key)} belongs to ${holder} of ${this.name}, not to ${id}`)
        }
      }
      if (before) this.#forgetKeys(before)
      this.#set(id, record, keys)
    }
    if (there === REMOVED) this.#removed--
    this.#steps.done.push(this, record, there)
  }

  add(record: object, keys: Keys): void {
    // In the place of a record that was removed it is not new.
    if (this.#removed > 0) {
      this.put(record)
      return
    }
    this.#set(this.#rules.idOf(record), record, keys)
    this.#steps.done.push(this, record, undefined)
  }

  remove(id: string): boolean {
    const before = this.get(id)
    if (!before) return false
    this.#forgetKeys(before)
    this.#hold(id, REMOVED)
    this.#removed++
    this.#steps.done.push(this, undefined, before)
    return true
  }

  fresh(idOf: (number: number) => string): { number: number; id: string } {
    this.#steps.hasCounted = true
    for (;;) {
      const number = this.#next++
      const id = idOf(number)
      if (!this.#records.has(id)) return { number, id }
    }
  }

  /** The next number of its ids, where it moved on since the last turn. */
  get movedCounter(): number | undefined {
    return this.#next === this.#firstNumber ? undefined : this.#next
  }

  /** Keeps what a step did. @param written gains the record, if it was added, and its text; undefined: no text is kept */
  keepStep(after: object | undefined, before: object | undefined, written: Written | undefined): void {
    if (after && before) return
    const id = this.#rules.idOf((after ?? before) as object)
    if (!after) {
      if (this.#records.get(id) === REMOVED) this.#records.delete(id)
      return
    }
    // What was changed or removed since is not as it was added.
    if (!written || this.#records.get(id) !== after || !hasManyParts(after)) return
    const text = JSON.stringify(after)
    this.#hold(id, text)
    written.records.push(after)
    written.texts.push(text)
  }

  /** Undoes a step, the last that was not undone yet. */
  undoStep(after: object | undefined, before: object | undefined): void {
    if (after) this.#forgetKeys(after)
    const id = this.#rules.idOf((after ?? before) as object)
    if (before === REMOVED) this.#hold(id, REMOVED)
    else if (before) this.#set(id, before, this.#rules.keysOf(before))
    else {
      this.#kept = undefined
      this.#records.delete(id)
    }
  }

  /** After the last step was kept or undone. */
  endTurn(isKept: boolean): void {
    if (isKept) this.#firstNumber = this.#next
    else this.#next = this.#firstNumber
    this.#removed = 0
  }

  /** One and the same list until something else is kept. */
  get kept(): readonly (object | string)[] {
    if (this.#kept) return this.#kept
    // Of a million a loop takes ten times as long as a spread.
    const all = [...this.#records.values()]
    return (this.#kept = this.#removed > 0 ? all.filter((held) => held !== REMOVED) : all)
  }

  /** Puts a record where nothing is, for good. @param held as it is kept */
  load(held: object | string): void {
    const record: object = typeof held === 'string' ? JSON.parse(held) : held
    this.#set(this.#rules.idOf(record), held, this.#rules.keysOf(record))
    this.#firstNumber = this.#next = this.#records.size + 1
  }

  #read(id: string | undefined): object | undefined {
    const held = this.#records.get(id as string)
    return typeof held === 'string' ? this.#parse(id as string, held) : held
  }

  #parse(id: string, text: string): object {
    const record = JSON.parse(text) as object
    if (this.#records.size < MOST_READ) this.#hold(id, record)
    return record
  }

  #hold(id: string, held: object | string): void {
    this.#records.set(id, held)
    this.#kept = undefined
  }

  #set(id: string, record: object | string, keys: Keys): void {
    this.#hold(id, record)
    for (const [index, key] of keys) {
      let holders = this.#indexes.get(index)
      if (!holders) this.#indexes.set(index, (holders = new Map()))
      holders.set(key, id)
    }
  }

  #forgetKeys(record: object): void {
    for (const [index, key] of this.#rules.keysOf(record)) this.#indexes.get(index)?.delete(key)
  }
}
