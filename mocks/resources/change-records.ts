import { leaveOutMembers } from '../../documents/contract/leave-out-members.ts'
import type { SchemaPlace } from '../../documents/contract/schema.ts'
import { canonical } from '../../documents/keywords/canonical.ts'
import { escapeRegExp } from '../engine/match-route.ts'
import { type Decision, type Draft, isRefusal, type Refusal, refuse, type Turn } from '../engine/vocabulary.ts'
import { chooseSuccess, hasSuccess } from '../replies/choose-status.ts'
import { type Address, baseOf, itemPathOf } from './address.ts'
import { composeRecord, fitForm, type Making, stampChange } from './compose-record.ts'
import { refuseStale, tagHeader } from './condition-call.ts'
import { findHolder } from './find-holder.ts'
import { draftOf, forgetBelow, isBeginning, namesOf } from './first-records.ts'
import {
  findRecord,
  isMembers,
  type KeptRecord,
  keyOf,
  liesBelow,
  type Members,
  membersOf,
  recordsOf,
  textOf,
} from './kept-record.ts'
import type { KeptResource, Scene } from './kept-resource.ts'
import { valueAt, withValueAt } from './member-path.ts'
import { itemSchemaOf, schemaAt } from './member-schema.ts'
import { mergePatch } from './merge-patch.ts'
import { PatchError, patchJson } from './patch-json.ts'
import { alike } from './record-form.ts'
import { refuseChange, refuseTaken } from './refuse-call.ts'
import { replyViewOf } from './reply-view.ts'
import { saidPart } from './said-part.ts'
import { firstItemOf, seeThrough, showItem, showRecord } from './show-record.ts'
import { validatorOf } from './validator-of.ts'

/** What a request says of a record, in the place that is for it, without what clients may not say. */
export function sentRecord(scene: Scene, body: unknown): unknown {
  const { contract, declared } = scene
  const media = declared.body?.json ?? declared.body?.content.find(({ schema }) => schema)?.schema
  return wholeRecord(scene, leaveOutMembers(contract, media?.schema, body, 'readOnly'))
}

/** The same with all that is sent: what no client may change can still say which record is meant. */
export function wholeRecord(scene: Scene, body: unknown): unknown {
  const { inferred, kept } = scene
  const sent = valueAt(body, inferred.request ?? [])
  const part = isMembers(sent) ? saidPart(scene) : undefined
  if (part !== undefined) return { [part]: sent }
  return Array.isArray(sent) ? sent.map((item) => asNamed(kept, item)) : asNamed(kept, sent)
}

/** With the names that its replies have for its members, where these only differ in their letters. */
function asNamed({ form: { members } }: KeptResource, sent: unknown): unknown {
  if (!isMembers(sent) || Object.keys(sent).every((name) => members.has(name))) return sent
  const named = Object.entries(sent).map(([name, value]) => {
    const own = members.has(name) ? undefined : alike(members, name)?.name
    return [own === undefined || Object.hasOwn(sent, own) ? name : own, value]
  })
  return Object.fromEntries(named)
}

/** POST to a list, or PUT to a name that nobody has. */
export function createRecord(scene: Scene, turn: Turn, draft: Draft<object>, { under = [], id }: Address): Decision {
  const record = composeRecord(makingOf(scene, turn, under, id), membersOf(sentRecord(scene, turn.input.body)))
  return addRecord(scene, turn, draft, record) ?? tellCreated(scene, turn, record)
}

export const makingOf = ({ kept }: Scene, turn: Turn, under: readonly string[], id?: string): Making => ({
  kept,
  world: turn.world,
  draft: (one) => draftOf(one, { drafts: turn.collections, world: turn.world }),
  names: (one) => namesOf(one, { drafts: turn.collections, world: turn.world }),
  under,
  id,
})

/** The status of a creation is 201 where that is declared, and where no success is (RFC 9110, section 15.3.2). */
const createdStatus = ({ operation }: Scene): number =>
  Object.hasOwn(operation.replies, '201') || !hasSuccess(operation) ? 201 : chooseSuccess(operation).status

function tellCreated(scene: Scene, turn: Turn, record: KeptRecord): Decision {
  const view = replyViewOf(scene, createdStatus(scene))
  const path = itemPathOf(scene.kept, record.under, record.id)
  const body = showRecord(scene, view, record)
  const declared = view.reply?.headers.find(({ name }) => name.toLowerCase() === 'location')
  const isLocated = view.status === 201 || declared !== undefined
  return {
    status: view.status,
    yields: true,
    ...(body !== undefined && { body }),
    headers: {
      ...tagHeader(scene, view.status, record),
      ...(isLocated && path !== undefined && { location: locate(scene, turn, path, declared?.schema) }),
    },
  }
}

