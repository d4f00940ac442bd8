import type { IncomingMessage } from 'node:http'
import type { Readable, Transform } from 'node:stream'
import zlib, { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { CollectedBytes, sizeOf } from './collect-bytes.ts'
import { excerpt } from './cut-text.ts'
import { SendError } from './send-error.ts'

const DECODERS = new Map<string, () => Transform>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
  // Node 22.15 and later.
  ...('createZstdDecompress' in zlib ? [['zstd', zlib.createZstdDecompress] as const] : []),
])

/** What was read: a text, or why there is none. */
type BodyListener = (failure: SendError | undefined, body: ReturnType<CollectedBytes['read']>) => void

/**
 * Reads and decodes a reply's body, and tells it once.
 * @param method that it answers
 * @param maxBytes after decoding: no more is decoded than this
 * @returns ends it without a word
 */
export function readBody(response: IncomingMessage, method: string, maxBytes: number, tell: BodyListener): () => void {
  const { 'content-length': announced, 'content-encoding': encoding = 'identity' } = response.headers
  const isEmpty = response.statusCode === 204 || response.statusCode === 304 || announced === '0'
  // What HEAD is answered with tells of a body that does not come (RFC 9110, section 9.3.2).
  const hasBody = !isEmpty && method !== 'HEAD'
  const coding = encoding.trim().toLowerCase()
  const decoder = hasBody ? DECODERS.get(coding)?.() : undefined
  const source: Readable = decoder ? response.pipe(decoder) : response
  let isOver = false
  const stop = () => {
    isOver = true
    // What has arrived of a bomb would be decoded to its end.
    decoder?.destroy()
  }
  const end = (failure?: SendError) => {
    if (isOver) return
    stop()
    tell(failure, failure ? { text: '' } : bytes.read())
  }
  const bytes = new CollectedBytes(maxBytes)
  const tooLarge = () => end(new SendError('too-large', `the reply is larger than ${sizeOf(maxBytes)}`))
  const broken = () => end(brokenOff())
  // Each of them may come after the end, and an error that nobody listens to ends the process.
  decoder?.on('error', () => end(new SendError('malformed', `the reply's body is not valid ${coding}`)))
  response.on('error', broken)
  response.on('aborted', broken)
  source.on('data', (chunk: Uint8Array) => {
    if (!isOver && !bytes.add(chunk)) tooLarge()
  })
  source.on('end', () => end())
  if (hasBody && Number(announced) > maxBytes) tooLarge()
  if (hasBody && !decoder && coding !== 'identity' && coding !== '')
    end(new SendError('malformed', `the reply's content-encoding is ${excerpt(coding, 50)}, which nobody asked for`))
  return stop
}

/** The failure of a connection that ended before its reply did. */
export const brokenOff = (): SendError => new SendError('reset', 'the connection ended in the middle of the reply')
