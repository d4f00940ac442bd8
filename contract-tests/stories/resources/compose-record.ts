import { toPointer, valueAt } from '../../../documents/read/json-pointer.ts'
import type { Json } from '../../../documents/read/read-document.ts'
import type { RequestBuilder } from '../../suite/build-request.ts'
import type { CaseKit } from '../../suite/case-kit.ts'
import { allTogether } from '../../suite/derive-accepts.ts'
import { type Site, withValue } from '../../suite/walk-schema.ts'
import { isPlain, isRecord, isSame } from './compare-records.ts'
import type { Deed } from './course.ts'
import { textAsDescribed } from './read-description.ts'

/** Where in the request's body of an operation the record is. */
const placeOf = ({ request }: Deed): readonly string[] => request ?? []

/** What a body says of the record. */
export const recordIn = (deed: Deed, body: Json): Json => valueAt(body, toPointer(placeOf(deed)))

/** Whether an operation takes what has members, in whatever media type, or nothing at all. */
export function takesMembers(kit: CaseKit, { declared }: Deed): boolean {
  const { choice } = kit.builderOf(declared.id)
  return declared.body === undefined || (choice !== undefined && choice.form !== 'bytes' && choice.form !== 'text')
}

/** A body with what is required, and the members of a record that must be in it. Undefined where it takes none. */
export function composeRecord(kit: CaseKit, deed: Deed, unique: string, members: Readonly<Record<string, Json>>): Json {
  const builder = kit.builderOf(deed.declared.id)
  if (!builder.takesBody) return undefined
  return describeTexts(builder, deed, withMembers(deed, builder.body(unique), members), members)
}

/** Texts are put as the descriptions of their members give an example. @param spared members that are as they must be */
function describeTexts(builder: RequestBuilder, deed: Deed, body: Json, spared: Readonly<Record<string, Json>>): Json {
  const { tag } = builder.context
  const described = Object.entries<Json>(recordIn(deed, body) ?? {}).flatMap(([name, value]) => {
    const site = builder.siteAt([...placeOf(deed), name])
    if (!site || typeof value !== 'string' || !value.includes(tag) || Object.hasOwn(spared, name)) return []
    const text = textAsDescribed(site.schema, value.replace(/^rollcall[ -]|@.*$/g, ''))
    return text === undefined ? [] : [[name, text] as const]
  })
  const whole = withMembers(deed, body, Object.fromEntries(described))
  return isAllowed(builder, whole) ? whole : body
}

/** Members that a body has, or may have, are put where its record is. */
function withMembers(deed: Deed, body: Json, members: Readonly<Record<string, Json>>): Json {
  let whole = body
  for (const [name, value] of Object.entries(members)) whole = withValue(whole, [...placeOf(deed), name], value)
  return whole
}

/**
 * The same with members that it can do without, so that there is something to change and to leave out.
 * @param wanted of members that are not there yet, by what is to be there
 * @returns the body as it was, where the schema does not allow them together
 */
export function addMembers(
  kit: CaseKit,
  deed: Deed,
  unique: string,
  body: Json,
  wanted: (name: string, value: Json) => boolean,
): Json {
  const builder = kit.builderOf(deed.declared.id)
  const record = recordIn(deed, body)
  const all = recordIn(deed, allTogether(builder, unique))
  if (!isRecord(record) || !isRecord(all)) return body
  const more = Object.entries<Json>(all).filter(
    ([name, value]) => !Object.hasOwn(record, name) && isSaid(value) && wanted(name, value),
  )
  const added = describeTexts(builder, deed, withMembers(deed, body, Object.fromEntries(more)), {})
  return isAllowed(builder, added) ? added : body
}

/** What people call a thing by. */
const NAME = /^(?:name|title|label|display_?name|full_?name|slug)$/i

/**
 * The same with no more than its name and the kinds of it that there are: many a document requires nothing of what its API
 * does.
 */
