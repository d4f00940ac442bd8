import type { Contract } from '../../documents/contract/contract.ts'
import { isJson } from '../../documents/contract/find-json.ts'
import type { DeclaredOperation, DeclaredParameter } from '../../documents/contract/operation.ts'
import type { SchemaPlace } from '../../documents/contract/schema.ts'
import { createRandom } from '../../documents/patterns/random.ts'
import { once, onceFor } from '../../documents/read/once.ts'
import { formOf } from '../../documents/resources/read-form.ts'
import { DataError, makeValue } from '../../documents/values/make-value.ts'
import type { Draft, OpenTenant, World } from '../engine/vocabulary.ts'
import { itemTemplateOf, parametersOf } from './address.ts'
import { asMember, fitForm, type Making } from './compose-record.ts'
import { findHolder } from './find-holder.ts'
import {
  findRecord,
  isMembers,
  type KeptRecord,
  keyOf,
  type Members,
  membersOf,
  recordsOf,
  textOf,
} from './kept-record.ts'
import type { KeptResource } from './kept-resource.ts'
import { fitsPath, makeIdentity } from './make-identity.ts'
import { valueAt } from './member-path.ts'
import { itemSchemaOf, schemaAt } from './member-schema.ts'
import { namesIn, redirectLinks } from './refer-records.ts'
import { replyViewOf } from './reply-view.ts'

/** The collection of a tenant's notes of what has begun, and what has not; no resource is called so. */
export const BEGINNING = '(beginning)'

/** Which resources nobody has touched: their first records come when somebody does. */
export interface Beginning {
  readonly untouched: readonly string[]
  /** How many records each is to begin with; undefined: those of the document. */
  readonly records?: number
}

/** A place, or an item, that began when somebody asked for it: what is removed there is gone for good. */
interface Begun {
  readonly begun: string
}

/** How the notes are told apart. @throws Error where a note from outside is none */
export function nameNote(note: object): string {
  const { untouched, begun } = note as Partial<Beginning & Begun>
  if (typeof begun === 'string') return begun
  if (!Array.isArray(untouched)) throw new Error('it must have untouched (a list of names) or begun (a text)')
  return BEGINNING
}

/** How many records there are where the document shows none; one less below a parent. */
const USUAL = 3
/** How many lie below each parent at most. */
const MOST_BELOW = 3

/** Notes that nothing has been touched yet. A tenant without the note, as a snapshot may have one, has all it begins with. */
export function begin({ collections }: OpenTenant, names: readonly string[], records?: number): void {
  collections[BEGINNING]?.put({ untouched: names, ...(records !== undefined && { records }) })
}

/** What a turn has at hand. */
export interface Stage {
  readonly drafts: Readonly<Record<string, Draft<object>>>
  readonly world: World
}

/**
 * The draft of a resource, with its first records in it.
 * @param under where somebody asks: a place that nobody can bring into being has its first records too
 */
export function draftOf(kept: KeptResource, stage: Stage, under?: readonly string[]): Draft<object> {
  const { drafts } = stage
  const draft = drafts[kept.name] as Draft<object>
  const notes = drafts[BEGINNING] as Draft<object>
  const note = notes.get(BEGINNING) as Beginning | undefined
  if (note?.untouched.includes(kept.name)) {
    // Before anything is made: what refers in a circle finds that it has begun.
    notes.put({ ...note, untouched: note.untouched.filter((name) => name !== kept.name) })
    if (kept.parent) draftOf(kept.parent, stage)
    addFirst(kept, draft, stage, listFirst(kept, stage, note.records))
  }
  if (note && under && isUnmade(kept) && countAt(draft, under) === 0 && isBeginning(kept, stage, under)) {
    addFirst(kept, draft, stage, listFirstAt(kept, stage, under))
  }
  return draft
}

/** Whether neither its records nor what they lie under can be brought into being by a client. */
function isUnmade({ isMade, parent, resource }: KeptResource): boolean {
  return !isMade && resource.under.length > 0 && !parent?.isMade
}

