import type { ErrorObject } from 'ajv'
import { createAjv, slotsOf } from '../documents/compile-validators.ts'
import type { Document, Json } from '../documents/read-document.ts'
import { excerpt } from './cut-text.ts'
import { measure } from './read-reply.ts'
import type { Breach, Evidence, JudgedReply } from './vocabulary.ts'
import { evidenceOf, follow, textOf, toPointer } from './walk-schema.ts'

/** A schema, where it stands and how well it is known there. */
export interface Place {
  readonly schema: Json
  readonly pointer: string
  readonly evidence: Evidence
}

/** Clocks differ; a timestamp further ahead than this many milliseconds is from the future. */
const CLOCK_SKEW = 5 * 60_000

/** How often one rule is told of one reply. */
const ALIKE = 20

/** Values up to which every error of a body is looked for: there may be several for each of them. */
const MANY = 10_000

/** What a reply's body breaks; the key is the operation and the declared status: `createOrder 201`. */
export function judgeBody(document: Document, key: string, start: Place, reply: JudgedReply): Breach[] {
  return [
    ...errorsOf(document, key, reply).map((error) => schemaBreach(document, start, error, reply.body)),
    ...strangers(document, spread(document, start), reply.body),
    ...soundness(start, reply.body),
  ]
}

type Validate = ReturnType<ReturnType<typeof createAjv>['compile']>

interface Validators {
  has(key: string): boolean
  /** Tells every error. */
  every(key: string): Validate
  /** Tells the first error. */
  first(key: string): Validate
}

/** Compiling takes far longer than judging. */
const known = new WeakMap<Document, Validators>()

function validatorsOf(document: Document): Validators {
  let validators = known.get(document)
  if (!validators) known.set(document, (validators = createValidators(document)))
  return validators
}

function createValidators(document: Document): Validators {
  const replies = slotsOf(document).filter(({ place }) => place === 'reply')
  const slots = new Map(replies.map((slot) => [`${slot.operationId} ${slot.status}`, slot.schema]))
  const compileOnce = (allErrors: boolean) => {
    let ajv: ReturnType<typeof createAjv> | undefined
    const validators = new Map<string, Validate>()
    return (key: string) => {
      if (!ajv) (ajv = createAjv(document, { source: false })).opts.allErrors = allErrors
      let validate = validators.get(key)
      if (!validate) validators.set(key, (validate = ajv.compile(slots.get(key))))
      return validate
    }
  }
  return { has: (key) => slots.has(key), every: compileOnce(true), first: compileOnce(false) }
}

/** Whether the document says what this reply's body is. */
export const hasSchema = (document: Document, key: string): boolean => validatorsOf(document).has(key)

function errorsOf(document: Document, key: string, { text, body }: JudgedReply): ErrorObject[] {
  const { every, first } = validatorsOf(document)
  const isLarge = text.length > 2 * MANY && measure(text, Number.POSITIVE_INFINITY, MANY).values > MANY
  const validate = (isLarge ? first : every)(key)
  if (validate(body)) return []
  const errors = validate.errors ?? []
  // A validator keeps its last errors.
  validate.errors = null
  const counts = new Map<string, number>()
  return errors.filter(({ schemaPath, message }) => {
    const rule = `${schemaPath} ${message}`
    counts.set(rule, (counts.get(rule) ?? 0) + 1)
    return (counts.get(rule) ?? 0) <= ALIKE
  })
}

function schemaBreach(document: Document, start: Place, error: ErrorObject, body: Json): Breach {
  const path = error.instancePath.split('/').slice(1).map(unescapeToken)
  const at = descend(document, start, path)
  const { keyword, params } = error
  const holder = at.find(({ schema }) => schema?.[keyword] !== undefined) ?? at[0] ?? start
  const value = valueAt(body, path)
  const statement = keyword === 'enum' ? textOf(value) : keyword
  const evidence = evidenceOf(holder.schema, statement, evidenceOf(holder.schema, keyword, holder.evidence))
  const what = keyword === 'required' ? `has ${params['missingProperty']}` : `${error.message ?? keyword}`
  return {
    rule: {
      text: `${excerpt(error.instancePath) || 'the body'} ${what}`,
      pointer: `${holder.pointer}/${keyword}`,
      evidence,
    },
    seen: keyword === 'required' ? 'it is missing' : excerpt(JSON.stringify(value) ?? 'nothing'),
  }
}

const unescapeToken = (token: string): string => token.replaceAll('~1', '/').replaceAll('~0', '~')

function valueAt(body: Json, path: readonly string[]): Json {
  return path.reduce((value, name) => value?.[name], body)
}

