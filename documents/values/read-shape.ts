import type { Contract } from '../contract/contract.ts'
import { keywordsOf, targetOf } from '../contract/follow-schema.ts'
import type { Schema, SchemaObject } from '../contract/schema.ts'
import { findAlike } from '../contract/tell-apart.ts'
import { narrowShape } from '../keywords/index.ts'
import { copyShape, emptyShape, type Shape, Unmakeable } from '../keywords/shape.ts'
import { checkTypes } from '../keywords/type.ts'
import { parsePointer } from '../read/json-pointer.ts'
import { dereference, type Json } from '../read/read-document.ts'
import { type Heir, heirsOf, makeableHeirs } from './find-heirs.ts'

/** Which of several alternatives is taken. @returns their order, the one to try first in front */
export type Choose = (choices: readonly Json[]) => readonly Json[]

/** Shapes without a choice, by schema: they are the same whatever is chosen. */
const createSettled = (): WeakMap<object, Shape> => new WeakMap()

/** Far more parts than anybody combines one schema of. Where each refers twice to the next, thirty schemas are a thousand million. */
const MOST_PARTS = 20_000

/** To read on would take too long; another choice does not help. */
export class TooManyParts extends Unmakeable {}

/** What is the same for all parts of a schema. */
interface Reading {
  readonly contract: Contract
  readonly choose: Choose
  /** How many parts were read so far, those of alternatives that were dropped among them. */
  parts: number
  /** The schemas that have the one that is read in their `allOf`, from the outermost on. */
  line: readonly Json[]
  /** What members are to say of the kind of the whole, the last one last. */
  kinds: readonly (readonly [member: string, kind: string])[]
}

/**
 * The shape is shared, and never to be changed, unless it has dependent schemas.
 * @throws Unmakeable when its parts contradict each other, TooManyParts when there is no telling
 */
export function readShape(contract: Contract, schema: Json, choose: Choose): Shape {
  const known = contract.once(createSettled)
  const before = known.get(schema)
  if (before) return before
  const shape = emptyShape()
  let isChosen = false
  const note: Choose = (choices) => {
    isChosen = true
    return choose(choices)
  }
  const reading: Reading = { contract, choose: note, parts: 0, line: [], kinds: [] }
  add(reading, shape, schema, 0)
  for (const [name, kind] of reading.kinds.toReversed()) sayKind(contract, shape, name, kind)
  if (!isChosen && shape.dependentSchemas.length === 0 && typeof schema === 'object' && schema) known.set(schema, shape)
  return shape
}

const MAX_NESTING = 60

function add(reading: Reading, shape: Shape, schema: Json, nesting: number): void {
  if (schema === true || schema === undefined) return
  if (schema === false) throw new Unmakeable('the schema false allows nothing')
  if (isAnything(schema.not)) throw new Unmakeable('not: {} allows nothing')
  if (nesting > MAX_NESTING) throw new Unmakeable('it goes on for ever')
  if (++reading.parts > MOST_PARTS) throw new TooManyParts(`it is combined of more than ${MOST_PARTS} parts`)
  const { line } = reading
  reading.line = [...line, schema]
  if (schema.$ref !== undefined) add(reading, shape, dereference(reading.contract, { $ref: schema.$ref }), nesting + 1)
  addOwn(shape, schema)
  for (const part of schema.allOf ?? []) add(reading, shape, part, nesting + 1)
  reading.line = line
  if (schema.discriminator !== undefined) addHeir(reading, shape, schema, nesting)
  for (const choices of [schema.oneOf, schema.anyOf]) {
    if (choices?.length > 0) addChoice(reading, shape, schema, choices, nesting)
  }
  if (schema.if !== undefined) addCondition(reading, shape, schema, nesting)
}

/** Before OpenAPI 3.1 had `false`, `not: {}` was how a member was said not to be there. */
const isAnything = (schema: Json): boolean =>
  schema === true || (typeof schema === 'object' && schema !== null && Object.keys(schema).length === 0)

function addChoice(reading: Reading, shape: Shape, schema: Json, choices: readonly Json[], nesting: number): void {
  let reason: unknown
  const { contract, line, kinds } = reading
  for (const choice of reading.choose(choices)) {
    const tried = copyShape(shape)
    Object.assign(reading, { line: [], kinds })
    try {
      add(reading, tried, choice, nesting + 1)
      reading.line = line
      addDiscriminator(tried, schema.discriminator, choice)
      checkTypes(tried)
      if (choices === schema.oneOf) tried.excluded.push(...choices.filter((other) => other !== choice))
      tried.isAlike ||= choices === schema.oneOf && findAlike(contract, choices).length > 0
      Object.assign(shape, tried)
      return
    } catch (error) {
      if (!(error instanceof Unmakeable) || error instanceof TooManyParts) throw error
      reason = error
    }
  }
  throw reason
}