/** Notes that a place or an item begins. @returns whether it has not before, and the state is of what the document shows */
export function isBeginning(kept: KeptResource, { drafts }: Stage, place: readonly string[]): boolean {
  const notes = drafts[BEGINNING] as Draft<object>
  const begun = JSON.stringify([kept.name, ...place])
  if (!notes.get(BEGINNING) || notes.get(begun)) return false
  notes.put({ begun } satisfies Begun)
  return true
}

/** Forgets what began below an item, or was removed there: who has its name later is another. */
export function forgetBelow(kept: KeptResource, drafts: Stage['drafts'], place: readonly string[]): void {
  const notes = drafts[BEGINNING] as Draft<object>
  const names = new Set(kept.keeping.below(kept.name))
  for (const { begun } of [...notes.values()] as Partial<Begun>[]) {
    if (begun === undefined) continue
    const [name, ...steps] = JSON.parse(begun) as [string, ...string[]]
    if (names.has(name) && place.every((step, at) => steps[at] === step)) notes.remove(begun)
  }
}

function addFirst(kept: KeptResource, draft: Draft<object>, stage: Stage, records: Iterable<KeptRecord>): void {
  for (const record of records) {
    // Of two that claim to be one the earlier is the first; and of what lay below something, that may be gone by now.
    const isTaken = findRecord(draft, record.under, record.id) || findHolder(kept, draft, record)
    if (!isTaken && !isOrphan(kept, record, stage)) draft.put(record)
  }
}

function isOrphan({ parent, resource }: KeptResource, { under }: KeptRecord, { drafts }: Stage): boolean {
  if (!parent?.resource.identity || !parent.isMade) return false
  const at = parent.resource.under.length
  const [place, id] = [under.slice(0, at), under[at]]
  return id !== undefined && resource.under.length > at && !findRecord(drafts[parent.name] as Draft<object>, place, id)
}

const makingAt = (kept: KeptResource, stage: Stage, under: readonly string[], id?: string): Making => ({
  kept,
  world: stage.world,
  draft: (one) => draftOf(one, stage),
  names: (one) => namesOf(one, stage),
  under,
  id,
})

/**
 * What the records of a resource are called, as others refer to them: those that are there, or that will be when somebody
 * asks for them. Nobody has by then: to make them as well, and what they refer to in turn, would hold up the first reply.
 */
export function namesOf(kept: KeptResource, stage: Stage): Iterable<unknown> {
  const note = (stage.drafts[BEGINNING] as Draft<object>).get(BEGINNING) as Beginning | undefined
  const isUntouched = note?.records === undefined && note?.untouched.includes(kept.name)
  return (isUntouched ? foreseeNames(kept) : undefined) ?? listNames(kept, draftOf(kept, stage))
}

function* listNames({ resource }: KeptResource, draft: Draft<object>): Generator<unknown> {
  for (const { data } of recordsOf(draft)) yield data[resource.identity?.member ?? '']
}

/** The names that a list of the document gives its records; undefined where more is to be known, as what they lie under. */
const foreseeNames = onceFor((kept: KeptResource): unknown[] | undefined => {
  const { resource, uniques, isSingle } = kept
  const member = resource.identity?.member
  if (member === undefined || isSingle || resource.under.length > 0 || uniques.length > 0) return undefined
  if (listShown(kept).length > 0 || listNamed(kept).length > 0) return undefined
  const names = sketchesOf(kept)
    .items.slice(0, USUAL)
    .map((item) => item[member])
  const texts = new Set(names.map(textOf))
  const areKnown = names.every((name) => name !== undefined && name !== null && fitsPath(kept, name))
  if (names.length === 0 || texts.size < names.length || !areKnown) return undefined
  return [...texts].map((text) => asMember(kept, member, text))
})

/** What a place begins with that nobody thought of. */
function* listFirstAt(kept: KeptResource, stage: Stage, under: readonly string[]): Generator<KeptRecord> {
  const sketches = kept.isSingle ? NONE : sketchesOf(kept)
  const count = kept.isSingle ? 1 : Math.max(1, sketches.items.length)
  const making = makingAt(kept, stage, under, kept.isSingle ? '' : undefined)
  for (let index = 0; index < count; index++) yield composeFirst(making, index, sketches)
}

