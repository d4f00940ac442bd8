import { setTimeout } from 'node:timers/promises'
import type { Json } from '../documents/read-document.ts'
import { canFollow, type Gate } from './admit-request.ts'
import type { CaseKit } from './case-kit.ts'
import { requestOf } from './derive-round-trips.ts'
import { namesMember, recordsIn, type SentRow, showsTag, showsValues, tells } from './find-identity.ts'
import type { Trail } from './find-trails.ts'
import { evaluate, followLink, type LinkSource } from './follow-links.ts'
import { excerpt } from './judge-reply.ts'
import { type Target, type Targets, targetsIn } from './name-target.ts'
import { type Before, type Ownership, SHORT_LIST } from './prove-ownership.ts'
import { keepReply } from './read-reply.ts'
import { rowsIn } from './read-rows.ts'
import type { Breach, CaseRequest, JudgedReply, Leftover } from './vocabulary.ts'
import { valuesAt } from './walk-schema.ts'

/** Sends one request of the clean-up. @returns the reply, or why there was none */
export type SendOne = (request: CaseRequest) => Promise<JudgedReply | { readonly failure: string }>

/** Something that was created, or may have been, and that nothing of the reply leads to. */
interface Lost {
  /** The case that sent it. */
  readonly by: string
  readonly trail: Trail | undefined
  readonly source: LinkSource
  /** How many things; undefined: nobody knows, perhaps none. */
  count: number | undefined
  /** How many of them were found since. */
  found?: number
  readonly reason: string
  readonly foreseen: boolean
  /** It was looked for once and not found; at the end of the run it is looked for again. */
  isSought?: boolean
}

interface Held {
  readonly by: string
  readonly target: Target
  /** What was claimed with it. */
  readonly rows: readonly SentRow[]
  /** It was written to since: it may have another id now. */
  isChanged?: boolean
  readonly trail: Trail
  readonly source: LinkSource
  readonly foreseen: boolean
}

/** As often in a row a removal without an answer is waited for; then it is taken to hang for ever. */
const PATIENCE = 2

/** Of the values that creations were asked for: UTF-16 units of one, and rows in all. */
const LONGEST_REMEMBERED = 300
const MOST_REMEMBERED = 20_000

/** Removes what the run created, and nothing else: what is proven to be its own, and is seen to be gone afterwards. */
export class CleanUp {
  readonly #kit: CaseKit
  readonly #targets: Targets
  readonly #ownership: Ownership
  readonly #gate: Gate
  readonly #send: SendOne
  /** What replies named and is not removed yet. */
  readonly #held = new Set<Held>()
  readonly #lost = new Set<Lost>()
  /** Telling values that creations were asked for, whatever was answered. */
  readonly #asked: SentRow[] = []
  /** Creations that are under way. */
  readonly #unanswered = new Set<LinkSource>()
  readonly #unsearched: { readonly by: string; readonly trail: Trail; readonly source: LinkSource }[] = []
  /** What could not be removed at the first attempt. */
  readonly #stuck = new Map<Held, Leftover>()
  readonly #hanging = new Map<string, number>()
  readonly leftovers: Leftover[] = []

  readonly #settling: number

  /** @param settling how long what was created or removed may take to show, in milliseconds */
  constructor(kit: CaseKit, ownership: Ownership, gate: Gate, send: SendOne, settling: number) {
    this.#settling = settling
    this.#kit = kit
    this.#targets = kit.targets
    this.#ownership = ownership
    this.#gate = gate
    this.#send = send
  }

