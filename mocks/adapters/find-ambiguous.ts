import type { IncomingMessage } from 'node:http'

/** A name or an address, and perhaps a port (RFC 9110, section 7.2; RFC 3986, section 3.2.2). */
const AUTHORITY =
  /^(?:\[[0-9A-Fa-f:.]+\]|[\w.~!$&'()*+;=%-]*)(?::(?:\d{0,4}|[0-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5]))?$/

/** In absolute form, as it is sent to proxies (RFC 9112, section 3.2.2). */
const ABSOLUTE = /^https?:\/\/([^/?]+)(?:[/?]|$)/i

/** Most requests of a client name the same host. */
let sound: string | undefined

/**
 * What of a request another reader might read differently, though Node's parser lets it in (RFC 9112, sections 2.3, 3.2 and
 * 6.1). Undefined: nothing.
 */
export function findAmbiguous({
  httpVersion,
  method,
  url = '',
  headers,
  rawHeaders,
}: IncomingMessage): string | undefined {
  if (httpVersion !== '1.1' && httpVersion !== '1.0') return 'the version must be HTTP/1.1 or HTTP/1.0'
  if (headers['transfer-encoding'] !== undefined && httpVersion === '1.0') return 'HTTP/1.0 has no transfer-encoding'
  const { host = '' } = headers
  if (host !== sound) {
    if (!AUTHORITY.test(host)) return 'the Host header must be a name or an address, and perhaps a port'
    sound = host
  }
  let hosts = 0
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] as string
    if (name.length === 4 && name.toLowerCase() === 'host' && ++hosts > 1) return 'there must be one Host header'
  }
  return findWrongTarget(method, url)
}

function findWrongTarget(method: string | undefined, target: string): string | undefined {
  if (target.includes('#')) return 'a request target has no fragment'
  if (target.startsWith('/')) return undefined
  if (target === '*') return method === 'OPTIONS' ? undefined : 'the request target * is for OPTIONS alone'
  const authority = ABSOLUTE.exec(target)?.[1]
  if (authority !== undefined && AUTHORITY.test(authority) && !authority.startsWith(':')) return undefined
  return 'the request target must begin with a slash, or be an absolute URL of http'
}
