import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { sendPieces } from './send-pieces.ts'

const PIECE = 'x'.repeat(20_000)

/** What arrives of a body of so many pieces, each of which takes 30 ms to make. */
async function receive(count: number, short?: number) {
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  function* pieces() {
    for (let made = 0; made < count; made++) {
      now += 30
      yield PIECE
    }
  }
  let turns = 0
  const server = createServer((_, response) => {
    const count = () => {
      turns++
      if (!response.writableEnded) setImmediate(count)
    }
    setImmediate(count)
    void sendPieces(response, 200, {}, pieces(), short)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    const { length } = await response.text()
    return { length, said: response.headers.get('content-length'), turns }
  } finally {
    await new Promise((resolve) => server.close(resolve))
  }
}

describe('a body that is made while it is sent', () => {
  afterEach(() => void vi.restoreAllMocks())

  it('says how long it is where it is short, however slowly it is made, and others have their turns meanwhile', async () => {
    const { length, said, turns } = await receive(5, 100_000)
    expect([length, said]).toEqual([100_000, '100000'])
    expect(turns).toBeGreaterThanOrEqual(4)
  })

  it('does not where it is longer, or takes more than a turn and nobody said what is short', async () => {
    expect(await receive(7, 100_000)).toMatchObject({ length: 140_000, said: null })
    expect(await receive(2)).toMatchObject({ length: 40_000, said: null })
  })
})
