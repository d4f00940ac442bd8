import type { Contract } from '../../documents/contract/contract.ts'
import { evidenceIn } from '../../documents/contract/evidence.ts'
import { followSchema, keywordsOf, mayHaveHeirs } from '../../documents/contract/follow-schema.ts'
import type { Schema, SchemaPlace } from '../../documents/contract/schema.ts'
import { mustBeOneOf } from '../../documents/keywords/enum.ts'
import { below, type Pointer, parsePointer, toPointer, valueAt } from '../../documents/read/json-pointer.ts'
import { excerpt } from './cut-text.ts'
import { normalName } from './find-identity.ts'
import { isPast } from './is-past.ts'
import { validatesWithinTime } from './limit-time.ts'
import { measure } from './read-reply.ts'
import { ALIKE, createErrorsOf, type SchemaError } from './validate-reply.ts'
import type { Breach, JudgedReply } from './vocabulary.ts'
import { evidenceOf, statementAt, textOf } from './walk-schema.ts'

/** Clocks differ; a timestamp further ahead than this many milliseconds is from the future. */
const CLOCK_SKEW = 5 * 60_000

/**
 * What a reply's body breaks; the key is the operation and the declared status: `createOrder 201`.
 * @param longest how long it may be looked at, in milliseconds, without the time that compiling its schemas takes
 * @param known examples of such a body, in the document: their members are known; and the parameters of the path above it
 * @throws TimeLimitError
 */
export function judgeBody(
  contract: Contract,
  key: string,
  start: SchemaPlace,
  reply: JudgedReply,
  longest: number,
  { examples = [], parameters = [] }: { examples?: readonly unknown[]; parameters?: readonly string[] } = {},
): Breach[] {
  const errorsOf = createErrorsOf(contract, key, reply)
  const places = contract.once(createPlaces)
  const look = (): Breach[] => [
    ...errorsOf().map((error) => schemaBreach(contract, start, error, reply.body)),
    ...strangers(places, places.around(start), isProblem(reply) ? ownMembers(reply.body) : reply.body, (path) =>
      examples.some((example) => isShownIn(example, path)),
    ),
    ...soundness(contract, start, reply.body, new Set(parameters.map(normalName))),
  ]
  const quick = contract.once(noKeys)
  if (quick.has(key) && isSmall(reply.text)) return look()
  const began = performance.now()
  const breaches = validatesWithinTime(longest, look)
  if (performance.now() - began < QUICK) quick.add(key)
  return breaches
}

/**
 * To keep a limit takes longer than to look at most bodies. Without it goes what is small, by a schema by which another was
 * looked at in less than so many milliseconds.
 */
const QUICK = 20
/** What a schema takes for a value may double with each level of it. */
const SMALL = { length: 16_384, depth: 6, values: 2_000 }

const noKeys = (): Set<string> => new Set()

function isSmall(text: string): boolean {
  if (text.length > SMALL.length) return false
  const { depth, values } = measure(text, SMALL.depth, SMALL.values)
  return depth <= SMALL.depth && values <= SMALL.values
}

const isProblem = ({ headers }: JudgedReply): boolean => /^application\/problem\+/i.test(headers['content-type'] ?? '')

/** What a problem may have whatever a document says of it (RFC 9457, section 3.1). */
const OF_PROBLEMS = new Set(['type', 'title', 'status', 'detail', 'instance'])

/** What is not told by the media type already. */
function ownMembers(body: unknown): unknown {
  if (!isHolder(body) || Array.isArray(body)) return body
  return Object.fromEntries(Object.entries(body).filter(([name]) => !OF_PROBLEMS.has(name)))
}

/** @param called what the rule calls a value that is wrong as a whole: `the body` */
export function schemaBreach(
  contract: Contract,
  start: SchemaPlace,
  error: SchemaError,
  body: unknown,
  called = 'the body',
): Breach {
  const path = parsePointer(error.instancePath) ?? []
  const { keyword, params } = error
  const holder = holderOf(contract, start, path, error.at)
  const value = valueAt(body, error.instancePath)
  const statement = keyword === 'enum' ? textOf(value) : keyword
  const evidence = evidenceOf(holder.schema, statement, evidenceOf(holder.schema, keyword, holder.evidence))
  const what =
    keyword === 'required'
      ? `has ${params['missingProperty']}`
      : keyword === 'enum'
        ? mustBeOneOf(params['allowedValues'])
        : (error.message ?? keyword)
  const pointer = statementAt(holder.schema, holder.pointer, keyword)
  return {
    rule: { text: `${excerpt(error.instancePath) || called} ${what}`, pointer, evidence },
    // A schema that several operations answer with is broken once.
    cause: `${pointer} ${what}`,
    seen: keyword === 'required' ? 'it is missing' : excerpt(JSON.stringify(value) ?? 'nothing'),
  }
}

