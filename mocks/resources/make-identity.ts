import { keywordsOf, targetOf } from '../../documents/contract/follow-schema.ts'
import type { DeclaredParameter } from '../../documents/contract/operation.ts'
import type { Schema } from '../../documents/contract/schema.ts'
import { createRandom } from '../../documents/patterns/random.ts'
import { once, onceFor } from '../../documents/read/once.ts'
import { formOf, isNumber } from '../../documents/resources/read-form.ts'
import { DataError, makeValue } from '../../documents/values/make-value.ts'
import type { Draft, World } from '../engine/vocabulary.ts'
import { keyOf, textOf } from './kept-record.ts'
import type { KeptResource } from './kept-resource.ts'
import { nameShown, placeShown } from './record-form.ts'
import { validatorOf } from './validator-of.ts'
import { UUID, vary } from './vary-name.ts'

/** What names a record: in its member, and in a path. */
export interface Name {
  /** Undefined where no member holds it. */
  readonly value: unknown
  readonly text: string
}

/** A name that no record has, of the type and format that the document declares, like the names that it shows. */
export function makeIdentity(kept: KeptResource, draft: Draft<object>, world: World, under: readonly string[]): Name {
  const { identity } = kept.resource
  const writeName = identity === undefined ? String : nameWriterOf(kept)
  let value: unknown
  let tries = 0
  draft.fresh((number) => {
    // A schema that allows few names has none left: any other is better than none.
    value = tries++ < MOST_TRIES ? writeName(number, world) : numberAs(kept, number)
    return keyOf(under, textOf(value))
  })
  return { value: identity === undefined ? undefined : value, text: textOf(value) }
}

/** A number as the member that names a record has it. */
function numberAs({ contract, form, resource }: KeptResource, number: number): unknown {
  const place = form.members.get(resource.identity?.member ?? '')?.place
  const types = place ? formOf(contract, place).types : new Set<string>()
  return types.has('integer') || types.has('number') ? number : String(number)
}

/** So many names in a row are taken where there are few. */
const MOST_TRIES = 50

type NameWriter = (number: number, world: World) => unknown

/** What is said of a name is the same for all that is made. */
const nameWriterOf = onceFor((kept: KeptResource) => createNameWriter(kept, kept.resource.identity?.member ?? ''))

/** Tried in this order; the first that the schema allows. */
function createNameWriter(kept: KeptResource, member: string): NameWriter {
  const { contract, form, name } = kept
  const place = form.members.get(member)?.place
  // To show an example is dear, and a number is counted without one.
  const shown = once(() => form.example[member])
  if (!place) return (number) => (typeof shown() === 'number' ? number : String(number))
  const { types } = formOf(contract, place)
  const inPath = parametersOf(kept).map(({ schema }) => schema.schema)
  const rules = [formOf(contract, place).place.schema, ...inPath].map((schema) =>
    keywordsOf(targetOf(contract, schema)),
  )
  const [{ format, pattern, enum: values } = {}] = rules
  const floors = rules.flatMap(({ minimum = 1, exclusiveMinimum = 0 }) => [minimum, Math.floor(exclusiveMinimum) + 1])
  const least = Math.max(1, ...floors.map(Math.ceil))
  const ceilings = rules.flatMap(
    ({ maximum = Number.POSITIVE_INFINITY, exclusiveMaximum = Number.POSITIVE_INFINITY }) => [
      Math.floor(maximum),
      Math.ceil(exclusiveMaximum) - 1,
    ],
  )
  // Where there are few, those of what is gone are free again.
  const count = Math.max(1, Math.min(...ceilings) - least + 1)
  const isText = types.has('string') || types.size === 0
  const example = isText && format !== 'uuid' ? shown() : undefined
  const validate = validatorOf(contract, place)
  const asUuid: NameWriter = (n, world) => world.uuid(name, n)
  const asExample: NameWriter = (n, world) => vary(example as string, n, world.within(name))
  const ways: NameWriter[] = isText
    ? [
        ...(isNumbered(kept) ? [(n: number) => String(n)] : []),
        ...(format === 'uuid' || (typeof example === 'string' && UUID.test(example)) ? [asUuid] : []),
        ...(typeof example === 'string' ? [asExample] : []),
        ...(pattern === undefined && !values ? [asUuid, (n: number) => String(n)] : []),
      ]
    : [(n) => least + ((n - 1) % count)]
  const isRight = (value: unknown): boolean => validate(value) && fitsPath(kept, value)
  /** What a schema makes: a path may be stricter than the record is, as may the record, or only both together. */
  const make = (schema: Schema, number: number, world: World): unknown => {
    try {
      return makeValue(contract, schema, createRandom(world.uuid(name, number)), '', { reading: 'replies' })
    } catch (error) {
      if (!(error instanceof DataError)) throw error
      return String(number)
    }
  }
  return (number, world) => {
    for (const way of ways) {
      const value = way(number, world)
      if (isRight(value)) return value
    }
    const schemas = [place.schema, ...inPath]
    const made = [{ allOf: schemas }, ...schemas].map((schema) => make(schema, number, world))
    return made.find(isRight) ?? made[0]
  }
}

/** Whether a reply shows as a number what the record has as a text. */
const isNumbered = ({ contract, scenes, resource }: KeptResource): boolean =>
  scenes.flatMap(placeShown).some((shown) => {
    const form = formOf(contract, shown)
    const place = form.members.get(nameShown(form, resource.identity) ?? '')
    return place !== undefined && isNumber(formOf(contract, place))
  })

/** Whether the path of an item may have this name in it: what its parameter says of names, the record need not say. */
export function fitsPath(kept: KeptResource, name: unknown): boolean {
  return parametersOf(kept).every(({ schema }) => {
    // The same for both directions: nothing of a path is read-only. One set of validators is made sooner than two.
    const validate = validatorOf(kept.contract, schema)
    // `/groups/{ids}` may take several names, and takes one.
    return validate(name) || validate(String(name)) || validate([name])
  })
}

/** Those that name an item in a path. */
const parametersOf = onceFor(({ scenes }: KeptResource): DeclaredParameter[] =>
  scenes.flatMap(({ declared, inferred: { identity } }) =>
    declared.parameters.filter((one) => one.in === 'path' && one.name === identity?.parameter),
  ),
)
