import type { Contract } from '../../documents/contract/contract.ts'
import { keywordsOf } from '../../documents/contract/follow-schema.ts'
import type { Schema, SchemaPlace } from '../../documents/contract/schema.ts'
import { bareOf, type Form, formOf } from '../../documents/resources/read-form.ts'
import type { CollectionRules } from '../engine/vocabulary.ts'

/** What a schema says of one member of a record. */
export interface Field {
  readonly name: string
  /** JSON types; none: any. */
  readonly types: readonly string[]
  readonly required: boolean
  readonly description?: string
  readonly format?: string
  readonly enum?: readonly unknown[]
  readonly minimum?: number
  readonly maximum?: number
  readonly maxLength?: number
}

/** How a record of a collection can be asked for. */
export interface RecordForm {
  /** The member of a record that holds what is asked for: `data` where it is kept with its place; empty: it is the record itself. */
  readonly within: '' | 'data'
  readonly fields: readonly Field[]
}

/** How deep a reply is searched for what shows a record. */
const MOST_LEVELS = 4

/**
 * The members of a collection's records, as far as the document says: of a document's resource those of its schema, else of
 * that schema in the replies which show a record that has most of one's members.
 * @param sample a record of the collection
 */
export function readRecordForm(
  contract: Contract,
  rules: CollectionRules<object>,
  sample: object | undefined,
): RecordForm {
  const pointer = rules.schemaAt?.()
  if (pointer !== undefined) {
    const schema = contract.valueAt(pointer) as Schema
    return { within: 'data', fields: fieldsOf(contract, formOf(contract, { schema, pointer, evidence: 'documented' })) }
  }
  const names = new Set(Object.keys(sample ?? {}))
  const shown = Object.keys((sample && rules.readings?.(rules.idOf(sample))) ?? {}).flatMap((id) =>
    (contract.operation(id)?.replies ?? []).flatMap(({ status, json }) => (/^2/.test(status) && json ? [json] : [])),
  )
  const likest = formsIn(contract, shown)
    .map((form) => ({ form, common: [...form.members.keys()].filter((name) => names.has(name)).length }))
    .reduce<{ form?: Form; common: number }>((best, one) => (one.common > best.common ? one : best), { common: 0 })
  return { within: '', fields: likest.form ? fieldsOf(contract, likest.form) : [] }
}

/** All forms in some schemas, the outermost first. */
function formsIn(contract: Contract, places: readonly SchemaPlace[]): Form[] {
  const found = new Set<Form>()
  const look = (place: SchemaPlace, level: number) => {
    const form = formOf(contract, place)
    if (found.has(form) || level > MOST_LEVELS) return
    found.add(form)
    for (const inner of [form.items, ...form.lists, ...form.records])
      if (inner) look('name' in inner ? inner.place : inner, level + 1)
  }
  for (const place of places) look(place, 0)
  return [...found]
}

const fieldsOf = (contract: Contract, { members, required }: Form): Field[] =>
  [...members].map(([name, place]) => {
    const {
      description,
      format,
      enum: values,
      minimum,
      maximum,
      maxLength,
    } = {
      ...keywordsOf(place.schema),
      ...keywordsOf(bareOf(contract, place).schema),
    } as ReturnType<typeof keywordsOf> & { readonly description?: unknown }
    return {
      name,
      types: [...formOf(contract, place).types],
      required: required.has(name),
      ...(typeof description === 'string' && { description }),
      ...(typeof format === 'string' && { format }),
      ...(Array.isArray(values) && { enum: values }),
      ...(typeof minimum === 'number' && { minimum }),
      ...(typeof maximum === 'number' && { maximum }),
      ...(typeof maxLength === 'number' && { maxLength }),
    }
  })