/** The schema that found the error. How well it is known depends on how it was reached, unless it says so itself. */
function holderOf(
  contract: Contract,
  start: SchemaPlace,
  path: readonly string[],
  at: Pointer | undefined,
): SchemaPlace {
  const places = descend(contract, start, path)
  const known = places.find(({ schema, pointer }) => (at === undefined ? schema === false : pointer === at))
  const [around = start] = places
  if (known || at === undefined) return known ?? around
  const schema = contract.valueAt(at) as Schema
  return { schema, pointer: at, evidence: evidenceIn(schema, around.evidence) }
}

/** The schemas that hold at an instance path, each with what is known of it there. */
function descend(contract: Contract, start: SchemaPlace, path: readonly string[]): SchemaPlace[] {
  return path.reduce((places, name) => enter(contract, places, name), spread(contract, start))
}

/** The schemas of what a document declares, by those around it: each reply asks for the same ones again. */
class Places {
  readonly #contract: Contract
  readonly #starts = new WeakMap<object, readonly SchemaPlace[]>()
  readonly #inside = new WeakMap<readonly SchemaPlace[], Map<string, readonly SchemaPlace[]>>()

  constructor(contract: Contract) {
    this.#contract = contract
  }

  /** As `spread`. */
  around(start: SchemaPlace): readonly SchemaPlace[] {
    if (typeof start.schema !== 'object') return spread(this.#contract, start)
    const known = this.#starts.get(start.schema)
    if (known) return known
    const places = spread(this.#contract, start)
    this.#starts.set(start.schema, places)
    return places
  }

  /** As `enter`. Names that are not declared are too many to keep. */
  inside(places: readonly SchemaPlace[], name: string): readonly SchemaPlace[] {
    const isDeclared = places.some(
      ({ schema }) => name === '0' || Object.hasOwn(keywordsOf(schema).properties ?? NONE, name),
    )
    if (!isDeclared) return enter(this.#contract, places, name)
    let members = this.#inside.get(places)
    if (!members) this.#inside.set(places, (members = new Map()))
    let known = members.get(name)
    if (!known) members.set(name, (known = enter(this.#contract, places, name)))
    return known
  }
}

const NONE = {}
const createPlaces = (contract: Contract): Places => new Places(contract)

/** The schemas of a member or an item, from those of what holds it; each once, or they doubled with every level. */
function enter(contract: Contract, places: readonly SchemaPlace[], name: string): SchemaPlace[] {
  const inside = places.flatMap(({ schema, pointer, evidence }) => {
    const children: [Schema, readonly string[]][] = []
    const { prefixItems = [], items, properties, additionalProperties } = keywordsOf(schema)
    const first = /^\d+$/.test(name) ? prefixItems[Number(name)] : undefined
    if (first !== undefined) children.push([first, ['prefixItems', name]])
    else if (items !== undefined && /^\d+$/.test(name)) children.push([items, ['items']])
    if (properties && Object.hasOwn(properties, name)) children.push([properties[name] as Schema, ['properties', name]])
    else if (typeof additionalProperties === 'object') children.push([additionalProperties, ['additionalProperties']])
    return children.flatMap(([child, tokens]) =>
      spread(contract, { schema: child, pointer: below(pointer, ...tokens), evidence }),
    )
  })
  const seen = new Set<Schema>()
  return inside.filter(({ schema }) => !seen.has(schema) && seen.add(schema))
}

/** A schema with the parts of its combinations. */
function spread(contract: Contract, place: SchemaPlace): SchemaPlace[] {
  const here = followSchema(contract, place)
  const keywords = keywordsOf(here.schema)
  const parts = (['allOf', 'oneOf', 'anyOf'] as const).flatMap((keyword) =>
    (keywords[keyword] ?? []).map((schema, index) => ({
      schema,
      pointer: below(here.pointer, keyword, index),
      evidence: here.evidence,
    })),
  )
  return [here, ...parts.flatMap((part) => spread(contract, part))]
}

const isHolder = (value: unknown): value is object => typeof value === 'object' && value !== null

/** Whether an example has a member, or any of the items on the way to it has. */
function isShownIn(example: unknown, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined) return true
  if (Array.isArray(example)) return example.some((item) => isShownIn(item, rest))
  return isHolder(example) && Object.hasOwn(example, name) && isShownIn(example[name as keyof object], rest)
}

/**
 * Members that the document does not know: worth telling, never wrong by it.
 * @param isShown whether an example of the document has a member
 */
function strangers(
  known: Places,
  at: readonly SchemaPlace[],
  body: unknown,
  isShown: (path: readonly string[]) => boolean,
  path: readonly string[] = [],
  found: Breach[] = [],
): Breach[] {
  if (found.length > ALIKE || !isHolder(body)) return found
  const examples = at.flatMap(({ schema }) => examplesIn(schema))
  const isKnown = (to: readonly string[]) =>
    isShown(to) || examples.some((example) => isShownIn(example, to.slice(path.length)))
  const inside = examples.length > 0 ? isKnown : isShown
  if (Array.isArray(body)) {
    // Those behind the ones that stand for themselves are alike.
    const alone = Math.max(0, ...at.map(({ schema }) => keywordsOf(schema).prefixItems?.length ?? 0))
    const rest = known.inside(at, String(alone))
    for (const [index, item] of body.entries()) {
      const places = index < alone ? known.inside(at, String(index)) : rest
      if (isHolder(item)) strangers(known, places, item, inside, [...path, String(index)], found)
    }
    return found
  }
  const declaring = at.flatMap(({ schema, pointer }) => {
    const { properties } = keywordsOf(schema)
    return properties ? [{ properties, pointer }] : []
  })
  const [first] = declaring
  const isOpen =
    first === undefined ||
    at.some(
      ({ schema }) => (keywordsOf(schema).additionalProperties ?? false) !== false || mayHaveHeirs(keywordsOf(schema)),
    )
  for (const [name, member] of Object.entries(body)) {
    const isRequired = at.some(({ schema }) => keywordsOf(schema).required?.includes(name))
    const isDeclared = isOpen || isRequired || declaring.some(({ properties }) => Object.hasOwn(properties, name))
    if (!isDeclared && !inside([...path, name])) {
      const rule = {
        text: `${excerpt(toPointer([...path, name]))} is declared`,
        pointer: below(first.pointer, 'properties'),
        evidence: 'assumed',
      } as const
      found.push({ rule, seen: 'a member that the document does not name' })
      if (found.length > ALIKE) return found
    }
    if (isHolder(member)) strangers(known, known.inside(at, name), member, inside, [...path, name], found)
  }
  return found
}

function examplesIn(schema: Schema): readonly unknown[] {
  const { example, examples = [] } = keywordsOf(schema)
  return example === undefined ? examples : [example, ...examples]
}

/**
 * Ids are told apart, and nothing happened in the future: no document says so, so it is worth telling, and never wrong.
 * @param above what items may share: `/schemas/{id}/versions` has versions of one id
 */
function soundness(
  contract: Contract,
  start: SchemaPlace,
  body: unknown,
  above: ReadonlySet<string>,
  path: readonly string[] = [],
  found: Breach[] = [],
): Breach[] {
  if (found.length > ALIKE || !isHolder(body)) return found
  const tell = (text: string, member: readonly string[], seen: string) => {
    const [{ pointer }] = [...descend(contract, start, member), start] as [SchemaPlace]
    found.push({ rule: { text, pointer, evidence: 'assumed' }, seen })
  }
  if (Array.isArray(body)) {
    // Of others than users, and of what has an id of its own, several may be of one.
    const areUsers = /users?$/i.test(path.at(-1) ?? 'users')
    const idsOf = (item: object) =>
      Object.entries(item).filter(
        ([name, id]) =>
          (name === 'id' || (name === 'userId' && areUsers && !Object.hasOwn(item, 'id'))) &&
          !above.has(normalName(name)) &&
          typeof id === 'string' &&
          id !== '',
      )
    const ids = body.filter(isHolder).flatMap(idsOf)
    const values = ids.map(([, id]) => id)
    if (new Set(values).size < values.length) {
      const text = `ids in ${excerpt(toPointer(path)) || 'the body'} are told apart`
      tell(text, [...path, '0', ids[0]?.[0] as string], 'one id twice')
    }
  }
  for (const [name, member] of Object.entries(body)) {
    const time = isPast(name) ? timeOf(member) : undefined
    if (time !== undefined && time > Date.now() + CLOCK_SKEW) {
      const text = `${excerpt(toPointer([...path, name]))} is not from the future`
      tell(text, [...path, name], excerpt(String(member)))
    }
    if (isHolder(member)) soundness(contract, start, member, above, [...path, name], found)
  }
  return found
}

/** A timestamp as milliseconds: ISO 8601, or seconds or milliseconds since 1970. */
function timeOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value > 1e11 ? value : value > 1e9 ? value * 1000 : undefined
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d[T ]/.test(value)) return undefined
  const time = Date.parse(value)
  return Number.isNaN(time) ? undefined : time
}
