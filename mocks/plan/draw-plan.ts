import type { Contract } from '../../documents/contract/contract.ts'
import { keywordsOf, targetOf } from '../../documents/contract/follow-schema.ts'
import type { SchemaPlace } from '../../documents/contract/schema.ts'
import { isLeftOut } from '../../documents/contract/tell-directions.ts'
import { findResources } from '../../documents/resources/find-resources.ts'
import { formOf } from '../../documents/resources/read-form.ts'
import type { ListShape, MemberPath, ResourceRole } from '../../documents/resources/resource.ts'
import { tellsApart } from '../../documents/values/vary-example.ts'
import type { Operation } from '../engine/vocabulary.ts'
import { createWorld } from '../engine/world.ts'
import { itemTemplateOf, parametersOf } from '../resources/address.ts'
import { makingOf } from '../resources/change-records.ts'
import { asMember } from '../resources/compose-record.ts'
import { completeRecord, draftOf } from '../resources/first-records.ts'
import { fromResources } from '../resources/from-resources.ts'
import { keepResources } from '../resources/keep-resources.ts'
import { type KeptRecord, type Members, recordsOf } from '../resources/kept-record.ts'
import type { KeptResource, Member, Scene } from '../resources/kept-resource.ts'
import { defaultsOf } from '../resources/list-records.ts'
import { itemSchemaOf, schemaAt } from '../resources/member-schema.ts'
import { failureBy, nounOf } from '../resources/refuse-call.ts'
import { replyViewOf } from '../resources/reply-view.ts'
import { seeThrough } from '../resources/show-record.ts'
import { isNotYet, timeOf } from '../resources/stamp-times.ts'
import { MemoryStore } from '../state/memory-store.ts'
import type { Fill, Plan, PlannedOperation, PlannedResource, TimeForm } from './plan.ts'

/** What `play-plan.ts` does; all else is answered from examples. */
const PLAYED: ReadonlySet<ResourceRole> = new Set([
  'list',
  'search',
  'create',
  'read',
  'replace',
  'update',
  'delete',
  'singleton-read',
  'singleton-write',
])

/** Any world: what is asked of it is only how a time is written. */
const WORLD = createWorld('rollcall', 'plan', '', new Date('2026-01-01T00:00:00.000Z'))

/** What a mock that reads the document would keep of it and do, as data. */
export function drawPlan(contract: Contract, operations: readonly Operation[]): Plan {
  const keeping = keepResources(contract, contract.once(findResources), operations)
  const all = new Map(
    keeping.names.flatMap((name) => {
      const kept = keeping.named(name)
      return kept ? [[name, kept] as const] : []
    }),
  )
  const records = firstRecordsOf(contract, operations, all)
  const scenes = [...all.values()].flatMap((kept) => kept.scenes.filter(({ inferred }) => PLAYED.has(inferred.role)))
  return {
    resources: [...all.values()].map((kept) => drawResource(kept, records.get(kept.name) ?? [])),
    operations: Object.fromEntries(scenes.map((scene) => [scene.operation.id, drawOperation(scene)])),
  }
}

function drawResource(kept: KeptResource, records: readonly KeptRecord[]): PlannedResource {
  const { form, resource, parent, uniques } = kept
  const members = [...form.members.values()]
  const stamps = members.flatMap((member) => {
    const time = formOfTime(
      member.isServers ? timeOf(form, member, form.example[member.name], WORLD, 'changed') : undefined,
    )
    return time ? [[member.name, time] as const] : []
  })
  const servers = members.filter(({ isServers }) => isServers).map(({ name }) => name)
  const nullable = members.filter(({ isNullable }) => isNullable).map(({ name }) => name)
  const item = itemTemplateOf(kept)
  const identity = drawIdentity(kept)
  return {
    name: kept.name,
    noun: nounOf(kept),
    under: resource.under.length,
    ...(parent && { parent: parent.name }),
    ...(identity && { identity }),
    ...(kept.isSingle && { isSingle: true }),
    ...(kept.isMade && { isMade: true }),
    ...(kept.isPut && { isPut: true }),
    ...(item !== undefined && { item }),
    ...(uniques.length > 0 && { uniques }),
    fill: Object.fromEntries(
      members.flatMap((member) => {
        const fill = member.name === resource.identity?.member ? undefined : drawFill(kept, member)
        return fill ? [[member.name, fill] as const] : []
      }),
    ),
    ...(stamps.length > 0 && { stamps: Object.fromEntries(stamps) }),
    ...(servers.length > 0 && { servers }),
    ...(nullable.length > 0 && { nullable }),
    example: form.example,
    records,
  }
}

