import { followSchema, keywordsOf } from '../../../documents/contract/follow-schema.ts'
import type { SchemaPlace } from '../../../documents/contract/schema.ts'
import { isLeftOut } from '../../../documents/contract/tell-directions.ts'
import type { Json } from '../../../documents/read/read-document.ts'
import { bodiesOf } from '../../../documents/resources/read-bodies.ts'
import { type Form, formOf } from '../../../documents/resources/read-form.ts'
import type { CaseKit } from '../../suite/case-kit.ts'
import type { Course } from './course.ts'

/**
 * What has a place in a record as it is read, or where nothing reads one, listed: the names of the members that its schema
 * has, but for those that no reply shows (`writeOnly`), or only some do: members of one alternative among several.
 */
export function shownMembers({ contract }: CaseKit, { read, list }: Course): ReadonlySet<string> {
  const deed = read ?? list
  const reply = deed && bodiesOf(contract, deed.declared).reply
  if (!deed || !reply) return NONE
  const at = read ? deed.reply : deed.list?.at
  let form: Form | undefined = at && inside(reply, at)
  if (!read && form?.items) form = inside(formOf(contract, form.items), deed.list?.item ?? [])
  if (!form) return NONE
  const sure = namesIn(form)
  return new Set(
    [...form.members]
      .filter(([name, { schema }]) => sure.has(name) && !isLeftOut(contract, schema, 'writeOnly'))
      .map(([name]) => name),
  )

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

const NONE: ReadonlySet<string> = new Set()

/** Whether a value says something: what is empty, or null, may as well be left out. */
export const isSaying = (value: Json): boolean =>
  value !== undefined &&
  value !== null &&
  value !== '' &&
  value !== false &&
  !(typeof value === 'object' && Object.keys(value).length === 0)