/** Where a record is, as the client calls the server; or as much of that, from its end, as the document allows. */
function locate(scene: Scene, { input }: Turn, path: string, place: SchemaPlace | undefined): string {
  const whole = baseOf(scene, input) + path
  const validate = validatorOf(scene.contract, place)
  if (validate(whole)) return whole
  const shorter = [...whole.matchAll(/\/(?!\/)/g)].map(({ index }) => whole.slice(index))
  return shorter.find((one) => validate(one)) ?? whole
}

/** Adds a record, or says why it may not be. */
function addRecord(scene: Scene, turn: Turn, draft: Draft<object>, record: KeptRecord): Refusal | undefined {
  const { identity } = scene.kept.resource
  if (findRecord(draft, record.under, record.id)) {
    const member = `/${identity?.member ?? 'id'}`
    return refuseTaken(scene, member, record.data[identity?.member ?? ''] ?? record.id)
  }
  const refusal = refuseRecord(scene, turn, draft, record)
  if (!refusal) draft.put(record)
  return refusal
}

/** What forbids a record, be it new or changed: another has what only one may have, or it names what is not there. */
function refuseRecord(
  scene: Scene,
  turn: Turn,
  draft: Draft<object>,
  record: KeptRecord,
  before?: KeptRecord,
): Refusal | undefined {
  const { kept, declared } = scene
  const struck = turn.failRow(mailIn(record.data))
  if (struck) return refuse('failure', '', { rule: struck.id })
  const taken = findHolder(kept, draft, record, before)
  if (taken) return refuseTaken(scene, taken.member, taken.value)
  for (const { id, rule, of } of declared.failures) {
    if (rule !== 'missing-reference' || of === undefined) continue
    const value = valueAt(record.data, of.split('/').slice(1))
    if (value !== undefined && value !== null && !isThere(kept, turn, of, value)) {
      return refuse('failure', '', { rule: id, at: of })
    }
  }
  return undefined
}

/** An address that orders a failure stands in whatever member holds addresses. */
function mailIn(data: Members): string | undefined {
  const texts = Object.values(data).filter((value): value is string => typeof value === 'string')
  return texts.find((text) => /@rollcall\.test$/i.test(text))
}

/** What nobody can create, or see in a list, is there when it is first asked for. */
export function giveRecord(
  scene: Scene,
  turn: Turn,
  draft: Draft<object>,
  { under = [], id }: Address,
): KeptRecord | undefined {
  const { kept } = scene
  if (kept.isListed || id === undefined || under.length !== kept.resource.under.length) return undefined
  const stage = { drafts: turn.collections, world: turn.world }
  // Once it is removed it stays so.
  if (kept.isRemoved && !isBeginning(kept, stage, [...under, id])) return undefined
  const record = composeRecord(makingOf(scene, turn, under, id), kept.form.example)
  draft.put(record)
  return record
}

/** Whether what a member names is kept: the record of the resource that it is called after. */
function isThere(kept: KeptResource, turn: Turn, of: string, value: unknown): boolean {
  const reference = kept.references.find(({ member }) => `/${member}` === of)
  const to = reference?.to ?? (reference && kept.parent)
  if (!to) return true
  const draft = draftOf(to, { drafts: turn.collections, world: turn.world })
  for (const { id } of recordsOf(draft)) if (id === textOf(value)) return true
  return false
}

/** Several at once, or none: who sends one that may not be is refused with all. */
export function createRecords(scene: Scene, turn: Turn, draft: Draft<object>, { under = [] }: Address): Decision {
  const { contract, inferred } = scene
  const sent = sentRecord(scene, turn.input.body)
  const records: KeptRecord[] = []
  for (const one of Array.isArray(sent) ? sent : [sent]) {
    const record = composeRecord(makingOf(scene, turn, under), membersOf(one))
    const refusal = addRecord(scene, turn, draft, record)
    if (refusal) return refusal
    records.push(record)
  }
  const view = replyViewOf(scene, createdStatus(scene))
  const envelope = view.composed()
  const at = inferred.list?.at ?? inferred.reply ?? listIn(envelope)
  if (!at || !Array.isArray(valueAt(envelope, at))) {
    // It may show one of them, of which there may be no more.
    const [first] = records
    const body = first && showRecord(scene, view, first)
    return { status: view.status, yields: true, ...(body !== undefined && { body }) }
  }
  const items = itemSchemaOf(contract, schemaAt(contract, view.media?.schema, at))
  const show = showItem(contract, items, firstItemOf(envelope, at), inferred.list?.item ?? [])
  const body = withValueAt(envelope, at, records.map(show))
  return { status: view.status, yields: true, ...(view.validate(body) && { body }) }
}

