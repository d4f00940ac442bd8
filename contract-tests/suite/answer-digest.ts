import type { Exchange } from './exchange-http.ts'

/** A challenge of the scheme Digest (RFC 7616, section 3.3), by parameter in lower case. */
type Challenge = ReadonlyMap<string, string>

/** What a request asks for: as its first line has it. */
interface Target {
  readonly method: string
  readonly uri: string
}

/** Of those that are understood, the best first; without one MD5 is meant (RFC 7616, section 3.3). */
const HASHES: Readonly<Record<string, string>> = { 'sha-256': 'sha256', md5: 'md5' }

/**
 * Answers challenges of the scheme Digest. A request that carries `Authorization: Digest user:password` goes out without
 * it; once there is a challenge, with the answer to it. What was refused with 401 was not done, and is sent again.
 * @param base the target's base URL: an answer is about the whole path
 */
export function answerDigest(exchange: Exchange, base: string): Exchange {
  // In a page a base may be a path alone.
  const prefix = new URL(base, globalThis.location?.href).pathname.replace(/\/$/, '')
  let known: Challenge | undefined
  let count = 0
  return async (outgoing, signal) => {
    const { authorization = '', ...headers } = outgoing.headers
    // An answer that was worked out elsewhere is sent as it is.
    const [, pair] = /^Digest (?!.*=")(.+)$/.exec(authorization) ?? []
    if (pair === undefined) return exchange(outgoing, signal)
    if (!hasCrypto()) throw new Error('a page cannot answer a challenge of Digest: its password would go out as it is')
    const target = { method: outgoing.method, uri: prefix + outgoing.path || '/' }
    const send = (challenge: Challenge | undefined) => {
      const answer = challenge && { authorization: writeAnswer(challenge, pair, target, ++count) }
      return exchange({ ...outgoing, headers: { ...headers, ...answer } }, signal)
    }
    const used = known
    const reply = await send(used)
    const challenge = reply.status === 401 ? readChallenge(reply.headers['www-authenticate'] ?? '') : undefined
    // The same nonce once more would be refused once more.
    if (!challenge || isSame(challenge, used)) return reply
    // Another request may have come by the same one meanwhile, and have counted.
    if (!isSame(challenge, known)) {
      known = challenge
      count = 0
    }
    return send(challenge)
  }
}

/** Loaded where there is Node alone: who bundles for a page has none of it, and browsers have no MD5. */
const cryptoOfNode = () => process.getBuiltinModule('node:crypto')
const hasCrypto = (): boolean => typeof globalThis.process?.getBuiltinModule === 'function'

const isSame = (one: Challenge, other: Challenge | undefined): boolean => one.get('nonce') === other?.get('nonce')

/** The best of the challenges that a header has; undefined where none of them can be answered. */
export function readChallenge(header: string): Challenge | undefined {
  const found = [...header.matchAll(/(?:^|[,\s])Digest\s+((?:[\w-]+\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s,"]+)\s*,?\s*)+)/gi)]
  const challenges = found.map(
    ([, text = '']) =>
      new Map(
        [...text.matchAll(/([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g)].map(
          ([, name = '', quoted, bare = '']) => [name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? bare],
        ),
      ),
  )
  const answerable = challenges.filter(
    (one) =>
      one.has('nonce') &&
      nameOf(one) in HASHES &&
      (!one.has('qop') || (one.get('qop') ?? '').split(/\s*,\s*/).includes('auth')),
  )
  return answerable.find((one) => nameOf(one) === 'sha-256') ?? answerable[0]
}

/** Without `-sess`, which makes one key of several answers. */
const nameOf = (challenge: Challenge): string =>
  (challenge.get('algorithm') ?? 'MD5').toLowerCase().replace(/-sess$/, '')

/**
 * RFC 7616, section 3.4.
 * @param pair `user:password`; only a name where there is no colon
 * @param count how often the nonce was used, this time included
 */
export function writeAnswer(
  challenge: Challenge,
  pair: string,
  { method, uri }: Target,
  count: number,
  cnonce: string = cryptoOfNode().randomBytes(12).toString('hex'),
): string {
  const colon = pair.indexOf(':')
  const [user, password] = colon < 0 ? [pair, ''] : [pair.slice(0, colon), pair.slice(colon + 1)]
  const hash = (text: string) =>
    cryptoOfNode()
      .createHash(HASHES[nameOf(challenge)] as string)
      .update(text)
      .digest('hex')
  const [realm, nonce] = [challenge.get('realm') ?? '', challenge.get('nonce') ?? '']
  const isSession = challenge.get('algorithm')?.toLowerCase().endsWith('-sess')
  const plain = hash(`${user}:${realm}:${password}`)
  const key = isSession ? hash(`${plain}:${nonce}:${cnonce}`) : plain
  const asked = hash(`${method}:${uri}`)
  const nc = count.toString(16).padStart(8, '0')
  const hasQop = challenge.has('qop')
  const response = hash(hasQop ? `${key}:${nonce}:${nc}:${cnonce}:auth:${asked}` : `${key}:${nonce}:${asked}`)
  const quoted = { username: user, realm, nonce, uri, response, opaque: challenge.get('opaque') }
  const told = Object.entries(quoted).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}="${value.replace(/["\\]/g, '\\$&')}"`],
  )
  const algorithm = challenge.get('algorithm')
  return `Digest ${[
    ...told,
    ...(algorithm === undefined ? [] : [`algorithm=${algorithm}`]),
    ...(hasQop ? [`qop=auth, nc=${nc}, cnonce="${cnonce}"`] : isSession ? [`cnonce="${cnonce}"`] : []),
  ].join(', ')}`
}