/** As `makeIdentity` chooses. */
function drawIdentity(kept: KeptResource): PlannedResource['identity'] {
  const { contract, form, resource } = kept
  const { identity } = resource
  if (!identity) return undefined
  const { member, by } = identity
  const place = form.members.get(member)?.place
  const example = form.example[member]
  const types = place ? formOf(contract, place).types : new Set<string>()
  const isText = types.has('string') || typeof example === 'string' || (types.size === 0 && typeof example !== 'number')
  const { format, minimum = 1 } = keywordsOf(place && targetOf(contract, place.schema))
  const isUuid = format === 'uuid' || (typeof example === 'string' && UUID.test(example))
  const like = typeof example === 'string' ? { like: example } : ('uuid' as const)
  return {
    member,
    ...(by === 'client' && { isClients: true }),
    next: !isText ? { number: Math.max(1, Math.ceil(minimum)) } : isUuid ? 'uuid' : like,
    ...(!isText && { isNumber: true }),
  }
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i

/** As `composeRecord` fills what nobody says. */
function drawFill(kept: KeptResource, member: Member): Fill | undefined {
  const { form, references } = kept
  if (member.default !== undefined) return { value: member.default }
  const { step } = references.find((one) => one.member === member.name) ?? {}
  if (step !== undefined)
    return { step, ...(typeof asMember(kept, member.name, '1') === 'number' && { isNumber: true }) }
  if (!member.isServers && !member.isRequired) return undefined
  const example = form.example[member.name]
  const time = member.isServers ? timeOf(form, member, example, WORLD, 'made') : undefined
  const written = formOfTime(time)
  if (written) return { time: written }
  if (time === null) return { value: null }
  if ((!member.isRequired && isNotYet(member)) || example === undefined) return undefined
  return member.isServers && tellsApart(member.name, '') ? { vary: example } : { value: example }
}

function formOfTime(time: unknown): TimeForm | undefined {
  if (typeof time === 'number') return time > 10_000_000_000 ? 'ms' : 's'
  return typeof time === 'string' ? (/^\d{4}-\d\d-\d\d$/.test(time) ? 'date' : 'iso') : undefined
}

function drawOperation(scene: Scene): PlannedOperation {
  const { contract, kept, inferred, operation, declared } = scene
  const { role, request, reply, list } = inferred
  const isCreated = role === 'create' && Object.hasOwn(operation.replies, '201')
  const view = isCreated ? replyViewOf(scene, 201) : replyViewOf(scene)
  const names = parametersOf(operation.path)
  const at =
    names.length > kept.resource.under.length
      ? kept.resource.under.length
      : names.indexOf(inferred.identity?.parameter ?? '')
  const id = kept.isSingle || at < 0 ? undefined : at
  const json = declared.body?.json
  const sent = formOf(contract, schemaAt(contract, json, request ?? []) ?? NOTHING).members
  const unsaid = [...sent].filter(([, { schema }]) => isLeftOut(contract, schema, 'readOnly')).map(([name]) => name)
  const shown = list
    ? schemaAt(contract, itemSchemaOf(contract, schemaAt(contract, view.media?.schema, list.at)), list.item)
    : reply && schemaAt(contract, view.media?.schema, reply)
  const duplicate = failureBy(declared.failures, 'duplicate')?.id
  return {
    resource: kept.name,
    role,
    status: view.status,
    ...(id !== undefined && { id }),
    ...(request && { request }),
    ...(unsaid.length > 0 && { unsaid }),
    ...(reply && view.media && { reply }),
    ...drawShown(contract, shown, [...kept.form.members.keys()]),
    ...(list && {
      list: {
        ...list,
        ...drawPaging(scene),
        ...drawDefaults(scene),
        totals: drawTotals(contract, view.media?.schema, list),
      },
    }),
    ...(duplicate !== undefined && { duplicate }),
  }
}

const NOTHING: SchemaPlace = { schema: false, pointer: '' } as unknown as SchemaPlace

/** A member that no schema names. */
const PROBE = '\0'

function drawShown(
  contract: Contract,
  place: SchemaPlace | undefined,
  members: readonly string[],
): Pick<PlannedOperation, 'shows' | 'hides'> {
  const all = [...new Set([...members, ...(place ? formOf(contract, place).members.keys() : [])])]
  const seen = seeThrough(contract, place, Object.fromEntries([...all, PROBE].map((name) => [name, true])))
  if (!Object.hasOwn(seen, PROBE)) return { shows: Object.keys(seen) }
  const hides = all.filter((name) => !Object.hasOwn(seen, name))
  return hides.length > 0 ? { hides } : {}
}

/** How a number of all items is called. */
const TOTAL =
  /^(?:total|count|total_?(?:count|items|results|records|elements)|(?:item|record|result)s?_?count|num_?(?:found|results))$/i

/** Where a reply says how many there are: as was found, else beside the list. */
function drawTotals(contract: Contract, place: SchemaPlace | undefined, { at, paging }: ListShape): MemberPath[] {
  if (paging?.total) return [paging.total]
  const around = at.slice(0, -1)
  const beside = at.length > 0 ? schemaAt(contract, place, around) : undefined
  const names = beside ? [...formOf(contract, beside).members.keys()].filter((name) => TOTAL.test(name)) : []
  return names.map((name) => [...around, name])
}

/** What is asked where nothing is said. */
function drawDefaults(scene: Scene): { defaults?: Members } {
  const defaults = defaultsOf(scene)
  return Object.keys(defaults).length > 0 ? { defaults } : {}
}

/** How many a page holds, and which number the first one has. */
function drawPaging({ contract, declared, inferred }: Scene): { size?: number; first?: number } {
  const { paging } = inferred.list ?? {}
  if (!paging) return {}
  const keywords = (name: string | undefined) => {
    const parameter = declared.parameters.find((one) => one.in === 'query' && one.name === name)
    return keywordsOf(parameter && targetOf(contract, parameter.schema.schema))
  }
  const { default: usual, maximum = 100 } = keywords(paging.size)
  const { default: start, minimum } = keywords(paging.start)
  return {
    size: typeof usual === 'number' && usual > 0 ? usual : Math.min(100, Math.max(1, maximum)),
    first: paging.kind !== 'page' || (start !== 0 && minimum !== 0) ? 1 : 0,
  }
}

/** What a tenant of the mock begins with, all of it. */
function firstRecordsOf(
  contract: Contract,
  operations: readonly Operation[],
  all: ReadonlyMap<string, KeptResource>,
): ReadonlyMap<string, readonly KeptRecord[]> {
  const { collections, furnish } = fromResources(contract, operations)
  const store = new MemoryStore({
    collectionsOf: () => collections,
    furnish: (_, __, open) => furnish?.(open, {}),
  })
  const open = store.openSession('').open('plan', '')
  const drafts = open.collections
  const turn = { collections: drafts, world: WORLD }
  const found = new Map(
    [...all.values()].map((kept) => {
      const [scene] = kept.scenes
      const records = [...recordsOf(draftOf(kept, { drafts, world: WORLD }))].map((record) =>
        record.isSketch && scene ? completeRecord(makingOf(scene, turn as never, record.under), record) : record,
      )
      return [kept.name, records.map(({ under, id, data }) => ({ under, id, data }))] as const
    }),
  )
  open.rollback()
  return found
}
