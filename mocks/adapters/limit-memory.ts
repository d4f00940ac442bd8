import { escapeControl } from '../api/escape-control.ts'
import { type Mock, SESSION_HEADER } from '../api/mock.ts'
import { CONTROL_PATH } from '../control/control.ts'
import type { NamedSnapshots } from '../control/name-snapshots.ts'
import type { Answer, Call } from '../engine/vocabulary.ts'
import { sizeOfSession, sizeOfTenant } from './measure-session.ts'

/** What is kept of an accepted request takes so many times its length: its text in the journal, its records, the reply. */
const COPIES = 3
/** What any call leaves, in bytes: an entry of the journal. */
const LEAST = 500
/** Of what the heap may have, the part that sessions may fill: the rest is for requests that are being answered. */
const SHARE = 0.5
/** Of what sessions may keep, the part that snapshots by name may have. */
const SNAPSHOTS_SHARE = 0.25
/** How many sessions the pages of one other origin, and of all of them, may name. */
const MOST_OF_ORIGIN = 100
const MOST_OF_ORIGINS = 200
/** How many callers' counts against the vendors' limits a session keeps; the oldest go. */
const MOST_COUNTS = 10_000

/** What the sessions of a server take, about, and what they may take, in bytes. */
export interface MemoryUse {
  readonly used: number
  readonly limit: number
}

/** Half of what the heap may have, in bytes. */
export const defaultMemory = (): number =>
  Math.floor(process.getBuiltinModule('node:v8').getHeapStatistics().heap_size_limit * SHARE)

/**
 * One budget over what the sessions of a mock keep: their records, journals, orders, snapshots. What calls bring along is added up;
 * past the limit what is there is measured, and the least recently used goes, with a warning: sessions that have a name,
 * and of the default one, which stays, tenants. What pages of other origins name is bounded apart: they cannot make the
 * sessions of others go.
 */
export class SessionBudget {
  readonly #mock: Mock
  readonly #snapshots: NamedSnapshots
  readonly #limit: number
  readonly #warn: (message: string) => void
  /** The tenants that were called, `[session, api, tenant]` as JSON; the least recently used first. */
  readonly #tenants = new Set<string>()
  /** By session that a page named, the origin of the page; the oldest first. */
  readonly #foreign = new Map<string, string>()
  /** As it was measured, and what came since. */
  #used = 0
  #next: number
  #visited: unknown
  /** What of it snapshots take. */
  #kept = 0

  constructor(mock: Mock, snapshots: NamedSnapshots, limit: number, warn: (message: string) => void) {
    this.#mock = mock
    this.#snapshots = snapshots
    snapshots.limit = limit * SNAPSHOTS_SHARE
    this.#limit = limit
    this.#warn = warn
    this.#next = limit
  }

