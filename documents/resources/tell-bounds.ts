/** How a value compares to what is asked for. */
export type Bound = 'gt' | 'gte' | 'lt' | 'lte'

const BOUNDS: Readonly<Record<string, Bound>> = {
  gt: 'gt',
  'greater than': 'gt',
  after: 'gt',
  gte: 'gte',
  ge: 'gte',
  min: 'gte',
  minimum: 'gte',
  from: 'gte',
  since: 'gte',
  lt: 'lt',
  'less than': 'lt',
  before: 'lt',
  lte: 'lte',
  le: 'lte',
  max: 'lte',
  maximum: 'lte',
  to: 'lte',
  until: 'lte',
}
const BOUND_BEHIND =
  /^(.+) (gte?|lte?|ge|le|greater than|less than|min|max|minimum|maximum|from|to|after|before|since|until)$/
const BOUND_BEFORE = /^(min|max|minimum|maximum|from|to|after|before|since|until) (.+)$/

/** What the words of one bound say: `gte` of `price[gte]`. */
export const boundIn = (words: string): Bound | undefined => (Object.hasOwn(BOUNDS, words) ? BOUNDS[words] : undefined)

/** Which member a parameter bounds, and how: of `created after` it may be called `created` or `created at`. */
export function boundOf(
  words: string,
): { readonly members: readonly string[]; readonly bound: Bound; readonly isTime: boolean } | undefined {
  const [, behind = '', last = ''] = BOUND_BEHIND.exec(words) ?? []
  const [, first = '', before = ''] = BOUND_BEFORE.exec(words) ?? []
  const [stem, word] = last === '' ? [before, first] : [behind, last]
  const bound = boundIn(word)
  if (bound === undefined) return undefined
  const isTime = /^(?:after|before|since|until)$/.test(word)
  const members = ['', ' at', ' on', ' date', ' time', ' timestamp'].map((end) => stem + end)
  return { members: [...members, `date ${stem}`], bound, isTime }
}
