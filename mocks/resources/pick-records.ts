import { wordsOf } from '../../documents/patterns/read-words.ts'
import type { ListShape, MemberPath } from '../../documents/resources/resource.ts'
import { type Bound, boundIn } from '../../documents/resources/tell-bounds.ts'
import { isMembers, type KeptRecord, type Members, membersOf, textOf } from './kept-record.ts'
import { valueAt } from './member-path.ts'

/** What a filter says that picks everything. */
const ALL = new Set(['all', 'any', '*', ''])

/**
 * Says of a record whether a list that was asked with these parameters shows it.
 * @param list by parameter, `filters`: the member that it picks by; without one, any that holds the text; `ranges`: the
 *   member that it bounds
 * @returns undefined where everything is picked
 */
export function pickBy(
  { filters, ranges = {} }: Pick<ListShape, 'filters' | 'ranges'>,
  asked: Members,
): ((record: KeptRecord) => boolean) | undefined {
  const said = flatten(asked)
  const wanted = Object.entries(filters).flatMap(([name, path]) => {
    const values = [said.get(name) ?? []]
      .flat()
      .map(textOf)
      .flatMap((text) => (isSeveral(name, path) ? text.split(',') : text))
    return values.length === 0 || values.some((text) => ALL.has(text)) ? [] : [{ path, values: new Set(values) }]
  })
  const bounds = [
    ...Object.entries(ranges).map(([name, range]) => ({ ...range, limit: said.get(name) })),
    // `price[gte]`, which is an object of `price`.
    ...Object.entries(filters).flatMap(([name, at]) =>
      Object.entries(membersOf(asked[name])).map(([word, limit]) => ({ at, bound: boundIn(wordsOf(word)), limit })),
    ),
  ].flatMap(({ at, bound, limit }) =>
    bound === undefined || limit === undefined || limit === '' ? [] : { at, bound, limit },
  )
  if (wanted.length === 0 && bounds.length === 0) return undefined
  return ({ data }) =>
    bounds.every(({ at, bound, limit }) => isWithin(valueAt(data, at), bound, limit)) &&
    wanted.every(({ path, values }) => {
      if (path.length === 0) return [...values].every((text) => holdsText(data, text.toLowerCase()))
      const value = valueAt(data, path)
      return [value].flat().some((one) => isOneOf(one, values))
    })
}

/** What is asked, by the names that parameters have: of an object, `filter[name]`. */
function flatten(asked: Members, before = ''): Map<string, unknown> {
  return new Map(
    Object.entries(asked).flatMap(([name, value]): [string, unknown][] => {
      const whole = before === '' ? name : `${before}[${name}]`
      return isMembers(value) ? [...flatten(value, whole)] : [[whole, value]]
    }),
  )
}

/** Whether a text of a parameter may name several: `ids` of `id`. */
const isSeveral = (name: string, path: MemberPath): boolean => {
  const [words, member = words] = [wordsOf(name), path.at(-1)]
  return words.endsWith('s') && words !== wordsOf(member)
}

/** Whether a value is on the right side of a limit. What has none, or is no number and no time, is not. */
function isWithin(value: unknown, bound: Bound, limit: unknown): boolean {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(textOf(limit))
  // Up to a day is up to its end.
  const [own, least] =
    isDay && bound === 'lte' && typeof value === 'string' ? [value.slice(0, 10), limit] : [value, limit]
  const [left, right] = [sizeOf(own), sizeOf(least, typeof value === 'string')]
  if (left === undefined || right === undefined) return false
  if (bound === 'gt') return left > right
  if (bound === 'gte') return left >= right
  return bound === 'lt' ? left < right : left <= right
}

/** A number, or the milliseconds of a time. @param isTime a number counts the seconds of one, or what is a thousand times as many */
function sizeOf(value: unknown, isTime = false): number | undefined {
  const number = typeof value === 'number' ? value : /^-?\d+(?:\.\d+)?$/.test(textOf(value)) ? Number(value) : undefined
  if (number !== undefined) return isTime && Math.abs(number) < 1e11 ? number * 1000 : number
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(time) ? undefined : time
}

