import type { Contract } from '../contract/contract.ts'
import { keywordsOf, targetOf } from '../contract/follow-schema.ts'
import type { DeclaredOperation } from '../contract/operation.ts'
import type { Schema, SchemaObject } from '../contract/schema.ts'
import { createRandom } from '../patterns/random.ts'
import type { Json } from '../read/read-document.ts'
import { DataError, makeValue } from './make-value.ts'

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
export function readRowSource(contract: Contract, name: string): RowSource | undefined {
  const takes = ({ body }: DeclaredOperation) => body?.json !== undefined
  const operation =
    contract.operations.find((one) => one.role === 'subject' && takes(one)) ?? contract.operations.find(takes)
  if (!operation?.body?.json) return undefined
  const place = { id: operation.id, schema: operation.body.json.schema }
  const { member, items } = locateRows(contract, place.schema)
  const make = (schema: Schema, index: number | string, seed: string): Json => {
    try {
      return makeValue(contract, schema, createRandom(seed, name, index), '', { named: true })
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
function locateRows(contract: Contract, schema: Schema): { member?: string; items: Schema } {
  const body = keywordsOf(targetOf(contract, schema))
  if (isOfOneType(body, 'array') && body.items) return { items: body.items }
  const lists = Object.entries(body.properties ?? {}).flatMap(([member, property]) => {
    const list = keywordsOf(targetOf(contract, property))
    if (!isOfOneType(list, 'array') || !list.items) return []
    const item = keywordsOf(targetOf(contract, list.items))
    return isOfOneType(item, 'object') || item.properties ? [{ member, items: list.items }] : []
  })
  return lists.length === 1 && lists[0] ? lists[0] : { items: schema }
}

const isOfOneType = (schema: SchemaObject, type: string): boolean =>
  [schema.type ?? []]
    .flat()
    .filter((each) => each !== 'null')
    .join() === type
