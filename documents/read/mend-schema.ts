import { repairPattern } from '../patterns/repair-pattern.ts'
import { showPattern } from '../patterns/show-pattern.ts'
import type { Json } from './json.ts'
import type { Mending } from './mending.ts'

/** Reads the value of a keyword. @returns undefined where the keyword is to be ignored */
type ReadKeyword = (value: Json, keyword: string, mending: Mending) => Json

/** The types of JSON Schema (2020-12, Validation, section 6.1.1). */
const TYPES = new Set(['null', 'boolean', 'object', 'array', 'number', 'string', 'integer'])

function show(value: Json): string {
  const text = write(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

function write(value: Json): string {
  try {
    return JSON.stringify(value) ?? String(value)
  } catch {
    // Nested deeper than the stack is long.
    return Array.isArray(value) ? '[…]' : '{…}'
  }
}

/** Something a keyword cannot be. */
function ignore(value: Json, keyword: string, wanted: string, { tell }: Mending): undefined {
  tell('keyword-invalid', `${keyword} is ${show(value)}, and must be ${wanted}`, 'it is ignored', keyword)
}

/** What was given in quotes, or nothing. */
function unquote(value: Json, read: Json, isRight: boolean, keyword: string, { tell }: Mending): Json {
  if (typeof value !== 'string' || !isRight) return undefined
  tell('keyword-invalid', `${keyword} is the text ${show(value)}`, `it is read as ${read}`, keyword)
  return read
}

const numberThat =
  (wanted: string, isRight: (value: number) => boolean): ReadKeyword =>
  (value, keyword, mending) => {
    if (typeof value === 'number' && isRight(value)) {
      tellRounded(value, mending, keyword)
      return value
    }
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
    return unquote(value, number, isRight(number), keyword, mending) ?? ignore(value, keyword, wanted, mending)
  }

/**
 * JavaScript has no integers beyond 2^53 that differ by one (ECMA-262, section 6.1.6.1). Higher powers of two, such as the
 * ends of int64, are taken to be what was written.
 */
export function tellRounded(value: Json, { tell }: Mending, ...tokens: readonly (string | number)[]): void {
  if (typeof value !== 'number' || Number.isSafeInteger(value) || !Number.isInteger(value)) return
  if (Math.abs(value) >= 1e21 || (Math.abs(value) > 2 ** 53 && Number.isInteger(Math.log2(Math.abs(value))))) return
  tell(
    'number-rounded',
    'a number beyond 2^53 may have lost its last digits',
    `it is read as ${BigInt(value)}`,
    ...tokens,
  )
}

function datum(value: Json, keyword: string, mending: Mending): Json {
  tellRounded(value, mending, keyword)
  return value
}

const limit = numberThat('a number', Number.isFinite)
const count = numberThat('a whole number from 0', (value) => Number.isInteger(value) && value >= 0)

const flag: ReadKeyword = (value, keyword, mending) => {
  if (typeof value === 'boolean') return value
  const isRight = value === 'true' || value === 'false'
  return unquote(value, value === 'true', isRight, keyword, mending) ?? ignore(value, keyword, 'true or false', mending)
}

const text: ReadKeyword = (value, keyword, mending) =>
  typeof value === 'string' ? value : ignore(value, keyword, 'a text', mending)

const list: ReadKeyword = (value, keyword, mending) =>
  Array.isArray(value) ? value : ignore(value, keyword, 'a list', mending)

/** Alternatives of which there is none. */
const filled: ReadKeyword = (value, keyword, mending) =>
  Array.isArray(value) && value.length === 0 ? ignore(value, keyword, 'a list that is not empty', mending) : value

/** What other languages call these types. */
const WORDS: Readonly<Record<string, string>> = {
  ...{ int: 'integer', int32: 'integer', int64: 'integer', long: 'integer', short: 'integer' },
  ...{ float: 'number', double: 'number', decimal: 'number', bool: 'boolean', str: 'string', text: 'string' },
  ...{ date: 'string', datetime: 'string', 'date-time': 'string', uuid: 'string', list: 'array', dict: 'object' },
}

/** The types that an author means by a text: those of another language, or several at once. */
function typesMeant(text: Json): string[] {
  if (typeof text !== 'string') return []
  const words = text.split(/[|,]/).map((word) => word.trim().toLowerCase())
  const meant = words.map((word) => (Object.hasOwn(WORDS, word) ? (WORDS[word] as string) : word))
  return meant.every((type) => TYPES.has(type)) ? meant : []
}

function readType(value: Json, keyword: string, { tell }: Mending): Json {
  if (TYPES.has(value)) return value
  const types = [value].flat()
  const meant = types.map((type) => (TYPES.has(type) ? [type] : typesMeant(type)))
  const known = [...new Set(meant.flat())]
  if (types.length > 0 && types.every((type) => TYPES.has(type))) return value
  const unknown = types.filter((type) => !TYPES.has(type))
  const what = types.length === 0 ? 'type is an empty list' : `there is no type ${unknown.map(show).join(', ')}`
  const isRead = types.length > 0 && meant.every((found) => found.length > 0)
  tell('keyword-invalid', what, isRead ? `it is read as ${known.join(' or ')}` : 'it is ignored', keyword)
  return known.length > 1 || Array.isArray(value) ? (known.length > 0 ? known : undefined) : known[0]
}

function readEnum(value: Json, keyword: string, mending: Mending): Json {
  if (!Array.isArray(value)) return ignore(value, keyword, 'a list', mending)
  if (value.length === 0) return void mending.tell('enum-empty', 'enum is empty', 'it is ignored', keyword)
  for (const [index, member] of value.entries()) tellRounded(member, mending, keyword, index)
  return value
}

function readNames(value: Json, keyword: string, mending: Mending): Json {
  if (!Array.isArray(value)) return ignore(value, keyword, 'a list of names', mending)
  if (value.every((name) => typeof name === 'string')) return value
  mending.tell('keyword-invalid', `${keyword} lists what is no name: ${show(value)}`, 'that is ignored', keyword)
  return value.filter((name) => typeof name === 'string')
}

/** A literal of JavaScript or PHP: taken for a pattern, no text could satisfy what begins before its beginning. */
const LITERAL = /^\/(\^.*)\/([dgimsuvy]*)$/s

/** @param tokens from the schema to the pattern */
function readPattern(pattern: string, mending: Mending, ...tokens: readonly string[]): string | undefined {
  const { tell } = mending
  const [, literal, flags = ''] = LITERAL.exec(pattern) ?? []
  if (literal !== undefined) {
    // JSON Schema has no pattern for letters of either case.
    const isRead = !flags.includes('i')
    const instead = isRead ? `it is read as ${showPattern(literal)}` : 'it is ignored'
    tell('pattern-invalid', `the pattern ${showPattern(pattern)} is written as in a program`, instead, ...tokens)
    return isRead ? readPattern(literal, mending, ...tokens) : undefined
  }
  const repaired = repairPattern(pattern)
  if (repaired === pattern) return pattern
  const shown = showPattern(pattern)
  if (repaired === undefined) {
    const what = shown !== pattern ? 'is not valid, or too large for a regular expression' : 'is not valid'
    tell('pattern-invalid', `the pattern ${shown} ${what}`, 'it is ignored', ...tokens)
  } else {
    const message = `the pattern ${shown} is valid only without the u flag, which JSON Schema wants`
    tell('pattern-without-u', message, `it is read as ${showPattern(repaired)}`, ...tokens)
  }
  return repaired
}

function readPatternProperties(value: Json, keyword: string, mending: Mending): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const names = Object.keys(value)
  const read = names.map((pattern) => readPattern(pattern, mending, keyword, pattern))
  if (read.every((pattern, index) => pattern === names[index])) return value
  return Object.fromEntries(
    read.flatMap((pattern, index) => (pattern === undefined ? [] : [[pattern, value[names[index] as string]]])),
  )
}

const READERS: Readonly<Record<string, ReadKeyword>> = {
  type: readType,
  enum: readEnum,
  required: readNames,
  pattern: (value, keyword, mending) =>
    typeof value === 'string' ? readPattern(value, mending, keyword) : ignore(value, keyword, 'a text', mending),
  patternProperties: readPatternProperties,
  dependentRequired(value, keyword, mending) {
    const isNames = (names: Json) => Array.isArray(names) && names.every((name) => typeof name === 'string')
    const isRight = typeof value === 'object' && !Array.isArray(value) && Object.values<Json>(value).every(isNames)
    return isRight ? value : ignore(value, keyword, 'a map of lists of names', mending)
  },
  discriminator(value, keyword, mending) {
    return typeof value?.propertyName === 'string' ? value : ignore(value, keyword, 'a propertyName', mending)
  },
  const: datum,
  default: datum,
  multipleOf: numberThat('a number above 0', (value) => Number.isFinite(value) && value > 0),
  examples: list,
  ...Object.fromEntries(['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'].map((name) => [name, limit])),
  ...Object.fromEntries(
    [
      ...['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'],
      ...['minContains', 'maxContains'],
    ].map((name) => [name, count]),
  ),
  ...Object.fromEntries(['uniqueItems', 'readOnly', 'writeOnly', 'deprecated'].map((name) => [name, flag])),
  ...Object.fromEntries(
    ['format', 'contentEncoding', 'contentMediaType', '$ref', '$id', '$anchor'].map((name) => [name, text]),
  ),
  ...Object.fromEntries(['allOf', 'anyOf', 'oneOf'].map((name) => [name, filled])),
}

/** A schema without keywords that say nothing valid (JSON Schema 2020-12, Validation); what stands below it is left as it is. */
export function mendKeywords(schema: Json, mending: Mending): Json {
  let mended: Json
  for (const [keyword, value] of Object.entries<Json>(schema)) {
    const reader = Object.hasOwn(READERS, keyword) ? READERS[keyword] : undefined
    if (reader === undefined || value === null) continue
    const read = reader(value, keyword, mending)
    if (read === value) continue
    mended ??= { ...schema }
    if (read === undefined) delete mended[keyword]
    else mended[keyword] = read
  }
  const whole = mended ?? schema
  const values = readEnumAs(whole, mending)
  return values === undefined ? (readEnumOfItems(whole, mending) ?? whole) : { ...whole, enum: values }
}

/**
 * A list that can be none of the values of its enum: they are what its items may be, as who generates documents of a
 * parameter of several words has it. @returns undefined where it stays
 */
function readEnumOfItems(schema: Json, { tell }: Mending): Json {
  const { type, enum: values, ...others } = schema
  const types = [type ?? []].flat().filter((one) => one !== 'null')
  const isOfItems = Array.isArray(values) && values.some((value) => value !== null) && !values.some(Array.isArray)
  if (types.length !== 1 || types[0] !== 'array' || !isOfItems) return undefined
  tell('keyword-invalid', `enum is ${show(values)}, and type array`, 'it is read as what the items may be', 'enum')
  const { items = {} } = others
  const isSaid = typeof items !== 'object' || items === null || items.enum !== undefined || items.$ref !== undefined
  const own = values.filter((value: Json) => value !== null)
  return { ...others, type, ...(!isSaid && { items: { ...items, enum: own } }) }
}

/** How what was written without quotes, or with them, is read as a value of a type; undefined where it is none. */
const READ_AS: Readonly<Record<string, (value: Json) => Json>> = {
  string: (value) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined),
  number: (value) => (typeof value === 'string' && value.trim() !== '' && !Number.isNaN(+value) ? +value : undefined),
  integer: (value) => (typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? +value : undefined),
  boolean: (value) => (value === 'true' || value === 'false' ? value === 'true' : undefined),
}

/** The values of an enum of which none is of the one type that they are to have, as that. @returns undefined where they stay */
function readEnumAs({ type, enum: values }: Json, { tell }: Mending): Json[] | undefined {
  if (!Array.isArray(values) || values.length === 0) return undefined
  const [wanted, ...others] = [type ?? []].flat().filter((one) => one !== 'null')
  const readAs = others.length === 0 && Object.hasOwn(READ_AS, wanted) ? READ_AS[wanted] : undefined
  const read = readAs && values.map((value) => (value === null ? null : readAs(value)))
  if (!read || read.includes(undefined) || read.every((value) => value === null)) return undefined
  tell('keyword-invalid', `enum is ${show(values)}, and type ${wanted}`, `it is read as ${show(read)}`, 'enum')
  return read
}
