import { wordsOf } from '../../documents/patterns/read-words.ts'
import type { ListShape, MemberPath } from '../../documents/resources/resource.ts'
import { isMembers, type KeptRecord, type Members, textOf } from './kept-record.ts'
import { valueAt } from './member-path.ts'

/** What a filter says that picks everything. */
const ALL = new Set(['all', 'any', '*', ''])

/**
 * Says of a record whether a list that was asked with these parameters shows it.
 * @param filters by parameter: the member that it picks by; without one, any that holds the text
 * @returns undefined where everything is picked
 */
export function pickBy(
  filters: Readonly<Record<string, MemberPath>>,
  asked: Members,
): ((record: KeptRecord) => boolean) | undefined {
  const wanted = Object.entries(filters).flatMap(([name, path]) => {
    const values = [asked[name] ?? []].flat().map(textOf)
    return values.length === 0 || values.some((text) => ALL.has(text)) ? [] : [{ path, values: new Set(values) }]
  })
  if (wanted.length === 0) return undefined
  return ({ data }) =>
    wanted.every(({ path, values }) => {
      if (path.length === 0) return [...values].every((text) => holdsText(data, text.toLowerCase()))
      const value = valueAt(data, path)
      return [value].flat().some((one) => isOneOf(one, values))
    })
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
  members: Iterable<string>,
): ((left: KeptRecord, right: KeptRecord) => number) | undefined {
  const known = new Map([...members].map((name) => [wordsOf(name), name]))
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
      const order = compare(left.data[member], right.data[member])
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
function memberBy(known: ReadonlyMap<string, string>, name: string): string | undefined {
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
