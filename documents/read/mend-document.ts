import { DEEPEST } from './deepest.ts'
import type { Rule } from './diagnostic.ts'
import { findCircles } from './find-circles.ts'
import { COMPONENTS, GRAMMAR, type Kind, MAY_BE_EMPTY, MAY_REFER, type Member } from './grammar.ts'
import type { Json } from './json.ts'
import { below, type Pointer, parsePointer, valueAt } from './json-pointer.ts'
import { holderOf, kindAt } from './kind-at.ts'
import { mendKeywords } from './mend-schema.ts'
import { mendScheme } from './mend-security.ts'
import { mendServer } from './mend-server.ts'
import type { Mending, Version } from './mending.ts'
import { MovedParts } from './moved-parts.ts'
import { PutOff } from './put-off.ts'
import { ReferenceChains } from './reference-chains.ts'
import { type Stray, StrayParts } from './stray-parts.ts'
import { isUsable, readFlags, upgradeExample, upgradeHeader, upgradeParameter } from './upgrade-parameter.ts'
import { allowNull, upgradeSchema } from './upgrade-schema.ts'

/** What is known of a document before it is mended. */
export interface Unmended {
  readonly version: Version
  /** What an upgrade to the shape of 3.x has moved. */
  readonly moved: MovedParts
  /** Its own address (OpenAPI 3.2, `$self`), if it says one. */
  readonly self?: string
  /** Of a `$ref` that leads nowhere, what it was and why, if more is known of it than that: by the pointer to its holder. */
  readonly reasons?: ReadonlyMap<Pointer, string>
}

interface Mended {
  /** Its own object, which others may complete. */
  readonly document: Json
  /** The parts of operations and components, each mended when it is first read. */
  readonly putOff: PutOff
  /** Where a part of what was mended stood in the text. */
  readonly originOf: (pointer: Pointer) => Pointer
}

/**
 * The document as OpenAPI 3.1 with draft 2020-12 has it, in one walk that knows what each part is: keywords of other
 * versions are upgraded, and what is wrong is told and mended. Data and extensions stay as they are, and parts that need
 * nothing are shared with what was given. What is heavy in operations, and each component, is mended when it is first
 * read; a component that a reference needs (`stray-parts.ts`) is there as soon as the reference is.
 */
export function mendDocument(document: Json, unmended: Unmended): Mended {
  const mender = new Mender(document, unmended)
  return { document: mender.mend(), putOff: mender.putOff, originOf: mender.originOf }
}

/** Where the walk is. */
interface Place {
  /** The way to the part that is being mended, as it was given. */
  readonly way: string[]
  /** The same where it will stand. */
  readonly goal: string[]
  /** The member that it stands in. */
  member: string
  /** How long the way is to the schema around it that holds for the same value. */
  inPlace: number
}

/** What has no name of its own is called as the map has it. */
const namedItems = (kind: Kind, members: Json): { readonly item: Json; readonly way: readonly string[] }[] =>
  Object.entries<Json>(members).map(([name, item]) => ({
    item: kind === 'parameter' && isObject(item) && item.$ref === undefined ? { name, ...item } : item,
    way: [name],
  }))

const isObject = (value: Json): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)

class Mender {
  readonly putOff = new PutOff()
  readonly #document: Json
  readonly #unmended: Unmended
  readonly #moved = new MovedParts()
  readonly #mending: Mending
  #place: Place = { way: [], goal: [], member: '', inPlace: 0 }
  /** What was found of references: where they lead in what was given. */
  readonly #known = new Map<string, Pointer | undefined>()
  readonly #strays: StrayParts
  readonly #chains: ReferenceChains
  #mended: Json

  constructor(document: Json, unmended: Unmended) {
    this.#document = document
    this.#unmended = unmended
    this.#strays = new StrayParts(document, this.#moved, (stray) => this.#mended && this.#takeIn(stray))
    this.#chains = new ReferenceChains(document, unmended.moved)
    this.#mending = { version: unmended.version, tell: (...fault) => this.#tell(...fault) }
  }

  originOf = (pointer: Pointer): Pointer => this.#unmended.moved.originOf(this.#moved.originOf(pointer))

