import type { Contract } from '../contract/contract.ts'
import type { DeclaredOperation } from '../contract/operation.ts'
import { wordsOf } from '../patterns/read-words.ts'
import { findFilters } from './find-filters.ts'
import { type FoundList, findList, findPaging } from './find-list.ts'
import { ALIKE, findRecord } from './find-record.ts'
import { bodiesOf } from './read-bodies.ts'
import { type Form, formOf, isList, isRecord, likeness } from './read-form.ts'
import type { Step } from './read-paths.ts'
import {
  type Identity,
  type ListShape,
  type MemberPath,
  ONLY,
  type ResourceOperation,
  type ResourceRole,
} from './resource.ts'
import type { Sketch } from './sketch-resources.ts'
import { isDirection, isSort, pagingOf } from './tell-words.ts'
import type { Subject } from './verdict.ts'

const SENDING: ReadonlySet<ResourceRole> = new Set(['create', 'replace', 'update', 'create-many', 'singleton-write'])
const SHOWING: ReadonlySet<ResourceRole> = new Set([
  'create',
  'create-many',
  'read',
  'replace',
  'update',
  'delete',
  'singleton-read',
  'singleton-write',
  'action',
])

/** What is known of resources beyond a sketch. */
export interface NamedSketches {
  nameOf(sketch: Sketch): string | undefined
  /** Those that any operation is sure to have to do with. All operations are read to find them. */
  readonly found: ReadonlySet<Sketch>
  /** What a record looks like, by all that its operations say. */
  recordOf(sketch: Sketch): Form | undefined
}

/** An operation with all that is known of it by now. */
export function describeOperation(
  contract: Contract,
  { operation, steps, statement, verdict }: Subject,
  names: NamedSketches,
): ResourceOperation {
  const { request, reply } = bodiesOf(contract, operation)
  const { role, sketch, list, sure, reason, evidence = 'assumed' } = verdict
  const whole = sketch && { noun: sketch.noun, identity: sketch.identity, record: names.recordOf(sketch) }
  const sent = whole && request && SENDING.has(role) ? sentAt(contract, request, whole, role) : undefined
  const shown =
    whole && reply && SHOWING.has(role) ? (verdict.reply ?? shownAt(contract, reply, whole, role)) : undefined
  const nameIn = (one: Sketch | undefined) => one && names.nameOf(one)
  const whether = (one: Sketch | undefined) => (one && names.found.has(one) ? one : undefined)
  const told: ResourceOperation = {
    operationId: operation.id,
    role,
    resource: nameIn(sketch),
    parent: sketch && (sketch.statedParent ?? nameIn(sketch.parent)),
    identity: sketch?.identity && identityAt(steps, sketch, sketch.identity),
    request: statement?.request ?? sent,
    reply: statement?.reply ?? shown,
    list: list && withStated(shapeOf(contract, operation, list, sketch), statement?.list),
    sure: Math.round(sure * 100) / 100,
    reason,
    evidence,
  }
  if (role !== 'unsure') return told
  // Of what nobody is sure of there may be no resource.
  return Object.defineProperties(told, {
    resource: { get: () => nameIn(whether(sketch)) },
    parent: { get: () => sketch && (sketch.statedParent ?? nameIn(whether(sketch.parent))) },
  })
}

/** What is stated of a parameter goes before what it is called like. */
function withStated(found: ListShape, stated: Partial<ListShape> = {}): ListShape {
  const ranges = Object.entries(found.ranges ?? {}).filter(([name]) => !Object.hasOwn(stated.filters ?? {}, name))
  return { ...found, ...(found.ranges && { ranges: Object.fromEntries(ranges) }), ...stated }
}

/** By the name that the operation's own path has for the parameter. */
function identityAt(own: readonly Step[], { steps }: Sketch, identity: Identity): Identity {
  const parameter = own[steps.length]?.parameter
  return parameter === undefined ? identity : { ...identity, parameter }
}

type Known = Pick<Sketch, 'noun' | 'identity' | 'record'>

function sentAt(
  contract: Contract,
  request: Form,
  { noun, record }: Known,
  role: ResourceRole,
): MemberPath | undefined {
  if (role !== 'create-many')
    return isList(request) ? undefined : findRecord(contract, request, { noun, known: record }).at
  if (isList(request)) return []
  const members = [...request.members]
  const found =
    members.find(([, member]) => isList(formOf(contract, member))) ?? (members.length === 1 ? members[0] : undefined)
  return found && [found[0]]
}

/** Undefined where what the reply shows is not the record, nor what names it. */
function shownAt(
  contract: Contract,
  reply: Form,
  { noun, record, identity }: Known,
  role: ResourceRole,
): MemberPath | undefined {
  const only = record && SHOWING_ONE.has(role) ? onlyItemAt(contract, reply, { noun, record, identity }) : undefined
  if (only) return only
  if (isList(reply) || !isRecord(reply)) return undefined
  if (role === 'read' || role === 'singleton-read' || !record) return findRecord(contract, reply, hints()).at
  const { at, form } = findRecord(contract, reply, hints())
  const least = role === 'action' || role === 'delete' ? ALIKE : 0.3
  if (likeness(form, record) >= least) return at
  if (role === 'create' && identity && form.members.has(identity.member)) return at
  return undefined

  function hints() {
    return {
      noun,
      known: record,
      hasIdentity: (one: Form) => identity !== undefined && one.members.has(identity.member),
    }
  }
}

/** Roles of operations that show one record, and of some APIs in a list. */
const SHOWING_ONE: ReadonlySet<ResourceRole> = new Set(['create', 'read', 'replace', 'update'])

/** Where a list in a reply has the record: many an API has one form for all its replies, a list. */
function onlyItemAt(
  contract: Contract,
  reply: Form,
  { noun, record, identity }: Known & { readonly record: Form },
): MemberPath | undefined {
  const hints = { noun, known: record }
  if (!isList(reply) && likeness(findRecord(contract, reply, hints).form, record) >= ALIKE) return undefined
  if (identity && reply.members.has(identity.member)) return undefined
  const list = findList(contract, reply, hints, [])
  return list && likeness(list.record, record) >= ALIKE ? [...list.at, ONLY, ...list.item] : undefined
}

function shapeOf(
  contract: Contract,
  operation: DeclaredOperation,
  { at, item, record }: FoundList,
  sketch: Sketch | undefined,
): ListShape {
  const { parameters } = operation
  const { reply } = bodiesOf(contract, operation)
  const paging = findPaging(contract, parameters, reply)
  const queries = parameters.filter(({ in: where }) => where === 'query')
  const sort = queries.find(({ name }) => isSort(wordsOf(name)))
  const direction = queries.find((one) => one !== sort && isDirection(wordsOf(one.name)))
  const used = new Set([sort?.name, direction?.name, paging?.size, paging?.start])
  const asking = queries.filter(({ name }) => !used.has(name) && pagingOf(wordsOf(name)) !== 'cursor')
  const { filters, ranges } = findFilters(contract, asking, record, sketch)
  return {
    at,
    item,
    ...(paging && { paging }),
    filters,
    ...(Object.keys(ranges).length > 0 && { ranges }),
    ...(sort && { sort: sort.name }),
    ...(direction && { direction: direction.name }),
  }
}
