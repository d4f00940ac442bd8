import type { Contract } from '../contract/contract.ts'
import { keywordsOf } from '../contract/follow-schema.ts'
import type { SchemaPlace } from '../contract/schema.ts'
import type { Json } from '../read/read-document.ts'
import { type Form, formOf } from './read-form.ts'
import type { MemberPath, UniqueMember } from './resource.ts'

/** How deep a member with `x-unique` may lie: `/owner/address/email`. */
const MOST_LEVELS = 3

/** The members of a record that are marked with `x-unique`, see docs/extensions.md. */
export function findUnique(contract: Contract, record: Form | undefined, at: MemberPath = []): UniqueMember[] {
  return [...(record?.members ?? [])].flatMap(([name, place]) => {
    const member = [...at, name]
    const form = formOf(contract, place)
    const said = mark(place) ?? mark(form.place)
    const own = said === undefined ? [] : [{ member, ignoreCase: said.ignoreCase === true, within: withinOf(said) }]
    return at.length + 1 < MOST_LEVELS ? [...own, ...findUnique(contract, form, member)] : own
  })
}

/** What stands at a property, or at what its `$ref` leads to. */
function mark({ schema }: SchemaPlace): Json {
  const said = (keywordsOf(schema) as Json)['x-unique']
  return said === true || (typeof said === 'object' && said !== null) ? said : undefined
}

const withinOf = ({ within }: Json): UniqueMember['within'] => (within === 'tenant' ? 'tenant' : 'parent')