/**
 * OpenAPI 3.1, Discriminator Object: the member names the schema, by the mapping or by the schema's own name. Where the
 * schema allows no such member, it says nothing.
 */
function addDiscriminator(shape: Shape, discriminator: Json, choice: Json): void {
  const name: string | undefined = discriminator?.propertyName
  if (name === undefined || typeof choice.$ref !== 'string') return
  if (shape.properties.get(name)?.some(saysWhich)) return
  if (forbids(shape, name)) return
  const mapped = Object.entries<string>(discriminator.mapping ?? {}).find(
    ([, target]) => choice.$ref.endsWith(target) || choice.$ref.endsWith(`/${target}`),
  )
  const value = mapped?.[0] ?? parsePointer(choice.$ref)?.at(-1)
  if (value === undefined) return
  shape.properties.set(name, [...(shape.properties.get(name) ?? []), { const: value }])
  shape.required.add(name)
}

/**
 * A base that tells its heirs apart says which one a value is: the one that was begun with, or else any, and the value is
 * that as well. What is closed has none.
 */
function addHeir(reading: Reading, shape: Shape, schema: Json, nesting: number): void {
  const { contract, line, kinds } = reading
  const heirs = heirsOf(contract, schema)
  const name: string = schema.discriminator?.propertyName
  const own = line.flatMap((one) => heirs.find(({ target }) => target === one) ?? [])[0]
  if (own) reading.kinds = [...kinds, [name, own.kind]]
  if (own || shape.isClosed || shape.parts.some(({ others }) => others === false)) return
  const choices = makeableHeirs(contract, heirs)
  if (choices.length === 0) return
  for (const choice of reading.choose(choices.map((heir) => heir.schema))) {
    const { target, kind } = choices.find((heir) => heir.schema === choice) as Heir
    const tried = copyShape(shape)
    Object.assign(reading, { line: [], kinds })
    try {
      if (target !== schema) add(reading, tried, choice, nesting + 1)
      if (reading.kinds === kinds) reading.kinds = [...kinds, [name, kind]]
      checkTypes(tried)
      Object.assign(shape, tried)
      reading.line = line
      return
    } catch (error) {
      if (!(error instanceof Unmakeable) || error instanceof TooManyParts) throw error
    }
  }
  Object.assign(reading, { line, kinds })
}

/** Has a member say the kind of the whole, which the schema itself may say already. */
function sayKind(contract: Contract, shape: Shape, name: string, kind: string): void {
  const rules = shape.properties.get(name) ?? []
  const said = rules.map((rule) => keywordsOf(targetOf(contract, rule)))
  const isSaid = said.some(saysOne)
  if (forbids(shape, name) || (!isSaid && said.some(({ enum: kinds }) => kinds && !kinds.includes(kind)))) return
  if (!isSaid) shape.properties.set(name, [...rules, { const: kind }])
  shape.required.add(name)
}

const saysOne = ({ const: only, enum: kinds }: SchemaObject): boolean => only !== undefined || kinds?.length === 1

/** Whether a part of the schema lets no member be that is called so. */
const forbids = ({ parts }: Shape, name: string): boolean =>
  parts.some(({ names, patterns, others }) => others === false && patterns.length === 0 && !names.has(name))

const saysWhich = (rules: Schema): boolean =>
  typeof rules === 'object' && (rules.const !== undefined || rules.enum !== undefined)

/** What satisfies `if` has to satisfy `then`; for the other way the check of the whole value decides. */
function addCondition(reading: Reading, shape: Shape, schema: Json, nesting: number): void {
  const both = { allOf: [schema.if, ...(schema.then === undefined ? [] : [schema.then])] }
  addChoice(reading, shape, {}, [both, ...(schema.else === undefined ? [true] : [schema.else])], nesting)
}

function addOwn(shape: Shape, schema: Json): void {
  narrowShape(shape, schema)
  if (Array.isArray(schema.examples)) shape.examples.push(...schema.examples)
  if (schema.example !== undefined) shape.examples.push(schema.example)
  if (schema.default !== undefined) shape.examples.push(schema.default)
  checkTypes(shape)
}
