import type { Api } from '../api/api.ts'
import type { SchemaError } from '../engine/vocabulary.ts'
import { makeDescopeRow } from './descope.ts'
import { makeDynamicRow } from './dynamic.ts'
import { imaginePerson, type Person } from './people.ts'
import { makeRoyaltiRow } from './royalti.ts'

/** One row of an API's bulk request, as JSON data. */
export type Row = Record<string, unknown>

/** How rows of a built-in API are made, and the request body around them. */
interface Maker {
  readonly operationId: string
  row(person: Person): object
  body(rows: readonly unknown[]): unknown
}

const MAKERS: Readonly<Record<string, Maker>> = {
  dynamic: { operationId: 'bulkCreateUser', row: makeDynamicRow, body: (rows) => rows },
  // Left out, `sendEmail` means that mails go out.
  royalti: { operationId: 'bulkCreateUsers', row: makeRoyaltiRow, body: (users) => ({ users, sendEmail: false }) },
  descope: { operationId: 'createUsersBatch', row: makeDescopeRow, body: (users) => ({ users }) },
}

const SEED = 'rollcall'

/**
 * One user as a row of the API's bulk request: the same for the same (seed, api, index), in any process and order.
 * @throws DataError where a document allows no valid row
 */
export async function makeUser<T = Row>(api: Api, options: { seed?: string; index?: number } = {}): Promise<T> {
  const { seed = SEED, index = 0 } = options
  return makeRow(api, checkWhole('index', index), seed) as T
}

/** Users from index 0: the first ones are the same whatever the count. */
export async function makeUsers<T = Row>(api: Api, options: { count: number; seed?: string }): Promise<T[]> {
  return makeRows(api, options.count, options.seed) as T[]
}

/** As `makeUsers`, at once. */
export function makeRows(api: Api, count: number, seed = SEED): unknown[] {
  return Array.from({ length: checkWhole('count', count) }, (_, index) => makeRow(api, index, seed))
}

/** So many rows are made ahead. */
const AHEAD = 5000
/** Of further ones, so many at a time. */
const SLICE = 100

/**
 * The same rows in slices, as often as they are gone through. The first ones are made now, and kept; the rest is made anew
 * each time, so that a million of them are never there at once.
 */
export function sliceRows(api: Api, count: number, seed = SEED): Iterable<unknown[]> {
  const ahead = makeRows(api, Math.min(count, AHEAD), seed)
  return {
    *[Symbol.iterator]() {
      for (let first = 0; first < ahead.length; first += SLICE) yield ahead.slice(first, first + SLICE)
      for (let first = AHEAD; first < count; first += SLICE) {
        yield Array.from({ length: Math.min(SLICE, count - first) }, (_, at) => makeRow(api, first + at, seed))
      }
    },
  }
}

/** A body of the API's bulk operation around these rows. */
export function makeBody(api: Api, rows: readonly unknown[], seed = SEED): unknown {
  const maker = makerOf(api)
  return maker ? maker.body(rows) : sourceOf(api).body(rows, seed)
}

/** The first thing that is wrong with a body of the API's bulk operation. @returns undefined for a valid one */
export function checkBody(api: Api, body: unknown): SchemaError | undefined {
  const { operationId } = makerOf(api) ?? sourceOf(api)
  const validate = api.validators[operationId]?.body
  if (!validate) throw new Error(`${api.name} has no validator for the body of ${operationId}`)
  return validate(body) ? undefined : (validate.errors?.[0] ?? { instancePath: '', keyword: '', params: {} })
}

function makeRow(api: Api, index: number, seed: string): unknown {
  const maker = makerOf(api)
  if (!maker) return sourceOf(api).row(index, seed)
  const row = maker.row(imaginePerson(seed, api.name, index))
  const error = checkBody(api, maker.body([row]))
  if (error) {
    throw new Error(`user ${index} of ${api.name} (seed ${seed}) is not valid: ${error.instancePath} ${error.message}`)
  }
  return row
}

/** A document that happens to be called like a built-in API is none. */
const makerOf = (api: Api): Maker | undefined =>
  !Object.hasOwn(api, 'document') && Object.hasOwn(MAKERS, api.name) ? MAKERS[api.name] : undefined

function sourceOf(api: Api): NonNullable<Api['rows']> {
  if (api.rows) return api.rows
  const message = `no users can be made for ${api.name}: none of its operations takes a JSON body`
  throw Object.assign(new Error(message), { code: 'ENOUSERS' })
}

function checkWhole(name: string, value: number): number {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new RangeError(`${name} must be a whole number from 0, not ${value}`)
  return value
}