function* listFirst(kept: KeptResource, stage: Stage, records: number | undefined): Generator<KeptRecord> {
  const draft = stage.drafts[kept.name] as Draft<object>
  const places = listPlaces(kept, stage)
  const [place = []] = places
  const { isSingle } = kept
  const at = (under: readonly string[], id?: string) => makingAt(kept, stage, under, id)
  const shown = listShown(kept)
  for (const { under = place, data } of shown) yield shape(at(under, isSingle ? '' : undefined), data)
  const sketches = isSingle ? NONE : sketchesOf(kept)
  for (const [index, { under, id }] of listNamed(kept).entries()) yield composeFirst(at(under, id), index, sketches)
  if (isSingle) {
    for (const under of places) yield composeFirst(at(under, ''), 0, sketches)
    return
  }
  const isBelow = kept.parent !== undefined
  const isAsked = records !== undefined
  const most = isBelow ? USUAL - 1 : USUAL
  const usual = shown.length > 0 ? 0 : Math.min(most, sketches.items.length || most)
  const wanted = isAsked && isBelow ? Math.min(records, MOST_BELOW) : (records ?? usual)
  for (const under of isBelow && isAsked ? places : [place]) {
    // Some turn out to have what another has, and are none.
    let count = countAt(draft, under)
    for (let index = count, tries = 0; count < wanted && tries < wanted * 2; tries++) {
      const { size } = draft
      if (under === place && index < Math.max(1, sketches.items.length)) yield composeFirst(at(under), index, sketches)
      else yield* makeRecord(at(under), index)
      index++
      // Who takes them has put them there by now.
      count += draft.size - size
    }
  }
}

/** What a list is composed of, which costs nothing more than to show it. */
interface Sketches {
  readonly items: readonly Members[]
  /** They are all that a record is. */
  readonly isWhole: boolean
}

const NONE: Sketches = { items: [], isWhole: true }

function sketchesOf({ contract, scenes, resource }: KeptResource): Sketches {
  const scene = scenes.find(({ inferred }) => inferred.role === 'list' && inferred.list)
  const list = scene?.inferred.list
  if (!scene || !list) return NONE
  const view = replyViewOf(scene)
  const shown = valueAt(view.composed(), list.at)
  const items = (Array.isArray(shown) ? shown : []).map((item) => valueAt(item, list.item)).filter(isMembers)
  const place = schemaAt(contract, itemSchemaOf(contract, schemaAt(contract, view.media?.schema, list.at)), list.item)
  return { items, isWhole: isSameForm(contract, place, resource.schema) }
}

const isSameForm = (contract: Contract, one: SchemaPlace | undefined, other: SchemaPlace | undefined): boolean =>
  one !== undefined && other !== undefined && formOf(contract, one) === formOf(contract, other)

function countAt(draft: Draft<object>, under: readonly string[]): number {
  let count = 0
  const place = under.join('\n')
  for (const record of recordsOf(draft)) if (record.under.join('\n') === place) count++
  return count
}

/** As the document shows it, under the name that it is to have: that of its path, its own, or a new one. */
function shape(making: Making, shown: Members): KeptRecord {
  const { kept, under, world } = making
  const { identity } = kept.resource
  const own = identity && shown[identity.member]
  const isNamed = own !== undefined && own !== null && fitsPath(kept, own)
  const text = making.id ?? (isNamed ? textOf(own) : undefined)
  const id = text ?? makeIdentity(kept, making.draft(kept), world, under).text
  // What lies below nothing need not be looked through for what it refers to.
  const references = under.length > 0 ? kept.references : []
  const parents = references.flatMap(({ member, step }) => {
    const place = step === undefined ? undefined : under[step]
    return place === undefined || !Object.hasOwn(shown, member)
      ? []
      : [[member, asMember(kept, member, place)] as const]
  })
  // What is called by its path alone has no member for it.
  const isShown = identity && (kept.form.members.has(identity.member) || Object.hasOwn(shown, identity.member))
  const named = isShown ? [[identity.member, asMember(kept, identity.member, id)] as const] : []
  const members: Members = { ...shown, ...Object.fromEntries([...parents, ...named]) }
  // In the order of the schema, whatever was made last.
  const ordered = [...new Set([...kept.form.members.keys(), ...Object.keys(members)])]
    .filter((name) => Object.hasOwn(members, name))
    .map((name) => [name, members[name]] as const)
  return { under, id, data: Object.fromEntries(ordered) }
}

