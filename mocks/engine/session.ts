import type { Order } from './force-failure.ts'
import type { Count } from './limit-rate.ts'
import type { State } from './vocabulary.ts'
import type { SeededWorld } from './world.ts'

/** Whose state a call was about, and the world of its ids. */
export interface Visited {
  readonly route: object
  readonly credential: string
  readonly tenant: string
  readonly world: SeededWorld
}

/** What one caller's session holds: its state, its counts, and what was ordered for it. */
export class Session<S extends State = State> {
  readonly state: S
  readonly counts = new Map<string, Count>()
  /** By the last call that got so far. */
  visited?: Visited
  #programmed: Order[] = []

  constructor(state: S) {
    this.state = state
  }

  program(order: Order): void {
    this.#programmed.push({ ...order })
  }

  /** The oldest order for this operation. It stands until it is taken. */
  nextProgrammed(api: string, operationId: string): Order | undefined {
    if (this.#programmed.length === 0) return undefined
    return this.#programmed.find((order) => order.api === api && order.operationId === operationId)
  }

  /** One time less is left of the oldest order for this operation. */
  takeProgrammed(api: string, operationId: string): Order | undefined {
    const order = this.nextProgrammed(api, operationId)
    if (!order) return undefined
    const index = this.#programmed.indexOf(order)
    const times = (order.times ?? 1) - 1
    if (times > 0) this.#programmed[index] = { ...order, times }
    else this.#programmed.splice(index, 1)
    return order
  }

  /** Those that stand, oldest first. */
  get programmed(): readonly Order[] {
    return this.#programmed
  }

  clearProgrammed(): void {
    this.#programmed = []
  }
}