export function nameRecord(kit: CaseKit, deed: Deed, unique: string, body: Json): Json {
  const { identity } = deed
  const builder = kit.builderOf(deed.declared.id)
  const isNaming = (name: string, value: Json) =>
    isPlain(value) &&
    (NAME.test(name) ||
      (identity?.by === 'client' && name === identity.member) ||
      builder.siteAt([...placeOf(deed), name])?.schema.enum !== undefined)
  return addMembers(kit, deed, unique, body, isNaming)
}

const isSaid = (value: Json): boolean => value !== undefined && value !== null

const isAllowed = (builder: RequestBuilder, body: Json): boolean => builder.broken(body)?.length === 0

/** A body that changes a record. */
export interface Change {
  readonly body: Json
  /** What it says, by member. */
  readonly says: Readonly<Record<string, Json>>
}

/**
 * A body that gives one member another value, and what else it must have.
 * @param known the record as it is shown now
 * @param kept members that must not change: its identity, what it refers to
 */
export function composeChange(
  kit: CaseKit,
  deed: Deed,
  unique: string,
  known: Json,
  kept: (name: string) => boolean,
): Change | undefined {
  if (!isRecord(known)) return undefined
  const builder = kit.builderOf(deed.declared.id)
  const at = placeOf(deed)
  const sites = builder.bodySites
    .filter(({ path }) => path.length === at.length + 1 && at.every((name, index) => path[index] === name))
    .filter(({ path }) => Object.hasOwn(known, path.at(-1) as string) && !kept(path.at(-1) as string))
    .filter((site) => rankOf(site) < UNFIT && !builder.saysKind(site.path))
    .sort((one, other) => rankOf(one) - rankOf(other))
  for (const site of sites) {
    const name = site.path.at(-1) as string
    for (const attempt of [0, 1, 2, 3]) {
      const random = builder.random(`${unique} ${name} ${attempt}`)
      const value = builder.value(builder.notNull(site), random)
      const bare = builder.bodyWith(unique, site.path, value)
      const body = keepMembers(deed, builder.dress(bare, random), known, kept)
      const says = recordIn(deed, body)
      if (isSame(says[name], known[name]) || !isAllowed(builder, body)) continue
      return { body, says }
    }
  }
  return undefined
}

/** The same as a list of operations (RFC 6902), where that is what is taken. @param maker takes members */
export function composePatch(
  kit: CaseKit,
  maker: Deed,
  unique: string,
  known: Json,
  kept: (name: string) => boolean,
): Change | undefined {
  const { says = {} } = composeChange(kit, maker, unique, known, kept) ?? {}
  const changed = Object.entries(says).find(
    ([name, value]) => Object.hasOwn(known, name) && !isSame(value, known[name]),
  )
  if (!changed || kept(changed[0])) return undefined
  const [name, value] = changed
  return { body: [{ op: 'replace', path: toPointer([name]), value }], says: { [name]: value } }
}

/** What must not change is sent as it is shown, where it is sent at all. */
export function keepMembers(deed: Deed, body: Json, known: Json, kept: (name: string) => boolean): Json {
  const record = recordIn(deed, body)
  if (!isRecord(record)) return body
  const same = Object.keys(record).filter((name) => kept(name) && Object.hasOwn(known, name))
  return withMembers(deed, body, Object.fromEntries(same.map((name) => [name, known[name]])))
}

const UNFIT = 9

/** What is changed rather than other members: a text that may be any, and nothing that decides what the thing is. */
function rankOf({ path, schema, alternatives }: Site): number {
  const types = [schema.type ?? []].flat().filter((type) => type !== 'null')
  // A run has said what it sends there, or that it sends nothing: another value may write to people.
  if (schema['x-run'] || alternatives.length > 0 || types.length !== 1 || schema.const !== undefined) return UNFIT
  const isOdd = /type|kind|status|state|enabled|active|locale|url|uri|email/i.test(path.at(-1) ?? '') ? 4 : 0
  if (types[0] === 'string') return isOdd + (schema.enum ? 3 : schema.format || schema.pattern ? 2 : 0)
  if (types[0] === 'integer' || types[0] === 'number') return isOdd + 1
  return types[0] === 'boolean' ? isOdd + 3 : UNFIT
}
