import type { MemberPath } from '../../documents/resources/resource.ts'
import { declaredStatus } from '../engine/check-reply.ts'
import {
  type Behaviour,
  type Behaviours,
  type Decision,
  type Draft,
  type Operation,
  type OperationExamples,
  type OperationValidators,
  type Refusal,
  refuse,
  type Turn,
  type World,
} from '../engine/vocabulary.ts'
import { fromExamples } from '../replies/from-examples.ts'
import { keysOf } from '../resources/find-holder.ts'
import {
  checkRecord,
  findRecord,
  type KeptRecord,
  keyOf,
  liesBelow,
  type Members,
  membersOf,
  recordsOf,
  textOf,
} from '../resources/kept-record.ts'
import { valueAt, withValueAt } from '../resources/member-path.ts'
import { mendValue } from '../resources/mend-value.ts'
import { mergePatch } from '../resources/merge-patch.ts'
import { vary } from '../resources/vary-name.ts'
import { pickPage } from './pick-page.ts'
import type { Plan, PlannedOperation, PlannedResource, TimeForm } from './plan.ts'

/** What an API is made of whose document was read ahead of time. */
export interface Planned {
  readonly operations: readonly Operation[]
  /** Of every operation, with one reply of each status. */
  readonly examples: Readonly<Record<string, OperationExamples>>
  readonly validators: Readonly<Record<string, OperationValidators>>
  readonly plan: Plan
  /** Where its paths begin. */
  readonly basePath: string
}

interface Scene extends PlannedOperation {
  readonly kept: PlannedResource
  readonly operation: Operation
  readonly planned: Planned
  readonly byName: ReadonlyMap<string, PlannedResource>
}

/** How an API behaves by its plan: it keeps what is created, changed and removed; what is not planned it shows from examples. */
export function fromPlan(planned: Planned): Behaviours {
  const { operations, examples, validators, plan } = planned
  const shown = fromExamples(operations, examples, validators)
  const byName = new Map(plan.resources.map((kept) => [kept.name, kept]))
  return {
    ...shown,
    collections: Object.fromEntries(
      plan.resources.map(({ name, uniques = [] }) => [
        name,
        {
          idOf(record: object) {
            const { under, id } = checkRecord(record)
            return keyOf(under, id)
          },
          keysOf: (record: object) => keysOf(uniques, record as KeptRecord),
        },
      ]),
    ) as Behaviours['collections'],
    furnish({ collections }, { records, empty }) {
      for (const { name, records: first } of empty ? [] : plan.resources) {
        for (const record of first.slice(0, records)) collections[name]?.put(record)
      }
    },
    operations: Object.fromEntries(
      operations.map((operation) => {
        const own = plan.operations[operation.id]
        const kept = own && byName.get(own.resource)
        const show = shown.operations[operation.id] as Behaviour
        return [operation.id, kept ? (turn) => play({ ...own, kept, operation, planned, byName }, turn) : show]
      }),
    ),
  }
}

const draftOf = ({ name }: PlannedResource, { collections }: Turn): Draft<object> => collections[name] as Draft<object>

function play(scene: Scene, turn: Turn): Decision {
  const { kept, operation, role, list } = scene
  const texts = [...operation.path.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => textOf(turn.input.path[name]))
  const under = texts.slice(0, kept.under)
  const orphan = refuseOrphan(scene, turn, kept, under)
  if (orphan) return orphan
  if (list && (role === 'list' || role === 'search')) return showList(scene, turn, under)
  if (role === 'create') return create(scene, turn, under)
  const id = kept.isSingle ? '' : scene.id === undefined ? undefined : texts[scene.id]
  const record = findNamed(kept, turn, texts.length > kept.under || kept.isSingle ? under : undefined, id)
  if (!record) {
    const isWritten = role === 'singleton-write' && operation.method !== 'DELETE'
    if (isWritten || (role === 'replace' && kept.isPut)) return create(scene, turn, under, id)
    return missing(kept, id)
  }
  if (role === 'delete' || operation.method === 'DELETE') return remove(scene, turn, record)
  if (role.endsWith('read')) return show(scene, record.data)
  return change(scene, turn, record, role === 'replace' || operation.method === 'PUT')
}

const missing = ({ noun }: PlannedResource, id = ''): Refusal =>
  refuse('failure', `there is no ${noun} ${id}`.trimEnd(), { status: 404, rule: 'not-found' })

function refuseOrphan(scene: Scene, turn: Turn, kept: PlannedResource, under: readonly string[]): Refusal | undefined {
  const parent = kept.parent === undefined ? undefined : scene.byName.get(kept.parent)
  const id = parent && under[parent.under]
  if (!parent || id === undefined) return undefined
  const place = under.slice(0, parent.under)
  const above = refuseOrphan(scene, turn, parent, place)
  if (above || !parent.identity || !parent.isMade || findRecord(draftOf(parent, turn), place, id)) return above
  return missing(parent, id)
}