  mend(): Json {
    const mended = this.#part('document', this.#document)
    if (mended.components) mended.components = { ...mended.components }
    this.#mended = mended
    for (const stray of this.#strays) this.#takeIn(stray)
    return mended
  }

  /** Makes a component of what is referred to elsewhere. */
  #takeIn({ kind, name, reference }: Stray): void {
    const holder = COMPONENTS[kind] as string
    const components = (this.#mended.components ??= {})
    components[holder] ??= {}
    const way = parsePointer(reference) as string[]
    const place = { way, goal: ['components', holder, name], member: holder, inPlace: way.length }
    const mend = () => this.#part(kind, valueAt(this.#document, reference))
    this.putOff.define(components[holder], name, () => this.#at(place, mend))
  }

  #at<T>(place: Place, work: () => T): T {
    const outer = this.#place
    this.#place = place
    try {
      return work()
    } finally {
      this.#place = outer
    }
  }

  /** Puts the mending of a member of what stands here off. */
  #later(holder: Json, name: string, mend: () => Json): void {
    const { way, goal, member, inPlace } = this.#place
    const place = { way: [...way], goal: [...goal], member, inPlace }
    this.putOff.define(holder, name, () => this.#at(place, mend))
  }

  #tell(rule: Rule, message: string, instead: string, ...tokens: readonly (string | number)[]): void {
    const { way, goal } = this.#place
    this.putOff.tell({
      rule,
      message,
      instead,
      pointer: this.#unmended.moved.originOf(below('#', ...way, ...tokens)),
      within: holderOf(goal),
    })
  }

  /** @returns undefined where it is left out */
  #part(kind: Kind, given: Json): Json {
    if (kind === 'schema' && typeof given === 'boolean') return given
    if (this.#place.way.length > DEEPEST) return this.#tooDeep(kind)
    if (!isObject(given)) return this.#misshapen(kind, given)
    if (kind === 'schema') return this.#schema(given)
    const { $ref } = given
    if (MAY_REFER.has(kind) && $ref !== undefined && $ref !== null && typeof $ref !== 'string') {
      this.#tell('wrong-shape', 'a $ref must be a text', 'it is ignored', '$ref')
      return this.#part(kind, { ...given, $ref: null })
    }
    if (MAY_REFER.has(kind) && typeof $ref === 'string') {
      const referring = this.#reference(kind, given)
      // It may say more beside its reference.
      return kind === 'pathItem' ? this.#members(kind, referring) : referring
    }
    if (kind === 'callback') return this.#map('pathItem', given)
    const upgraded = (UPGRADES[kind] ?? same)(given, this.#mending)
    return upgraded && this.#members(kind, upgraded)
  }

  #tooDeep(kind: Kind): Json {
    const instead = kind === 'schema' ? 'any value is accepted there' : 'it is left out'
    this.#tell('nested-too-deep', `${article(kind)} stands more than ${DEEPEST} levels deep`, instead)
    return MAY_BE_EMPTY.has(kind) ? {} : undefined
  }