/** Where in a body its only list of objects is. */
function listIn(body: unknown): string[] | undefined {
  const isList = (value: unknown): boolean => Array.isArray(value) && value.every(isMembers)
  if (isList(body)) return []
  const lists = Object.entries(membersOf(body)).filter(([, value]) => isList(value))
  return lists.length === 1 && lists[0] ? [lists[0][0]] : undefined
}

/** PUT: the record is what the request says, and what the server has made of it before. */
export function replaceRecord(scene: Scene, turn: Turn, draft: Draft<object>, before: KeptRecord): Decision {
  const { kept } = scene
  const sent = membersOf(sentRecord(scene, turn.input.body))
  const making = makingOf(scene, turn, before.under, before.id)
  const kin = Object.entries(before.data).filter(
    ([name]) => !Object.hasOwn(sent, name) && (kept.form.members.get(name)?.isServers ?? false),
  )
  const { data } = composeRecord(making, { ...Object.fromEntries(kin), ...sent })
  return changeRecord(scene, turn, draft, before, data)
}

/** Whether it is of a JSON Patch (RFC 6902, section 4), and not of whatever else a document has lists of. */
const isOperation = (one: unknown): boolean =>
  isMembers(one) && typeof one['op'] === 'string' && typeof one['path'] === 'string'

/** PATCH, or POST to an item: what the request says of the record is changed, and nothing else. */
export function updateRecord(scene: Scene, turn: Turn, draft: Draft<object>, before: KeptRecord): Decision {
  const { kept } = scene
  const { body, query, mediaType = '' } = turn.input
  if (Array.isArray(body) && (/json-patch/.test(mediaType) || body.every(isOperation))) {
    const refusal = refuseState(scene, before, {})
    if (refusal) return refusal
    try {
      const patched = patchJson(before.data, body)
      if (!isMembers(patched)) return refuseChange(scene, 'what is left is no object', false)
      const isRight = kept.form.validate(seeThrough(scene.contract, kept.form.place, patched))
      const wasRight = kept.form.validate(seeThrough(scene.contract, kept.form.place, before.data))
      if (wasRight && !isRight) return refuseChange(scene, 'what is left breaks the schema', false)
      return changeRecord(scene, turn, draft, before, patched)
    } catch (error) {
      if (!(error instanceof PatchError)) throw error
      return refuseChange(scene, error.message, error.isConflict)
    }
  }
  const named = Object.entries(query).filter(([name]) => kept.form.members.has(name))
  const patch = isMembers(body) ? membersOf(sentRecord(scene, body)) : Object.fromEntries(named)
  const refusal = refuseState(scene, before, patch)
  if (refusal) return refusal
  const merged = mergePatch(before.data, patch) as Members
  const isStrict = mediaType.includes('merge-patch')
  // Where a member may be null, null is what it is from now on; a merge patch has no way to say so (RFC 7396, section 1).
  const nulls = Object.keys(patch).filter((name) => {
    const member = kept.form.members.get(name)
    return patch[name] === null && member?.isNullable && (!isStrict || member.isRequired)
  })
  return changeRecord(scene, turn, draft, before, {
    ...merged,
    ...Object.fromEntries(nulls.map((name) => [name, null])),
  })
}

/**
 * A change that a record's state forbids, by a failure whose rule is `wrong-state`: its member has one of the values that
 * `states` lists, or without such a list the value that the call would give it.
 * @param wanted what the call would make of the record
 */
export function refuseState({ declared }: Scene, { data }: KeptRecord, wanted: Members): Refusal | undefined {
  for (const { id, rule, of, states } of declared.failures) {
    if (rule !== 'wrong-state' || of === undefined) continue
    const path = of.split('/').slice(1)
    const state = valueAt(data, path)
    const forbidden = states ?? [valueAt(wanted, path)].filter((value) => value !== undefined)
    if (state !== undefined && forbidden.some((value) => canonical(value) === canonical(state))) {
      return refuse('failure', '', { rule: id, at: of })
    }
  }
  return undefined
}

