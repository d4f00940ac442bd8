import { jsonSchemaOf } from './compile-validators.ts'
import { placesOf } from './list-operations.ts'
import { DataError, makeValue } from './make-value.ts'
import { createRandom } from './random.ts'
import { type Document, dereference, type Json } from './read-document.ts'

/** What a document's bulk operation takes: its rows one by one, and the body around them. */
export interface RowSource {
  readonly operationId: string
  row(index: number, seed: string): Json
  body(rows: readonly Json[], seed: string): Json
}

/**
 * Rows from the schema of the first `subject` operation, or else of the first with a JSON body. They are the items of
 * an array, of an object's only array of objects, or else the body itself is the row.
 * @returns undefined for a document none of whose operations takes a JSON body
 */
export function readRowSource(document: Document, name: string): RowSource | undefined {
  const places = placesOf(document).flatMap(({ id, operation }) => {
    const schema = jsonSchemaOf(dereference(document, operation.requestBody))
    return schema === undefined ? [] : [{ id, role: operation['x-role'], schema }]
  })
  const place = places.find(({ role }) => role === 'subject') ?? places[0]
  if (!place) return undefined
  const { member, items } = locateRows(document, place.schema)
  const make = (schema: Json, index: number | string, seed: string): Json => {
    try {
      return makeValue(document, schema, createRandom(seed, name, index))
    } catch (error) {
      if (!(error instanceof DataError)) throw error
      throw new DataError(`${error.pointer || '/'} of a row of ${place.id}`, error.reason)
    }
  }
  return {
    operationId: place.id,
    row: (index, seed) => make(items, index, seed),
    body: (rows, seed) => {
      if (member === undefined) return items === place.schema ? rows[0] : rows
      return { ...make(place.schema, 'body', seed), [member]: rows }
    },
  }
}

/** Where the rows are: `member` of the body where the body is an object around them. */
function locateRows(document: Document, schema: Json): { member?: string; items: Json } {
  const body = dereference(document, schema)
  if (isOfOneType(body, 'array') && body.items) return { items: body.items }
  const lists = Object.entries<Json>(body?.properties ?? {}).flatMap(([member, property]) => {
    const list = dereference(document, property)
    const items = isOfOneType(list, 'array') && list.items
    const isObject =
      items && (isOfOneType(dereference(document, items), 'object') || dereference(document, items).properties)
    return isObject ? [{ member, items }] : []
  })
  return lists.length === 1 && lists[0] ? lists[0] : { items: schema }
}

const isOfOneType = (schema: Json, type: string): boolean =>
  [schema?.type ?? []]
    .flat()
    .filter((each) => each !== 'null')
    .join() === type
