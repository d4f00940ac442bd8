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
  readonly #endings = new Map<string, () => void>()

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
      if (!parts[index]?.isFresh) continue
      this.#endings.get(name)?.()
      const outlets: Outlets = {
        warn: (line) => this.#tellOnce(name, line, 'warn'),
        tell: (line) => this.#tellOnce(name, line, 'tell'),
      }
      this.#endings.set(name, tellFurther(name, api, outlets))
    }
  }

  stop(): void {
    for (const end of this.#endings.values()) end()
  }

  #tellOnce(name: string, line: string, how: keyof Outlets): void {
    this.#told.get(name)?.add(line)
    if (!this.#before.get(name)?.has(line)) this.#outlets[how](line)
  }
}
