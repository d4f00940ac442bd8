/**
 * A pattern that ECMA-262 accepts with the `u` flag, which means what was written: the pattern itself where it is valid
 * so. What is only valid without the flag (ECMA-262, Annex B.1.2: needless escapes, lone brackets, octal escapes, a dash
 * beside a set) is written as the flag wants it. Unlike there, `\p{…}` and `\u{…}` stay what they are with the flag, and
 * what other languages have for them and for both ends of a text is read as that: `\pL`, `\A`, `\z`.
 * @returns undefined where nothing makes it valid
 */
export function repairPattern(source: string): string | undefined {
  if (compiles(source, 'u')) return source
  const repaired = new Repair(source).pattern()
  return compiles(repaired, 'u') ? repaired : undefined
}

/** An engine compiles a pattern when it first matches with it, and finds only then that one is too large: twice, for texts of either width. */
const LONG = 1000

function compiles(source: string, flags: string): boolean {
  try {
    const expression = new RegExp(source, flags)
    if (source.length > LONG) for (const text of ['', '\u0100']) expression.test(text)
    return true
  } catch {
    return false
  }
}

const QUANTIFIER = /^(?:[*+?]|\{\d+(?:,\d*)?\})/
const CLASS_ESCAPE = /^\\(?:[dDwWsS]|[pP]\{[^}]*\}|[pP][CLMNPSZ])/
/** Of Perl, Java and others: a general category of one letter. */
const CATEGORY = /^\\[pP]([CLMNPSZ])/
const ESCAPE = /^\\(?:[pP]\{[^}]*\}|u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|0(?!\d)|[dDwWsSbfnrtv])/
/** What can stand behind a backslash with the flag, in a class and outside of one. */
const SYNTAX = /[\^$\\.*+?()[\]{}|/]/

class Repair {
  readonly #source: string
  readonly #groups: number
  readonly #isNamed: boolean
  #at = 0
  #out = ''

  constructor(source: string) {
    this.#source = source
    const bare = source.replace(/\\./gs, '').replace(/\[[^\]]*\]/g, '')
    this.#groups = bare.match(/\((?!\?)|\(\?<(?![=!])/g)?.length ?? 0
    this.#isNamed = /\(\?<(?![=!])/.test(bare)
  }

  pattern(): string {
    const open: { readonly start: number; readonly isLookahead: boolean }[] = []
    while (this.#at < this.#source.length) {
      const rest = this.#source.slice(this.#at)
      const [char = ''] = rest
      const [quantifier = ''] = QUANTIFIER.exec(rest) ?? []
      if (char === '\\') this.#escape(rest, false)
      else if (char === '[') this.#class()
      else if (quantifier) this.#take(quantifier.length)
      else if (char === '{' || char === '}' || char === ']') this.#put(`\\${char}`, 1)
      else if (char === '(') {
        open.push({ start: this.#out.length, isLookahead: /^\(\?[=!]/.test(rest) })
        this.#take(rest[1] === '?' ? 2 : 1)
      } else if (char === ')') {
        const group = open.pop()
        this.#take(1)
        // With the flag, a lookahead cannot be repeated.
        if (group?.isLookahead && QUANTIFIER.test(rest.slice(1)))
          this.#out = `${this.#out.slice(0, group.start)}(?:${this.#out.slice(group.start)})`
      } else this.#take(1)
    }
    return this.#out
  }

  #class(): void {
    this.#take(this.#source.startsWith('[^', this.#at) ? 2 : 1)
    let isSetBefore = false
    while (this.#at < this.#source.length && this.#source[this.#at] !== ']') {
      const rest = this.#source.slice(this.#at)
      const isSet = CLASS_ESCAPE.test(rest)
      // A set is no end of a range: beside it, a dash stands for itself.
      if (rest[0] === '-' && rest[1] !== ']' && (isSetBefore || CLASS_ESCAPE.test(rest.slice(1)))) this.#put('\\-', 1)
      else if (rest[0] === '\\') this.#escape(rest, true)
      else this.#take(1)
      isSetBefore = isSet
    }
    this.#take(1)
  }

  /** @param rest begins with a backslash */
  #escape(rest: string, isInClass: boolean): void {
    const next = rest[1] ?? ''
    const [digits = ''] = /^\d+/.exec(rest.slice(1)) ?? []
    const [octal] = /^(?:[0-3][0-7]{0,2}|[4-7][0-7]?)/.exec(digits) ?? []
    const [, category] = CATEGORY.exec(rest) ?? []
    const kept = this.#keptLength(rest, digits, isInClass)
    if (category !== undefined) this.#put(`\\${next}{${category}}`, 3)
    else if (!isInClass && next === 'A' && this.#at === 0) this.#put('^', 2)
    else if (!isInClass && /^\\[zZ]$/.test(rest)) this.#put('$', 2)
    else if (kept > 0) this.#take(kept)
    else if (next === 'c') this.#put('\\\\', 1)
    else if (octal === undefined) this.#put(next, 2)
    else this.#put(`\\x${Number.parseInt(octal, 8).toString(16).padStart(2, '0')}`, 1 + octal.length)
  }

  /** How much of an escape the flag allows as it is; none: 0. */
  #keptLength(rest: string, digits: string, isInClass: boolean): number {
    const [whole] = ESCAPE.exec(rest) ?? []
    if (whole !== undefined && compiles(whole, 'u')) return whole.length
    const next = rest[1] ?? ''
    if (next === '') return 1
    if (SYNTAX.test(next) || next === (isInClass ? '-' : 'B')) return 2
    if (isInClass) return 0
    if (next === 'k' && this.#isNamed) return 2
    return digits !== '' && next !== '0' && Number(digits) <= this.#groups ? 1 + digits.length : 0
  }

  #take(length: number): void {
    this.#put(this.#source.slice(this.#at, this.#at + length), length)
  }

  #put(text: string, length: number): void {
    this.#out += text
    this.#at += length
  }
}
