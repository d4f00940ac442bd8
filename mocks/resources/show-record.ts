import type { Contract } from '../../documents/contract/contract.ts'
import { leaveOutMembers } from '../../documents/contract/leave-out-members.ts'
import type { SchemaPlace } from '../../documents/contract/schema.ts'
import type { Validate } from '../../documents/contract/table.ts'
import { wordsOf } from '../../documents/patterns/read-words.ts'
import { formOf, isNumber } from '../../documents/resources/read-form.ts'
import type { KeptRecord, Members } from './kept-record.ts'
import type { Scene } from './kept-resource.ts'
import { leaveOutStrangers } from './leave-out-strangers.ts'
import { valueAt, withValueAt } from './member-path.ts'
import { schemaAt } from './member-schema.ts'
import { mendValue } from './mend-value.ts'
import { nameRecord, sayingRemoved } from './name-record.ts'
import { nameShown } from './record-form.ts'
import type { ReplyView } from './reply-view.ts'
import { validatorOf } from './validator-of.ts'

/**
 * The body of a reply that shows a record, in the envelope that is declared; or that says at least which it is about.
 * @returns undefined where the reply says nothing of it: the document says what it holds
 */
export function showRecord(scene: Scene, view: ReplyView, record: KeptRecord): unknown {
  const { contract, inferred } = scene
  const { reply: at } = inferred
  const { media, validate } = view
  if (!media) return undefined
  if (at === undefined) return nameRecord(scene, view, record)
  const envelope = view.composed()
  const place = schemaAt(contract, media.schema, at)
  const seen = { ...seeThrough(contract, place, record.data), ...nameIn(scene, place, record) }
  const shown = inferred.role === 'delete' ? { ...seen, ...sayingRemoved(valueAt(envelope, at)) } : seen
  const body = withValueAt(envelope, at, shown)
  return validate(body) ? body : mendValue(body, envelope, validate)
}

/** What a reply calls a record that is called otherwise in itself: `docId` what has an `id`, or 7 what has "7". */
function nameIn({ contract, kept }: Scene, place: SchemaPlace | undefined, { id, data }: KeptRecord): Members {
  const { identity } = kept.resource
  if (!identity || !place) return {}
  const form = formOf(contract, place)
  const name = nameShown(form, identity)
  const member = name === undefined ? undefined : form.members.get(name)
  const own = name === identity.member
  if (name === undefined || !member || (!own && Object.hasOwn(data, name))) return {}
  const isOther = isNumber(formOf(contract, member)) && /^\d{1,15}$/.test(id)
  if (own && !(isOther && typeof data[name] === 'string')) return {}
  return { [name]: isOther ? Number(id) : id }
}

/** The members of a record that a schema foresees: a summary of it, where that is one. */
export function seeThrough(contract: Contract, place: SchemaPlace | undefined, data: Members): Members {
  if (!place) return data
  const shown = leaveOutMembers(contract, place.schema, asSpelt(contract, place, data), 'writeOnly')
  return leaveOutStrangers(contract, place.schema, shown) as Members
}

/** With the names that a reply has for its members, where these only differ in their letters: `Id` of `ID`. */
function asSpelt(contract: Contract, place: SchemaPlace, data: Members): Members {
  const { members, byWords } = formOf(contract, place)
  const isSpelt = (name: string): boolean => members.has(name) || !byWords.has(wordsOf(name))
  if (Object.keys(data).every(isSpelt)) return data
  const spelt = Object.entries(data).map(([name, value]) => {
    const own = members.has(name) ? undefined : byWords.get(wordsOf(name))
    return [own === undefined || Object.hasOwn(data, own) ? name : own, value] as const
  })
  return Object.fromEntries(spelt)
}

/** A record as an item of a list, which holds it to the schema of an item: of no more than a text or a number, its name. */
export function showItem(contract: Contract, place: SchemaPlace | undefined, valid: unknown, at: readonly string[]) {
  const validate: Validate = validatorOf(contract, place)
  const record = schemaAt(contract, place, at)
  const nameAs = record && nameWriterOf(formOf(contract, record).types)
  return ({ id, data }: KeptRecord): unknown => {
    const own = nameAs ? nameAs(id) : seeThrough(contract, record, data)
    const shown = withValueAt(at.length === 0 ? undefined : valid, at, own)
    return validate(shown) ? shown : mendValue(shown, valid, validate)
  }
}

/** How a name is written where nothing but a text or a number can stand; undefined where more can. */
function nameWriterOf(types: ReadonlySet<string>): ((id: string) => unknown) | undefined {
  if (types.has('object')) return undefined
  if (types.has('string')) return (id) => id
  return types.has('integer') || types.has('number') ? Number : undefined
}

/** What the document shows in the place of a list's first item. */
export const firstItemOf = (envelope: unknown, at: readonly string[]): unknown => {
  const items = valueAt(envelope, at)
  return Array.isArray(items) ? items[0] : undefined
}
