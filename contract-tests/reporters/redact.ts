import type { CaseResult, RunResult } from '../vocabulary.ts'

const STAND_IN = '$ROLLCALL_TOKEN'

export type Redact = (text: string) => string

const NOTHING_TO_HIDE: Redact = (text) => text

/** Replaces every secret, also as it looks in JSON, in a URL, in HTML or in Basic credentials. */
export function createRedact(secrets: readonly string[]): Redact {
  const spellings = new Set(secrets.filter(Boolean).flatMap(spell))
  if (spellings.size === 0) return NOTHING_TO_HIDE
  const longestFirst = [...spellings].sort((a, b) => b.length - a.length)
  const pattern = new RegExp(longestFirst.map((text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'), 'g')
  return (text) => text.replace(pattern, () => STAND_IN)
}

export const redact = (text: string, secrets: readonly string[]): string => createRedact(secrets)(text)

function spell(secret: string): string[] {
  const inJson = JSON.stringify(secret).slice(1, -1)
  const inHtml = secret.replace(/[&<>"']/g, (char) => `&${HTML[char]};`)
  const encoded = [secret, `:${secret}`, `user:${secret}`].flatMap((text) => {
    const bytes = Buffer.from(text)
    // Without the padding, and without the last character, which also holds bits of what may follow.
    return [bytes.toString('base64'), bytes.toString('base64url')].map((code) => code.replace(/=+$/, ''))
  })
  const all = [
    secret,
    inJson,
    JSON.stringify(inJson).slice(1, -1),
    encodeURIComponent(secret),
    encodeURI(secret),
    inHtml,
  ]
  return [...all, ...encoded]
}

const HTML: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' }

/**
 * The same result without secrets. Done before anything is shortened, quoted or escaped: half a secret, or one that is
 * escaped three times over, would not be found any more.
 */
export const redactResult = <R extends RunResult | CaseResult>(result: R, hide: Redact): R =>
  hide === NOTHING_TO_HIDE ? result : (redactDeep(result, hide) as R)

function redactDeep(value: unknown, hide: Redact): unknown {
  if (typeof value === 'string') return hide(value)
  if (Array.isArray(value)) return value.map((item) => redactDeep(item, hide))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [hide(key), redactDeep(member, hide)]))
}
