import type { Reply } from '../engine/vocabulary.ts'

/** A name is a token, a value is text without control characters (RFC 9110, sections 5.1 and 5.5). */
const NAME = /^[\w!#$%&'*+.^`|~-]+$/
const VALUE = /^[\t -~\x80-\xff]*$/

/** They say where a reply ends: with a second voice, the rest of it would be taken for the next one. */
const FRAMING = /^(?:content-length|transfer-encoding|connection|keep-alive|trailer|upgrade)$/i

/** Most replies share theirs. */
let sound: Reply['headers'] | undefined

/**
 * What of a reply HTTP cannot carry, in words: a status that is none or only announces another (RFC 9110, section 15),
 * a header that would not arrive as it is meant.
 */
export function findUnsendable({ status, headers }: Pick<Reply, 'status' | 'headers'>): string | undefined {
  if (!(Number.isInteger(status) && status >= 200 && status <= 599)) return `the status ${status} ends no exchange`
  if (headers === sound) return undefined
  for (const name in headers) {
    const value: unknown = headers[name]
    if (!NAME.test(name)) return `${JSON.stringify(name)} cannot be the name of a header`
    if (FRAMING.test(name)) return `the header ${name} is for the server to set`
    // Several cookies stand on a line each, and are sent one by one.
    const texts = name === 'set-cookie' ? String(value).split('\n') : [String(value)]
    if (value === undefined || !texts.every((text) => VALUE.test(text))) {
      return `the header ${name} cannot be ${JSON.stringify(value)}`
    }
  }
  sound = headers
  return undefined
}
