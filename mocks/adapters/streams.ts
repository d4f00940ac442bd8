import type { ServerResponse } from 'node:http'
import type { Reply } from '../engine/vocabulary.ts'

/** Bytes that may wait for a reader before it counts as slow. */
const MOST_WAITING = 2 ** 20

/** The replies of a server that go on until somebody ends them. */
export class Streams {
  readonly #ends = new Set<() => void>()
  #isEnded = false

  /** @param begin writes the body, and gives what ends that; `write` says whether the reader keeps up */
  open(
    response: ServerResponse,
    { status, headers }: Reply,
    begin: (write: (text: string) => boolean) => () => void,
  ): void {
    response.writeHead(status, headers)
    response.flushHeaders()
    if (this.#isEnded || response.req.method === 'HEAD') {
      response.end()
      return
    }
    const stop = begin((text) => {
      if (text !== '' && !response.destroyed) response.write(text)
      return response.writableLength < MOST_WAITING
    })
    const end = () => {
      stop()
      this.#ends.delete(end)
      response.end()
    }
    this.#ends.add(end)
    response.once('close', end)
  }

  /** Ends those that are open; what comes later ends at once. */
  end(): void {
    this.#isEnded = true
    for (const end of this.#ends) end()
  }
}
