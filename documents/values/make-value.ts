import type { Contract } from '../contract/contract.ts'
import { leaveOutMembers } from '../contract/leave-out-members.ts'
import { type Direction, isLeftOut } from '../contract/tell-directions.ts'
import { canonical } from '../keywords/canonical.ts'
import { type Shape, Unmakeable } from '../keywords/shape.ts'
import { impliedType, isOfType } from '../keywords/type.ts'
import { PatternError } from '../patterns/pattern-language.ts'
import type { Random } from '../patterns/random.ts'
import { below } from '../read/json-pointer.ts'
import type { Json } from '../read/read-document.ts'
import { createAjv } from '../validators/compile-validators.ts'
import { LEFT_OUT, type Reading, readAs } from '../validators/read-as.ts'
import { makeNumber } from './make-number.ts'
import { makeString } from './make-string.ts'
import { measureDepth } from './measure-depth.ts'
import { readShape } from './read-shape.ts'

/** No valid value could be made; the message names the field as a JSON Pointer and gives the reason. */
export class DataError extends Error {
  override readonly name = 'DataError'
  readonly code = 'EDATA'
  readonly pointer: string
  readonly reason: string
  constructor(pointer: string, reason: string) {
    super(`no valid value can be made for ${pointer || 'the value'}: ${reason}`)
    this.pointer = pointer
    this.reason = reason
  }
}

/** How a value is made where its schema leaves a choice. */
export interface MakeOptions {
  /** Take the document's own examples where they are valid. */
  readonly examples?: boolean
  /** How likely an optional member is there; 0.6 unless told. */
  readonly optional?: number
  /** Requests obey every pattern and leave out what is read-only; replies drop patterns that are only assumed, and what is write-only. */
  readonly reading?: Reading
  /** Gives a validator of the schema that somebody has already. */
  readonly validator?: () => Validate
}

/** What Ajv compiles a schema to. */
export type Validate = ReturnType<ReturnType<typeof createAjv>['compile']>

const MAX_ATTEMPTS = 60
/** Deeper, only what must be there is made: schemas may be recursive. */
const MAX_LEVELS = 5
/** Far deeper than any value that ends. */
const MAX_NESTING = 100

/**
 * A valid value for a schema of a document: JSON Schema 2020-12 as OpenAPI 3.1 uses it.
 * @param at how errors call the place of the value, as a JSON Pointer
 * @throws DataError where none can be made
 */
export function makeValue(contract: Contract, schema: Json, random: Random, at = '', options: MakeOptions = {}): Json {
  const validate = validatorOf(contract, schema, at, options)
  const maker = new Maker(contract, random, at, options)
  let pointer = at
  let reason = ''
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    let value: Json
    try {
      value = maker.make(schema)
    } catch (error) {
      if (!(error instanceof DataError)) throw error
      pointer = error.pointer
      reason = error.reason
      maker.redraw(error.pointer.slice(at.length))
      continue
    }
    if (validate(value)) return value
    // The last error is that of the outermost rule.
    const error = validate.errors?.at(-1)
    pointer = at + (error?.instancePath ?? '')
    reason = `what was made ${error?.message ?? 'is not valid'}`
    maker.redraw(error?.instancePath ?? '')
  }
  throw new DataError(pointer, reason)
}

/** What compiles the schemas of a contract, and has compiled. */
interface Compiler {
  readonly ajv: ReturnType<typeof createAjv>
  /** By the schema's text: in large documents the same rules stand in many places. */
  readonly known: Map<string, Validate>
  /** By the schema itself, and by what is read; it spares writing the text. */
  readonly seen: WeakMap<object, Map<string, Validate>>
}

const createCompiler = (contract: Contract): Compiler => ({
  ajv: createAjv(contract, { source: false, isHasty: true }),
  known: new Map(),
  seen: new WeakMap(),
})

