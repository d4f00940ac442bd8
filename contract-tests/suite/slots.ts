/** How many may work at once, and how many of them do. */
export class Slots {
  #free: number

  constructor(count: number) {
    this.#free = count
  }

  /** Takes one, if one is free. */
  take(): boolean {
    if (this.#free === 0) return false
    this.#free--
    return true
  }

  /** Gives one back. */
  leave(): void {
    this.#free++
  }
}
