import { createRandom, type Random } from '../../documents/patterns/random.ts'

/** Whose values the placeholders stand for. */
export interface Owner {
  /** The run's tag: lower-case letters and digits, at most 8 of them, or a tag alone would not fit a user name. */
  readonly tag: string
  /** Tells the case from all others of the run, such as its id. */
  readonly unique: string
}

const DIGITS = '0123456789'
const HEX = `${DIGITS}abcdef`
const LETTERS_AND_DIGITS = `abcdefghijklmnopqrstuvwxyz${DIGITS}`

/**
 * Fills the placeholders in every text of a JSON value: `{tag}`, `{uuid}`, `{text:n}`, `{hex:n}` and `{digits:n}`, as
 * docs/extensions.md explains them. The same owner always gets the same values; other braces stay as they are.
 */
export function fillPlaceholders<T>(value: T, owner: Owner): T {
  const random = createRandom(owner.tag, owner.unique)
  const mark = owner.tag + draw(random.at('tag'), 8, LETTERS_AND_DIGITS)
  const fill = (text: string): string =>
    text.replace(/\{(?:(tag|uuid)|(text|hex|digits):([1-9]\d*))\}/g, (_, simple, sized, size) => {
      if (simple) return simple === 'tag' ? mark : uuidOf(random.at('uuid'))
      return sized === 'text' ? textOf(mark, Number(size)) : numberOf(random, sized, Number(size))
    })
  return walk(value, fill) as T
}

/** Whether a text holds what the placeholders stand for, so that nobody else can have it. */
export function isDrawn(text: string, owner: Owner): boolean {
  if (text.toLowerCase().includes(owner.tag)) return true
  if (text.includes(fillPlaceholders('{uuid}', owner))) return true
  // A number of few digits is somebody's, whoever drew it.
  return (text.match(/[0-9a-f]{8,}/g) ?? []).some((run) =>
    Array.from({ length: run.length - 7 }, (_, index) => run.length - index).some((length) =>
      ['hex', 'digits'].some((kind) => run.includes(fillPlaceholders(`{${kind}:${length}}`, owner))),
    ),
  )
}

function walk(value: unknown, fill: (text: string) => string): unknown {
  if (typeof value === 'string') return fill(value)
  if (Array.isArray(value)) return value.map((item) => walk(item, fill))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, walk(member, fill)]))
}

const draw = (random: Random, length: number, letters: string): string =>
  Array.from({ length }, () => letters.charAt(random.integer(0, letters.length - 1))).join('')

const textOf = (mark: string, length: number): string => mark.repeat(Math.ceil(length / mark.length)).slice(0, length)

/** No leading zero in decimal digits: read as a number, they keep their length. */
function numberOf(random: Random, kind: 'hex' | 'digits', length: number): string {
  const own = random.at(kind, length)
  if (kind === 'hex') return draw(own, length, HEX)
  return draw(own, 1, DIGITS.slice(1)) + draw(own, length - 1, DIGITS)
}

/** Version 4 (RFC 9562, section 5.4). */
function uuidOf(random: Random): string {
  const digits = draw(random, 30, HEX)
  const [a, b, c, d] = [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 15), digits.slice(15, 18)]
  return `${a}-${b}-4${c}-${random.pick(['8', '9', 'a', 'b'])}${d}-${digits.slice(18)}`
}
