/** What is a secret wherever it stands, by how it looks: JSON Web Tokens, private keys, keys with a maker's prefix, passwords in URLs. */
const SHAPES = new RegExp(
  [
    // What may go on for long begins behind what it is not made of: a target may say `eyJ` a million times.
    // RFC 7519: each begins with `{"` in base64url; without an algorithm the signature is empty.
    /eyJ(?<=(?:^|[^\w-])eyJ)[\w-]{5,}\.[\w-]{5,}\.[\w-]*/,
    // RFC 7468; one that is cut off has no end.
    /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|(?=["<]|$))/,
    // `sk_live_…`: to begin with a letter would mean to try at every word.
    /_(?<=(?:[a-z]k|key|api|token|secret)_)(?:live|test|prod)_[A-Za-z0-9]{8,}/,
    /(?:gh[opsur]_|github_pat_|glpat-|npm_)[A-Za-z0-9_-]{16,}/,
    /xox[a-z]-[A-Za-z0-9-]{8,}/,
    /(?:AKIA|ASIA)[A-Z0-9]{16}/,
    // RFC 3986, section 3.2.1: `postgres://user:password@host`; the colon begins it, and is no part of it.
    /:(?<=:\/\/[^\s/@:"<>]{0,100}:)[^\s/@"<>]{4,256}(?=@)/,
    /AIza[\w-]{35}/,
    /SG\.[\w-]{16,}\.[\w-]{16,}/,
    /sk-(?<=(?:^|[^\w-])sk-)(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{20,}/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
)

/** A member whose whole value is made of what keys are made of. */
const MEMBER = /"([\w.$-]{1,60})"\s*:\s*"([A-Za-z0-9+/_=.-]{16,512})"/g
const KEY = /^[A-Za-z0-9+/_=.-]{16,512}$/

/** Ids stay readable, and so does what is public, or the sum of something, or leads to a request or a page. */
const HARMLESS =
  /(?:ids?|etag|checksum|fingerprint|sha\d*|md5|digest|cursor|next|prev|previous|page|ur[il]|href|path|version|name)$|public|wallet|address|hash|trace|span|request|correlation/i
const IS_KEY = /keys?$/i
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

/** What has the shape of a secret that some maker gives to them all. */
export const findShapes = (text: string): string[] =>
  [...text.matchAll(SHAPES)].map(([secret]) => secret.replace(/^:/, ''))

/** The texts in a reply's body that look like secrets, whatever they are called. */
export function findShaped(text: string): string[] {
  const found = findShapes(text)
  for (const [, name = '', value = ''] of text.matchAll(MEMBER)) if (looksRandom(name, value)) found.push(value)
  return found
}

/** Whether a whole value is a long random text that is called neither an id nor anything else that may be read. */
export function looksRandom(name: string, value: string): boolean {
  const isKey = IS_KEY.test(name) && !/public/i.test(name)
  if (value.length < (isKey ? 16 : 32) || !KEY.test(value) || UUID.test(value) || HARMLESS.test(name)) return false
  const characters = value.replace(/[^A-Za-z0-9]/g, '')
  // Shorter hexadecimals are ids and sums.
  if (/^(?:[\da-f]+|[\dA-F]+)$/.test(characters)) return characters.length >= (isKey ? 32 : 48)
  return /\d/.test(characters) && /[A-Za-z]/.test(characters) && changesOf(characters) > characters.length / 4
}

/** How often a letter stands beside one of the other case or a digit: words and numbers do it rarely, chance most of the time. */
function changesOf(text: string): number {
  let changes = 0
  for (let at = 1; at < text.length; at++)
    if (classOf(text.charCodeAt(at)) !== classOf(text.charCodeAt(at - 1))) changes++
  return changes
}

const classOf = (code: number): number => (code < 58 ? 0 : code < 91 ? 1 : 2)
