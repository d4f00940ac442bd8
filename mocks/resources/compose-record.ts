import { once, onceFor } from '../../documents/read/once.ts'
import { formOf } from '../../documents/resources/read-form.ts'
import { tellsApart } from '../../documents/values/vary-example.ts'
import type { Draft, World } from '../engine/vocabulary.ts'
import { type KeptRecord, keyOf, type Members } from './kept-record.ts'
import type { KeptResource, Member } from './kept-resource.ts'
import { makeIdentity, type Name } from './make-identity.ts'
import { mendValue } from './mend-value.ts'
import { alike } from './record-form.ts'
import { namesIn, redirectLinks } from './refer-records.ts'
import { seeThrough } from './show-record.ts'
import { isNotYet, timeOf } from './stamp-times.ts'
import { validatorOf } from './validator-of.ts'
import { vary } from './vary-name.ts'

/** What a record is made of, and for whom. */
export interface Making {
  readonly kept: KeptResource
  readonly world: World
  /** What is kept of a resource, its first records among them. */
  draft(kept: KeptResource): Draft<object>
  /** What its records are called, as others refer to them; those that nobody has asked for are not made for it. */
  names(kept: KeptResource): Iterable<unknown>
  readonly under: readonly string[]
  /** Its name, where somebody has chosen one. */
  readonly id?: string | undefined
}

/**
 * A record of what a client says: that first, then defaults, then what the server makes and what must be there, as the
 * document shows it. What the client may say and does not is not there.
 */
export function composeRecord(making: Making, sent: Members): KeptRecord {
  const { kept, world, under } = making
  const { form } = kept
  const { identity } = kept.resource
  const name = nameOf(making, sent)
  const names = once(() => namesIn(kept, form.example, under, name.text))
  const fill = (member: Member): unknown => {
    if (member.default !== undefined) return member.default
    const { step, to } = referencesOf(kept).get(member.name) ?? {}
    const named = step === undefined ? undefined : asMember(kept, member.name, under[step] ?? '')
    if (named !== undefined) return named
    if (!member.isServers && !member.isRequired) return undefined
    const example = form.example[member.name]
    const [first] = to ? making.names(to) : []
    if (first !== undefined) return first
    const time = member.isServers ? timeOf(form, member, example, world, 'made') : undefined
    if (time !== undefined) return time
    if (!member.isRequired && isNotYet(member)) return undefined
    if (member.isServers && tellsApart(member.name, '')) return varyOther(making, example, name.text)
    return redirectLinks(example, names)
  }
  const data: [string, unknown][] = []
  for (const member of form.members.values()) {
    // What it is called: as its path has it, which goes before the body, as the client chose, or as it was given.
    const isName = member.name === identity?.member
    const own = isName ? name.value : Object.hasOwn(sent, member.name) ? sent[member.name] : undefined
    // Null is said, where it may be.
    const value = own === undefined && !isName ? fill(member) : own
    if (value !== undefined) data.push([member.name, value])
  }
  for (const [other, value] of Object.entries(sent)) {
    if (value !== undefined && !form.members.has(other)) data.push([other, value])
  }
  return { under, id: name.text, data: fitForm(kept, Object.fromEntries(data)) }
}

const referencesOf = onceFor(({ references }: KeptResource) => new Map(references.map((one) => [one.member, one])))

/** Another name that the server has for a record, beside that of its path. */
function varyOther({ kept, draft, world, under }: Making, example: unknown, id: string): unknown {
  const { size } = draft(kept)
  if (Number.isSafeInteger(example)) return (example as number) + size + 1
  return typeof example === 'string' ? vary(example, size + 1, world.within(keyOf(under, id))) : example
}

/** As its API would show it: where it breaks the schema, it has what the document shows. What is never shown stays. */
export function fitForm({ form }: KeptResource, data: Members): Members {
  const seen = seeThrough(form.contract, form.place, data)
  if (form.validate(seen)) return data
  const mended = mendValue(seen, form.example, form.validate)
  if (!form.validate(mended)) return data
  const unseen = Object.entries(data).filter(([name]) => !Object.hasOwn(seen, name))
  return Object.fromEntries([...Object.entries(mended as Members), ...unseen])
}

/** The name that the client gave, where it may; that of the path; or a new one. */
function nameOf({ kept, draft: find, world, under, id }: Making, sent: Members): Name {
  const draft = find(kept)
  const { identity } = kept.resource
  if (id !== undefined) return { value: identity && asMember(kept, identity.member, id), text: id }
  // Who says `role_id` to assign a role means that of `/roles/{role_id}`.
  const own = identity && (sent[identity.member] ?? alike(Object.entries(sent), identity.parameter))
  const isSaying = (typeof own === 'string' && own !== '') || (typeof own === 'number' && own !== 0)
  const isName = isSaying && fitsMember(kept, own)
  const isFree = isName && !draft.get(keyOf(under, String(own)))
  // Who lets clients choose refuses a name that is taken; a server that chooses takes another.
  if (isName && (identity?.by === 'client' || isFree)) return { value: own, text: String(own) }
  return makeIdentity(kept, draft, world, under)
}

/** Whether a record may show that name: under another its path would lead to what is called otherwise. */
function fitsMember({ contract, form, resource }: KeptResource, name: unknown): boolean {
  const place = form.members.get(resource.identity?.member ?? '')?.place
  return place === undefined || validatorOf(contract, place)(name)
}

/** A text of a path as its member would have it. */
export function asMember({ contract, form }: KeptResource, member: string, text: string): unknown {
  const place = form.members.get(member)?.place
  const types = place ? formOf(contract, place).types : new Set([typeof form.example[member]])
  const isNumber = (types.has('integer') || types.has('number')) && !types.has('string')
  return isNumber && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text
}

/** The members of a changed record that speak of the change. */
export function stampChange({ form }: KeptResource, data: Members, world: World): Members {
  const stamps = [...form.members.values()].flatMap((member) => {
    const before = data[member.name] ?? form.example[member.name]
    const time = member.isServers ? timeOf(form, member, before, world, 'changed') : undefined
    return time === undefined ? [] : [[member.name, time] as const]
  })
  return { ...data, ...Object.fromEntries(stamps) }
}
