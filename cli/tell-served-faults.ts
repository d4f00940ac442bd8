import type { Assembled } from './assemble-mock.ts'
import { describeFaults } from './describe-faults.ts'
import { isToldAtStart } from './is-told-at-start.ts'
import { type Outlets, tellFurther } from './tell-further.ts'

/** Tells what is wrong in the documents that are served; of documents that are read again, what it has not told before. */
export class FaultTeller {
  readonly #outlets: Outlets
  /** By document, what was told of it as it is now, and as it was before. */
  readonly #told = new Map<string, Set<string>>()
  #before = new Map<string, Set<string>>()
  /** By document, what it was read from, and what ends looking through it. */
  readonly #looking = new Map<string, { readonly files: ReadonlySet<string>; readonly end: () => void }>()

  constructor(outlets: Outlets) {
    this.#outlets = outlets
  }

  /** What is known at once. */
  tellAtStart({ apis, names, parts }: Assembled): void {
    for (const [index, api] of apis.entries()) {
      const name = names[index] as string
      if (!parts[index]?.isFresh) continue
      this.#before.set(name, this.#told.get(name) ?? new Set())
      this.#told.set(name, new Set())
      if (!isToldAtStart(api)) continue
      const { diagnostics = [], findPlace = () => undefined } = api
      for (const line of describeFaults(name, diagnostics, findPlace)) this.#tellOnce(name, line, 'warn')
    }
  }

  /** What takes longer to find, after a while. */
  tellFurther({ apis, names, parts }: Assembled): void {
    for (const [index, api] of apis.entries()) {
      const name = names[index] as string
      const part = parts[index]
      if (!part?.isFresh) continue
      this.#looking.get(name)?.end()
      const outlets: Outlets = {
        warn: (line) => this.#tellOnce(name, line, 'warn'),
        tell: (line) => this.#tellOnce(name, line, 'tell'),
      }
      this.#looking.set(name, { files: part.files, end: tellFurther(name, api, outlets) })
    }
  }

  /** No more is looked for in the documents that were read from these files, or in any. */
  stop(changed?: readonly string[]): void {
    for (const { files, end } of this.#looking.values()) {
      if (changed === undefined || changed.some((path) => files.has(path))) end()
    }
  }

  #tellOnce(name: string, line: string, how: keyof Outlets): void {
    this.#told.get(name)?.add(line)
    if (!this.#before.get(name)?.has(line)) this.#outlets[how](line)
  }
}
