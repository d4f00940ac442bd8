import { followSchema, keywordsOf } from '../../../documents/contract/follow-schema.ts'
import type { SchemaPlace } from '../../../documents/contract/schema.ts'
import { isLeftOut } from '../../../documents/contract/tell-directions.ts'
import type { Json } from '../../../documents/read/read-document.ts'
import { bodiesOf } from '../../../documents/resources/read-bodies.ts'
import { type Form, formOf } from '../../../documents/resources/read-form.ts'
import { allowsValue } from '../../suite/allow-value.ts'
import type { CaseKit } from '../../suite/case-kit.ts'
import { isRecord } from './compare-records.ts'
import type { Course } from './course.ts'

/** What has a place in a record as it is read, or where nothing reads one, listed. */
interface ShownMembers {
  /** Whether its schema has a member, and no reply leaves it out (`writeOnly`), nor any of several alternatives. */
  has(name: string): boolean
  /**
   * Whether a member may have a value there: what its schema refuses is no value of the same thing. To lists and objects a
   * server adds what they must have.
   */
  takes(name: string, value: Json): boolean
}

/** What shows a record. */
type Shower = Partial<Pick<Course, 'read' | 'list'>>

export function shownMembers({ contract }: CaseKit, { read, list }: Shower): ShownMembers {
  const form = recordForm()
  const sure = form ? namesIn(form) : new Set()
  const schemaOf = (name: string) => form?.members.get(name)?.schema
  return {
    has: (name) => {
      const schema = schemaOf(name)
      return sure.has(name) && schema !== undefined && !isLeftOut(contract, schema, 'writeOnly')
    },
    takes: (name, value) => {
      const place = form?.members.get(name)
      if (!place) return true
      if (Array.isArray(value)) return mayHold(formOf(contract, place).items, value)
      return isRecord(value) ? mayName(place, value) : allowsValue(contract, place.schema, value)
    },
  }

  /** Whether items may be of the same JSON type as any that was sent: names may be sent of what is shown whole. */
  function mayHold(items: SchemaPlace | undefined, sent: readonly Json[]): boolean {
    const types = items ? formOf(contract, items).types : new Set<string>()
    return types.size === 0 || sent.length === 0 || sent.some((one) => typesOf(one).some((type) => types.has(type)))
  }

  /** Whether any of what was sent has a place there, and none of it is refused there: in one of several alternatives. */
  function mayName(place: SchemaPlace, sent: Json): boolean {
    return alternativesOf(place).some((one) => {
      const { members, types } = formOf(contract, one)
      if (types.size > 0 && !types.has('object')) return false
      const named = Object.entries<Json>(sent).filter(([name]) => members.has(name))
      const isTaken = ([name, value]: [string, Json]) =>
        (typeof value === 'object' && value !== null) ||
        allowsValue(contract, (members.get(name) as SchemaPlace).schema, value)
      return members.size === 0 || (named.length > 0 && named.every(isTaken))
    })
  }

  function alternativesOf(place: SchemaPlace): readonly SchemaPlace[] {
    const found = followSchema(contract, place)
    const { oneOf, anyOf } = keywordsOf(found.schema)
    const choices = oneOf ?? anyOf ?? []
    return choices.length === 0 ? [place] : choices.map((schema) => ({ ...found, schema }))
  }

  function recordForm(): Form | undefined {
    const deed = read ?? list
    const reply = deed && bodiesOf(contract, deed.declared).reply
    const at = read ? read.reply : list?.list?.at
    const form = reply && at && inside(reply, at)
    return read || !form?.items ? form : inside(formOf(contract, form.items), list?.list?.item ?? [])
  }

  function inside(form: Form, path: readonly string[]): Form | undefined {
    let found: Form | undefined = form
    for (const name of path) {
      const member: SchemaPlace | undefined = found?.members.get(name)
      found = member && formOf(contract, member)
    }
    return found
  }

  /** Also those in the parts of its `allOf`, and none of its alternatives. */
  function namesIn({ place }: Form): ReadonlySet<string> {
    const names = new Set<string>()
    const parts = new Set([followSchema(contract, place).schema])
    for (const part of parts) {
      const { properties = {}, allOf = [] } = keywordsOf(part)
      for (const name of Object.keys(properties)) names.add(name)
      for (const schema of allOf) parts.add(followSchema(contract, { ...place, schema }).schema)
    }
    return names
  }
}

/** The JSON types that a value is of. */
function typesOf(value: Json): string[] {
  if (value === null) return ['null']
  if (Array.isArray(value)) return ['array']
  return typeof value === 'number' ? ['number', ...(Number.isInteger(value) ? ['integer'] : [])] : [typeof value]
}
