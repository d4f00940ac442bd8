import { type FSWatcher, statSync, watch } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'

/** An editor writes a file in several steps, or another beside it that takes its name: so long nothing more may happen. */
const QUIET = 15
/** What is long is being written for a while without a word: it is whole when two looks so far apart see the same. */
const AGAIN = 10
/** A file that has just been emptied is about to be written. */
const PATIENCE = 200

/** Tells of files that are changed, replaced, made or removed, each time when that has come to rest. */
export class FileWatcher {
  readonly #onChange: (changed: readonly string[]) => void
  /** By absolute path: what was there when it was last looked at. */
  #files = new Map<string, string>()
  /** By folder: who replaces a file changes the folder, and not what was opened. */
  readonly #folders = new Map<string, FSWatcher>()
  #timer: NodeJS.Timeout | undefined
  /** What was seen in the last look, of files that had changed. */
  #seen = ''
  #emptySince: number | undefined

  /** @param onChange is told the absolute paths of those that changed */
  constructor(onChange: (changed: readonly string[]) => void) {
    this.#onChange = onChange
  }

  /** Watches a file too, from the state on that it is in now; the folder that it is in must be there. */
  add(file: string): void {
    const path = resolve(file)
    this.#files.set(path, stateOf(path))
    this.#open(dirname(path))
  }

  /** Watches these alone; of those that are watched already, what has happened since is not forgotten. */
  keep(files: Iterable<string>): void {
    const wanted = new Set([...files].map((file) => resolve(file)))
    for (const path of this.#files.keys()) if (!wanted.has(path)) this.#files.delete(path)
    const folders = new Set([...this.#files.keys()].map((path) => dirname(path)))
    for (const [folder, watcher] of this.#folders) {
      if (folders.has(folder)) continue
      watcher.close()
      this.#folders.delete(folder)
    }
  }

  close(): void {
    clearTimeout(this.#timer)
    for (const watcher of this.#folders.values()) watcher.close()
    this.#folders.clear()
    this.#files.clear()
  }

  #open(folder: string): void {
    if (this.#folders.has(folder)) return
    try {
      const watcher = watch(folder, { persistent: false }, (_, name) => this.#wake(folder, name))
      // A folder that is removed is watched no more; that its files are gone was told.
      watcher.on('error', () => undefined)
      this.#folders.set(folder, watcher)
    } catch {
      // There is no such folder, so that nothing in it can change.
    }
  }

  #wake(folder: string, name: string | null): void {
    const isOurs =
      name === null || [...this.#files.keys()].some((path) => dirname(path) === folder && basename(path) === name)
    if (!isOurs) return
    clearTimeout(this.#timer)
    this.#lookIn(QUIET)
  }

  #lookIn(milliseconds: number): void {
    this.#timer = setTimeout(() => this.#look(), milliseconds).unref()
  }

  #look(): void {
    const states = [...this.#files.keys()].map((path) => [path, stateOf(path)] as const)
    const changed = states.filter(([path, state]) => state !== this.#files.get(path))
    if (changed.length === 0) return
    const seen = JSON.stringify(changed)
    const isAtRest = seen === this.#seen
    this.#seen = seen
    if (!isAtRest) {
      this.#lookIn(AGAIN)
      return
    }
    if (changed.some(([, state]) => state === EMPTY || state === GONE)) {
      this.#emptySince ??= performance.now()
      if (performance.now() - this.#emptySince < PATIENCE) {
        this.#lookIn(QUIET)
        return
      }
    }
    this.#emptySince = undefined
    for (const [path, state] of changed) this.#files.set(path, state)
    this.#onChange(changed.map(([path]) => path))
  }
}

const EMPTY = 'empty'
const GONE = 'gone'

/** Tells two states of a file apart. */
function stateOf(path: string): string {
  try {
    const { size, mtimeNs, ino } = statSync(path, { bigint: true })
    return size === 0n ? EMPTY : `${size} ${mtimeNs} ${ino}`
  } catch {
    return GONE
  }
}
