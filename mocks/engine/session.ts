import type { ProgrammedFailure } from './force-failure.ts'
import { Journal } from './journal.ts'
import type { Count } from './limit-rate.ts'
import { Store } from './store.ts'

/** Everything that one caller's session holds: its state, what it did, and what was ordered for it. */
export class Session {
  readonly store = new Store()
  readonly journal = new Journal()
  readonly counts = new Map<string, Count>()
  #programmed: ProgrammedFailure[] = []

  program(order: ProgrammedFailure): void {
    this.#programmed.push({ ...order })
  }

  /** The oldest order for this operation. It stands until it is taken. */
  nextProgrammed(api: string, operationId: string): ProgrammedFailure | undefined {
    if (this.#programmed.length === 0) return undefined
    return this.#programmed.find((order) => order.api === api && order.operationId === operationId)
  }

  /** One time less is left of the oldest order for this operation. */
  takeProgrammed(api: string, operationId: string): ProgrammedFailure | undefined {
    const order = this.nextProgrammed(api, operationId)
    if (!order) return undefined
    const index = this.#programmed.indexOf(order)
    const times = (order.times ?? 1) - 1
    if (times > 0) this.#programmed[index] = { ...order, times }
    else this.#programmed.splice(index, 1)
    return order
  }

  clearProgrammed(): void {
    this.#programmed = []
  }
}
