import type { CaseReply, CaseRequest } from '../vocabulary.ts'
import { findNamed } from './find-named.ts'
import { findShaped, looksRandom } from './find-shaped.ts'
import { isSecretName } from './is-secret-name.ts'

/** The secrets that a reply shows: values that are called one or look like one, without what stands around them. */
export function secretsInReply({ headers, text }: CaseReply): string[] {
  const inHeaders = Object.entries(headers).flatMap(([name, value]) => [
    ...(isSecretName(name) ? credentialsIn(value) : []),
    ...(looksRandom(name, value) ? [value] : []),
    ...secretsInText(value),
  ])
  return [...inHeaders, ...secretsInText(text)]
}

const secretsInText = (text: string): string[] => [
  ...findNamed(text).flatMap(({ value }) => credentialsIn(value)),
  ...findShaped(text),
]

/** What a header or a member with credentials holds: the values of cookies, what follows a scheme, else all of it. */
export function credentialsIn(value: string): string[] {
  const values = /^[\w.-]+=[^=;\s]/.test(value) ? cookiesIn(value) : [value]
  return values.flatMap((one) => {
    const [, scheme = '', credential] = /^(Bearer|Basic|Token|ApiKey)\s+(\S+)$/i.exec(one) ?? []
    const found = [credential ?? one, ...(scheme.toLowerCase() === 'basic' ? passwordsIn(credential ?? '') : [])]
    return found.flatMap((text) => [text, ...decoded(text)])
  })
}

/** `a=1; Path=/, b=2` (RFC 6265; several of them as one text) has `1` and `2`. */
const cookiesIn = (text: string): string[] =>
  text
    .split(/[;,\n]\s*/)
    .filter((pair) => pair.includes('=') && !/^(?:path|domain|expires|max-age|samesite|priority)\s*=/i.test(pair))
    .map((pair) => pair.slice(pair.indexOf('=') + 1).replace(/^"|"$/g, ''))

function passwordsIn(code: string): string[] {
  try {
    const pair = atob(code)
    return pair.includes(':') ? [pair, pair.slice(pair.indexOf(':') + 1)] : []
  } catch {
    return []
  }
}

function decoded(text: string): string[] {
  if (!text.includes('%')) return []
  try {
    return [decodeURIComponent(text)]
  } catch {
    return []
  }
}

/** The values that a request itself brings along, of eight characters or more; and all of it as one text. */
export function valuesInRequest({ path, params = {}, headers, body = '' }: CaseRequest): string[] {
  const strings = [...body.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([quoted, raw = '']) => {
    try {
      return raw.includes('\\') ? (JSON.parse(quoted) as string) : raw
    } catch {
      return raw
    }
  })
  const words = path.split(/[/?&=]/).flatMap((word) => [word, ...decoded(word)])
  const values = [...strings, ...words, ...Object.values(params), ...Object.values(headers)]
  return values.filter((value) => value.length >= 8)
}