/** What the document's parts show of a record, which names what is there. */
function composeFirst(making: Making, index: number, { items, isWhole }: Sketches): KeptRecord {
  const { kept, under } = making
  const sketch = items[index % items.length]
  const example = sketch ?? kept.form.example
  const { id } = shape(making, example)
  const names = once(() => namesIn(kept, example, under, id))
  const named = shape({ ...making, id }, redirectLinks(referFrom(making, example, index), names) as Members)
  return sketch && !isWhole ? { ...named, isSketch: true } : named
}

/** With all that a list does not show of it. */
export function completeRecord(making: Making, { under, id, data }: KeptRecord): KeptRecord {
  const { kept } = making
  const { example } = kept.form
  const names = once(() => namesIn(kept, example, under, id))
  const rest = redirectLinks(referFrom(making, example, 0), names) as Members
  const whole = shape({ ...making, under, id }, { ...rest, ...data })
  return { ...whole, data: fitForm(kept, whole.data) }
}

/** One that looks like its names; none where its schema allows no value. */
function* makeRecord(making: Making, index: number): Generator<KeptRecord> {
  const { kept, world, under } = making
  const { contract, form, resource } = kept
  if (!form.place) return
  try {
    const value = makeValue(contract, form.place.schema, createRandom(world.uuid(kept.name, ...under, index)), '', {
      named: true,
      optional: 1,
      reading: 'replies',
      isWell: !/error|exception|fault/i.test(kept.name),
      validator: () => form.validate as never,
    })
    const members = referFrom(making, membersOf(value), index)
    const { [resource.identity?.member ?? '']: name, ...own } = members
    // Names that clients choose are made like any other member, those of a server as it makes them.
    const isOwn = resource.identity?.by === 'client' && !making.draft(kept).get(keyOf(under, textOf(name)))
    yield shape({ ...making, id: undefined }, isOwn ? members : own)
  } catch (error) {
    if (!(error instanceof DataError)) throw error
  }
}

/** Adds a record that its schema makes, where its first ones lie; none where that allows no value. */
export function addMade(kept: KeptResource, stage: Stage): void {
  const draft = draftOf(kept, stage)
  const [under = []] = listPlaces(kept, stage)
  const { size } = draft
  for (let index = size; index < size + MOST_MADE && draft.size === size; index++) {
    addFirst(kept, draft, stage, makeRecord(makingAt(kept, stage, under, kept.isSingle ? '' : undefined), index))
  }
}

/** Some turn out to have what another has, and are none. */
const MOST_MADE = 20

/** The members of a record, with the names of records that are there in those that name others. */
function referFrom({ kept, names }: Making, members: Members, index: number): Members {
  const referring = kept.references.flatMap(({ member, to }) => {
    const targets = to && Object.hasOwn(members, member) ? [...names(to)] : []
    return targets.length > 0 ? [[member, targets[index % targets.length]] as const] : []
  })
  return { ...members, ...Object.fromEntries(referring) }
}

/** What the document shows of a resource in examples of its replies, each where it lies if that is said. */
function listShown(kept: KeptResource): { readonly under: readonly string[] | undefined; readonly data: Members }[] {
  return kept.scenes.flatMap((scene) => {
    const { inferred, declared } = scene
    const { list, reply: at } = inferred
    const isRead = inferred.role === 'read' || inferred.role === 'singleton-read'
    if (!isRead && inferred.role !== 'list') return []
    const { media } = replyViewOf(scene)
    if (!media || !isJson(media.type)) return []
    const under = exampleUnder(kept, declared.path, declared.parameters)
    const shown = Object.values(media.examples ?? {}).flatMap((example) => {
      const value = list ? valueAt(example, list.at) : valueAt(example, at ?? [])
      const items = list && Array.isArray(value) ? value.map((item) => valueAt(item, list.item)) : [value]
      return items.filter((item) => isMembers(item) && isLike(kept, item)) as Members[]
    })
    return shown.slice(0, MOST_SHOWN).map((data) => ({ under, data }))
  })
}

