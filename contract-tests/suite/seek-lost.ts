import type { Json } from '../../documents/read/read-document.ts'
import { isSecond } from './ask-as-caller.ts'
import type { CleanUpGround } from './clean-up-ground.ts'
import { namesMember, type SentRow, showsTag, showsValues, tells } from './find-identity.ts'
import type { LinkSource } from './follow-links.ts'
import type { Lost, LostThings } from './list-lost.ts'
import { idsOf } from './name-record.ts'
import type { Before } from './prove-ownership.ts'
import type { ListReading } from './read-list.ts'
import { sentRowsIn } from './read-rows.ts'
import type { Removals } from './remove-held.ts'
import type { CaseRequest } from './vocabulary.ts'

/** Of the values that creations were asked for: UTF-16 units of one, and rows in all. */
const LONGEST_REMEMBERED = 300
const MOST_REMEMBERED = 20_000

/** Looks for what was lost in the lists of what the run creates, and removes it. */
export class Seeker {
  readonly #ground: CleanUpGround
  readonly #lost: LostThings
  readonly #removals: Removals
  /** Telling values that creations were asked for, whatever was answered. */
  readonly #asked: SentRow[] = []
  /** By request: each is held against every record of a list. */
  readonly #rows = new WeakMap<CaseRequest, readonly SentRow[]>()

  constructor(ground: CleanUpGround, lost: LostThings, removals: Removals) {
    this.#ground = ground
    this.#lost = lost
    this.#removals = removals
  }

  /** Keeps in mind what a creation asks for, by which it may be found at the end of the run. */
  remember(request: CaseRequest): void {
    for (const { values, drawn } of this.#rowsOf(request)) {
      const short = drawn.filter((name) => String(values[name]).length <= LONGEST_REMEMBERED)
      const row = { values: Object.fromEntries(short.map((name) => [name, values[name]])), drawn: short }
      if (tells(row) && this.#asked.length < MOST_REMEMBERED) this.#asked.push(row)
    }
  }

  /**
   * @param sought what is looked for in short lists alone, and in nothing else: other cases may be under way. Left out:
   *   whatever carries the tag or was asked for, at the end of the run
   */
  async seek(sought?: readonly Lost[]): Promise<void> {
    for (const before of await this.#ground.ownership.collections()) {
      const { trail, source, isShort } = before
      const isHere = (lost: Lost) =>
        lost.trail !== undefined && lost.trail.list?.to === trail.list?.to && isSameTenant(lost.source, source)
      const waiting = (sought ?? this.#lost.all()).filter(isHere)
      if (trail.list === undefined || (sought && (waiting.length === 0 || !isShort))) continue
      const now = await this.#ground.ownership.list(trail, source)
      for (const record of now.records) await this.#take(record, before, waiting, sought === undefined)
      for (const lost of waiting) if (this.#isSettled(lost, before, now)) this.#lost.remove(lost)
    }
  }

  /** Removes a record of a list where it is what was lost, or at the end of the run (`isLast`) the run's anyway. */
  async #take(record: Json, before: Before, waiting: readonly Lost[], isLast: boolean): Promise<void> {
    const { kit, ownership } = this.#ground
    const { trail, source } = before
    const meant = waiting.find((one) => one.count !== 0 && this.#isOf(record, one))
    // Which thing a record is takes longer to tell, and most are somebody's.
    if (!meant && !isLast) return
    if (idsOf(trail, record, source, true).some((id) => before.ids.has(id))) return
    const asked = isLast ? this.#asked.find((row) => showsValues(record, row)) : undefined
    if (!(meant || asked || showsTag(record, kit.context.tag))) return
    const target = kit.targets.targetOf(trail, record, source, true)
    if (!target) return
    // What is told already must not stand for something that nobody has found.
    if (this.#removals.isStuck(target)) return
    // What is the run's and is no other's must be one of what was lost.
    const lost = meant ?? (isLast ? waiting.find(({ count }) => count !== undefined && count > 0) : undefined)
    const rows = asked ? [asked] : lost ? this.#rowsOf(lost.source.request) : []
    if (!ownership.claim(target, rows, before)) return
    if (lost?.count !== undefined) lost.count--
    else if (lost) lost.found++
    const foresees = () => this.#ground.gate.foreseesLeftover(source.request.operationId)
    const { by = '', foreseen = foresees() } = lost ?? {}
    await this.#removals.remove({ by, target, rows, trail, source, foreseen })
  }

  /** Whether all of it was found, or what nobody knows was created at all is not in a list that would show it. */
  #isSettled(lost: Lost, before: Before, now: ListReading): boolean {
    const { count, found, source } = lost
    if (count !== undefined) return count === 0
    const isFound = found >= Math.max(1, this.#rowsOf(source.request).length)
    return isFound || (now.isComplete && this.#wouldShow(source.request, [...before.records, ...now.records]))
  }

  /** Whether a record is what a request wanted to be created. */
  #isOf(record: Json, { source: { request } }: Lost): boolean {
    if (sharesText(record, request.body, this.#ground.kit.context.tag)) return true
    return this.#rowsOf(request).some((row) => showsValues(record, row))
  }

  /** Whether each row of a request would be known in a list of such records. */
  #wouldShow(request: CaseRequest, records: readonly Json[]): boolean {
    const { tag } = this.#ground.kit.context
    const rows = this.#rowsOf(request)
    const isKnown = ({ values, drawn }: SentRow) =>
      Object.keys(values ?? {}).some(
        (name) =>
          (showsTag(values[name], tag) || tells({ values, drawn: drawn.filter((one) => one === name) })) &&
          namesMember(records, name),
      )
    return records.length === 0 || (rows.length > 0 && rows.every(isKnown))
  }

  #rowsOf(request: CaseRequest): readonly SentRow[] {
    let rows = this.#rows.get(request)
    if (!rows) this.#rows.set(request, (rows = sentRowsIn(request, this.#ground.kit.builderOf(request.operationId))))
    return rows
  }
}

const isSameTenant = ({ request: one }: LinkSource, { request: other }: LinkSource): boolean =>
  JSON.stringify(one.params ?? {}) === JSON.stringify(other.params ?? {}) && isSecond(one) === isSecond(other)

/** Whether a record shows a text with the tag that stands in a request's body. */
function sharesText(record: Json, body: string | undefined, tag: string): boolean {
  if (typeof record === 'string')
    return showsTag(record, tag) && (body ?? '').toLowerCase().includes(record.toLowerCase())
  if (typeof record !== 'object' || record === null) return false
  return Object.values(record).some((member) => sharesText(member, body, tag))
}
