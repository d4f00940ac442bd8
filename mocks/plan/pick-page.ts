import type { MemberPath } from '../../documents/resources/resource.ts'
import { type KeptRecord, type Members, textOf } from '../resources/kept-record.ts'
import { isTurned, pickBy, sortBy } from '../resources/pick-records.ts'
import type { PlannedOperation } from './plan.ts'

/** One page of a list, how many there are on all, and what a client says to see the next; null where there is none. */
interface PickedPage {
  readonly records: readonly KeptRecord[]
  readonly total: number
  readonly next: unknown
}

/** The page that is asked for: of a cursor, what comes behind the record of that name. */
export function pickPage(
  list: NonNullable<PlannedOperation['list']>,
  members: Iterable<MemberPath>,
  asked: Members,
  all: readonly KeptRecord[],
): PickedPage {
  const isPicked = pickBy(list, { ...list.defaults, ...asked })
  const picked = isPicked ? all.filter(isPicked) : [...all]
  const order = sortBy(list, asked, members)
  if (order) picked.sort(order)
  else if (isTurned(list.direction, asked)) picked.reverse()
  const { paging, first = 1, size: usual = 100 } = list
  const total = picked.length
  if (!paging) return { records: picked, total, next: null }
  const size = Number(asked[paging.size ?? ''] ?? usual)
  const start = asked[paging.start ?? '']
  const behind = start === undefined ? 0 : picked.findIndex(({ id }) => id === textOf(start)) + 1
  const from =
    paging.kind === 'cursor'
      ? behind
      : paging.kind === 'page'
        ? (Number(start ?? first) - first) * size
        : Number(start ?? 0)
  const to = Math.max(0, from) + size
  const records = picked.slice(Math.max(0, from), to)
  const nexts = { cursor: records.at(-1)?.id, page: Number(start ?? first) + 1, offset: to }
  return { records, total, next: to < total ? nexts[paging.kind] : null }
}