  #misshapen(kind: Kind, given: Json): Json {
    if (kind === 'example' && given !== null) {
      this.#tell('wrong-shape', 'an example must be an object', 'it is read as the value itself')
      return { value: given }
    }
    const instead = MAY_BE_EMPTY.has(kind) ? 'it is read as if it were empty' : 'it is left out'
    if (given !== null) this.#tell('wrong-shape', `${article(kind)} must be an object`, instead)
    return MAY_BE_EMPTY.has(kind) ? {} : undefined
  }

  #schema(given: Json): Json {
    const outer = this.#place.inPlace
    if (!IN_PLACE.has(this.#place.member)) this.#place.inPlace = this.#place.way.length
    const referring = typeof given.$ref === 'string' ? this.#reference('schema', given) : given
    // What stands in the place of a reference is mended.
    const isMended = given.$ref !== undefined && referring?.$ref === undefined
    const result = isMended ? referring : this.#keywords(referring)
    this.#place.inPlace = outer
    return isObject(result) && isSame(result, given) ? given : result
  }

  #keywords(given: Json): Json {
    const { schema: upgraded, isNullable, renamed } = upgradeSchema(given, this.#mending)
    const schema = this.#mapped(mendKeywords(upgraded, this.#mending))
    return isNullable ? this.#nullable(schema, renamed) : this.#members('schema', schema, renamed)
  }

  /** The mapping of a discriminator as references alone: a name is one too (OpenAPI 3.1, Discriminator Object). */
  #mapped(schema: Json): Json {
    const mapping: Json = schema.discriminator?.mapping
    if (!isObject(mapping)) return schema
    const kept = Object.entries<Json>(mapping).flatMap(([value, written]) => {
      const isName = Object.hasOwn(this.#document.components?.schemas ?? {}, written)
      const reference = this.#resolve('schema', isName ? below('#/components/schemas', written) : String(written))
      if (reference !== undefined) return [[value, this.#strays.goalOf('schema', reference)] as const]
      const message = `the mapping leads nowhere: ${written}`
      this.#tell('ref-dangling', message, 'it is left out', 'discriminator', 'mapping', value)
      return []
    })
    if (kept.every(([value, goal]) => mapping[value] === goal) && kept.length === Object.keys(mapping).length)
      return schema
    return { ...schema, discriminator: { ...schema.discriminator, mapping: Object.fromEntries(kept) } }
  }

  #nullable(given: Json, renamed: Renamed): Json {
    const { schema, wrapped } = allowNull(given)
    if (wrapped === undefined) return this.#members('schema', schema, renamed)
    this.#place.goal.push('anyOf', '0')
    this.#moved.add(below('#', ...this.#place.goal), below('#', ...this.#place.way))
    const first = this.#members('schema', wrapped, renamed)
    this.#place.goal.length -= 2
    return { ...schema, anyOf: [first, { type: 'null' }] }
  }

  /** The members that hold parts; null where an author wrote nothing. @param renamed what they were called */
  #members(kind: Kind, holder: Json, renamed: Renamed = {}): Json {
    let changed: Json = OWN.has(kind) ? { ...holder } : undefined
    for (const [name, given] of Object.entries<Json>(holder)) {
      const value = given ?? null
      const member = Object.hasOwn(GRAMMAR[kind], name) ? GRAMMAR[kind][name] : undefined
      if (member === undefined && (value !== null || isDatum(kind, name))) continue
      if (member && canWait(kind, name, member, value)) {
        this.#later(changed, name, () => this.#parts(name, [name], member, value))
        continue
      }
      const mended = member === undefined ? undefined : this.#parts(name, renamed[name] ?? [name], member, value)
      if (mended === given && mended !== undefined) continue
      changed ??= { ...holder }
      if (mended === undefined) delete changed[name]
      else changed[name] = mended
    }
    return changed ?? holder
  }

  #parts(name: string, written: readonly string[], { kind, as }: Member, value: Json): Json {
    if (value === null) return undefined
    const outer = this.#place.member
    this.#place.member = name
    this.#place.way.push(...written)
    this.#place.goal.push(name)
    if (name !== written.join('/')) this.#moved.add(below('#', ...this.#place.goal), below('#', ...this.#place.way))
    let mended: Json
    if (as === 'one') mended = this.#one(kind, value)
    else if (as === 'list' && Array.isArray(value)) mended = this.#list(kind, value)
    else if (as === 'map' && isObject(value)) mended = this.#map(kind, value, name)
    else if (as === 'list' && isObject(value)) mended = this.#asList(kind, value, name)
    else if (kind === 'example' && Array.isArray(value)) mended = this.#numbered(value)
    else this.#tell('wrong-shape', `${name} must be ${as === 'list' ? 'a list' : 'an object'}`, 'it is ignored')
    this.#place.way.length -= written.length
    this.#place.goal.pop()
    this.#place.member = outer
    return mended
  }

  #one(kind: Kind, value: Json): Json {
    if (isObject(value) || (kind === 'schema' && typeof value === 'boolean')) return this.#part(kind, value)
    this.#tell('wrong-shape', `${article(kind)} must be an object`, 'it is ignored')
  }

  #list(kind: Kind, items: readonly Json[]): Json {
    const kept: Json[] = []
    for (const [index, item] of items.entries()) {
      this.#place.way.push(String(index))
      this.#place.goal.push(String(kept.length))
      if (index !== kept.length) this.#moved.add(below('#', ...this.#place.goal), below('#', ...this.#place.way))
      if (item === null) this.#tell('null-item', 'an item of a list says nothing', 'it is left out')
      const mended = item === null ? undefined : this.#part(kind, item)
      if (mended !== undefined) kept.push(mended)
      this.#place.way.pop()
      this.#place.goal.pop()
    }
    // A list of schemas must not be empty; what was its last one was left out.
    if (kind === 'schema' && kept.length === 0) return undefined
    return kept.length === items.length && kept.every((item, index) => item === items[index]) ? items : kept
  }

  /** A list of which the author has written the one item, or a map of names to items. */
  #asList(kind: Kind, value: Json, name: string): readonly Json[] | undefined {
    const isItem = kind === 'schema' || ['$ref', 'in', 'url'].some((member) => typeof value[member] === 'string')
    const instead = isItem ? 'it is read as a list of it' : 'it is read as a list of what it names'
    this.#tell('wrong-shape', `${name} must be a list`, instead)
    const items = isItem ? [{ item: value, way: [] }] : namedItems(kind, value)
    const kept: Json[] = []
    for (const { item, way } of items) {
      this.#place.way.push(...way)
      this.#place.goal.push(String(kept.length))
      this.#moved.add(below('#', ...this.#place.goal), below('#', ...this.#place.way))
      const mended = this.#part(kind, item)
      if (mended !== undefined) kept.push(mended)
      this.#place.way.length -= way.length
      this.#place.goal.pop()
    }
    return kind === 'schema' && kept.length === 0 ? undefined : kept
  }

  /** Examples without names, as a schema has them. */
  #numbered(examples: readonly Json[]): Json {
    this.#tell('wrong-shape', 'examples must be an object', 'they are read as one, by their numbers')
    const wrapped = examples.map((one) => (isObject(one) && 'value' in one ? one : { value: one }))
    return this.#map('example', Object.fromEntries(wrapped.entries()))
  }

  #map(kind: Kind, members: Json, holder = ''): Json {
    if (this.#place.goal.length === 2 && this.#place.goal[0] === 'components') return this.#components(kind, members)
    let changed = false
    const kept: (readonly [string, Json])[] = []
    for (const [name, value] of Object.entries<Json>(members)) {
      if (HAS_EXTENSIONS.has(holder) && name.startsWith('x-')) {
        kept.push([name, value])
        continue
      }
      const mended = this.#member(kind, name, value)
      if (mended !== value) changed = true
      if (mended !== undefined) kept.push([name, mended])
    }
    return changed ? Object.fromEntries(kept) : members
  }

  /** Each is mended when it is first read, unless that could find that it is to be left out. */
  #components(kind: Kind, members: Json): Json {
    const kept: Json = {}
    for (const [name, value] of Object.entries<Json>(members)) {
      if (isObject(value) && !MAY_BE_LEFT_OUT.has(kind) && (kind === 'schema' || value.$ref === undefined)) {
        this.#later(kept, name, () => this.#member(kind, name, value))
        continue
      }
      const mended = this.#member(kind, name, value)
      if (mended !== undefined) Object.assign(kept, Object.fromEntries([[name, mended]]))
    }
    return kept
  }

  /** @returns undefined where it is left out */
  #member(kind: Kind, name: string, value: Json): Json {
    const { way, goal } = this.#place
    way.push(name)
    goal.push(name)
    const mended = value === null && !MAY_BE_EMPTY.has(kind) ? undefined : this.#part(kind, value)
    way.pop()
    goal.pop()
    return mended
  }

  /** @returns what refers where it can, or what stands in its place */
  #reference(kind: Kind, given: Json): Json {
    const written: string = given.$ref
    const key = `${kind} ${written}`
    if (!this.#known.has(key)) this.#known.set(key, this.#resolve(kind, written))
    const reference = this.#known.get(key)
    if (reference === undefined) {
      const reason =
        this.#unmended.reasons?.get(this.#unmended.moved.originOf(below('#', ...this.#place.way))) ?? written
      return this.#instead(kind, given, 'ref-dangling', `the $ref leads nowhere: ${reason}`)
    }
    if (this.#isCircular(kind, reference)) {
      const message = `the $ref leads in a circle: ${written}`
      if (kind !== 'schema' || !ALTERNATIVES.has(this.#place.member))
        return this.#instead(kind, given, 'ref-circular', message)
      return void this.#tell('ref-circular', message, 'this alternative is left out')
    }
    // It is told, and left out, where it stands.
    if (kind === 'parameter' && !isUsable(this.#end(reference))) return undefined
    // A path item is an operation's place.
    const isPlace = kind === 'pathItem' && kindAt(reference) !== undefined
    const goal = isPlace ? reference : this.#strays.goalOf(kind, reference)
    return goal === written ? given : { ...given, $ref: goal }
  }

  /** @returns undefined where that is nothing that could stand in the place of a part of this kind */
  #resolve(kind: Kind, written: string): Pointer | undefined {
    const { self, moved } = this.#unmended
    const local = self && written.startsWith(self) ? written.slice(self.length) || '#' : written
    if (!local.startsWith('#')) return undefined
    const reference = moved.goalOf(local)
    const target = valueAt(this.#document, reference)
    const found = kindAt(reference) ?? kind
    if (found !== kind && !(isParameter(found) && isParameter(kind))) return undefined
    if (target === null ? MAY_BE_EMPTY.has(kind) : isObject(target)) return reference
    return kind === 'schema' && typeof target === 'boolean' ? reference : undefined
  }

  /** What a chain of references ends with, which leads in no circle. */
  #end = (reference: Pointer): Json => valueAt(this.#document, this.#chains.endOf(reference) ?? reference)

  #isCircular(kind: Kind, reference: Pointer): boolean {
    if (kind !== 'schema') return this.#chains.endOf(reference) === undefined
    const root = below('#', ...this.#place.way.slice(0, this.#place.inPlace))
    return findCircles(this.#document, this.#unmended.moved).isBack(root, reference)
  }

  /** In the place of what a `$ref` should have led to. */
  #instead(kind: Kind, { $ref, ...beside }: Json, rule: Rule, message: string): Json {
    if (kind === 'schema') {
      this.#tell(rule, message, 'any value is accepted there')
      return this.#schema(beside)
    }
    const isKept = MAY_BE_EMPTY.has(kind) || kind === 'requestBody' || kind === 'pathItem'
    this.#tell(rule, message, isKept ? 'it is read as if it were empty' : 'it is left out')
    if (kind === 'pathItem') return beside
    return isKept ? {} : undefined
  }
}

/** What is heavy in an operation, and surely remains: it is mended when it is first read. */
const canWait = (kind: Kind, name: string, { as }: Member, value: Json): boolean =>
  (kind === 'operation' || (kind === 'pathItem' && name === 'parameters')) &&
  name !== 'servers' &&
  (as === 'list' ? Array.isArray(value) : isObject(value))

/** What others may complete: no part of what was given is ever changed. */
const OWN: ReadonlySet<Kind> = new Set<Kind>(['document', 'pathItem', 'operation'])

/** Kinds of components that mending may find to be nothing (`upgradeParameter`). */
const MAY_BE_LEFT_OUT: ReadonlySet<Kind> = new Set<Kind>(['parameter', 'securityScheme'])

type Renamed = Readonly<Record<string, readonly string[]>> | undefined

/** Keywords whose schemas hold for the same value as the schema around them. */
const IN_PLACE = new Set(['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas'])
const ALTERNATIVES = new Set(['anyOf', 'oneOf'])

/** Maps in which names that begin with `x-` are extensions. */
const HAS_EXTENSIONS = new Set(['paths', 'responses', 'callbacks'])

/** Members that may be null and mean it. */
const isDatum = (kind: Kind, name: string): boolean =>
  name.startsWith('x-') ||
  name === 'security' ||
  (kind === 'schema'
    ? ['default', 'const', 'example']
    : kind === 'link'
      ? ['requestBody']
      : ['value', 'example']
  ).includes(name)

/** A header is a parameter without a name. */
const isParameter = (kind: Kind): boolean => kind === 'parameter' || kind === 'header'

const UPGRADES: Partial<Record<Kind, (part: Json, mending: Mending) => Json>> = {
  parameter: upgradeParameter,
  securityScheme: mendScheme,
  header: upgradeHeader,
  requestBody: readFlags,
  example: upgradeExample,
  server: mendServer,
}
const same = (part: Json): Json => part

const WORDS: Partial<Record<Kind, string>> = {
  pathItem: 'path item',
  requestBody: 'request body',
  mediaType: 'media type',
  securityScheme: 'security scheme',
}
const article = (kind: Kind): string => {
  const word = WORDS[kind] ?? kind
  return `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`
}

/** Whether a copy is in no way other than what it is a copy of. */
function isSame(copy: Json, given: Json): boolean {
  const names = Object.keys(copy)
  return names.length === Object.keys(given).length && names.every((name) => copy[name] === given[name])
}