function changeRecord(scene: Scene, turn: Turn, draft: Draft<object>, before: KeptRecord, changed: Members): Decision {
  const { kept } = scene
  const { identity } = kept.resource
  const renamed = renameOf(kept, before, changed)
  const own = identity && Object.hasOwn(before.data, identity.member) ? before.data[identity.member] : undefined
  const named = own !== undefined && renamed === before.id ? { ...changed, [identity?.member ?? '']: own } : changed
  const data = fitForm(kept, stampChange(kept, named, turn.world))
  const record: KeptRecord = { under: before.under, id: renamed, data }
  if (renamed !== before.id && findRecord(draft, record.under, renamed)) {
    return refuseTaken(scene, `/${identity?.member}`, changed[identity?.member ?? ''])
  }
  const refusal = refuseRecord(scene, turn, draft, record, before)
  if (refusal) return refusal
  if (renamed === before.id) draft.put(record)
  else moveRecord(kept, turn, draft, before, record)
  const success = replyViewOf(scene)
  const view = success.status === 201 ? replyViewOf(scene, otherSuccess(scene)) : success
  const body = showRecord(scene, view, record)
  return {
    status: view.status,
    yields: true,
    ...(body !== undefined && { body }),
    headers: tagHeader(scene, view.status, record),
  }
}

/** What was there before is not created: 201 is said only where nothing else can be. */
const otherSuccess = ({ operation }: Scene): number =>
  Number(Object.keys(operation.replies).find((status) => /^2\d\d$/.test(status) && status !== '201') ?? 201)

/** A name that clients choose may be changed by them: what names the record is what it says of itself. */
function renameOf({ resource: { identity } }: KeptResource, before: KeptRecord, changed: Members): string {
  const own = identity?.by === 'client' ? changed[identity.member] : undefined
  return own === undefined || own === null || textOf(before.data[identity?.member ?? '']) === textOf(own)
    ? before.id
    : textOf(own)
}

/** Its children come along. */
function moveRecord(
  kept: KeptResource,
  turn: Turn,
  draft: Draft<object>,
  before: KeptRecord,
  record: KeptRecord,
): void {
  const place = [...before.under, before.id]
  draft.remove(keyOf(before.under, before.id))
  draft.put(record)
  for (const name of kept.keeping.below(kept.name)) {
    const below = turn.collections[name] as Draft<object>
    for (const one of [...recordsOf(below)].filter((each) => liesBelow(each, place))) {
      below.remove(keyOf(one.under, one.id))
      below.put({ ...one, under: [...record.under, record.id, ...one.under.slice(place.length)] })
    }
  }
}

/** DELETE of an item: what lies below it goes with it. */
export function removeRecord(scene: Scene, turn: Turn, draft: Draft<object>, record: KeptRecord): Decision {
  const refusal = refuseState(scene, record, {}) ?? refuseStale(turn.input, record)
  if (refusal) return refusal
  const { kept } = scene
  const { under, id } = record
  const place = kept.resource.identity ? [...under, id] : under
  for (const name of kept.keeping.below(kept.name)) {
    const below = turn.collections[name] as Draft<object>
    for (const one of [...recordsOf(below)].filter((each) => liesBelow(each, place)))
      below.remove(keyOf(one.under, one.id))
  }
  if (kept.isMade) forgetBelow(kept, turn.collections, place)
  draft.remove(keyOf(under, id))
  // What comes into being when it is asked for shall not do so again.
  if (!kept.isListed) isBeginning(kept, { drafts: turn.collections, world: turn.world }, [...under, id])
  const view = replyViewOf(scene)
  const body = showRecord(scene, view, record)
  return { status: view.status, yields: true, ...(body !== undefined && { body }) }
}

/** DELETE of several: those that query or body name or pick; all of a list where they say nothing. */
export function removeRecords(scene: Scene, turn: Turn, draft: Draft<object>, records: Iterable<KeptRecord>): Decision {
  const { kept } = scene
  const member = kept.resource.identity?.member ?? 'id'
  const { query, body } = turn.input
  const namesSome = new RegExp(`^(?:${escapeRegExp(member)}|id|name|uuid)s?$|(?:ids|names|uuids)$`, 'i')
  // A member of the records that is not their name has picked them already.
  const naming = Object.entries(query).filter(([name]) => name === member || !kept.form.members.has(name))
  const lists = [...naming, ...Object.entries(membersOf(body))]
    .filter(([name]) => namesSome.test(name))
    .flatMap(([, value]) => [value].flat())
  const said = [...lists, ...(Array.isArray(body) ? body : [])]
  const named = new Set(said.map((one) => textOf(isMembers(one) ? one[member] : one)))
  const picked = [...records].filter(({ id }) => said.length === 0 || named.has(id))
  for (const record of picked) {
    const decision = removeRecord(scene, turn, draft, record)
    if (isRefusal(decision)) return decision
  }
  return { status: chooseSuccess(scene.operation).status, yields: true }
}
