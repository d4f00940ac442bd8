import { keywordsOf, targetOf } from '../../documents/contract/follow-schema.ts'
import type { DeclaredParameter } from '../../documents/contract/operation.ts'
import { onceFor } from '../../documents/read/once.ts'
import { formOf } from '../../documents/resources/read-form.ts'
import type { ListShape, MemberPath } from '../../documents/resources/resource.ts'
import type { Decision, Draft, Turn } from '../engine/vocabulary.ts'
import type { Address } from './address.ts'
import { isMembers, type KeptRecord, liesBelow, type Members, membersOf, recordsOf } from './kept-record.ts'
import type { KeptResource, Scene } from './kept-resource.ts'
import { withValueAt } from './member-path.ts'
import { alternativeOf, itemSchemaOf, schemaAt } from './member-schema.ts'
import { takePage } from './page-records.ts'
import { isTurned, pickBy, sortBy } from './pick-records.ts'
import { replyViewOf } from './reply-view.ts'
import { firstItemOf, showItem } from './show-record.ts'
import { pageHeaders, tellPage } from './tell-page.ts'

/** A list, or what a search finds: the page that is asked for, in the envelope that is declared. */
export function listRecords(scene: Scene, turn: Turn, draft: Draft<object>, { under }: Address): Decision {
  const { contract, inferred } = scene
  const { list } = inferred
  const view = replyViewOf(scene)
  const { media, reply, status, validate } = view
  if (!list || !media) return { status }
  const asked = askedOf(scene, turn)
  const { all, total } = selectRecords(scene, draft, under, asked)
  const page = takePage(scene, asked, all, total)
  const envelope = view.composed()
  const items = itemSchemaOf(contract, schemaAt(contract, alternativeOf(contract, media.schema, envelope), list.at))
  const show = showItem(contract, items, firstItemOf(envelope, list.at), list.item)
  const shown = page.records.map(show)
  const told = tellPage(scene, media.schema, envelope, page, turn.input)
  const bodies = [told, envelope].map((one) => withValueAt(one, list.at, shown))
  const body = bodies.find((one) => validate(one))
  const headers = pageHeaders(scene, reply?.headers.map(({ name }) => name) ?? [], page, turn.input)
  return { status, yields: true, headers, ...(body !== undefined && { body }) }
}

/** How many there are. */
export function countRecords(scene: Scene, turn: Turn, draft: Draft<object>, { under }: Address): Decision {
  const view = replyViewOf(scene)
  const { all, total } = selectRecords(scene, draft, under, askedOf(scene, turn))
  const count = total ?? [...all].length
  const shown = view.composed()
  const path = scene.inferred.reply ?? numberIn(shown)
  const body = path && withValueAt(shown, path, count)
  return { status: view.status, yields: true, ...(body !== undefined && view.validate(body) && { body }) }
}

/** Where in a body its only number is. */
function numberIn(body: unknown): string[] | undefined {
  if (typeof body === 'number') return []
  const numbers = Object.entries(membersOf(body)).filter(([, value]) => typeof value === 'number')
  return numbers.length === 1 && numbers[0] ? [numbers[0][0]] : undefined
}

/** What a search may be asked in its body is asked as a list is in its query; of a filter that is left out, its default. */
function askedOf(scene: Scene, { input }: Turn): Members {
  const { role } = scene.inferred
  if (role === 'delete-many') return input.query
  const said = role === 'search' && isMembers(input.body) ? { ...input.query, ...input.body } : input.query
  const defaults = defaultsOf(scene)
  return Object.keys(defaults).length > 0 ? { ...defaults, ...said } : said
}

/** What the filters of an operation are where nobody says: what the document gives as their default. */
export const defaultsOf = onceFor((scene: Scene): Members => {
  const { filters, ranges = {} } = pickingOf(scene)
  const picks = ({ name }: DeclaredParameter) => (filters[name]?.length ?? 0) > 0 || Object.hasOwn(ranges, name)
  return Object.fromEntries(
    scene.declared.parameters.flatMap((one) => {
      const { default: usual } = keywordsOf(targetOf(scene.contract, one.schema.schema))
      // Yes or no may as well say how records show, or that all do.
      const isSaid = usual !== undefined && usual !== null && typeof usual !== 'boolean'
      return one.in === 'query' && isSaid && picks(one) ? [[one.name, usual]] : []
    }),
  )
})

/** What an operation may be asked by; who counts is asked as who lists. */
function pickingOf({ inferred, kept, declared }: Scene): Pick<ListShape, 'filters' | 'ranges'> {
  if (inferred.role !== 'count') return inferred.list ?? { filters: {} }
  const names = new Set(declared.parameters.map(({ name }) => name))
  const { filters = {}, ranges = {} }: Partial<ListShape> =
    kept.scenes.find(({ inferred: { role } }) => role === 'list')?.inferred.list ?? {}
  const own = <T>(all: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => names.has(name)))
  return { filters: own(filters), ranges: own(ranges) }
}

interface Selected {
  readonly all: Iterable<KeptRecord>
  /** Undefined where somebody has to look. */
  readonly total: number | undefined
}

/** The records that a list is about; of a list of everything in order of creation nothing is looked at before its page. */
export function selectRecords(
  scene: Scene,
  draft: Draft<object>,
  under: readonly string[] | undefined,
  asked: Members,
): Selected {
  const { inferred, kept } = scene
  const shape: Partial<ListShape> = inferred.list ?? {}
  const { filters, ranges = {} } = pickingOf(scene)
  const members = () => kept.form.members.keys()
  const picks = inferred.role === 'search' || inferred.role === 'delete-many' || inferred.role === 'count'
  const own: Record<string, MemberPath> = picks ? { ...filtersIn(asked, members()), ...filters } : { ...filters }
  // Who deletes several names them in lists of many forms.
  if (inferred.role === 'delete-many') delete own[kept.resource.identity?.member ?? 'id']
  const isPicked = pickBy({ filters: own, ranges }, asked)
  const isWhole = under === undefined || under.length === 0
  if (isWhole && !isPicked && Object.keys(asked).length === 0) return { all: recordsOf(draft), total: draft.size }
  const order = sortBy(shape, asked, sortableIn(kept))
  const turns = order === undefined && isTurned(shape.direction, asked)
  const isUnordered = order === undefined && !turns
  if (isWhole && !isPicked && isUnordered) return { all: recordsOf(draft), total: draft.size }
  const picksOne = (record: object) =>
    (isWhole || liesBelow(record as KeptRecord, under)) && (!isPicked || isPicked(record as KeptRecord))
  // Nobody else has a turn between the choice and the removal.
  if (inferred.role === 'delete-many') return { all: [...recordsOf(draft)].filter(picksOne), total: undefined }
  const found = (draft as Draft<KeptRecord>).select({
    picks: picksOne,
    isTurned: turns,
    ...(order && { by: (record: KeptRecord) => record, compare: order }),
  })
  return { all: found.slice(0, found.length), total: found.length }
}

/** What records are sorted by: their members, and those of JSON:API that are attributes (1.1, section 6.6). */
export const sortableIn = ({ contract, form }: KeptResource): readonly MemberPath[] =>
  [...form.members.values()].flatMap(({ name, place }) =>
    name === 'attributes' && place
      ? [[name], ...[...formOf(contract, place).members.keys()].map((inner) => [name, inner])]
      : [[name]],
  )

/** Where nothing declares filters, what is called like a member of a record picks by it. */
const filtersIn = (asked: Members, members: Iterable<string>): Record<string, MemberPath> =>
  Object.fromEntries([...members].filter((name) => Object.hasOwn(asked, name)).map((name) => [name, [name]]))
