import type { ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { Contract } from '../contract/contract.ts'
import type { DeclaredOperation, DeclaredParameter, MediaType } from '../contract/operation.ts'
import type { Schema, SchemaPlace } from '../contract/schema.ts'
import type { OperationValidators, Validate } from '../contract/table.ts'
import { isJsonLines, parseMediaType } from '../media-types/match-media-type.ts'
import { matchInTime } from '../patterns/match-in-time.ts'
import { defineLazily } from '../read/define-lazily.ts'
import type { Pointer } from '../read/json-pointer.ts'
import { once } from '../read/once.ts'
import type { Json } from '../read/read-document.ts'
import { createExplainer } from './choose-error.ts'
import { compileLate } from './compile-late.ts'
import { keepEvaluated } from './keep-evaluated.ts'
import { isInt64, limitExactly } from './limit-exactly.ts'
import { limitFormats } from './limit-formats.ts'
import { type Reading, readAs } from './read-as.ts'
import { lazyReading, wholeReading } from './read-document-as.ts'

export { isNeverEnforced } from './read-as.ts'

/** A place of an operation that has a schema of its own to validate against. */
export interface SchemaSlot {
  readonly operationId: string
  readonly place: 'path' | 'query' | 'header' | 'cookie' | 'querystring' | 'body' | 'bodies' | 'reply'
  /** Of one of the bodies beside the first JSON: under which media type it is declared. */
  readonly mediaType?: string
  /** Of a reply: the key under which it is declared (`201`, `4XX`, `default`). */
  readonly status?: string
  /** JSON Schema 2020-12 whose references are absolute. */
  readonly schema: Json
  /** Where it stands in the document; undefined where it is made of the schemas of several parameters. */
  readonly pointer?: Pointer
}

/**
 * An Ajv set up for documents: draft 2020-12, patterns with the `u` flag, formats asserted, foreign keywords ignored.
 * @param options isHasty: validators that run a few times are compiled faster, and are a little slower; isWhole: the
 *   readings of the document are there as a whole, to be looked through; isLiteral: as in `readAs`
 */
export function createAjv(
  contract: Contract,
  options: { source: boolean; isHasty?: true; isWhole?: true; isLiteral?: boolean },
): Ajv2020 {
  const ajv = new Ajv2020({
    strict: false,
    logger: false,
    validateSchema: false,
    unicodeRegExp: true,
    // 1e999 is read as Infinity, which JSON has not.
    strictNumbers: true,
    // Costs time for every member, and is needed only where a member is called like one that every object inherits.
    ownProperties: contract.once(namesInherited),
    // 19.99 is a multiple of 0.01, though 19.99 / 0.01 is 1998.9999999999998.
    multipleOfPrecision: 6,
    // A reference that is compiled into each of its places is compiled as often.
    ...(options.isHasty && { inlineRefs: false }),
    // What is written ahead of time is of documents whose patterns are known.
    code: options.source
      ? { source: true, esm: true, lines: true }
      : { regExp: IN_TIME, process: keepEvaluated, ...(options.isHasty && { optimize: false }) },
  })
  ;(addFormats as unknown as typeof addFormats.default)(ajv)
  // What is written ahead of time takes the code of the formats as it is: `slim-runtime.ts` says the same there.
  if (!options.source) limitFormats(ajv)
  if (!options.source) {
    compileLate(ajv)
    limitExactly(ajv, contract)
    ajv.addFormat('int64', { type: 'number', validate: (value) => isInt64(contract, value) })
  }
  for (const reading of READINGS) {
    ajv.addSchema(
      options.isWhole ? wholeReading(contract, reading) : lazyReading(contract, reading, options.isLiteral),
      reading,
    )
  }
  return ajv
}

/** Ajv asks it for the code that it would write in its place, which nobody asks for here. */
const IN_TIME = Object.assign((pattern: string, flags: string) => matchInTime(pattern, flags), { code: 'matchInTime' })

const READINGS: readonly Reading[] = ['requests', 'replies']

/** The components and paths of the document, as an Ajv that has the whole reads them for replies: they stand as they stand. */
export const replyReadingOf = (ajv: Ajv2020): Pick<SchemaSlot, 'schema' | 'pointer'> => ({
  schema: ajv.schemas['replies' satisfies Reading]?.schema,
  pointer: '#',
})

/** Whether some member of a schema or a parameter may be called `constructor`, `toString` or the like. */
const namesInherited = (contract: Contract): boolean =>
  contract.mentions(...Object.getOwnPropertyNames(Object.prototype))

/** Every schema to validate against, in the document's order. */
export function slotsOf(contract: Contract, operations = contract.operations): SchemaSlot[] {
  return operations.flatMap((operation) => [
    ...parameterSlots(contract, operation),
    ...bodySlots(contract, operation),
    ...replySlots(contract, operation),
  ])
}

/** What validates while a mock runs. */
function createRunning(contract: Contract) {
  const ajv = createAjv(contract, { source: false })
  // Without these keywords, nothing need be known of what others have looked at, through each reference.
  ajv.opts.unevaluated = contract.mentions('unevaluatedProperties', 'unevaluatedItems')
  return { ajv, known: new WeakMap<object, ValidateFunction>() }
}

/**
 * A validator of a schema as replies are read: compiled when it is first asked for, and kept.
 * @throws Error where it is no valid schema
 */
export function replyValidatorOf(contract: Contract, { schema }: SchemaPlace): ValidateFunction {
  const { ajv, known } = contract.once(createRunning)
  if (typeof schema !== 'object') return ajv.compile(schema)
  let validate = known.get(schema)
  if (!validate) known.set(schema, (validate = ajv.compile(readAs(contract, 'replies', schema))))
  return validate
}

/**
 * Validators of every operation, each compiled when it is first used.
 * @param options explains: those of requests give one error, where there are alternatives that of the one that was meant
 */
export function compileValidators(
  contract: Contract,
  options: { explains?: true } = {},
): Readonly<Record<string, OperationValidators>> {
  const { ajv } = contract.once(createRunning)
  if (options.explains) ajv.opts.verbose = true
  const explain = createExplainer(ajv, 'requests' satisfies Reading)
  const place = (holder: object, key: string, slot: SchemaSlot) =>
    defineLazily(holder, key, () => {
      const compiled: Validate = ajv.compile(slot.schema)
      return options.explains && slot.place !== 'reply' ? explain(compiled) : compiled
    })
  const validators: Record<string, OperationValidators> = {}
  for (const operation of contract.operations)
    defineLazily(
      validators,
      operation.id,
      () => assemble(slotsOf(contract, [operation]), place)[operation.id] ?? { replies: {} },
    )
  return validators
}

/** Puts what `place` makes of each slot where the mock looks for it. */
export function assemble(
  slots: readonly SchemaSlot[],
  place: (holder: object, key: string, slot: SchemaSlot) => void,
): Readonly<Record<string, OperationValidators>> {
  // An operation may be called `constructor`.
  const operations: Record<string, OperationValidators & { bodies?: OperationValidators['bodies'] }> =
    Object.create(null)
  for (const slot of slots) {
    const operation = (operations[slot.operationId] ??= { replies: {} })
    if (slot.place === 'reply') place(operation.replies, slot.status as string, slot)
    else if (slot.place === 'bodies') place((operation.bodies ??= {}), slot.mediaType as string, slot)
    else place(operation, slot.place, slot)
  }
  return operations
}

function parameterSlots(contract: Contract, { id, parameters }: DeclaredOperation): SchemaSlot[] {
  return (['path', 'query', 'header', 'cookie', 'querystring'] as const).flatMap((place) => {
    const here = parameters.filter((parameter) => parameter.in === place)
    if (here.length === 0) return []
    const required = here.filter((parameter) => parameter.required).map((parameter) => parameter.name)
    const schema = () => ({
      type: 'object',
      properties: Object.fromEntries(here.map((parameter) => [parameter.name, parameterSchema(contract, parameter)])),
      required,
    })
    return [lazySlot({ operationId: id, place }, schema)]
  })
}

function parameterSchema(contract: Contract, { schema, allowsEmpty }: DeclaredParameter): Json {
  const own = readAs(contract, 'requests', schema.schema)
  return allowsEmpty ? { anyOf: [own, { const: '' }] } : own
}

function bodySlots(contract: Contract, { id, body }: DeclaredOperation): SchemaSlot[] {
  if (!body) return []
  const { json, content } = body
  const others = content.flatMap((media) => {
    const schema = wholeOf(media)
    return schema && schema !== json
      ? [slotOf({ operationId: id, place: 'bodies', mediaType: media.type }, contract, 'requests', schema)]
      : []
  })
  return [...(json ? [slotOf({ operationId: id, place: 'body' }, contract, 'requests', json)] : []), ...others]
}

/** Of lines of JSON, a list of what each must be (OpenAPI 3.2, Media Type Object, "itemSchema"). */
function wholeOf({ type, schema, itemSchema }: MediaType): SchemaPlace | undefined {
  if (!itemSchema || !isJsonLines(parseMediaType(type).essence)) return schema
  const each: Schema = { type: 'array', items: itemSchema.schema }
  return schema ? { ...schema, schema: { allOf: [schema.schema, each] } } : { ...itemSchema, schema: each }
}

const replySlots = (contract: Contract, { id, replies }: DeclaredOperation): SchemaSlot[] =>
  replies.flatMap(({ status, json }) =>
    json ? [slotOf({ operationId: id, place: 'reply', status }, contract, 'replies', json)] : [],
  )

const slotOf = (
  slot: Omit<SchemaSlot, 'schema'>,
  contract: Contract,
  reading: Reading,
  { schema, pointer }: SchemaPlace,
): SchemaSlot => lazySlot({ ...slot, pointer }, () => readAs(contract, reading, schema))

/** A slot whose schema is copied when it is first asked for: of a large document, few are. */
const lazySlot = (slot: Omit<SchemaSlot, 'schema'>, schema: () => Json): SchemaSlot =>
  Object.defineProperty(slot, 'schema', { enumerable: true, get: once(schema) }) as SchemaSlot
