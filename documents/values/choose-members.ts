import type { Contract } from '../contract/contract.ts'
import { type Direction, isLeftOut } from '../contract/tell-directions.ts'
import { type Shape, Unmakeable } from '../keywords/shape.ts'
import type { Random } from '../patterns/random.ts'
import { wordsOf } from '../patterns/read-words.ts'
import type { Json } from '../read/read-document.ts'
import { makeString } from './make-string.ts'
import { measureDepth } from './measure-depth.ts'
import { rulesOf } from './read-members.ts'
import { readShape } from './read-shape.ts'

/** Deeper, only what must be there is made: schemas may be recursive. */
export const MAX_LEVELS = 5

/** What is known where the members of an object are chosen. */
export interface Choosing {
  readonly contract: Contract
  readonly direction: Direction
  /** How likely an optional member is there. */
  readonly optional: number
  readonly random: Random
  readonly level: number
  /** How often the object was drawn again. */
  readonly redraws: number
  /** Whether nothing has gone wrong: what would say what has is left out where it may be. */
  readonly isWell?: boolean
  /** An example of the object: its members are there, the optional ones unless none is wanted. */
  readonly example?: Json
  /** The order in which alternatives are tried. */
  order(choices: readonly Json[], random: Random, level: number): readonly Json[]
}

/**
 * The names of the members of one value of a shape.
 * @throws Unmakeable where there is no such value
 */
export function chooseMembers(shape: Shape, choosing: Choosing): Set<string> {
  const { random, redraws, optional, example, isWell } = choosing
  const saysNothingElse = [...shape.properties.keys()].every(tellsOfErrors)
  const names = new Set<string>()
  const include = (name: string): void => {
    if (names.has(name) || isOmitted(shape, name, choosing)) return
    names.add(name)
    for (const [when, also] of shape.dependent) if (when === name) for (const each of also) include(each)
    for (const [when, schema] of shape.dependentSchemas) if (when === name) extend(shape, schema, choosing)
    for (const required of shape.required) include(required)
  }
  // Where nothing optional is wanted, nothing optional is taken.
  if (example !== undefined && optional > 0)
    for (const name in example) if (isWanted(shape, name, choosing)) include(name)
  // What dependent schemas add comes into these lists meanwhile.
  const isGrowing = shape.dependentSchemas.length > 0
  for (const name of isGrowing ? [...shape.required] : shape.required) include(name)
  // Redraws alternate between as usual, all and nothing but what must be there.
  const likely = [optional, 1, 0][redraws % 3] as number
  for (const [name, rules] of isGrowing ? [...shape.properties] : shape.properties) {
    const isMissed = names.size < shape.minProperties
    if (names.has(name) || !isWanted(shape, name, choosing)) continue
    if (isWell && !isMissed && !saysNothingElse && tellsOfErrors(name)) continue
    if (isMissed ? random.chance(0.9) : isAffordable(rules, choosing) && random.chance(likely)) {
      if (names.size < shape.maxProperties) include(name)
    }
  }
  for (const name of shape.properties.keys()) {
    if (names.size < shape.minProperties && isWanted(shape, name, choosing)) include(name)
  }
  addOthers(shape, names, choosing)
  for (const name of names) {
    if (rulesOf(shape, name).includes(false)) throw new Unmakeable(`the member ${name} is required and not allowed`)
  }
  if (names.size < shape.minProperties) throw new Unmakeable(`it needs ${shape.minProperties} members`)
  return names
}

/** What has no place in what went well: `{ error: { code: 7 } }`, `errorMessage`, `last_error`. */
const ERRORS =
  /^(?:last )?(?:err|errors?|exceptions?|faults?)(?: (?:messages?|msg|text|codes?|descriptions?|details?|info|reasons?|types?|names?|ids?|lists?|strings?))?$/

/** Whether a member of that name says what has gone wrong. */
export const tellsOfErrors = (name: string): boolean => ERRORS.test(wordsOf(name))

function extend(shape: Shape, schema: Json, { contract, random, level, order }: Choosing): void {
  const more = readShape(contract, schema, (choices) => order(choices, random, level))
  for (const [name, rules] of more.properties) {
    shape.properties.set(name, [...(shape.properties.get(name) ?? []), ...rules])
  }
  shape.parts.push(...more.parts)
  for (const name of more.required) shape.required.add(name)
}

const isWanted = (shape: Shape, name: string, choosing: Choosing): boolean =>
  !rulesOf(shape, name).includes(false) && !isOmitted(shape, name, choosing)

/** A request leaves out what is read-only, a reply what is write-only, also where it is required. */
const isOmitted = (shape: Shape, name: string, { contract, direction }: Choosing): boolean =>
  rulesOf(shape, name).some((rule) => isLeftOut(contract, rule, direction))

function isAffordable(rules: readonly Json[], { contract, level }: Choosing): boolean {
  const depth = Math.max(...rules.map((rule) => measureDepth(contract, rule)))
  return depth < Infinity && level + depth <= MAX_LEVELS
}

/** Names that the schema does not list: as many as it needs, or one where it says what such a member is. */
function addOthers(shape: Shape, names: Set<string>, choosing: Choosing): void {
  const { random, redraws, example } = choosing
  const named = shape.parts.flatMap(({ patterns }) => patterns.map(([pattern]) => pattern))
  const isOpen = shape.parts.some(({ others }) => typeof others === 'object') || named.length > 0
  const most = Math.min(shape.maxProperties, names.size + 10 + shape.minProperties)
  const isAsked = isOpen && redraws % 3 !== 2 && example === undefined
  const wanted = Math.max(shape.minProperties, isAsked ? names.size + random.integer(0, 2) : 0)
  for (let tries = 0; names.size < Math.min(wanted, most) && tries < 100; tries++) {
    const name = makeName(shape, named, random.at('name', tries), choosing)
    if (name === undefined || names.has(name) || shape.properties.has(name)) continue
    if (shape.isClosed && rulesOf(shape, name).length === 0) continue
    if (isWanted(shape, name, choosing)) names.add(name)
  }
}

function makeName(
  shape: Shape,
  patterns: readonly string[],
  random: Random,
  { contract, order }: Choosing,
): string | undefined {
  const rules = shape.propertyNames.map((schema) => readShape(contract, schema, (choices) => order(choices, random, 0)))
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
