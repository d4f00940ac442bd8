import { escapeControl } from '../api/escape-control.ts'
import { type Mock, SESSION_HEADER } from '../api/mock.ts'
import { CONTROL_PATH } from '../control/control.ts'
import type { Answer, Call } from '../engine/vocabulary.ts'

/** What is kept of a request takes so many times its length: its text in the journal, its records, and what was replied. */
const COPIES = 3
/** Of a request without a body, in bytes. */
const LEAST = 500
/** Of what the heap may have, the part that sessions may fill: the rest is for requests that are being answered. */
const SHARE = 0.5
/** How many sessions the pages of one other origin, and of all of them, may name. */
const MOST_OF_ORIGIN = 100
const MOST_OF_ORIGINS = 200

/** What the sessions of a server take, about, and what they may take, in bytes. */
export interface MemoryUse {
  readonly used: number
  readonly limit: number
}

/** Half of what the heap may have, in bytes. */
export const defaultMemory = (): number =>
  Math.floor(process.getBuiltinModule('node:v8').getHeapStatistics().heap_size_limit * SHARE)

/**
 * One budget over what the sessions of a mock keep: their records, journals, orders. The least recently used that has a name
 * goes first, with a warning. What pages of other origins name is bounded apart: they cannot make the sessions of others go.
 */
export class SessionBudget {
  readonly #mock: Mock
  readonly #limit: number
  readonly #warn: (message: string) => void
  /** By session, what came to stay. */
  readonly #kept = new Map<string, number>()
  /** By session that a page named, the origin of the page; the oldest first. */
  readonly #foreign = new Map<string, string>()
  #used = 0
  #next: number

  constructor(mock: Mock, limit: number, warn: (message: string) => void) {
    this.#mock = mock
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
  note({ method, path, headers, text = '', bytes }: Call, answer?: Answer): void {
    const name = headers?.[SESSION_HEADER] ?? ''
    if (path === `${CONTROL_PATH}/reset`) {
      this.#forget(name)
      return
    }
    if (method === 'GET' && text === '') return
    // A refused call leaves its text in the journal alone.
    const copies = answer && answer.reply.status >= 400 ? 1 : COPIES
    const size = copies * (text.length + (bytes?.length ?? 0)) + LEAST
    this.#kept.set(name, (this.#kept.get(name) ?? 0) + size)
    this.#used += size
    if (this.#used > this.#next) this.#settle()
  }

  #settle(): void {
    for (const name of [...this.#kept.keys()]) if (name !== '' && !this.#mock.named.has(name)) this.#kept.delete(name)
    // What is removed again is not known: the default session, which stays, takes no more than half from the others.
    const own = Math.min(this.#kept.get('') ?? 0, this.#limit / 2)
    this.#kept.set('', own)
    this.#used = [...this.#kept.values()].reduce((sum, size) => sum + size, 0)
    const all = [...this.#mock.named.keys()]
    // The last one is at work.
    for (const oldest of all.slice(0, -1)) {
      if (this.#used <= this.#limit) break
      this.#drop(oldest, `sessions take more than ${Math.round(this.#limit / 2 ** 20)} MB`)
    }
    this.#next = Math.max(this.#limit, this.#used + this.#limit / 10)
  }

  #drop(name: string, reason: string): void {
    this.#mock.reset(name)
    this.#forget(name)
    this.#warn(
      escapeControl(`rollcall: ${reason}; dropped ${JSON.stringify(name.slice(0, 100))}, the least recently used`),
    )
  }

  #forget(name: string): void {
    this.#used -= this.#kept.get(name) ?? 0
    this.#kept.delete(name)
    this.#foreign.delete(name)
  }
}

/** A page that this machine serves is its developer's own. */
const isLoopbackOrigin = (origin: string): boolean =>
  /^https?:\/\/(?:localhost|(?:[\w-]+\.)+localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i.test(origin)
