import { isSecretMember, isSecretName } from './is-secret-name.ts'

/** A value in a text: from its first character to behind its last one, quotes apart. */
interface FoundValue {
  readonly start: number
  readonly end: number
  /** Without the escapes of the text around it. */
  readonly value: string
  /** It stands without quotes where only a literal may. */
  readonly isNumber?: true
}

/** What every secret name has in it somewhere: names are looked at where it stands. */
const CORE =
  /pass|pwd|secret|token|jwt|key|sess|sid|cookie|credential|auth|bearer|otp|pin|recovery|backup|verification|mnemonic|seed/gi

/** A quote as it looks in JSON, in JSON inside of JSON, in HTML and in a URL. */
const QUOTE = String.raw`\\*"|'|&quot;|&#3[49];|&#x2[27];|%2[27]`
const COLON = new RegExp(String.raw`(${QUOTE})\s*(?::|%3a)\s*`, 'iy')
const LITERAL = /-?\d[\d.eE+-]*/y
/** Of a query, a form, a cookie. */
const ASSIGNED = /=([^&;,\s"'<>\\]+)/y
const ATTRIBUTE = /\s*=\s*(["'])([^"'<>]*)\1/y
const ELEMENT = /[^<>"'=]{0,100}>([^<>]+)</y

/** The values of all members, parameters and elements whose names are those of secrets; in any text, also one that is cut off. */
export function findNamed(text: string): FoundValue[] {
  const found: FoundValue[] = []
  CORE.lastIndex = 0
  for (let core = CORE.exec(text); core; core = CORE.exec(text)) {
    const [start, end] = nameAround(text, core.index, core.index + core[0].length)
    CORE.lastIndex = Math.max(CORE.lastIndex, end, readAt(text, start, end, found))
  }
  return found
}

/** Names are no longer. */
const MAX_NAME = 100
const isNameChar = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 45

function nameAround(text: string, from: number, to: number): [start: number, end: number] {
  let [start, end] = [from, to]
  while (start > 0 && from - start < MAX_NAME && isNameChar(text.charCodeAt(start - 1))) start--
  while (end < text.length && end - to < MAX_NAME && isNameChar(text.charCodeAt(end))) end++
  return [start, end]
}

/** @returns behind what was read */
function readAt(text: string, start: number, end: number, found: FoundValue[]): number {
  const name = text.slice(start, end)
  if (!isSecretName(name)) return end
  const colon = matchAt(COLON, text, end)
  if (colon) return readValue(text, end + colon[0].length, colon[1] as string, name, found)
  const before = text.charAt(start - 1)
  const attribute = matchAt(ATTRIBUTE, text, end)
  if (attribute) {
    const [whole, , value = ''] = attribute
    return add(found, end + whole.length - 1 - value.length, value)
  }
  const assigned = matchAt(ASSIGNED, text, end)
  if (assigned) return add(found, end + 1, assigned[1] as string)
  const element = before === '<' || before === ':' ? matchAt(ELEMENT, text, end) : undefined
  if (element) return add(found, end + element[0].length - 1 - (element[1] as string).length, element[1] as string)
  return end
}

function readValue(text: string, at: number, quote: string, name: string, found: FoundValue[]): number {
  if (text.startsWith(quote, at)) return readString(text, at, quote, found)
  const literal = matchAt(LITERAL, text, at)
  // Of a plural, a number says how many there are.
  if (literal) return /s$/i.test(name) ? at : add(found, at, literal[0], true)
  return text[at] === '{' || text[at] === '[' ? readContainer(text, at, quote, name, found) : at
}

function readString(text: string, at: number, quote: string, found: FoundValue[]): number {
  const start = at + quote.length
  const end = endOfString(text, start, quote)
  const raw = text.slice(start, end)
  if (raw !== '') found.push({ start, end, value: quote === '"' ? plain(raw) : raw })
  return end + quote.length
}

/** A text that was cut off ends what it was in. */
function endOfString(text: string, start: number, quote: string): number {
  if (!quote.endsWith('"')) {
    const end = text.indexOf(quote, start)
    return end === -1 ? endOfText(text) : end
  }
  // Of JSON inside of JSON: a quote that ends has as many backslashes as the one that began, one that is meant has more.
  const own = quote.length - 1
  for (let end = text.indexOf('"', start); end !== -1; end = text.indexOf('"', end + 1)) {
    let slashes = 0
    while (text[end - 1 - slashes] === '\\') slashes++
    if (slashes % (2 * own + 2) === own) return end - own
  }
  return endOfText(text)
}

/** Whatever else is hidden, that a text goes on is not. */
const endOfText = (text: string): number => text.length - (text.endsWith('…') ? 1 : 0)

/** What a list that is called a secret holds is one; of an object, what is called so or is its value. */
function readContainer(text: string, start: number, quote: string, name: string, found: FoundValue[]): number {
  /** Each list and object around, and what it is called with those around it. */
  const holders: { readonly called: string; readonly isSecret: boolean }[] = []
  let [called, isSecret] = [name, true]
  for (let at = start; at < text.length; ) {
    if (text.startsWith(quote, at)) {
      const end = endOfString(text, at + quote.length, quote)
      const colon = matchAt(COLON, text, end)
      if (colon) {
        const own = text.slice(at + quote.length, Math.min(end, at + quote.length + MAX_NAME))
        const holder = holders.at(-1)?.called as string
        isSecret = isSecretMember(holder, own)
        called = `${holder} ${own}`.slice(0, 2 * MAX_NAME)
        at = end + colon[0].length
        continue
      }
      if (isSecret) readString(text, at, quote, found)
      at = end + quote.length
    } else if (text[at] === '{' || text[at] === '[') {
      holders.push({ called, isSecret })
      at++
    } else if (text[at] === '}' || text[at] === ']') {
      const holder = holders.pop()
      at++
      if (!holder || holders.length === 0) return at
      ;({ called, isSecret } = holder)
    } else {
      const literal = matchAt(LITERAL, text, at)
      if (literal && isSecret && !/s$/i.test(called)) add(found, at, literal[0], true)
      at += literal?.[0].length || 1
    }
  }
  return text.length
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

/** @returns behind it */
function add(found: FoundValue[], start: number, value: string, isNumber?: true): number {
  if (value !== '') found.push({ start, end: start + value.length, value, ...(isNumber && { isNumber }) })
  return start + value.length
}

function plain(raw: string): string {
  if (!raw.includes('\\')) return raw
  try {
    return JSON.parse(`"${raw}"`)
  } catch {
    return raw
  }
}