function validatorOf(
  contract: Contract,
  schema: Json,
  at: string,
  { reading = 'requests', validator }: MakeOptions,
): Validate {
  try {
    if (validator) return validator()
    const compiler = contract.once(createCompiler)
    if (typeof schema !== 'object' || schema === null) return compile(contract, compiler, schema, reading)
    let seen = compiler.seen.get(schema)
    if (!seen) compiler.seen.set(schema, (seen = new Map()))
    let validate = seen.get(reading)
    if (!validate) seen.set(reading, (validate = compile(contract, compiler, schema, reading)))
    return validate
  } catch (error) {
    throw new DataError(at, `its schema is not valid: ${(error as Error).message}`)
  }
}

function compile(contract: Contract, { ajv, known }: Compiler, schema: Json, reading: Reading): Validate {
  const read = readAs(contract, reading, schema)
  const text = JSON.stringify(read)
  let validate = known.get(text)
  if (!validate) known.set(text, (validate = ajv.compile(read)))
  return validate
}

class Maker {
  readonly #contract: Contract
  readonly #random: Random
  readonly #at: string
  readonly #options: MakeOptions
  readonly #direction: Direction
  /** How often what stands at a pointer was drawn again: only that changes. */
  readonly #redraws = new Map<string, number>()

  constructor(contract: Contract, random: Random, at: string, options: MakeOptions) {
    this.#contract = contract
    this.#random = random
    this.#at = at
    this.#options = options
    this.#direction = LEFT_OUT[options.reading ?? 'requests']
  }

  make(schema: Json): Json {
    return this.#make(schema, '', 0, 0)
  }