  /** What would be left behind if the process ended now. */
  pending(): readonly Leftover[] {
    const held = [...this.#held].map(({ target, foreseen }) => ({
      what: target.label,
      reason: 'it was not removed yet',
      foreseen,
    }))
    const waiting = [...this.#unanswered, ...this.#unsearched.map(({ source }) => source)].map((source) =>
      leftoverOf({ source, count: undefined, reason: 'it was not looked for yet', foreseen: false }),
    )
    return [...this.leftovers, ...this.#stuck.values(), ...held, ...[...this.#lost].map(leftoverOf), ...waiting]
  }

  /** Called before a request of a case is sent. */
  expect(request: CaseRequest): void {
    if (this.#targets.effectOf(request.operationId) === 'creates') this.#unanswered.add({ request, reply: NO_REPLY })
  }

  /**
   * Called with every answer to a request of a case, at once: later steps may only touch what is known here.
   * @param by the case's id
   */
  async note(by: string, request: CaseRequest, reply: JudgedReply): Promise<void> {
    this.settle(request)
    if (this.#targets.effectOf(request.operationId) === 'creates') this.#remember(request)
    // A refusal did nothing; a redirect or a server's failure may come after the deed (RFC 9110, section 15).
    if (reply.status >= 400 && reply.status < 500) return
    const source = { request, reply }
    const effect = this.#targets.effectOf(request.operationId)
    if (effect === 'changes') return this.#noteChange(by, source)
    if (effect === 'reads') return
    const trail = this.#targets.trails.get(request.operationId)
    if (reply.status >= 200 && reply.status < 300) return this.#noteCreation(by, trail, source)
    this.#lose(by, trail, source, undefined, `it answered ${reply.status}`)
  }

  /** A request without an answer may have done what it asked for. */
  async unanswered(by: string, request: CaseRequest, reason: string): Promise<void> {
    this.settle(request)
    const source = { request, reply: NO_REPLY }
    const effect = this.#targets.effectOf(request.operationId)
    if (effect === 'changes') await this.#noteChange(by, source)
    if (effect === 'creates') this.#lose(by, this.#targets.trails.get(request.operationId), source, undefined, reason)
  }

  #remember(request: CaseRequest): void {
    for (const { values, drawn } of this.#rowsOf(request)) {
      const short = drawn.filter((name) => String(values[name]).length <= LONGEST_REMEMBERED)
      const row = { values: Object.fromEntries(short.map((name) => [name, values[name]])), drawn: short }
      if (tells(row) && this.#asked.length < MOST_REMEMBERED) this.#asked.push(row)
    }
  }

  /** A request is not under way any more: it has its answer, has none, or was never sent. */
  settle(request: CaseRequest): void {
    for (const one of this.#unanswered) if (one.request === request) this.#unanswered.delete(one)
  }

  /** A write to something that was not there may have put it there. */
  async #noteChange(by: string, source: LinkSource): Promise<void> {
    const { request } = source
    const named = this.#targets.namedBy(request)
    const { byPath: target, byMembers } = named
    if (this.#targets.removes(request.operationId)) {
      for (const one of targetsIn(named)) this.#ownership.markRemoved(one)
    }
    if (request.method === 'DELETE' || (byMembers && !target)) return
    if (target && (this.#ownership.isClaimed(target) || this.#ownership.isProven(target)))
      return this.#noteRenaming(by, target, source)
    if (this.#gate.mayChange(request.operationId)) {
      const isDone = source.reply.status >= 200 && source.reply.status < 300
      if (isDone)
        this.#lose(by, undefined, source, 1, 'it may have changed what was there before, as --allow-changes lets it')
    } else if (target) {
      const rows = this.#rowsOf(request)
      this.#ownership.claim(target, rows, { ids: new Set(), isComplete: false })
      this.#held.add({
        by,
        target,
        rows,
        trail: { from: request.operationId, others: [] },
        source,
        foreseen: target.removal === undefined,
      })
    }
  }

  /** A change may give a thing another id: then the reply says which, or it is looked for. */
  async #noteRenaming(by: string, target: Target, source: LinkSource): Promise<void> {
    const trail = this.#targets.trailOfItem(source.request.operationId)
    for (const held of this.#held) if (held.target.keys.some((key) => target.keys.includes(key))) held.isChanged = true
    const named = trail && this.#targets.targetOf(trail, source.reply.body, source, true)
    if (!trail || !named || named.keys.some((key) => target.keys.includes(key))) return
    const before = await this.#ownership.before(trail, source.request)
    const rows = this.#rowsOf(source.request)
    if (this.#ownership.claim(named, rows, before))
      this.#held.add({ by, target: named, rows, trail, source, foreseen: false })
  }

  async #noteCreation(by: string, trail: Trail | undefined, source: LinkSource, isSearching = false): Promise<void> {
    const { request, reply } = source
    const { operationId } = request
    if (!trail || !canFollow(trail))
      return this.#lose(by, trail, source, 1, 'nothing in the document leads to its removal')
    // A search takes time, and shows whom a later step may still want to find as they are.
    if (trail.search && !isSearching) {
      this.#unsearched.push({ by, trail, source })
      return
    }
    const before = await this.#ownership.before(trail, request)
    const { records, count, isListed } = await this.#recordsOf(trail, source)
    const rows = this.#rowsOf(request)
    let named = 0
    for (const record of records) {
      const target = this.#targets.targetOf(trail, record, source, isListed)
      if (!target) continue
      // Whom a request names itself, it did not create.
      if (this.#ownership.isClaimed(target) && target.ids.some((id) => names(request, id))) named++
      else if (this.#ownership.claim(target, rows, before)) {
        named++
        this.#held.add({ by, target, rows, trail, source, foreseen: this.#gate.foreseesLeftover(operationId) })
      }
    }
    if (named >= count) return
    const what =
      reply.body === undefined ? 'its reply cannot be read' : 'its reply does not name what only this run can have made'
    this.#lose(by, trail, source, count - named, what)
  }

  /** What a creation's reply shows of what was created, and how many things that are. */
  async #recordsOf(
    trail: Trail,
    source: LinkSource,
  ): Promise<{ records: readonly Json[]; count: number; isListed: boolean }> {
    const { reply } = source
    if (trail.search) return { ...(await this.#search(trail, source)), isListed: true }
    if (trail.each !== undefined) {
      const items = evaluate(trail.each, source)
      return {
        records: Array.isArray(items) ? items : [],
        count: Array.isArray(items) ? items.length : Math.max(1, this.#rowsOf(source.request).length),
        isListed: false,
      }
    }
    const records = Array.isArray(reply.body) ? reply.body : [reply.body]
    return { records, count: records.length, isListed: false }
  }

  /** Finds what has no id in the reply; a search may show anybody's records, so only those that show what was sent count. */
  async #search(trail: Trail, source: LinkSource): Promise<{ records: readonly Json[]; count: number }> {
    const { request, reply } = source
    const { failures } = this.#kit.builderOf(trail.from).place
    const pointers = new Set(failures.flatMap(({ level, at }) => (level === 'row' ? [at] : [])))
    const refused = [...pointers].flatMap((pointer) => valuesAt(reply.body, pointer)).length
    const records: Json[] = []
    for (const followed of trail.search ? followLink(trail.search, source) : []) {
      const shown = Object.entries(followed.shows).filter(([, wanted]) => wanted !== undefined)
      if (!shown.some(([, wanted]) => showsTag(wanted, this.#kit.context.tag))) continue
      const asked = requestOf(this.#kit, followed)
      const found = await this.#send(request.credentials === 'second' ? { ...asked, credentials: 'second' } : asked)
      if ('failure' in found) continue
      for (const [index, record] of (recordsIn(found.body) ?? []).entries()) {
        const isIt = shown.every(
          ([pointer, wanted]) => valuesAt(found.body, pointer.replace('/0', `/${index}`))[0] === wanted,
        )
        if (isIt) records.push(record)
      }
    }
    return { records, count: Math.max(0, this.#rowsOf(request).length - refused) }
  }

  #rowsOf(request: CaseRequest): SentRow[] {
    const builder = this.#kit.builderOf(request.operationId)
    return rowsIn(request, builder.rowPath).map((values) => ({ values, drawn: builder.drawnNames(values) }))
  }

  #lose(by: string, trail: Trail | undefined, source: LinkSource, count: number | undefined, reason: string): void {
    const { operationId } = source.request
    const isChange = this.#targets.effectOf(operationId) === 'changes'
    const foreseen = isChange ? this.#gate.mayChange(operationId) : this.#gate.foreseesLeftover(operationId)
    // A run may lose thousands of them, and a reply may be long.
    const reply = { ...keepReply(source.reply), body: undefined }
    this.#lost.add({ by, trail, source: { ...source, reply }, count, reason, foreseen })
  }

  /**
   * Removes what a case made, and looks for what was lost where that is soon done.
   * @returns what is worth a note: a removal that says it was done, and was not
   */
  async afterCase(by: string): Promise<Breach[]> {
    await this.catchUp(by)
    const notes = await this.#removeHeld((held) => held.by === by)
    const lost = [...this.#lost].filter((one) => one.by === by && !one.isSought)
    if (lost.length > 0) await this.#sweep(lost)
    for (const one of lost) {
      one.isSought = true
      if (this.#lost.has(one)) this.#gate.lost(one.source.request.operationId)
    }
    return notes
  }

  /** Searches now for what a case has made: the next request may change it. */
  async catchUp(by: string): Promise<void> {
    for (const one of this.#unsearched.filter((unsearched) => unsearched.by === by)) {
      await this.#noteCreation(by, one.trail, one.source, true)
      this.#unsearched.splice(this.#unsearched.indexOf(one), 1)
    }
  }

  /** The end of the run: what still carries its tag in a list is removed, and what cannot be found is listed. */
  async finish(): Promise<void> {
    await this.#removeHeld(() => true)
    await this.#sweep()
    const isLeft = () => this.#stuck.size > 0 || [...this.#lost].some(({ trail }) => trail?.list !== undefined)
    if (isLeft()) {
      await setTimeout(this.#settling)
      // What failed once, among other cases or a moment too early, is tried once more by itself.
      for (const [held, leftover] of [...this.#stuck]) {
        this.#stuck.delete(held)
        await this.#remove(held)
        // Why it was left at first says more than that it still is.
        if (this.#stuck.has(held)) this.#stuck.set(held, leftover)
      }
      if (isLeft()) await this.#sweep()
    }
    this.leftovers.push(...this.#stuck.values(), ...[...this.#lost].map(leftoverOf))
    this.#stuck.clear()
    this.#lost.clear()
  }

  async #removeHeld(isMeant: (held: Held) => boolean): Promise<Breach[]> {
    const notes: Breach[] = []
    for (const held of [...this.#held].filter(isMeant)) {
      notes.push(...(await this.#remove(held)))
      this.#held.delete(held)
    }
    return notes
  }

  async #remove(held: Held): Promise<Breach[]> {
    const { by, target, trail, source } = held
    const { operationId } = source.request
    const leave = (reason: string, foreseen = held.foreseen): Breach[] => {
      this.#stuck.set(held, { what: target.label, reason, foreseen })
      this.#gate.lost(operationId)
      return []
    }
    const before =
      this.#targets.effectOf(operationId) === 'creates'
        ? await this.#ownership.before(trail, source.request)
        : undefined
    const proof = await this.#proof(held, before)
    if (proof === 'absent') {
      // A case may have removed it itself. What was never seen may be somewhere else.
      const wasSeen = this.#ownership.isProven(target) || this.#ownership.wasRemoved(target)
      const wasRemoved = this.#ownership.wasRemoved(target)
      if (held.isChanged && !wasRemoved && before)
        this.#lose(by, trail, source, 1, `${target.label} was changed, and is not there any more`)
      else if (!wasSeen && before) this.#lose(by, trail, source, 1, `it named ${target.label}, which is not there`)
      this.#ownership.forget(target)
      return []
    }
    if (proof === 'foreign') {
      this.#lose(by, trail, source, 1, `it named ${target.label}, which shows nothing of this run`)
      this.#ownership.forget(target)
      return []
    }
    if (proof === 'unknown') return leave('it could not be read, so nobody can say whose it is')
    const { removal } = target
    if (!removal) return leave('the document has no operation that removes it')
    if ((this.#hanging.get(removal.operationId) ?? 0) >= PATIENCE)
      return leave(`${removal.operationId} gave no answer before, and was not asked again`, false)
    const reply = await this.#send(removal)
    const hung = 'failure' in reply
    this.#hanging.set(removal.operationId, hung ? (this.#hanging.get(removal.operationId) ?? 0) + 1 : 0)
    const said = hung ? reply.failure : `${removal.method} ${removal.path} answered ${reply.status}`
    const isDone = !hung && reply.status < 300
    if (isDone) this.#ownership.markRemoved(target)
    const after = await this.#proof(held, before)
    const isAnothers = isDone && !this.#ownership.isClaimedFor(target, held.rows)
    if (after === 'absent' || isAnothers || (isDone && (await this.#isUnlisted(held, before)))) {
      if (!isAnothers) this.#ownership.forget(target)
      return []
    }
    leave(
      after === 'own' || after === 'foreign'
        ? `${said}, and it is still there`
        : `${said}, and nobody can say whether it is gone`,
      false,
    )
    if (hung || reply.status >= 300 || after === 'unknown') return []
    const rule = {
      text: `what ${removal.operationId} removed is gone`,
      pointer: this.#kit.builderOf(removal.operationId).place.pointer,
      evidence: 'assumed',
    } as const
    return [{ rule, seen: `${said}, and ${target.reading?.method} ${target.reading?.path} still finds it` }]
  }

  /** Whether a list that is soon read to its end does not hold it any more, though a reading may still show it. */
  async #isUnlisted({ target, trail, source }: Held, before: Before | undefined): Promise<boolean> {
    if (!before?.isComplete || before.pages > SHORT_LIST) return false
    const now = await this.#ownership.list(trail, source)
    return now.isComplete && !this.#holds(now.records, target, trail, source)
  }

  #holds(records: readonly Json[], { ids }: Target, trail: Trail, source: LinkSource): boolean {
    return records.some((record) => this.#targets.idsOf(trail, record, source, true).some((id) => ids.includes(id)))
  }

  /** By reading the thing, or where that cannot be done by looking into its list. */
  async #proof({ target, trail, source }: Held, before: Before | undefined) {
    if (target.reading || !before?.isComplete) return this.#ownership.prove(target, before)
    const now = await this.#ownership.list(trail, source)
    if (this.#holds(now.records, target, trail, source)) return 'own'
    return now.isComplete ? 'absent' : 'unknown'
  }

  /**
   * Looks for the run's tag in the lists of what it created.
   * @param sought what is looked for in short lists alone, and in nothing else: other cases may be under way. Left out:
   *   whatever carries the tag, at the end of the run
   */
  async #sweep(sought?: readonly Lost[]): Promise<void> {
    const { tag } = this.#kit.context
    for (const before of await this.#ownership.collections()) {
      const { trail, source } = before
      const isMeant = (lost: Lost) =>
        lost.trail !== undefined && lost.trail.list?.to === trail.list?.to && isSameTenant(lost.source, source)
      const waiting = (sought ?? [...this.#lost]).filter(isMeant)
      if (trail.list === undefined || (sought && (waiting.length === 0 || !before.isShort))) continue
      const now = await this.#ownership.list(trail, source)
      for (const record of now.records) {
        const ids = this.#targets.idsOf(trail, record, source, true)
        if (ids.some((id) => before.ids.has(id))) continue
        const target = this.#targets.targetOf(trail, record, source, true)
        const meant = waiting.find((one) => one.count !== 0 && this.#isOf(record, one))
        const asked = sought ? undefined : this.#asked.find((row) => showsValues(record, row))
        if (!target || !(meant || asked || (!sought && showsTag(record, tag)))) continue
        // What is the run's and is no other's must be one of what was lost.
        const lost = meant ?? (sought ? undefined : waiting.find(({ count }) => count !== undefined && count > 0))
        const rows = asked ? [asked] : lost ? this.#rowsOf(lost.source.request) : []
        if (!this.#ownership.claim(target, rows, before)) continue
        if (lost?.count !== undefined) lost.count--
        else if (lost) lost.found = (lost.found ?? 0) + 1
        await this.#remove({ by: lost?.by ?? '', target, rows, trail, source, foreseen: lost?.foreseen ?? false })
      }
      for (const lost of waiting) {
        // Nobody knows whether it was created at all: a list read to its end without it says that it was not.
        const isFound = (lost.found ?? 0) >= Math.max(1, this.#rowsOf(lost.source.request).length)
        const wouldShow = now.isComplete && this.#canBeFound(lost, [...before.records, ...now.records])
        if (lost.count === 0 || (lost.count === undefined && (isFound || wouldShow))) this.#lost.delete(lost)
      }
    }
  }

  /** Whether a record is what a request wanted to be created. */
  #isOf(record: Json, { source: { request } }: Lost): boolean {
    if (sharesText(record, request.body, this.#kit.context.tag)) return true
    return this.#rowsOf(request).some((row) => showsValues(record, row))
  }

  /** Whether each row of a request would be known in a list of such records. */
  #canBeFound({ source: { request } }: Lost, records: readonly Json[]): boolean {
    const { tag } = this.#kit.context
    const rows = this.#rowsOf(request)
    const shows = ({ values, drawn }: SentRow) =>
      Object.keys(values ?? {}).some(
        (name) =>
          (showsTag(values[name], tag) || tells({ values, drawn: drawn.filter((one) => one === name) })) &&
          namesMember(records, name),
      )
    return records.length === 0 || (rows.length > 0 && rows.every(shows))
  }
}

const NO_REPLY: JudgedReply = { status: 0, headers: {}, text: '', duration: 0, body: undefined }

const names = ({ body = '' }: CaseRequest, id: string): boolean => body.toLowerCase().includes(JSON.stringify(id))

const isSameTenant = (one: LinkSource, other: LinkSource): boolean =>
  JSON.stringify(one.request.params ?? {}) === JSON.stringify(other.request.params ?? {}) &&
  (one.request.credentials === 'second') === (other.request.credentials === 'second')

/** Whether a record shows a text with the tag that stands in a request's body. */
function sharesText(record: Json, body: string | undefined, tag: string): boolean {
  if (typeof record === 'string')
    return showsTag(record, tag) && (body ?? '').toLowerCase().includes(record.toLowerCase())
  if (typeof record !== 'object' || record === null) return false
  return Object.values(record).some((member) => sharesText(member, body, tag))
}

function leftoverOf({
  source: { request, reply },
  count,
  reason,
  foreseen,
}: Pick<Lost, 'source' | 'count' | 'reason' | 'foreseen'>): Leftover {
  const many = count === undefined ? 'what' : count === 1 ? 'something that' : `${count} things that`
  const made = count === undefined ? 'may have created' : 'created'
  const said = reply.text === '' ? '' : `; it said ${excerpt(reply.text)}`
  return { what: `${many} ${request.method} ${request.path} ${made}`, reason: `${reason}${said}`, foreseen }
}