/** The path of an item need not say what it lies under. */
function findNamed(kept: PlannedResource, turn: Turn, under: readonly string[] | undefined, id: string | undefined) {
  if (id === undefined) return undefined
  const draft = draftOf(kept, turn)
  return under ? findRecord(draft, under, id) : [...recordsOf(draft)].find((record) => record.id === id)
}

/** A reply that shows a record, or as the document shows it. */
function show(scene: Scene, data: Members, extra: { headers?: Record<string, string> } = {}): Decision {
  const { status, reply } = scene
  const { envelope, validate } = viewOf(scene)
  if (!reply) return { status, ...(envelope !== undefined && { body: envelope }), ...extra }
  const body = withValueAt(envelope, reply, seen(scene, data))
  return { status, body: !validate || validate(body) ? body : mendValue(body, envelope, validate), ...extra }
}

function viewOf({ operation, status, planned: { examples, validators } }: Scene) {
  const key = declaredStatus(operation, status) ?? ''
  const [envelope] = Object.values(examples[operation.id]?.replies[key] ?? {})
  return { envelope, validate: validators[operation.id]?.replies[key] }
}

const seen = ({ shows, hides }: Scene, data: Members): Members =>
  Object.fromEntries(Object.entries(data).filter(([name]) => (shows ? shows.includes(name) : !hides?.includes(name))))

/** Members, and those of JSON:API that are attributes. */
const sortableIn = ({ fill, example }: PlannedResource): MemberPath[] => [
  ...Object.keys({ ...fill, ...example }).map((name) => [name]),
  ...Object.keys(membersOf(example['attributes'])).map((name) => ['attributes', name]),
]

function showList(scene: Scene, turn: Turn, under: readonly string[]): Decision {
  const { kept, status, list, role } = scene
  if (!list) return { status }
  const { envelope, validate } = viewOf(scene)
  const asked = role === 'search' ? { ...turn.input.query, ...membersOf(turn.input.body) } : turn.input.query
  const all = [...recordsOf(draftOf(kept, turn))].filter((record) => liesBelow(record, under))
  const { records, total, next } = pickPage(list, sortableIn(kept), asked, all)
  const items = records.map(({ data }) => {
    const first = valueAt(envelope, list.at)
    return withValueAt(
      list.item.length > 0 && Array.isArray(first) ? first[0] : undefined,
      list.item,
      seen(scene, data),
    )
  })
  const { paging } = list
  const told = (list.totals ?? []).reduce((one, at) => withValueAt(one, at, total), envelope)
  const nexts = paging?.next ? [next, null, undefined].map((one) => withValueAt(told, paging.next ?? [], one)) : []
  const bodyOf = (shown: readonly unknown[]): unknown =>
    [...nexts, told, envelope].map((one) => withValueAt(one, list.at, shown)).find((one) => !validate || validate(one))
  const body = bodyOf(items)
  if (body !== undefined || !validate) return { status, body }
  // Each by itself: what is missing in one is as the document shows it.
  const mended = items.flatMap((item) => {
    const alone = valueAt(mendValue(withValueAt(envelope, list.at, [item]), envelope, validate), list.at)
    return Array.isArray(alone) ? alone.slice(0, 1) : []
  })
  return { status, body: bodyOf(mended) ?? envelope }
}

/** What a request says of a record, without what clients may not say. */
function sentOf({ request = [], unsaid = [] }: Scene, { input }: Turn): Members {
  const sent = Object.entries(membersOf(valueAt(input.body, request)))
  return Object.fromEntries(sent.filter(([name]) => !unsaid.includes(name)))
}

function create(scene: Scene, turn: Turn, under: readonly string[], name?: string): Decision {
  const { kept, operation, planned } = scene
  const draft = draftOf(kept, turn)
  const sent = sentOf(scene, turn)
  const { identity } = kept
  const own = identity && sent[identity.member]
  const isOwn =
    name === undefined &&
    own !== undefined &&
    own !== null &&
    (identity?.isClients || !draft.get(keyOf(under, textOf(own))))
  let value: unknown = name === undefined ? own : identity?.isNumber ? Number(name) : name
  if (name === undefined && !isOwn) {
    draft.fresh((number) => {
      value = nameOf(kept, turn.world, number)
      return keyOf(under, textOf(value))
    })
  }
  const id = name ?? textOf(value)
  const filled = Object.entries(kept.fill).map(([member, fill]) => {
    if ('step' in fill) return [member, fill.isNumber ? Number(under[fill.step]) : under[fill.step]]
    if ('time' in fill) return [member, timeOf(turn.world, fill.time)]
    if ('value' in fill) return [member, fill.value]
    return [member, other(fill.vary, draft.size + 1, turn.world.within(id))]
  })
  const data = { ...Object.fromEntries(filled), ...sent, ...(identity && { [identity.member]: value }) }
  const record: KeptRecord = { under, id, data }
  const refusal = findRecord(draft, under, id)
    ? taken(scene, identity?.member ?? 'id', value)
    : refuseTaken(scene, turn, record)
  if (refusal) return refusal
  draft.put(record)
  const texts = [...under, id]
  const location = kept.item?.replace(/\{[^{}]+\}/g, () => encodeURIComponent((texts.shift() ?? '').toWellFormed()))
  const isNew = scene.status === 201 && location !== undefined && operation.method === 'POST'
  return show(scene, data, isNew ? { headers: { location: planned.basePath + location } } : {})
}

