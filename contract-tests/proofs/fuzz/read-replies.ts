import { insist } from './stay-sound.ts'

/** One reply of a connection, a Latin-1 character for a byte; header names in lower case. */
export interface WireReply {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

/**
 * Reads all replies of a connection, a Latin-1 character for a byte, and holds them to HTTP (RFC 9112) and to JSON.
 * @param mayLackBodies whether a HEAD may have been among the requests
 */
export function readReplies(bytes: string, mayLackBodies: boolean): WireReply[] {
  const replies: WireReply[] = []
  let rest = bytes
  while (rest !== '') {
    const end = rest.indexOf('\r\n\r\n')
    insist(end >= 0, `a reply without an end of its head: ${rest.slice(0, 200)}`)
    const [start = '', ...lines] = rest.slice(0, end).split('\r\n')
    const status = Number(/^HTTP\/1\.1 ([1-5]\d\d) [^\r\n]*$/.exec(start)?.[1])
    insist(status >= 100, `a reply that starts with ${start.slice(0, 200)}`)
    const headers = new Map<string, string>()
    for (const line of lines) {
      const [, name = '', value = ''] = /^([\w!#$%&'*+.^`|~-]+): ?([\t\x20-\x7e\x80-\xff]*)$/.exec(line) ?? []
      insist(name !== '', `a header line like ${line.slice(0, 200)}`)
      // Each cookie is a header of its own (RFC 9110, section 5.3).
      insist(/^set-cookie$/i.test(name) || !headers.has(name.toLowerCase()), `the header ${name} twice`)
      headers.set(name.toLowerCase(), value)
    }
    rest = rest.slice(end + 4)
    if (status < 200) continue
    // Node itself sends such an empty body with its 417.
    if (headers.get('transfer-encoding') === 'chunked' && rest.startsWith('0\r\n\r\n')) rest = rest.slice(5)
    const length = Number(headers.get('content-length') ?? 0)
    insist(Number.isSafeInteger(length), 'a content-length that is no number')
    if (status === 204) insist(!headers.has('content-length'), 'a 204 with a length')
    const isBodiless = status === 304 || (mayLackBodies && (rest === '' || rest.startsWith('HTTP/1.1 ')))
    const body = isBodiless ? '' : rest.slice(0, length)
    insist(isBodiless || body.length === length, `${body.length} bytes of ${length}`)
    rest = rest.slice(body.length)
    if (body !== '' && /[/+]json\b/.test(headers.get('content-type') ?? ''))
      JSON.parse(Buffer.from(body, 'latin1').toString())
    replies.push({ status, headers, body })
  }
  return replies
}