/** A thing within a record is picked by whatever names it: its id, or its name. */
const isOneOf = (value: unknown, texts: ReadonlySet<string>): boolean =>
  isMembers(value) ? Object.values(value).some((one) => texts.has(textOf(one))) : texts.has(textOf(value))

/** Whether any text in a record holds another, without case. */
function holdsText(value: unknown, text: string): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).some((one) => holdsText(one, text))
  return typeof value === 'string' && value.toLowerCase().includes(text)
}

const DESCENDING = /^desc/i

/**
 * An order of records by `sort=-age,name`, `sort=name:desc`, `sort=name,desc`, `order_by=name desc`, or
 * `sort=name&order=desc`.
 * @returns undefined where none is asked for, or nothing by a member that there is
 */
export function sortBy(
  { sort, direction }: Pick<ListShape, 'sort' | 'direction'>,
  asked: Members,
  members: Iterable<MemberPath>,
): ((left: KeptRecord, right: KeptRecord) => number) | undefined {
  // What lies deeper gives way to what is called so itself.
  const known = new Map([...members].reverse().map((path) => [wordsOf(path.at(-1) ?? ''), path]))
  const isDescending = isTurned(direction, asked)
  const said = sort === undefined ? [] : [asked[sort] ?? []].flat()
  // A direction may be a word of its own, of what stands before it: `age,desc,name`.
  const joined = said
    .join(',')
    .replace(/,\s*((?:asc|desc)(?:ending)?)\s*(?=,|$)/gi, (whole, word: string) =>
      memberBy(known, word) === undefined ? `:${word}` : whole,
    )
  const steps = joined.split(',').flatMap((text) => {
    const [sign = '', whole = ''] = /^[+-]/.test(text.trim()) ? [text.trim()[0], text.trim().slice(1)] : ['', text]
    const [, name = whole, own = ''] = /^(.*)[\s:_.|]((?:asc|desc)(?:ending)?)$/is.exec(whole.trim()) ?? []
    const member = memberBy(known, whole) ?? memberBy(known, name)
    const turns = sign === '-' || DESCENDING.test(own) || (own === '' && sign === '' && isDescending)
    return member === undefined ? [] : [{ member, factor: turns ? -1 : 1 }]
  })
  if (steps.length === 0) return undefined
  return (left, right) => {
    for (const { member, factor } of steps) {
      const order = compare(valueAt(left.data, member), valueAt(right.data, member))
      if (order !== 0) return order * factor
    }
    return 0
  }
}

/** Whether a list is asked for the other way round: `order=desc`, `reverse=true`, `ascending=false`. */
export function isTurned(direction: string | undefined, asked: Members): boolean {
  if (direction === undefined) return false
  const said = asked[direction] ?? ''
  if (typeof said === 'boolean') return (said ? /^(?:desc|reverse)/i : /^asc/i).test(direction)
  return DESCENDING.test(textOf(said))
}

/** `created` is `created_at`, too. */
function memberBy(known: ReadonlyMap<string, MemberPath>, name: string): MemberPath | undefined {
  const words = wordsOf(name)
  return known.get(words) ?? known.get(`${words} at`) ?? known.get(`${words} date`) ?? known.get(`date ${words}`)
}

/** Numbers by size, all else as text without case; what is not there comes last. */
function compare(left: unknown, right: unknown): number {
  const [isLeft, isRight] = [left !== undefined && left !== null, right !== undefined && right !== null]
  if (!isLeft || !isRight) return Number(isRight) - Number(isLeft)
  if (typeof left === 'number' && typeof right === 'number') return left - right
  const [a, b] = [textOf(left).toLowerCase(), textOf(right).toLowerCase()]
  return a < b ? -1 : a > b ? 1 : 0
}
