import type { ServerResponse } from 'node:http'
import { LONGEST_WAIT } from '../engine/force-failure.ts'

/** The requests of a server that get no reply, because that was ordered. */
export class WithheldReplies {
  readonly #waiting = new Set<ServerResponse>()
  #isEnded = false

  /** Ends the connection, as one that breaks. */
  drop(response: ServerResponse): void {
    response.req.socket.destroySoon()
  }

  /** Lets the caller wait: until it goes, the server ends, or for `LONGEST_WAIT`. */
  hold(response: ServerResponse): void {
    if (this.#isEnded) {
      this.drop(response)
      return
    }
    const timer = setTimeout(() => this.drop(response), LONGEST_WAIT).unref()
    this.#waiting.add(response)
    response.once('close', () => {
      clearTimeout(timer)
      this.#waiting.delete(response)
    })
  }

  /** Ends those that wait; what comes later ends at once. */
  end(): void {
    this.#isEnded = true
    for (const response of this.#waiting) this.drop(response)
  }
}
