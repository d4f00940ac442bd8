import type { Json } from '../../documents/read/read-document.ts'
import { asCaller, isSecond } from './ask-as-caller.ts'
import type { CaseKit } from './case-kit.ts'
import { contradicts, idTextOf, type SentRow, sameId, showsTag, showsValues } from './find-identity.ts'
import type { Call, Trail } from './find-trails.ts'
import { type LinkSource, withoutReply } from './follow-links.ts'
import { idsOf, nameKeysOf } from './name-record.ts'
import { type ListReading, readList } from './read-list.ts'
import type { Target } from './target.ts'
import type { CaseRequest, JudgedReply } from './vocabulary.ts'

/** Reads, and changes nothing. @returns undefined when nothing came back, or the run may send no more */
export type Read = (request: CaseRequest) => Promise<JudgedReply | undefined>

/**
 * `foreign`: it was there before, or shows nothing of this run. `absent`: there is no such thing. `unknown`: nobody
 * could say.
 */
export type Proof = 'own' | 'foreign' | 'absent' | 'unknown'

/** A collection as it was before this run created anything in it. */
export interface Before extends Omit<ListReading, 'isComplete'> {
  isComplete: boolean
  readonly trail: Trail
  readonly source: LinkSource
  readonly ids: ReadonlySet<string>
}

/** A list that takes more requests than this is read once, before the first creation, and not again after each case. */
export const SHORT_LIST = 5

/** Nothing of a list that is longer is known for sure. */
const MOST_PAGES = 200

/** Tells what is the run's own from what is anybody else's. Ownership is never taken from a creation's reply alone. */
export class Ownership {
  readonly #kit: CaseKit
  readonly #read: Read
  readonly #remaining: () => number
  readonly #befores = new Map<string, Promise<Before>>()
  /** Ids that creations of this run named and that nobody saw before, by collection and in any tenant. */
  readonly #made = new Set<string>()
  /** Those of them that are not gone, and were in no list when it was read to its end. */
  readonly #new = new Set<string>()
  /** What was proven to be the run's own and has not been removed, by key. */
  readonly #proven = new Set<string>()
  readonly #removed = new Set<string>()
  /** The values that were sent for a claimed thing, by key. */
  readonly #claimed = new Map<string, readonly SentRow[]>()

  /** @param remaining how many requests the run may still send */
  constructor(kit: CaseKit, read: Read, remaining: () => number) {
    this.#kit = kit
    this.#remaining = remaining
    this.#read = read
  }

  /** Reads the collection that a request is about to create in, once in a run for each tenant. */
  before(trail: Trail, request: CaseRequest): Promise<Before> {
    const key = `${trail.list?.to ?? trail.from} ${JSON.stringify(parentsOf(request, this.#kit, trail))} ${isSecond(request)}`
    let known = this.#befores.get(key)
    if (!known) this.#befores.set(key, (known = this.#readBefore(trail, request)))
    return known
  }

