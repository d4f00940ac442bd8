import type { Contract } from '../../documents/contract/contract.ts'
import { keywordsOf, targetOf } from '../../documents/contract/follow-schema.ts'
import type { Schema, SchemaPlace } from '../../documents/contract/schema.ts'
import { isLeftOut } from '../../documents/contract/tell-directions.ts'
import { wordsOf } from '../../documents/patterns/read-words.ts'
import { once } from '../../documents/read/once.ts'
import { type Form, formOf } from '../../documents/resources/read-form.ts'
import type { Identity, ResourceRole } from '../../documents/resources/resource.ts'
import { isMembers, type Members, membersOf } from './kept-record.ts'
import type { KeptResource, Member, RecordForm, Scene } from './kept-resource.ts'
import { valueAt } from './member-path.ts'
import { itemSchemaOf, schemaAt } from './member-schema.ts'
import { replyViewOf } from './reply-view.ts'
import { validatorOf } from './validator-of.ts'

/** Who shows a record best comes first. */
const SHOWING: readonly ResourceRole[] = [
  'read',
  'singleton-read',
  'create',
  'singleton-write',
  'replace',
  'update',
  'action',
]
const TAKING: readonly ResourceRole[] = ['create', 'create-many', 'replace', 'update', 'singleton-write']

/** Parts of it are worked out when they are first asked for: a list can be shown without most of them. */
export function readRecordForm(kept: KeptResource): RecordForm {
  const { contract, scenes, resource } = kept
  const place = resource.schema
  const example = once(() => findExample(scenes))
  const members = once(() => readMembers(kept, example))
  const validate = once(() => validatorOf(contract, place))
  return {
    contract,
    place,
    get validate() {
      return validate()
    },
    get example() {
      return example()
    },
    get members() {
      return members()
    },
  }
}

function readMembers(
  { contract, scenes, resource }: KeptResource,
  example: () => Members,
): ReadonlyMap<string, Member> {
  const shown = [...(resource.schema ? [resource.schema] : []), ...scenes.flatMap(placeShown)]
  const forms = shown.map((place) => formOf(contract, place))
  const taken = scenes.filter(({ inferred }) => TAKING.includes(inferred.role)).flatMap(membersTaken)
  const named = new Set(forms.flatMap(({ members }) => [...members.keys()]))
  // What no schema names, an example does.
  const names = named.size > 0 ? [...named] : Object.keys(example())
  const members = names.map((name): Member => {
    const own = forms.find((form) => form.members.has(name))
    const place = own?.members.get(name)
    const asked = taken.flatMap((each) => each.get(name) ?? alike(each, name) ?? [])
    return {
      name,
      place,
      isRequired: own?.required.has(name) ?? false,
      isServers: isLeftOut(contract, place?.schema, 'readOnly') || asked.length === 0,
      isNullable: place !== undefined && isNullable(contract, place.schema),
      default: [...asked, place].map((one) => one && keywordsOf(targetOf(contract, one.schema)).default).find(isGiven),
    }
  })
  return new Map(members.map((member) => [member.name, member]))
}

/** What is called the same in other letters: a form's `FriendlyName` is the `friendly_name` of a reply. */
export function alike<T>(members: Iterable<readonly [string, T]>, name: string): T | undefined {
  const words = wordsOf(name)
  for (const [other, value] of members) if (wordsOf(other) === words) return value
  return undefined
}

/** What a reply to one operation shows of a record. */
export function placeShown(scene: Scene): SchemaPlace[] {
  const { contract, inferred } = scene
  if (inferred.reply === undefined || !SHOWING.includes(inferred.role)) return []
  return [schemaAt(contract, replyViewOf(scene).media?.schema, inferred.reply) ?? []].flat()
}

/** By which member a reply names a record: that of the record itself, or one that is called as the path has it. */
export const nameShown = ({ members, byWords }: Form, identity: Identity | undefined): string | undefined =>
  identity && (members.has(identity.member) ? identity.member : byWords.get(wordsOf(identity.parameter)))

const isGiven = (value: unknown): boolean => value !== undefined

/** What an operation's request may say of a record. */
function membersTaken({ contract, declared, inferred }: Scene): ReadonlyMap<string, SchemaPlace>[] {
  const place = declared.body?.json ?? declared.body?.content.find(({ schema }) => schema)?.schema
  const at = schemaAt(contract, place, inferred.request ?? [])
  const record = inferred.role === 'create-many' ? (itemSchemaOf(contract, at) ?? at) : at
  if (!record) return []
  const named = [...formOf(contract, record).members].filter(
    ([, { schema }]) => !isLeftOut(contract, schema, 'readOnly'),
  )
  return [new Map(named)]
}

function isNullable(contract: Contract, schema: Schema, level = 0): boolean {
  const { type = [], enum: values = [], oneOf = [], anyOf = [] } = keywordsOf(targetOf(contract, schema))
  if ([type].flat().includes('null') || values.includes(null)) return true
  return level < MOST_LEVELS && [...oneOf, ...anyOf].some((choice) => isNullable(contract, choice, level + 1))
}

/** Alternatives of alternatives that go on for longer lead in a circle. */
const MOST_LEVELS = 5

/** A record as a reply of the document shows it; without one, nothing. */
function findExample(scenes: readonly Scene[]): Members {
  const ranked = SHOWING.flatMap((role) => scenes.filter(({ inferred }) => inferred.role === role))
  for (const scene of ranked) {
    if (scene.inferred.reply === undefined) continue
    const shown = valueAt(replyViewOf(scene).composed(), scene.inferred.reply)
    if (isMembers(shown)) return shown
  }
  for (const scene of scenes) {
    const { list } = scene.inferred
    const items = list && valueAt(replyViewOf(scene).composed(), list.at)
    if (Array.isArray(items) && list) return membersOf(valueAt(items[0], list.item))
  }
  return {}
}
