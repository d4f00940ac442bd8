import { isAscii, isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import type { Readable, Transform } from 'node:stream'
import { type Refusal, refuse } from '../engine/vocabulary.ts'
import { type CountValues, countValuesOf, tooMany } from './count-values.ts'
import { afterOthers, LONG } from './give-way.ts'

/** A body too large is still read up to so many times the limit: a client that is cut off while sending never sees the refusal. */
const DRAINED = 4

const tooLarge = (limit: number) =>
  refuse('body-too-large', `body is larger than ${limit} bytes`, { at: '/', rule: 'size' })

/** What a body may have. */
export interface BodyLimits {
  readonly bytes: number
  readonly values: number
}

/** Bytes: it is no text. */
type Done = (body: string | Uint8Array | Refusal) => void

/** Whether a request has a body: it says so (RFC 9112, section 6.3). */
export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'

/** A client that asks before it sends learns at once that its body is too large (RFC 9110, section 10.1.1). */
export const isAnnouncedTooLarge = ({ headers }: IncomingMessage, { bytes }: BodyLimits): boolean =>
  Number(headers['content-length']) > (headers.expect === undefined ? DRAINED * bytes : bytes)

/** Reads a body to its end, then calls back once with its text, or its bytes where it is none, or with why there is nothing. */
export function readBody(request: IncomingMessage, limits: BodyLimits, done: Done): void {
  if (isAnnouncedTooLarge(request, limits)) {
    done(tooLarge(limits.bytes))
    return
  }
  const counting = countValuesOf(request.headers['content-type'])
  const encoding = request.headers['content-encoding']?.toLowerCase() ?? 'identity'
  if (encoding === 'identity') {
    collect(request, limits, counting, done)
    return
  }
  const decoder = createDecoder(encoding)
  if (!decoder) {
    const message = `content-encoding must be one of ${DECODERS.join(', ')}`
    const refusal = refuse('unsupported-media-type', message, {
      at: 'header/content-encoding',
      rule: 'content-encoding',
    })
    drain(request, limits.bytes, () => done(refusal))
    return
  }
  // A bomb may turn out to be broken as well, after it was refused for its size.
  let isDone = false
  const doneOnce: Done = (text) => {
    if (isDone) return
    isDone = true
    done(text)
  }
  const broken = refuse('malformed-body', `body is not valid ${encoding}`, { at: '/', rule: 'content-encoding' })
  decoder.once('error', () => {
    if (!isDone) drain(request, limits.bytes, () => doneOnce(broken))
  })
  collect(request.pipe(decoder), limits, counting, doneOnce)
}

const DECODERS = ['gzip', 'x-gzip', 'deflate', 'br']

function createDecoder(encoding: string): Transform | undefined {
  if (!DECODERS.includes(encoding)) return undefined
  // Loaded when the first body comes that is compressed.
  const { createBrotliDecompress, createGunzip, createInflate } = process.getBuiltinModule('node:zlib')
  if (encoding === 'br') return createBrotliDecompress()
  return encoding === 'deflate' ? createInflate() : createGunzip()
}

function collect(source: Readable, { bytes, values }: BodyLimits, count: CountValues | undefined, done: Done): void {
  const chunks: Buffer[] = []
  let size = 0
  let excess: Refusal | undefined
  let isCounted = false
  const finish = () => {
    if (excess) done(excess)
    else if (size <= LONG) done(decode(join(chunks)))
    else {
      afterOthers(() => {
        const bytes = join(chunks)
        afterOthers(() => done(decode(bytes)))
      })
    }
  }
  source.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > DRAINED * bytes) {
      source.off('end', finish)
      source.pause()
      source.removeAllListeners('data')
      done(tooLarge(bytes))
    } else if (size > bytes) excess = tooLarge(bytes)
    else if (count && !excess && size > values) {
      // So few bytes as came before could not hold too many, and most bodies end there.
      const [counted = 0] = (isCounted ? [chunk] : [...chunks, chunk]).map(count).slice(-1)
      isCounted = true
      if (counted > values) excess = tooMany(values)
    }
    if (excess) chunks.length = 0
    else chunks.push(chunk)
  })
  source.once('end', finish)
}

/** Reads what nobody needs to its end, so that the client can send it all, or gives up where it is too much. */
function drain(request: IncomingMessage, limit: number, done: () => void): void {
  if (request.readableEnded) {
    done()
    return
  }
  let size = 0
  const take = (chunk: Buffer) => {
    size += chunk.length
    if (size <= DRAINED * limit) return
    request.off('data', take).off('end', done).pause()
    done()
  }
  request.on('data', take).once('end', done).resume()
}

const join = (chunks: readonly Buffer[]): Buffer =>
  chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)

function decode(bytes: Buffer): string | Uint8Array {
  // Copied, not decoded: most bodies are plain ASCII.
  if (isAscii(bytes)) return bytes.toString('latin1')
  if (!isUtf8(bytes)) return bytes
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  return bytes.toString('utf8', start)
}
