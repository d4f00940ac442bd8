import { toPointer, valuesAt } from '../../documents/read/json-pointer.ts'
import type { Json } from '../../documents/read/read-document.ts'
import type { RequestBuilder } from './build-request.ts'
import type { SentRow } from './find-identity.ts'
import type { CaseRequest } from './vocabulary.ts'

/** What a request sends as JSON, or the members of a form; undefined where it sends neither. */
export function bodyOf({ body = '', headers }: Pick<CaseRequest, 'body' | 'headers'>): Json {
  try {
    return JSON.parse(body)
  } catch {
    return membersOf(body, headers['content-type'] ?? '')
  }
}

/** Of a form or a multipart body, each with its text, or the list of them where it comes several times. */
function membersOf(body: string, contentType: string): Json {
  const pairs = /^application\/x-www-form-urlencoded/i.test(contentType)
    ? [...new URLSearchParams(body)]
    : /^multipart\//i.test(contentType)
      ? [...body.matchAll(PART)].map(([, name = '', text = '']) => [name, text] as const)
      : []
  if (pairs.length === 0) return undefined
  return Object.fromEntries(
    pairs.map(([name]) => {
      const texts = pairs.flatMap(([other, text]) => (other === name ? [text] : []))
      return [name, texts.length > 1 ? texts : texts[0]]
    }),
  )
}

/** A part with a name, up to the next boundary (RFC 7578, section 4). */
const PART = /^content-disposition: form-data; name="([^"]*)".*?\r\n\r\n(.*?)\r\n--/gims

/** A body as it goes out. */
export const bytesOf = ({ body = '', isBytes }: CaseRequest): Uint8Array<ArrayBuffer> =>
  isBytes ? Uint8Array.from(body, (character) => character.charCodeAt(0)) : new TextEncoder().encode(body)

/** The rows of a request's body, or the body itself where it has none; nothing where it is no JSON. @param rowPath as a builder has it */
export function rowsIn(request: CaseRequest, rowPath: readonly string[]): Json[] {
  const body = bodyOf(request)
  return body === undefined ? [] : valuesAt(body, toPointer(rowPath.map((name) => (name === '0' ? '*' : name))))
}

/** The same with the members whose values the run drew. */
export const sentRowsIn = (request: CaseRequest, builder: RequestBuilder): SentRow[] =>
  rowsIn(request, builder.rowPath).map((values) => ({ values, drawn: builder.drawnNames(values) }))