/** Whether an example has anything that a record has: many a document has a reference for one, which is data there. */
const isLike = ({ form: { members } }: KeptResource, example: Members): boolean =>
  members.size === 0 || Object.keys(example).some((name) => members.has(name))

/** A list of more is no example. */
const MOST_SHOWN = 200

/** The names of items that the examples of path parameters have, of this resource's paths and of those below them. */
function listNamed(kept: KeptResource): { readonly under: readonly string[]; readonly id: string }[] {
  const { resource, scenes } = kept
  if (!resource.identity) return []
  const { length } = resource.under
  const found = new Map<string, { under: readonly string[]; id: string }>()
  // Of an operation on all items the path ends before.
  const own = scenes.flatMap(({ declared, inferred }) => (inferred.identity ? [declared] : []))
  for (const { path, parameters } of [...own, ...operationsBelow(kept)]) {
    const texts = exampleTexts(path, parameters)
    if (texts.length <= length) continue
    const named = texts.slice(0, length + 1)
    if (!named.every((text) => text !== undefined)) continue
    found.set(JSON.stringify(named), { under: named.slice(0, length) as string[], id: named[length] as string })
  }
  return [...found.values()]
}

/** Of hundreds of operations below an item, the first say what all say. */
const MOST_BELOW_ITEM = 20

function operationsBelow(kept: KeptResource): DeclaredOperation[] {
  const template = itemTemplateOf(kept)
  const below = kept.contract.operations.filter(({ path }) => path.startsWith(`${template}/`))
  return template === undefined ? [] : below.slice(0, MOST_BELOW_ITEM)
}

const exampleTexts = (path: string, parameters: readonly DeclaredParameter[]): (string | undefined)[] =>
  parametersOf(path).map((name) => {
    const parameter = parameters.find((one) => one.in === 'path' && one.name === name)
    const [example] = parameter?.examples ?? []
    return example === undefined || example === null || example === '' ? undefined : textOf(example)
  })

function exampleUnder(kept: KeptResource, path: string, parameters: readonly DeclaredParameter[]) {
  const texts = exampleTexts(path, parameters).slice(0, kept.resource.under.length)
  const isWhole = texts.length === kept.resource.under.length && texts.every((text) => text !== undefined)
  return isWhole ? (texts as string[]) : undefined
}

/** Where the items of a resource may lie: below each record of its parent, or where the document's examples are. */
function listPlaces(kept: KeptResource, { drafts }: Stage): (readonly string[])[] {
  const { parent, resource } = kept
  const holders = parent ? [...recordsOf(drafts[parent.name] as Draft<object>)] : []
  const known = holders.map(({ under, id }) => (parent?.resource.identity ? [...under, id] : under))
  const rest = (from: number) => resource.under.slice(from).map((name) => placeText(kept, name))
  if (known.length === 0) return [rest(0)]
  return known.map((place) => [...place, ...rest(place.length)].slice(0, resource.under.length))
}

/** What a path has for a parameter that is no record's name: its example, what the record shows, or what its schema makes. */
function placeText(kept: KeptResource, name: string): string {
  const { contract, scenes } = kept
  const parameters = scenes.flatMap(({ declared }) => declared.parameters)
  const own = parameters.filter((one) => one.in === 'path' && one.name === name)
  const example = own.flatMap(({ examples }) => examples).find((one) => one !== undefined && one !== null && one !== '')
  if (example !== undefined) return textOf(example)
  // To make an example of a whole record, where none is shown, for a name that it does not have takes long.
  const shown = (listShown(kept)[0]?.data ?? (kept.form.members.has(name) ? kept.form.example : {}))[name]
  const named = isMembers(shown) ? (shown['login'] ?? shown['name'] ?? shown['id'] ?? shown['slug']) : shown
  if (typeof named === 'string' || typeof named === 'number') return String(named)
  const [parameter] = own
  try {
    const schema = parameter?.schema.schema ?? true
    return textOf(makeValue(contract, schema, createRandom('place', name), name, { examples: true, name }))
  } catch (error) {
    if (!(error instanceof DataError)) throw error
    return '1'
  }
}
