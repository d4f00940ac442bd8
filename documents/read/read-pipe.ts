import { constants, createReadStream, openSync, type Stats } from 'node:fs'
import { DocumentError } from './document-error.ts'
import type { FetchLimits } from './fetch-text.ts'

/** How long is waited for the first byte of a pipe with a name, in milliseconds. */
const FIRST = 3000

/**
 * Reads what is no plain file, such as the pipe of `rollcall check <(…)`, as far as its limits go: it may never end.
 * @throws DocumentError in a few words where it is more, or takes longer
 */
export async function readPipe(path: string, status: Stats, { bytes: most, time }: FetchLimits): Promise<Uint8Array> {
  // A pipe of the shell has somebody who writes to it; for one with a name, somebody would have to come.
  const first = /^\/(?:dev|proc)\//.test(path) ? time : Math.min(FIRST, time)
  const source = status.isFIFO() ? await openPipe(path) : createReadStream(path)
  const end = (reason: string) => source.destroy(new DocumentError(reason))
  const waiting = setTimeout(end, first, `nobody wrote to it for ${first / 1000} s`)
  const timer = setTimeout(end, time, `it took longer than ${time / 1000} s`)
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of source as AsyncIterable<Uint8Array>) {
      clearTimeout(waiting)
      size += chunk.length
      if (size > most) throw new DocumentError(`it is larger than ${most} bytes`)
      chunks.push(chunk)
    }
  } finally {
    clearTimeout(timer)
    clearTimeout(waiting)
    source.destroy()
  }
  return Buffer.concat(chunks)
}

/** Without waiting for somebody who writes: no time limit would end that, nor the process. */
async function openPipe(path: string) {
  const { Socket } = await import('node:net')
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  return new Socket({ fd, readable: true, writable: false })
}