  async #readBefore(trail: Trail, request: CaseRequest): Promise<Before> {
    const source = withoutReply(request)
    const reading = await this.list(trail, source)
    const ids = new Set(reading.records.flatMap((record) => idsOf(trail, record, source, true)))
    return { ...reading, trail, source, ids }
  }

  /** The collection as it is now. */
  async list(trail: Trail, source: LinkSource): Promise<ListReading> {
    if (trail.list === undefined) return { records: [], isComplete: false, pages: 0 }
    return readList(
      {
        builder: this.#kit.builderOf(trail.list.to),
        constants: constantsOf(trail.list),
        path: parentsOf(source.request, this.#kit, trail),
        identify: (record) => idsOf(trail, record, source, true).sort().join(' ') || undefined,
        send: async (page) => {
          const reply = await this.#read(asCaller(page, source.request))
          return reply && reply.status >= 200 && reply.status < 300 ? reply : undefined
        },
      },
      // A list must not take all that a run may send.
      Math.min(MOST_PAGES, Math.max(1, Math.floor(this.#remaining() / 2))),
    )
  }

  /** The collections that were read before something was created in them, with whether they are short enough to read again. */
  async collections(): Promise<readonly (Before & { readonly isShort: boolean })[]> {
    const befores = await Promise.all(this.#befores.values())
    return befores.map((before) => ({
      ...before,
      isShort: before.trail.list !== undefined && before.pages <= SHORT_LIST,
    }))
  }

  /** What a reader must know of the proofs. */
  async remarks(): Promise<string[]> {
    const befores = await Promise.all(this.#befores.values())
    const unread = befores.filter(({ pages, isComplete }) => pages > 0 && !isComplete)
    const names = new Set(unread.map(({ trail }) => trail.list?.to))
    return [...names].map(
      (list) =>
        `the end of ${list} was not reached before something was created, so what was there is not all known: reading back with the run's tag is the proof of what is its own`,
    )
  }

  /**
   * Notes what a creation's reply names.
   * @returns false where that was there before, or was named by another creation that is not removed yet: the reply cannot be right
   */
  claim(target: Target, rows: readonly SentRow[], before: Pick<Before, 'ids' | 'isComplete'>): boolean {
    if (target.ids.some((id) => before.ids.has(id))) return false
    // What was removed may have left its id to the next one.
    if (target.keys.some((key) => this.#claimed.has(key) && !this.#removed.has(key))) return false
    for (const key of target.keys) {
      this.#claimed.set(key, rows)
      this.#removed.delete(key)
      this.#proven.delete(key)
    }
    for (const id of target.ids) {
      this.#made.add(`${target.collection} ${id}`)
      if (before.isComplete) this.#new.add(`${target.collection} ${id}`)
    }
    return true
  }

  /** Whether these rows are still what is known to have been sent for a thing: its id may be another's by now. */
  isClaimedFor(target: Target, rows: readonly SentRow[]): boolean {
    return target.keys.some((key) => this.#claimed.get(key) === rows)
  }

  isClaimed(target: Target): boolean {
    return target.keys.some((key) => this.#claimed.has(key))
  }

  /** It is gone: whoever has its id from now on is somebody else. */
  forget(target: Target): void {
    for (const key of target.keys) {
      this.#claimed.delete(key)
      this.#proven.delete(key)
      this.#removed.delete(key)
    }
    for (const id of target.ids) this.#new.delete(`${target.collection} ${id}`)
  }

  /** Whether a creation of this run named this id, and it was not there before. */
  hasMade({ collection, ids }: Pick<Target, 'collection' | 'ids'>): boolean {
    return ids.length > 0 && ids.every((id) => this.#made.has(`${collection} ${id}`))
  }

  /** The same where it would have been seen, had it been there. What nobody can read is known by this alone. */
  isNew({ collection, ids }: Target): boolean {
    return ids.every((id) => this.#new.has(`${collection} ${id}`))
  }

  isProven(target: Target): boolean {
    return target.keys.every((key) => this.#proven.has(key))
  }

  /** A case has removed it, or so the target says: what is found under its id from now on must be proven anew. */
  markRemoved(target: Target): void {
    for (const key of target.keys) {
      this.#proven.delete(key)
      this.#removed.add(key)
    }
  }

  wasRemoved(target: Target): boolean {
    return target.keys.some((key) => this.#removed.has(key))
  }

  /** Reads a thing and looks for what this run put into it. */
  async prove(target: Target, before: Before | undefined): Promise<Proof> {
    if (before && target.ids.some((id) => before.ids.has(id))) return 'foreign'
    if (!target.reading) return 'unknown'
    const reply = await this.#read(target.reading)
    if (!reply) return 'unknown'
    if (isNothing(reply.status)) return 'absent'
    if (reply.status < 200 || reply.status >= 300) return 'unknown'
    // A case may have changed all that was sent at first.
    if (this.isProven(target)) return 'own'
    const record = recordOf(reply.body, target.ids) ?? reply.body
    const rows = target.keys.flatMap((key) => this.#claimed.get(key) ?? [])
    const isClaimed = this.isClaimed(target) && !this.wasRemoved(target)
    const isShown = this.#shows(record, rows)
    if (!isShown && !(isClaimed && before && (await this.#isNew(record, rows, before)))) return 'foreign'
    for (const key of target.keys) this.#proven.add(key)
    // A body may name it by any of them next time.
    if (before) for (const key of nameKeysOf(before.trail, record, before.source, true)) this.#proven.add(key)
    return 'own'
  }

  #shows(record: Json, rows: readonly SentRow[]): boolean {
    return showsTag(record, this.#kit.context.tag) || rows.some((row) => showsValues(record, row))
  }

  /** It was absent from a list read to its end, a creation's reply named it, and it shows nothing else than was sent. */
  async #isNew(record: Json, rows: readonly SentRow[], before: Before): Promise<boolean> {
    if (rows.length > 0 && rows.every((row) => contradicts(record, row))) return false
    if (before.isComplete || !before.mayBeWhole) return before.isComplete
    // A first page of more stays as long as it is: one that grows was all there was.
    const now = await this.list(before.trail, before.source)
    before.isComplete = now.records.length > before.records.length
    return before.isComplete
  }
}

/** What a list is always asked with: the parameters and members that its link gives as they are. */
const constantsOf = ({ parameters, body }: Call): Readonly<Record<string, Json>> => ({
  ...Object.fromEntries(
    Object.entries(parameters).filter(([, value]) => typeof value !== 'string' || !value.startsWith('$')),
  ),
  ...body,
})

/** RFC 9110, 15.5.5 and 15.5.11; and an id that cannot be one names nothing either. */
const isNothing = (status: number): boolean => [400, 404, 410, 422].includes(status)

/** Path parameters that the list shares with the creation: the tenant, the parent. */
function parentsOf({ params = {} }: CaseRequest, kit: CaseKit, { list }: Trail): Record<string, string> {
  if (list === undefined) return params
  const names = new Set(
    kit
      .builderOf(list.to)
      .operation.parameters.filter((one) => one.in === 'path')
      .map(({ name }) => name),
  )
  return Object.fromEntries(Object.entries(params).filter(([name]) => names.has(name)))
}

/** The record of these ids in a reply: the body itself or an object in it, the outermost that shows one of them. */
function recordOf(body: Json, ids: readonly string[]): Json | undefined {
  const waiting: Json[] = [body]
  for (const one of waiting) {
    if (typeof one !== 'object' || one === null) continue
    const members = Object.values<Json>(one)
    if (!Array.isArray(one) && members.some((value) => ids.includes(sameId(idTextOf(value) ?? '')))) return one
    for (const member of members) waiting.push(member)
  }
  return undefined
}
