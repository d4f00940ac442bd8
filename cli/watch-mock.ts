import { join } from 'node:path'
import type { Mock } from '../mocks/api/mock.ts'
import { createReplaceable, type Replaceable } from '../mocks/control/replace-mock.ts'
import type { Answer } from '../mocks/engine/vocabulary.ts'
import type { Assembled, Loading } from './assemble-mock.ts'
import { describeReload } from './describe-reload.ts'
import { named } from './load-module.ts'
import { CONFIG_NAMES } from './read-config.ts'
import { FileWatcher } from './watch-files.ts'

/** Who is told of what happens. */
interface Listener {
  /** A line for each reload. */
  say(line: string): void
  /** What is wrong with an edit. */
  tell(line: string): void
  /** Files have changed, and are going to be read: their absolute paths. */
  onChange(changed: readonly string[]): void
  onReload(next: Assembled): void
}

/** Serves a mock anew whenever a file is edited that it was made from. An edit that cannot be read changes nothing. */
export class MockWatcher {
  readonly #assemble: (loading: Loading) => Promise<Assembled>
  readonly #files: FileWatcher
  /** What has changed since reading last began, and what could not be read then. */
  #changed = new Set<string>()
  #held: Replaceable | undefined
  #current: Assembled | undefined
  #listener: Listener | undefined
  #isReading = false

  constructor(assemble: (loading: Loading) => Promise<Assembled>) {
    this.#assemble = assemble
    this.#files = new FileWatcher((changed) => {
      for (const path of changed) this.#changed.add(path)
      this.#listener?.onChange(changed)
      void this.#reload()
    })
  }

  /** @throws as what assembles */
  async begin(): Promise<Assembled> {
    const first = await this.#read(this.#changed)
    this.#current = first
    this.#held = createReplaceable(first.mock, first.maxSessions, first.journal)
    return first
  }

  /** Answers as the last one that could be read. */
  get mock(): Mock {
    return (this.#held as Replaceable).mock
  }

  readonly delay = (answer: Answer): number => this.#current?.delay?.(answer) ?? 0

  start(listener: Listener): void {
    this.#listener = listener
    void this.#reload()
  }

  stop(): void {
    this.#listener = undefined
    this.#files.close()
  }

  async #read(changed: ReadonlySet<string>): Promise<Assembled> {
    const files = new Set<string>()
    const onRead = (path: string) => {
      files.add(path)
      this.#files.add(path)
    }
    const previous = this.#current
    const next = await this.#assemble({ ...(previous && { previous }), changed, onRead })
    // One that is made later is as good as one that is changed.
    if (next.found.file === undefined) for (const name of CONFIG_NAMES) onRead(join(process.cwd(), name))
    this.#files.keep([...files, ...next.parts.flatMap((part) => [...part.files])])
    return next
  }

  async #reload(): Promise<void> {
    if (this.#isReading || !this.#listener) return
    this.#isReading = true
    while (this.#changed.size > 0 && this.#listener) {
      const changed = this.#changed
      // A file that is written while it is read changes once more.
      this.#changed = new Set()
      try {
        this.#take(await this.#read(changed), [...changed])
      } catch (error) {
        const isChangedSince = this.#changed.size > 0
        this.#changed = new Set([...changed, ...this.#changed])
        if (isChangedSince) continue
        this.#listener?.tell(`${(error as Error).message}; what was read before goes on answering`)
        // What cannot be read is tried again with the next change.
        break
      }
    }
    this.#isReading = false
  }

  #take(next: Assembled, changed: readonly string[]): void {
    const begun = { before: this.#current?.failures ?? [], now: next.failures }
    const lost = (this.#held as Replaceable).replace(next.mock, begun)
    this.#current = next
    this.#listener?.say(describeReload(changed.map(named), next, lost))
    this.#listener?.onReload(next)
  }
}