  /** Draws anew at this place, and now and then what stands around it too. */
  redraw(pointer: string): void {
    for (let place = pointer; ; place = place.slice(0, place.lastIndexOf('/'))) {
      const count = (this.#redraws.get(place) ?? 0) + 1
      this.#redraws.set(place, count)
      if (place === '' || count % 4 !== 0) return
    }
  }

  /** @param salt tells apart several draws for one place, and carries the redraws of what stands around */
  #make(schema: Json, pointer: string, level: number, salt: number): Json {
    const redraws = this.#redraws.get(pointer) ?? 0
    const draw = salt * 1000 + redraws
    const random = this.#random.at(pointer, draw)
    try {
      if (level > MAX_NESTING || (level === 0 && measureDepth(this.#contract, schema) === Infinity)) {
        fail('every value of it would hold another of its kind, without end')
      }
      const shape = readShape(this.#contract, schema, (choices) => this.#order(choices, random, level))
      return this.#makeOf(shape, { schema, pointer, level, draw, random, redraws })
    } catch (error) {
      if (error instanceof Unmakeable || error instanceof PatternError) {
        throw new DataError(this.#at + pointer, error.message)
      }
      throw error
    }
  }

  /** Alternatives in a random order; deep down those that end soonest come first, and those that never end are last. */
  #order(choices: readonly Json[], random: Random, level: number): readonly Json[] {
    const keyed = choices.map((choice, index) => {
      const depth = measureDepth(this.#contract, choice)
      // The first is the usual one.
      return {
        choice,
        depth: level >= MAX_LEVELS || depth === Infinity ? depth : 0,
        key: index === 0 ? 0.3 : random.next(),
      }
    })
    return keyed.sort((a, b) => (a.depth === b.depth ? a.key - b.key : a.depth - b.depth)).map(({ choice }) => choice)
  }

  #makeOf(shape: Shape, place: Place): Json {
    const { random, redraws } = place
    if (this.#options.examples && redraws === 0) {
      const example = shape.examples.find((value) => !shape.types || isOfType(value, shape.types))
      if (example !== undefined)
        return leaveOutMembers(this.#contract, place.schema, structuredClone(example), this.#direction)
    }
    if (shape.values) {
      const { types } = shape
      const values = types ? shape.values.filter((value) => isOfType(value, types)) : shape.values
      const usual = values.filter((value) => value !== null)
      if (this.#options.examples && redraws === 0) return structuredClone(usual[0] ?? values[0])
      const value = random.pick(usual.length > 0 && redraws % 2 === 0 ? usual : values)
      return typeof value === 'object' ? structuredClone(value) : value
    }
    return this.#makeOfType(this.#typeOf(shape, place), shape, place)
  }

  #typeOf(shape: Shape, { random, level }: Place): string {
    const given = shape.types ?? [impliedType(shape)]
    const usual = given.filter(
      (type) => type !== 'null' && (level < MAX_LEVELS || (type !== 'object' && type !== 'array')),
    )
    if (usual.length === 0) return given.includes('null') ? 'null' : (given[0] as string)
    if (given.includes('null') && random.chance(0.1)) return 'null'
    return random.chance(0.6) ? (usual[0] as string) : random.pick(usual)
  }

  #makeOfType(type: string, shape: Shape, place: Place): Json {
    const { random } = place
    switch (type) {
      case 'null':
        return null
      case 'boolean':
        return random.chance(0.5)
      case 'integer':
      case 'number':
        return makeNumber({ ...shape, isInteger: type === 'integer' }, random) ?? fail('no number is within its limits')
      case 'string':
        return makeString(shape, random) ?? fail(noString(shape))
      case 'array':
        return this.#makeArray(shape, place)
      case 'object':
        return this.#makeObject(shape, place)
      default:
        return fail(`there is no type ${type}`)
    }
  }

  #makeArray(shape: Shape, place: Place): Json[] {
    const { minItems, contains, itemLists } = shape
    const needed = contains.reduce((sum, { min }) => sum + min, 0)
    const prefix = Math.max(0, ...itemLists.map((list) => list.prefix.length))
    const isEnding = itemLists.some(({ rest }) => rest === false || (place.level >= MAX_LEVELS && rest !== true))
    const endless = itemLists.some(({ rest }) => rest !== false && measureDepth(this.#contract, rest) === Infinity)
    const ends = itemLists.flatMap((list) => (list.rest === false ? [list.prefix.length] : []))
    if (
      shape.isClosed &&
      itemLists.length > 0 &&
      itemLists.every(({ prefix: own, rest }) => own.length > 0 && rest === true)
    ) {
      ends.push(prefix)
    }
    const most = Math.min(shape.maxItems, ...ends)
    const least = Math.max(minItems, Math.min(needed, most))
    if (least > most) fail(`it needs ${least} items and may have ${most}`)
    const wanted = endless || (isEnding && prefix === 0) ? least : Math.max(least, prefix, place.random.integer(1, 3))
    const length = itemLists.length === 0 && contains.length === 0 && minItems === 0 ? 0 : Math.min(most, wanted)
    const items: Json[] = []
    const seen = new Set<string>()
    for (let index = 0; index < length; index++) {
      const rules = itemLists.map((list) => list.prefix[index] ?? list.rest)
      const wantedHere = this.#containedAt(contains, index - (length - needed))
      const schema = allOf(wantedHere === undefined ? rules : [...rules, wantedHere])
      const item = this.#makeItem(schema, below(place.pointer, index), place, shape.isUnique ? seen : undefined)
      if (item === NOT_UNIQUE && items.length >= least) break
      if (item === NOT_UNIQUE) fail(`it needs ${least} different items, and only ${items.length} were found`)
      items.push(item)
    }
    return items
  }

  /** The schema that the item is there for, counting from the first of those that must be contained. */
  #containedAt(contains: Shape['contains'], index: number): Json {
    let at = index
    for (const { schema, min } of contains) {
      if (at >= 0 && at < min) return schema
      at -= min
    }
    return undefined
  }

  #makeItem(schema: Json, pointer: string, place: Place, seen: Set<string> | undefined): Json {
    for (let salt = 0; salt < 50; salt++) {
      const item = this.#make(schema, pointer, place.level + 1, place.draw * 50 + salt)
      if (!seen) return item
      const text = canonical(item)
      if (seen.has(text)) continue
      seen.add(text)
      return item
    }
    return NOT_UNIQUE
  }

  #makeObject(shape: Shape, place: Place): Json {
    const names = this.#chooseNames(shape, place)
    const value: Json = {}
    for (const name of names) {
      try {
        const schema = schemaOfMember(shape, name)
        const member = this.#make(schema, below(place.pointer, name), place.level + 1, place.draw)
        if (name !== '__proto__') value[name] = member
        // An assignment would set the prototype.
        else Object.defineProperty(value, name, { value: member, writable: true, enumerable: true, configurable: true })
      } catch (error) {
        // Without a member that may be left out, the value is valid all the same.
        const isFree = !shape.required.has(name) && names.size > shape.minProperties && shape.dependent.length === 0
        if (!isFree || !(error instanceof DataError)) throw error
      }
    }
    return value
  }

  #chooseNames(shape: Shape, place: Place): Set<string> {
    const { random } = place
    const names = new Set<string>()
    const include = (name: string): void => {
      if (names.has(name) || this.#isLeftOut(rulesOf(shape, name))) return
      names.add(name)
      for (const [when, also] of shape.dependent) if (when === name) for (const each of also) include(each)
      for (const [when, schema] of shape.dependentSchemas) if (when === name) this.#extend(shape, schema, place)
      for (const required of shape.required) include(required)
    }
    // What dependent schemas add comes into these lists meanwhile.
    const isGrowing = shape.dependentSchemas.length > 0
    for (const name of isGrowing ? [...shape.required] : shape.required) include(name)
    // Redraws alternate between as usual, all and nothing but what must be there.
    const likely = [this.#options.optional ?? 0.6, 1, 0][place.redraws % 3] as number
    for (const [name, rules] of isGrowing ? [...shape.properties] : shape.properties) {
      const isMissed = names.size < shape.minProperties
      if (names.has(name) || !this.#isWanted(shape, name, rules)) continue
      if (isMissed ? random.chance(0.9) : this.#isAffordable(rules, place) && random.chance(likely)) {
        if (names.size < shape.maxProperties) include(name)
      }
    }
    for (const name of shape.properties.keys()) {
      if (names.size < shape.minProperties && this.#isWanted(shape, name, shape.properties.get(name) ?? []))
        include(name)
    }
    this.#addOthers(shape, names, place)
    for (const name of names) {
      if (rulesOf(shape, name).includes(false)) fail(`the member ${name} is required and not allowed`)
    }
    if (names.size < shape.minProperties) fail(`it needs ${shape.minProperties} members`)
    return names
  }

  #extend(shape: Shape, schema: Json, { random, level }: Place): void {
    const more = readShape(this.#contract, schema, (choices) => this.#order(choices, random, level))
    for (const [name, rules] of more.properties) {
      shape.properties.set(name, [...(shape.properties.get(name) ?? []), ...rules])
    }
    shape.parts.push(...more.parts)
    for (const name of more.required) shape.required.add(name)
  }

  #isWanted(shape: Shape, name: string, rules: readonly Json[]): boolean {
    return !rulesOf(shape, name).includes(false) && !this.#isLeftOut(rules)
  }

  #isLeftOut(rules: readonly Json[]): boolean {
    return rules.some((rule) => isLeftOut(this.#contract, rule, this.#direction))
  }

  #isAffordable(rules: readonly Json[], { level }: Place): boolean {
    const depth = Math.max(...rules.map((rule) => measureDepth(this.#contract, rule)))
    return depth < Infinity && level + depth <= MAX_LEVELS
  }

  /** Names that the schema does not list: as many as it needs, or one where it says what such a member is. */
  #addOthers(shape: Shape, names: Set<string>, { random, redraws }: Place): void {
    const named = shape.parts.flatMap(({ patterns }) => patterns.map(([pattern]) => pattern))
    const isOpen = shape.parts.some(({ others }) => typeof others === 'object') || named.length > 0
    const most = Math.min(shape.maxProperties, names.size + 10 + shape.minProperties)
    const wanted = Math.max(shape.minProperties, isOpen && redraws % 3 !== 2 ? names.size + random.integer(0, 2) : 0)
    for (let tries = 0; names.size < Math.min(wanted, most) && tries < 100; tries++) {
      const name = this.#makeName(shape, named, random.at('name', tries))
      if (name === undefined || names.has(name) || shape.properties.has(name)) continue
      const rules = rulesOf(shape, name)
      if (shape.isClosed && rules.length === 0) continue
      if (this.#isWanted(shape, name, rules)) names.add(name)
    }
  }

  #makeName(shape: Shape, patterns: readonly string[], random: Random): string | undefined {
    const rules = shape.propertyNames.map((schema) =>
      readShape(this.#contract, schema, (choices) => this.#order(choices, random, 0)),
    )
    const [values] = rules.flatMap((rule) => (rule.values ? [rule.values] : []))
    if (values) return String(random.pick(values))
    const isFree = shape.parts.every(({ others }) => others !== false)
    const pattern = patterns.length > 0 && (!isFree || random.chance(0.5)) ? [random.pick(patterns)] : []
    return makeString(
      {
        minLength: Math.max(1, ...rules.map((rule) => rule.minLength)),
        maxLength: Math.min(...rules.map((rule) => rule.maxLength), Infinity),
        patterns: [...pattern, ...rules.flatMap((rule) => rule.patterns)],
        formats: rules.flatMap((rule) => rule.formats),
      },
      random,
    )
  }
}

interface Place {
  readonly schema: Json
  readonly pointer: string
  readonly level: number
  readonly draw: number
  readonly redraws: number
  readonly random: Random
}

const NOT_UNIQUE = Symbol('not unique')

interface Member {
  readonly rules: readonly Json[]
  readonly schema: Json
}

const members = new WeakMap<Shape, Map<string, Member>>()

function memberOf(shape: Shape, name: string): Member {
  let known = members.get(shape)
  if (!known) members.set(shape, (known = new Map()))
  let member = known.get(name)
  // What dependent schemas add changes the shape.
  if (!member || shape.dependentSchemas.length > 0) {
    const rules = collectRules(shape, name)
    known.set(name, (member = { rules, schema: allOf(rules) }))
  }
  return member
}

/** Everything that the schema says of a member. */
const rulesOf = (shape: Shape, name: string): readonly Json[] => memberOf(shape, name).rules

const schemaOfMember = (shape: Shape, name: string): Json => memberOf(shape, name).schema

function collectRules(shape: Shape, name: string): Json[] {
  return [
    ...(shape.properties.get(name) ?? []),
    ...shape.parts.flatMap(({ names, patterns, others }) => {
      const matching = patterns.filter(([pattern]) => new RegExp(pattern, 'u').test(name)).map(([, rules]) => rules)
      return matching.length > 0 || names.has(name) ? matching : others === true ? [] : [others]
    }),
  ]
}

const allOf = (rules: readonly Json[]): Json =>
  rules.length === 1 ? rules[0] : rules.length === 0 ? true : { allOf: rules }

function noString({ patterns, formats, minLength, maxLength }: Shape): string {
  const rules = [
    ...patterns.map((pattern) => `pattern ${pattern}`),
    ...formats.map((format) => `format ${format}`),
    ...(minLength > 0 ? [`minLength ${minLength}`] : []),
    ...(maxLength < Infinity ? [`maxLength ${maxLength}`] : []),
  ]
  return `no string satisfies ${rules.join(', ')}`
}

function fail(reason: string): never {
  throw new Unmakeable(reason)
}
