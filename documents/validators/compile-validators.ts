import type { ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { Contract } from '../contract/contract.ts'
import type { DeclaredOperation } from '../contract/operation.ts'
import type { SchemaPlace } from '../contract/schema.ts'
import type { OperationValidators } from '../contract/table.ts'
import type { Pointer } from '../read/json-pointer.ts'
import type { Json } from '../read/read-document.ts'
import { holdsNames, isData } from '../read/tell-keywords.ts'

/** A place of an operation that has a schema of its own to validate against. */
export interface SchemaSlot {
  readonly operationId: string
  readonly place: 'path' | 'query' | 'header' | 'cookie' | 'body' | 'reply'
  /** Of a reply: the key under which it is declared (`201`, `4XX`, `default`). */
  readonly status?: string
  /** JSON Schema 2020-12 whose references are absolute. */
  readonly schema: Json
  /** Where it stands in the document; undefined where it is made of the schemas of several parameters. */
  readonly pointer?: Pointer
}

/** Our names for the two readings of a document: replies drop what is never enforced. */
const REQUESTS = 'requests'
const REPLIES = 'replies'

/**
 * An Ajv set up for documents: draft 2020-12, patterns with the `u` flag, formats asserted, foreign keywords ignored.
 * @param options isHasty: validators that run a few times are compiled faster, and are a little slower
 */
export function createAjv({ model }: Contract, options: { source: boolean; isHasty?: true }): Ajv2020 {
  const ajv = new Ajv2020({
    strict: false,
    logger: false,
    validateSchema: false,
    unicodeRegExp: true,
    // 1e999 is read as Infinity, which JSON has not.
    strictNumbers: true,
    // Costs time for every member, and is needed only where a member is called like one that every object inherits.
    ownProperties: namesInherited(model),
    // 19.99 is a multiple of 0.01, though 19.99 / 0.01 is 1998.9999999999998.
    multipleOfPrecision: 6,
    ...(options.source && { code: { source: true, esm: true, lines: true } }),
    // A reference that is compiled into each of its places is compiled as often.
    ...(options.isHasty && { code: { optimize: false }, inlineRefs: false }),
  })
  ;(addFormats as unknown as typeof addFormats.default)(ajv)
  ajv.addSchema(readAs(REQUESTS, model), REQUESTS)
  ajv.addSchema(readAs(REPLIES, model), REPLIES)
  return ajv
}

/** The components and paths of the document, as such an Ajv reads them for replies: a copy that stands as they stand. */
export const replyReadingOf = (ajv: Ajv2020): Pick<SchemaSlot, 'schema' | 'pointer'> => ({
  schema: ajv.schemas[REPLIES]?.schema,
  pointer: '#',
})

/** Whether some member of a schema or a parameter is called `constructor`, `toString` or the like. */
function namesInherited(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return false
  const isInherited = (name: unknown) => typeof name === 'string' && name in Object.prototype
  if (typeof value.properties === 'object' && Object.keys(value.properties ?? {}).some(isInherited)) return true
  if (isInherited(value.name) && value.in) return true
  return Object.values(value).some(namesInherited)
}

/** Every schema to validate against, in the document's order. */
export function slotsOf(contract: Contract): SchemaSlot[] {
  return contract.operations.flatMap((operation) => [
    ...parameterSlots(operation),
    ...bodySlot(operation),
    ...replySlots(operation),
  ])
}

/** What validates while a mock runs. */
const createRunning = (contract: Contract) => ({
  ajv: createAjv(contract, { source: false }),
  known: new WeakMap<object, ValidateFunction>(),
})

/**
 * A validator of a schema as replies are read: compiled when it is first asked for, and kept.
 * @throws Error where it is no valid schema
 */
export function replyValidatorOf(contract: Contract, { schema }: SchemaPlace): ValidateFunction {
  const { ajv, known } = contract.once(createRunning)
  if (typeof schema !== 'object') return ajv.compile(schema)
  let validate = known.get(schema)
  if (!validate) known.set(schema, (validate = ajv.compile(absolute(REPLIES, schema))))
  return validate
}

/** Validators of every operation, each compiled when it is first used. */
export function compileValidators(contract: Contract): Readonly<Record<string, OperationValidators>> {
  const { ajv } = contract.once(createRunning)
  return assemble(slotsOf(contract), (holder, key, slot) => {
    Object.defineProperty(holder, key, {
      enumerable: true,
      configurable: true,
      get() {
        const value = ajv.compile(slot.schema)
        Object.defineProperty(holder, key, { enumerable: true, value })
        return value
      },
    })
  })
}

/** Puts what `place` makes of each slot where the mock looks for it. */
export function assemble(
  slots: readonly SchemaSlot[],
  place: (holder: object, key: string, slot: SchemaSlot) => void,
): Readonly<Record<string, OperationValidators>> {
  const operations: Record<string, OperationValidators> = {}
  for (const slot of slots) {
    const operation = (operations[slot.operationId] ??= { replies: {} })
    if (slot.place === 'reply') place(operation.replies, slot.status as string, slot)
    else place(operation, slot.place, slot)
  }
  return operations
}

function parameterSlots({ id, parameters }: DeclaredOperation): SchemaSlot[] {
  return (['path', 'query', 'header', 'cookie'] as const).flatMap((place) => {
    const here = parameters.filter((parameter) => parameter.in === place)
    if (here.length === 0) return []
    const properties = Object.fromEntries(
      here.map((parameter) => [parameter.name, absolute(REQUESTS, parameter.schema.schema)]),
    )
    const required = here.filter((parameter) => parameter.required).map((parameter) => parameter.name)
    return [{ operationId: id, place, schema: { type: 'object', properties, required } }]
  })
}

const bodySlot = ({ id, body }: DeclaredOperation): SchemaSlot[] =>
  body?.json ? [{ operationId: id, place: 'body', ...slotOf(REQUESTS, body.json) }] : []

const replySlots = ({ id, replies }: DeclaredOperation): SchemaSlot[] =>
  replies.flatMap(({ status, json }) =>
    json ? [{ operationId: id, place: 'reply' as const, status, ...slotOf(REPLIES, json) }] : [],
  )

const slotOf = (reading: string, { schema, pointer }: SchemaPlace) => ({ schema: absolute(reading, schema), pointer })

const readAs = (name: string, { components = {}, paths = {} }: Contract['model']): Json =>
  absolute(name, { components, paths })

/**
 * A copy whose `#/…` references name the document they are meant for, so that it can stand anywhere. For replies,
 * patterns and formats that are only assumed are left out: nobody enforces them (openapi/README.md).
 */
export function absolute(name: string, value: Json, hasNames = false): Json {
  if (Array.isArray(value)) return value.map((member) => absolute(name, member))
  if (typeof value !== 'object' || value === null) return value
  const copy: Json = {}
  for (const [key, member] of Object.entries<Json>(value)) {
    if (hasNames) copy[key] = absolute(name, member)
    else if (key === 'examples' || key === 'example' || (name === REPLIES && isNeverEnforced(value, key))) continue
    else if (key === '$ref' && typeof member === 'string') copy[key] = name + member
    else copy[key] = isData(key, member) ? member : absolute(name, member, holdsNames(key))
  }
  return copy
}

/** A pattern or format of a reply that is only assumed (openapi/README.md). @param schema that holds the keyword */
export const isNeverEnforced = (schema: Json, keyword: string): boolean =>
  (keyword === 'pattern' || keyword === 'format') && schema['x-evidence-of']?.[keyword] === 'assumed'