function nameOf({ name, identity }: PlannedResource, world: World, number: number): unknown {
  const { next = 'uuid' } = identity ?? {}
  if (next === 'uuid') return world.uuid(name, number)
  return 'like' in next ? vary(next.like, number, world.within(name)) : number - 1 + next.number
}

const other = (example: unknown, number: number, world: World): unknown =>
  typeof example === 'number' ? example + number : typeof example === 'string' ? vary(example, number, world) : example

const timeOf = ({ now, timestamp }: World, form: TimeForm): unknown =>
  form === 'iso'
    ? timestamp
    : form === 'date'
      ? timestamp.slice(0, 10)
      : Math.floor(now.getTime() / (form === 's' ? 1000 : 1))

function change(scene: Scene, turn: Turn, before: KeptRecord, isWhole: boolean): Decision {
  const { kept } = scene
  const { identity, stamps = {}, servers = [], nullable = [], fill } = kept
  const sent = sentOf(scene, turn)
  const own = Object.entries(before.data).filter(([name]) => servers.includes(name) || name === identity?.member)
  const usual = Object.entries(fill).flatMap(([name, one]) =>
    'value' in one && !servers.includes(name) ? [[name, one.value]] : [],
  )
  const merged = isWhole
    ? { ...Object.fromEntries(usual), ...Object.fromEntries(own), ...sent }
    : {
        ...membersOf(mergePatch(before.data, sent)),
        // A merge patch takes away what is null (RFC 7396, section 1); of another type null is what it is from now on.
        ...(!turn.input.mediaType?.includes('merge') &&
          Object.fromEntries(nullable.filter((name) => sent[name] === null).map((name) => [name, null]))),
      }
  const times = Object.entries(stamps).map(([name, form]) => [name, timeOf(turn.world, form)])
  const name = identity && before.data[identity.member]
  const data = {
    ...merged,
    ...Object.fromEntries(times),
    ...(identity && name !== undefined && { [identity.member]: name }),
  }
  const record = { ...before, data }
  const refusal = refuseTaken(scene, turn, record)
  if (refusal) return refusal
  draftOf(kept, turn).put(record)
  return show(scene, data)
}

/** What lies below a record goes with it. */
function remove(scene: Scene, turn: Turn, { under, id, data }: KeptRecord): Decision {
  const place = scene.kept.identity ? [...under, id] : under
  const isBelow = ({ parent }: PlannedResource): boolean =>
    parent !== undefined && (parent === scene.kept.name || isBelow(scene.byName.get(parent) as PlannedResource))
  for (const kept of [...scene.byName.values()].filter(isBelow)) {
    const draft = draftOf(kept, turn)
    for (const one of [...recordsOf(draft)]) if (liesBelow(one, place)) draft.remove(keyOf(one.under, one.id))
  }
  draftOf(scene.kept, turn).remove(keyOf(under, id))
  return show(scene, data)
}

/** A row that orders a failure, or another record that has what only one may have. */
function refuseTaken(scene: Scene, turn: Turn, record: KeptRecord): Refusal | undefined {
  const mail = Object.values(record.data).find((one) => typeof one === 'string' && /@rollcall\.test$/i.test(one))
  const struck = turn.failRow(mail as string | undefined)
  if (struck) return refuse('failure', '', { rule: struck.id })
  const draft = draftOf(scene.kept, turn)
  for (const [index, key] of keysOf(scene.kept.uniques ?? [], record)) {
    const holder = draft.find(index, key) as KeptRecord | undefined
    if (holder && keyOf(holder.under, holder.id) !== keyOf(record.under, record.id)) {
      return taken(scene, index.slice(1), valueAt(record.data, index.split('/').slice(1)))
    }
  }
  return undefined
}

function taken({ kept, operation, duplicate }: Scene, member: string, value: unknown): Refusal {
  const at = `/${member}`
  if (duplicate !== undefined) return refuse('failure', '', { rule: duplicate, at })
  const status = [409, 422, 400].find((one) => Object.hasOwn(operation.replies, one)) ?? 409
  const words = `there is a ${kept.noun} with the ${member} ${JSON.stringify(value)} already`
  return refuse('failure', words, { status, rule: 'duplicate', at })
}
