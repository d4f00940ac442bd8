import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { setImmediate as nextTurn } from 'node:timers/promises'

/** So much is written before others have their turn. In UTF-16 units. */
const SHORT = 2 ** 18
/** So much is made however long it takes. */
const LEAST = 2 ** 14
/** How long pieces are made before others have their turn, in milliseconds. */
const SLICE = 20

/**
 * Sends a body that is made while it is sent: in slices, between which other requests are answered, and no faster than its
 * reader takes it, so that it is never held as a whole. A reader that goes away ends it.
 * @param short one that is no longer is sent as a whole, and says how long it is. In UTF-16 units. Default: what is made at once
 */
export async function sendPieces(
  response: ServerResponse,
  status: number,
  headers: OutgoingHttpHeaders,
  pieces: Iterable<string>,
  short = 0,
): Promise<void> {
  const left = pieces[Symbol.iterator]()
  let slice = gather(left)
  while (!slice.isLast && slice.text.length <= short && !response.destroyed) {
    await nextTurn()
    const { text, isLast } = gather(left)
    slice = { text: slice.text + text, isLast }
  }
  if (slice.isLast) {
    response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(slice.text) }).end(slice.text)
    return
  }
  response.writeHead(status, headers)
  while (!response.destroyed) {
    const isTaken = response.write(slice.text)
    if (slice.isLast) break
    await giveWay(response, isTaken)
    slice = gather(left)
  }
  response.end()
}

/** Sends the body of a reply whose head was written, no faster than its reader takes it. */
export async function sendSlices(response: ServerResponse, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length && !response.destroyed; at += SHORT) {
    const isTaken = response.write(bytes.subarray(at, at + SHORT))
    await giveWay(response, isTaken)
  }
  response.end()
}

/** What is made until it is long enough, or has taken long enough. */
function gather(left: Iterator<string>): { text: string; isLast: boolean } {
  const until = performance.now() + SLICE
  const parts: string[] = []
  let length = 0
  for (;;) {
    const { value, done } = left.next()
    if (done) return { text: parts.join(''), isLast: true }
    parts.push(value)
    length += value.length
    const isEnough = length > SHORT || (length > LEAST && performance.now() > until)
    if (isEnough) return { text: parts.join(''), isLast: false }
  }
}

/** What is taken at once is drained before the turn ends: to wait for that alone would hold up all others. */
async function giveWay(response: ServerResponse, isTaken: boolean): Promise<void> {
  if (!isTaken) await drained(response)
  await nextTurn()
}

const drained = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done)
      resolve()
    }
    response.on('drain', done).on('close', done)
  })