/** The schemas that hold at an instance path, each with what is known of it there. */
function descend(document: Document, start: Place, path: readonly string[]): Place[] {
  return path.reduce((places, name) => enter(document, places, name), spread(document, start))
}

/** The schemas of a member or an item, from those of what holds it; each once, or they doubled with every level. */
function enter(document: Document, places: readonly Place[], name: string): Place[] {
  const inside = places.flatMap(({ schema, pointer, evidence }) => {
    const children: [Json, string][] = []
    if (Array.isArray(schema?.items) === false && schema?.items !== undefined && /^\d+$/.test(name))
      children.push([schema.items, 'items'])
    if (schema?.properties && Object.hasOwn(schema.properties, name))
      children.push([schema.properties[name], `properties/${name}`])
    else if (typeof schema?.additionalProperties === 'object')
      children.push([schema.additionalProperties, 'additionalProperties'])
    return children.flatMap(([child, key]) =>
      spread(document, { schema: child, pointer: `${pointer}/${key}`, evidence }),
    )
  })
  const seen = new Set<Json>()
  return inside.filter(({ schema }) => !seen.has(schema) && seen.add(schema))
}

/** A schema with the parts of its combinations. */
function spread(document: Document, place: Place): Place[] {
  const here = follow(document, place.schema, place.pointer, place.evidence)
  const parts = ['allOf', 'oneOf', 'anyOf'].flatMap((keyword) =>
    (here.schema?.[keyword] ?? []).map((schema: Json, index: number) => ({
      schema,
      pointer: `${here.pointer}/${keyword}/${index}`,
      evidence: here.evidence,
    })),
  )
  return [here, ...parts.flatMap((part: Place) => spread(document, part))]
}

const isHolder = (value: Json): boolean => typeof value === 'object' && value !== null

/** Members that the document does not know: worth telling, never wrong by it. */
function strangers(
  document: Document,
  at: readonly Place[],
  body: Json,
  path: readonly string[] = [],
  found: Breach[] = [],
): Breach[] {
  if (found.length > ALIKE || !isHolder(body)) return found
  if (Array.isArray(body)) {
    const inside = enter(document, at, '0')
    for (const [index, item] of body.entries()) {
      if (isHolder(item)) strangers(document, inside, item, [...path, String(index)], found)
    }
    return found
  }
  const declaring = at.filter(({ schema }) => schema?.properties)
  const isOpen =
    declaring.length === 0 ||
    at.some(({ schema }) => schema?.additionalProperties !== undefined && schema.additionalProperties !== false)
  for (const [name, member] of Object.entries(body)) {
    if (!isOpen && !declaring.some(({ schema }) => Object.hasOwn(schema.properties, name))) {
      const rule = {
        text: `${excerpt(toPointer([...path, name]))} is declared`,
        pointer: `${declaring[0]?.pointer}/properties`,
        evidence: 'assumed',
      } as const
      found.push({ rule, seen: 'a member that the document does not name' })
      if (found.length > ALIKE) return found
    }
    if (isHolder(member)) strangers(document, enter(document, at, name), member, [...path, name], found)
  }
  return found
}

const ID = /^(?:id|userId)$/
const TIME = /(?:At|Time|Visit)$/

/** Ids are told apart, and nothing happened in the future. */
function soundness(start: Place, body: Json, path: readonly string[] = [], found: Breach[] = []): Breach[] {
  if (found.length > ALIKE || !isHolder(body)) return found
  const { pointer, evidence } = start
  if (Array.isArray(body)) {
    const ids = body
      .filter(isHolder)
      .flatMap((item) =>
        Object.entries(item).filter(([name, id]) => ID.test(name) && typeof id === 'string' && id !== ''),
      )
    const values = ids.map(([, id]) => id)
    if (new Set(values).size < values.length) {
      const text = `ids in ${excerpt(toPointer(path)) || 'the body'} are told apart`
      found.push({ rule: { text, pointer, evidence }, seen: 'one id twice' })
    }
  }
  for (const [name, member] of Object.entries<Json>(body)) {
    const time = TIME.test(name) ? timeOf(member) : undefined
    if (time !== undefined && time > Date.now() + CLOCK_SKEW) {
      const text = `${excerpt(toPointer([...path, name]))} is not from the future`
      found.push({ rule: { text, pointer, evidence }, seen: excerpt(String(member)) })
    }
    if (isHolder(member)) soundness(start, member, [...path, name], found)
  }
  return found
}

/** A timestamp as milliseconds: ISO 8601, or seconds since 1970. */
function timeOf(value: Json): number | undefined {
  if (typeof value === 'number') return value > 1e9 ? value * 1000 : undefined
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d[T ]/.test(value)) return undefined
  const time = Date.parse(value)
  return Number.isNaN(time) ? undefined : time
}