  get use(): MemoryUse {
    return { used: this.#used, limit: this.#limit }
  }

  /** Before a call is answered: whether its session is new, and who names it. */
  admit({ headers = {} }: Call): void {
    const { origin, [SESSION_HEADER]: name } = headers
    if (origin === undefined || !name || isLoopbackOrigin(origin)) return
    if (this.#mock.named.has(name) && !this.#foreign.has(name)) return
    this.#foreign.delete(name)
    this.#foreign.set(name, origin)
    const own = [...this.#foreign].filter(([, by]) => by === origin)
    const [oldest] = own.length > MOST_OF_ORIGIN ? own : this.#foreign.size > MOST_OF_ORIGINS ? [...this.#foreign] : []
    if (oldest) this.#drop(oldest[0], `pages of ${oldest[1].slice(0, 100)} name too many sessions`)
  }

  /** After a call was answered. */
  note({ path, search = '', headers = {}, text = '', bytes }: Call, answer?: Answer): void {
    const name = headers[SESSION_HEADER] ?? ''
    // What an API refused is in the journal alone.
    const copies = answer && answer.reply.status >= 400 ? 1 : COPIES
    let size = copies * (text.length + (bytes?.length ?? 0))
    if (answer) {
      size += LEAST + path.length + search.length + this.#visit(name, answer)
      for (const header in headers) size += headers[header]?.length ?? 0
    } else if (path === `${CONTROL_PATH}/reset`) this.#next = Math.min(this.#next, this.#used)
    else if (path.startsWith(`${CONTROL_PATH}/snapshots/`)) {
      const kept = this.#snapshots.measure()
      size += kept - this.#kept
      this.#kept = kept
    }
    this.#used += size
    if (this.#used > this.#next) this.#settle()
  }

  /** @returns the size of a tenant that was not known: it may begin with many records */
  #visit(name: string, { api }: Answer): number {
    const { visited, counts, state } = this.#mock.session(name).open().session
    if (counts.size > MOST_COUNTS) counts.delete(counts.keys().next().value as string)
    const tenant = api && visited && visited !== this.#visited && state.tenants.get(api)?.get(visited.tenant)
    if (!tenant) return 0
    this.#visited = visited
    const key = JSON.stringify([name, api, visited.tenant])
    const isKnown = this.#tenants.delete(key)
    this.#tenants.add(key)
    return isKnown ? 0 : sizeOfTenant(tenant)
  }

  #settle(): void {
    const names = [...this.#mock.named.keys()]
    const sizes = names.map((name) => sizeOfSession(this.#mock.session(name)))
    const own = sizeOfSession(this.#mock.session(''))
    const named = sizes.reduce((sum, size) => sum + size, 0)
    this.#kept = this.#snapshots.measure()
    this.#used = own + named + this.#kept
    this.#dropSnapshots()
    // The default session takes no more than half from the others.
    let excess = Math.min(own, this.#limit / 2) + named + this.#kept - this.#limit
    // The last one is at work.
    for (const [at, oldest] of names.slice(0, -1).entries()) {
      if (excess <= 0) break
      this.#drop(oldest, this.#reason)
      excess -= sizes[at] ?? 0
      this.#used -= sizes[at] ?? 0
    }
    this.#dropTenants()
    this.#next = Math.max(this.#limit, this.#used + this.#limit / 10)
  }

  /** Of the default session, where what they were kept of is there no more, so that they alone take more than their part. */
  #dropSnapshots(): void {
    while (this.#used > this.#limit && this.#kept > this.#limit * SNAPSHOTS_SHARE) {
      const oldest = this.#snapshots.forgetOldest()
      if (oldest === undefined) return
      this.#used -= this.#kept
      this.#kept = this.#snapshots.measure()
      this.#used += this.#kept
      this.#tell(`${this.#reason}; dropped the snapshot ${quote(oldest)}`)
    }
  }

  /** Of the default session, but the one at work. */
  #dropTenants(): void {
    const { state } = this.#mock.session('').open().session
    for (const key of [...this.#tenants].slice(0, -1)) {
      const [session, api, name] = JSON.parse(key) as [string, string, string]
      const tenant = session === '' && state.tenants.get(api)?.get(name)
      if (!tenant && (session === '' || !this.#mock.named.has(session))) this.#tenants.delete(key)
      if (!tenant || this.#used <= this.#limit) continue
      this.#used -= sizeOfTenant(tenant)
      this.#tenants.delete(key)
      state.forget(api, name)
      this.#tell(`${this.#reason}; dropped the tenant ${quote(name)} of ${api}`)
    }
  }

  get #reason(): string {
    return `sessions take more than ${Math.round(this.#limit / 2 ** 20)} MB`
  }

  #drop(name: string, reason: string): void {
    this.#mock.reset(name)
    this.#snapshots.forget(name)
    this.#foreign.delete(name)
    this.#tell(`${reason}; dropped ${quote(name)}`)
  }

  #tell(what: string): void {
    this.#warn(escapeControl(`rollcall: ${what}, the least recently used`))
  }
}

const quote = (name: string): string => JSON.stringify(name.slice(0, 100))

/** A page that this machine serves is its developer's own. */
const isLoopbackOrigin = (origin: string): boolean =>
  /^https?:\/\/(?:localhost|(?:[\w-]+\.)+localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i.test(origin)
