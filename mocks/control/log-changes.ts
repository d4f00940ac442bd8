import type { Mock } from '../api/mock.ts'
import type { Change, Commit, StateChange } from '../state/commit.ts'

/** What one call changed in the state. */
export interface CallChanges {
  readonly changes: readonly (Change & { readonly api: string; readonly tenant: string })[]
  /** How many more there were than are told. */
  readonly more: number
}

/** Something that happened to a session beside its calls: its state was put back, reset or edited, a failure was ordered. */
export interface Note {
  /** Counts the notes of a session. */
  readonly number: number
  /** The id of the last call before it. */
  readonly after: number
  /** `reset`: its journal is empty too. */
  readonly what: 'state' | 'reset' | 'records' | 'failures' | 'snapshots'
}

/** Of a batch, as many as a person looks at. */
const MOST_TOLD = 50
/** So many notes of a session are kept, and the changes of so many calls. */
const MOST_KEPT = 1000

/**
 * So many commits within so many milliseconds come faster than a person reads: then no more than these are kept, as records
 * that live for long are what costs the garbage collector most.
 */
const BURST = { commits: 64, within: 200 }

/**
 * The last commits of a session, in a list of fixed length that is written in the round. Lists that are let go while they hold
 * what is young would have the garbage collector keep all of it until it looks through what is old: that took up to a third of
 * what the engine takes for a call.
 */
class LastCommits {
  /** Each with the id of the last call before the one that made it. */
  readonly #ids: number[] = []
  readonly #commits: (StateChange | undefined)[] = []
  /** How many came so far, and how many of these are not kept any more. */
  #count = 0
  #gone = 0
  /** The newest id whose commits are not kept any more. */
  forgotten = -1
  /** Commits since a time in milliseconds, and whether the last ones came in a burst. */
  #fresh = 0
  #since = performance.now()
  #isBurst = false

  add(id: number, commit: StateChange): void {
    if (this.#count - this.#gone === MOST_KEPT) this.#forgetOldest()
    const at = this.#count++ % MOST_KEPT
    this.#ids[at] = id
    this.#commits[at] = commit
    if (++this.#fresh === BURST.commits) {
      const now = performance.now()
      this.#isBurst = now - this.#since < BURST.within
      this.#since = now
      this.#fresh = 0
    }
    if (this.#isBurst) while (this.#count - this.#gone > BURST.commits) this.#forgetOldest()
  }

  /** Those of the call after the one with this id. */
  after(id: number): StateChange[] {
    const found: StateChange[] = []
    for (let at = this.#gone; at < this.#count; at++) {
      const commit = this.#commits[at % MOST_KEPT]
      if (commit && this.#ids[at % MOST_KEPT] === id) found.push(commit)
    }
    return found
  }

  clear(): void {
    this.#commits.fill(undefined)
    this.#gone = this.#count
  }

  #forgetOldest(): void {
    const at = this.#gone++ % MOST_KEPT
    this.#commits[at] = undefined
    this.forgotten = this.#ids[at] as number
  }
}

interface Log {
  version: number
  number: number
  /** The id of the newest note that is not kept any more. */
  dropped: number
  notes: Note[]
  readonly commits: LastCommits
}

const begin = (): Log => ({ version: 0, number: 0, dropped: 0, notes: [], commits: new LastCommits() })

/**
 * What happens to the states of a mock, for who looks at it. It listens from when it is first asked: before, no call pays
 * for it.
 */
export class ChangeLog {
  readonly #mock: Mock
  readonly #logs = new Map<string, Log>()
  #isListening = false
  /** The id of the newest call before it listened. */
  #begun = 0
  #isEditing = false

  constructor(mock: Mock) {
    this.#mock = mock
  }

  /** From here on changes are told. */
  listen(): void {
    if (this.#isListening) return
    this.#isListening = true
    this.#begun = Math.max(...['', ...this.#mock.named.keys()].map((session) => this.#lastCallOf(session)))
    this.#mock.subscribe((change) => {
      const { session } = change
      const log = this.#logOf(session)
      log.version++
      // To read a commit makes it: that can wait until somebody opens the call.
      if (!('commit' in change)) {
        // After a reset nothing is left of the calls.
        const isReset = this.#lastCallOf(session) === 0
        if (isReset) log.commits.clear()
        this.note(session, isReset ? 'reset' : 'state')
      } else if (this.#isEditing) this.note(session, 'records')
      else {
        // As they come: a call that nobody opens pays for no more.
        log.commits.add(this.#lastCallOf(session), change)
      }
    })
  }

  /** Does something to the state that no call has done. */
  edit<T>(step: () => T): T {
    this.listen()
    this.#isEditing = true
    try {
      return step()
    } finally {
      this.#isEditing = false
    }
  }

  note(session: string, what: Note['what']): void {
    const log = this.#logOf(session)
    log.notes.push({ number: ++log.number, after: this.#lastCallOf(session), what })
    if (log.notes.length > MOST_KEPT) log.dropped = (log.notes.shift() as Note).number
  }

  /** Counts the changes of a session's state. */
  versionOf(session: string): number {
    this.listen()
    return this.#logOf(session).version
  }

  /** The notes after one of them, and whether some of these are lost. */
  notesSince(session: string, number: number): { readonly notes: readonly Note[]; readonly isCut: boolean } {
    const { notes, dropped } = this.#logOf(session)
    return { notes: notes.filter((note) => note.number > number), isCut: dropped > number }
  }

  lastNote(session: string): number {
    return this.#logOf(session).number
  }

  /**
   * What a call changed.
   * @param before the id of the session's call before it
   * @returns undefined where that is not known: nobody listened yet, or it is not kept any more
   */
  changesOf(session: string, id: number, before: number): CallChanges | undefined {
    const log = this.#logOf(session)
    if (!this.#isListening || id <= this.#begun || before <= log.commits.forgotten) return undefined
    const commits = log.commits.after(before).map(({ commit }) => commit as Commit)
    const changes = commits.flatMap(({ api, tenant, changes }) => changes.map((change) => ({ ...change, api, tenant })))
    return { changes: changes.slice(0, MOST_TOLD), more: Math.max(0, changes.length - MOST_TOLD) }
  }

  #lastCallOf(session: string): number {
    // To look at a session that was reset would make it anew.
    if (session !== '' && !this.#mock.named.has(session)) return 0
    return this.#mock.session(session).open().journal.lastId
  }

  #logOf(session: string): Log {
    let log = this.#logs.get(session)
    if (!log) {
      // As many sessions as the mock keeps; what is forgotten here is only what was told.
      if (this.#logs.size > MOST_KEPT) this.#logs.delete(this.#logs.keys().next().value as string)
      this.#logs.set(session, (log = begin()))
    }
    return log
  }
}
