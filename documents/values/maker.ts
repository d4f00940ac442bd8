import type { Contract } from '../contract/contract.ts'
import { keywordsOf, targetOf } from '../contract/follow-schema.ts'
import { leaveOutMembers } from '../contract/leave-out-members.ts'
import type { Direction } from '../contract/tell-directions.ts'
import { canonical } from '../keywords/canonical.ts'
import { encodeAs } from '../keywords/content.ts'
import { type Shape, Unmakeable } from '../keywords/shape.ts'
import { impliedType, isOfType } from '../keywords/type.ts'
import { PatternError } from '../patterns/pattern-language.ts'
import type { Random } from '../patterns/random.ts'
import { below, parsePointer } from '../read/json-pointer.ts'
import type { Json } from '../read/read-document.ts'
import { LEFT_OUT } from '../validators/read-as.ts'
import { chooseMembers, MAX_LEVELS, tellsOfErrors } from './choose-members.ts'
import { DataError, NotWorkedOutError, TooComplexError, TooLargeError } from './data-error.ts'
import { makeNamed } from './make-named.ts'
import { makeNumber } from './make-number.ts'
import type { MakeOptions } from './make-options.ts'
import { makeString } from './make-string.ts'
import { measureDepth } from './measure-depth.ts'
import { allOf, rulesOf, schemaOfMember } from './read-members.ts'
import { readShape, TooManyParts } from './read-shape.ts'
import { tellsApart, varyExample, varyIds } from './vary-example.ts'

/** Far deeper than any value that ends. */
const MAX_NESTING = 100
/** Deeper, a list holds one item: lists of lists grow fast. */
const MAX_LIST_LEVELS = 3
/** How often an object is drawn anew before it says that it is none of the other alternatives. */
const EXCLUDING_REDRAWS = 4
/** How often an item is drawn anew before it looks like nothing any more: few things have many names. */
const NAMED_DRAWS = 10

/** What is known of a place from what stands around it. */
interface Around {
  /** How many levels down. */
  readonly level: number
  /** Tells apart several draws for one place, and carries the redraws of what stands around. */
  readonly salt: number
  /** A piece of an example of what stands around. */
  readonly example?: Json
  /** Which item of its list it is, or tells apart from the others; 0 anywhere else. */
  readonly index: number
  readonly isItem: boolean
  /** What it is called; a list's name is its items' too. */
  readonly name: string
  /** What the object around it is called. */
  readonly parent: string
  /** Chance that the members of one object share: its city lies in its country. */
  readonly kin: Random
  /** Whether it is to look like its name. */
  readonly isNamed: boolean
}

interface Place extends Around {
  readonly schema: Json
  readonly pointer: string
  readonly draw: number
  readonly redraws: number
  readonly random: Random
}

/** How often a value is null that may be. */
const NULL_CHANCE = 0.1

/** No more text, no longer list or object, and no more values in all are made: they would try the machine, not the document. */
const MOST_CHARACTERS = 5_000_000
/** To draw a text of a pattern takes longer. */
const LONGEST_DRAWN = 100_000
const MOST_VALUES = 50_000
/** To see that more items differ takes seconds. */
const MOST_MEMBERS = 1000

/** So often an item is made anew that has the id of another of its list. */
const ID_DRAWS = 20

/** What tells an item of a list from the others, each with its name. @param kind what the list is called */
const idsIn = (item: Json, kind: string): string[] =>
  typeof item === 'object' && item !== null && !Array.isArray(item)
    ? Object.entries<Json>(item).flatMap(([name, id]) =>
        (typeof id === 'string' || typeof id === 'number') && tellsApart(name, kind) ? [`${name} ${id}`] : [],
      )
    : []

const NOT_UNIQUE = Symbol('not unique')

/** Makes values of one schema that are likely to be valid, and others at the places that turned out not to be. */
export class Maker {
  readonly #contract: Contract
  readonly #random: Random
  readonly #at: string
  readonly #options: MakeOptions
  readonly #direction: Direction
  /** Whether it chose among alternatives that nothing tells apart. */
  isAlike = false
  /** How many values this one holds so far. */
  #made = 0
  /** How long its texts are that must be long. */
  #characters = 0
  /** How often what stands at a pointer was drawn again: only that changes. */
  readonly #redraws = new Map<string, number>()

  constructor(contract: Contract, random: Random, at: string, options: MakeOptions) {
    this.#contract = contract
    this.#random = random
    this.#at = at
    this.#options = options
    this.#direction = LEFT_OUT[options.reading ?? 'requests']
  }

  /** @throws DataError where no value was found this time */
  make(schema: Json): Json {
    const { name = '', named, example, examples = false } = this.#options
    this.#made = 0
    this.#characters = 0
    return this.#make(schema, '', {
      level: 0,
      salt: 0,
      ...(example !== undefined && { example }),
      index: 0,
      isItem: false,
      name,
      parent: '',
      kin: this.#random,
      isNamed: named ?? examples,
    })
  }

  /** Draws anew at this place, and now and then what stands around it too. */
  redraw(pointer: string): void {
    for (let place = pointer; ; place = place.slice(0, place.lastIndexOf('/'))) {
      const count = (this.#redraws.get(place) ?? 0) + 1
      this.#redraws.set(place, count)
      if (place === '' || count % 4 !== 0) return
    }
  }

  #make(schema: Json, pointer: string, around: Around): Json {
    const { level, salt } = around
    if (++this.#made > MOST_VALUES) this.#tooLarge(pointer, `it would hold more than ${MOST_VALUES} values`)
    const redraws = this.#redraws.get(pointer) ?? 0
    const draw = salt * 1000 + redraws
    const random = this.#random.at(pointer, draw)
    try {
      if (level > MAX_NESTING || (level === 0 && measureDepth(this.#contract, schema) === Infinity)) {
        fail('every value of it would hold another of its kind, without end')
      }
      // Nothing is shown only where nothing else can be.
      const nullChance = around.isNamed && redraws === 0 ? 0 : NULL_CHANCE
      const shape = readShape(this.#contract, schema, (choices) =>
        this.#order(choices, random, level, nullChance, redraws),
      )
      this.isAlike ||= shape.isAlike
      return this.#makeOf(shape, { ...around, schema, pointer, draw, random, redraws })
    } catch (error) {
      if (error instanceof TooManyParts) throw new TooComplexError(this.#at + pointer, error.message)
      if (error instanceof Unmakeable) throw new DataError(this.#at + pointer, error.message)
      if (error instanceof PatternError) throw new NotWorkedOutError(this.#at + pointer, error.message)
      throw error
    }
  }

  /**
   * Alternatives in a random order; deep down those that end soonest come first, and those that never end are last. Now and
   * then, of what was drawn in vain, the one that needs least: what another needs as well may be all that keeps two apart.
   */
  #order(
    choices: readonly Json[],
    random: Random,
    level: number,
    nullChance = NULL_CHANCE,
    redraws = 0,
  ): readonly Json[] {
    const isByNeeds = redraws % 4 === 2
    const keyed = choices.map((choice, index) => {
      const depth = measureDepth(this.#contract, choice)
      // The first is the usual one.
      return {
        choice,
        depth: level >= MAX_LEVELS || depth === Infinity ? depth : 0,
        key: isNull(choice)
          ? random.chance(nullChance)
            ? 0
            : 1
          : isByNeeds
            ? needsOf(this.#contract, choice)
            : index === 0
              ? 0.3
              : random.next(),
      }
    })
    return keyed.sort((a, b) => (a.depth === b.depth ? a.key - b.key : a.depth - b.depth)).map(({ choice }) => choice)
  }

  /** @throws TooLargeError */
  #limit(keyword: 'minLength' | 'minItems' | 'minProperties', shape: Shape, { pointer }: Place, most: number): void {
    const least = shape[keyword]
    if (least > most) this.#tooLarge(pointer, `its ${keyword} is ${least}, and at most ${most} are made`)
  }

  /** @throws TooLargeError */
  #limitText(shape: Shape, place: Place): void {
    const isDrawn = shape.patterns.length > 0 || shape.formats.length > 0
    this.#limit('minLength', shape, place, isDrawn ? LONGEST_DRAWN : MOST_CHARACTERS)
    this.#characters += shape.minLength
    if (this.#characters > MOST_CHARACTERS)
      this.#tooLarge(place.pointer, `its texts would have more than ${MOST_CHARACTERS} characters`)
  }

  #tooLarge(pointer: string, reason: string): never {
    throw new TooLargeError(this.#at + pointer, reason)
  }

  #makeOf(shape: Shape, place: Place): Json {
    const { random, redraws } = place
    const example = this.#exampleOf(shape, place)
    // What turned out not to be valid somewhere inside is taken in pieces, and what has more members than are wanted.
    const isWhole = !isRecord(example) || this.#options.optional !== 0
    if (example !== undefined && isWhole && !this.#isRedrawnIn(place.pointer)) return this.#show(example, place)
    if (shape.values) {
      const { types } = shape
      const values = types ? shape.values.filter((value) => isOfType(value, types)) : shape.values
      const usual = values.filter((value) => value !== null)
      const shown = usual.length > 0 ? usual : values
      if (this.#options.examples && redraws === 0) return structuredClone(shown[place.index % shown.length])
      const value = random.pick(usual.length > 0 && redraws % 2 === 0 ? usual : values)
      return typeof value === 'object' ? structuredClone(value) : value
    }
    const { example: _, ...whole } = place
    const inPieces = example === undefined ? whole : { ...whole, example }
    return this.#makeOfType(this.#typeOf(shape, inPieces), shape, inPieces)
  }

  /** The example that is shown at a place; items of a list show different ones, as far as there are any. */
  #exampleOf(shape: Shape, { example, redraws, index, isItem }: Place): Json {
    // What a record lacks, or has too much of, is mended when it is taken in pieces.
    const isRight = (value: Json): boolean =>
      redraws <= (isRecord(value) ? 1 : 0) && (!shape.types || isOfType(value, shape.types))
    if (example !== undefined && isRight(example)) return example
    if (!this.#options.examples) return undefined
    const right = shape.examples.filter(isRight)
    const first = right[0]
    return right[index] ?? (isItem && index > 0 && !isRecord(first) ? undefined : first)
  }

  #isRedrawnIn(pointer: string): boolean {
    for (const place of this.#redraws.keys()) if (place === pointer || place.startsWith(`${pointer}/`)) return true
    return false
  }

  #show(example: Json, { schema, index, isItem, name }: Place): Json {
    const shown = leaveOutMembers(this.#contract, schema, structuredClone(example), this.#direction)
    // Items that are copies of one example are told apart by their ids.
    return isItem ? varyIds(shown, index, nameOf(schema) ?? name) : varyExample(shown, index)
  }

  #typeOf(shape: Shape, { random, level, example, isNamed }: Place): string {
    const given = shape.types ?? [impliedType(shape)]
    if (example !== undefined) return given.find((type) => isOfType(example, [type])) ?? (given[0] as string)
    const usual = given.filter(
      (type) => type !== 'null' && (level < MAX_LEVELS || (type !== 'object' && type !== 'array')),
    )
    if (usual.length === 0) return given.includes('null') ? 'null' : (given[0] as string)
    if (given.includes('null') && !isNamed && random.chance(NULL_CHANCE)) return 'null'
    return random.chance(0.6) ? (usual[0] as string) : random.pick(usual)
  }

  #makeOfType(type: string, shape: Shape, place: Place): Json {
    const { random } = place
    const isNamed = place.isNamed && place.redraws === 0 && shape.contents.length === 0
    const named = isNamed ? makeNamed(type, shape, place) : undefined
    if (named !== undefined) return named
    switch (type) {
      case 'null':
        return null
      case 'boolean':
        return random.chance(0.5)
      case 'integer':
      case 'number':
        return makeNumber({ ...shape, isInteger: type === 'integer' }, random) ?? fail('no number is within its limits')
      case 'string':
        this.#limitText(shape, place)
        return this.#makeContent(shape, place) ?? makeString(shape, random) ?? fail(noString(shape))
      case 'array':
        this.#limit('minItems', shape, place, shape.isUnique ? MOST_MEMBERS : MOST_VALUES - 1)
        return this.#makeArray(shape, place)
      case 'object':
        this.#limit('minProperties', shape, place, MOST_MEMBERS)
        return this.#makeObject(shape, place)
      default:
        return fail(`there is no type ${type}`)
    }
  }

  /** A text that holds JSON, encoded as it says. @returns undefined where it holds none, or none that fits */
  #makeContent(shape: Shape, { pointer, level, draw, name, parent, random, isNamed }: Place): string | undefined {
    const { contents, formats, patterns, minLength, maxLength } = shape
    if (contents.length === 0 || patterns.length > 0 || formats.length > 1) return undefined
    const content = this.#make(allOf(contents), below(pointer, 'contentSchema'), {
      level: level + 1,
      salt: draw,
      index: 0,
      isItem: false,
      name,
      parent,
      kin: random,
      isNamed,
    })
    const json = JSON.stringify(content)
    const [format] = formats
    const text = format === undefined ? json : encodeAs(format, json)
    return text !== undefined && text.length >= minLength && text.length <= maxLength ? text : undefined
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
    const usual = (place.example as Json[] | undefined)?.length ?? this.#usualLength(place)
    const wanted = endless || (isEnding && prefix === 0) ? least : Math.max(least, prefix, usual)
    const isFree = itemLists.length === 0 && contains.length === 0 && minItems === 0 && place.example === undefined
    const length = isFree ? 0 : Math.min(most, wanted)
    const items: Json[] = []
    const seen = new Set<string>()
    const ids = new Set<string>()
    for (let index = 0; index < length; index++) {
      const rules = itemLists.map((list) => list.prefix[index] ?? list.rest)
      const wantedHere = this.#containedAt(contains, index - (length - needed))
      const schema = allOf(wantedHere === undefined ? rules : [...rules, wantedHere])
      const item = this.#makeItem(schema, index, place, { seen: shape.isUnique ? seen : undefined, ids })
      if (item === NOT_UNIQUE && items.length >= least) break
      if (item === NOT_UNIQUE) fail(`it needs ${least} different items, and only ${items.length} were found`)
      items.push(item)
    }
    return items
  }

  #usualLength({ random, level, isNamed }: Place): number {
    if (!isNamed) return random.integer(1, 3)
    return level > MAX_LIST_LEVELS ? 1 : random.integer(2, 3)
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

  /** @param before what must differ from it, and the ids that others have */
  #makeItem(
    schema: Json,
    index: number,
    place: Place,
    { seen, ids }: { readonly seen: Set<string> | undefined; readonly ids: Set<string> },
  ): Json {
    const example: Json = place.example?.[index]
    for (let salt = 0; salt < 50; salt++) {
      const item = this.#make(schema, below(place.pointer, index), {
        level: place.level + 1,
        salt: place.draw * 50 + salt,
        ...(example !== undefined && { example }),
        index: example === undefined ? index + salt : 0,
        isItem: true,
        name: place.name,
        parent: place.parent,
        kin: place.random,
        isNamed: place.isNamed && salt < NAMED_DRAWS,
      })
      const own = example === undefined ? idsIn(item, place.name) : []
      // Some schemas allow few ids.
      if (salt < ID_DRAWS && own.some((id) => ids.has(id))) continue
      if (seen) {
        const text = canonical(item)
        if (seen.has(text)) continue
        seen.add(text)
      }
      for (const id of own) ids.add(id)
      return item
    }
    return NOT_UNIQUE
  }

  #makeObject(shape: Shape, place: Place): Json {
    const { random, level, redraws, example } = place
    const kind = nameOf(place.schema) ?? place.name
    const names = chooseMembers(shape, {
      contract: this.#contract,
      direction: this.#direction,
      optional: this.#options.optional ?? 0.6,
      random,
      level,
      redraws,
      isWell: this.#options.isWell === true && !tellsOfErrors(kind) && !tellsOfErrors(place.name),
      ...(example !== undefined && { example }),
      order: (...choosing) => this.#order(...choosing),
    })
    const value: Json = {}
    for (const name of names) {
      try {
        const piece: Json = example !== undefined && Object.hasOwn(example, name) ? example[name] : undefined
        const member = this.#make(schemaOfMember(shape, name), below(place.pointer, name), {
          level: level + 1,
          salt: place.draw,
          ...(piece !== undefined && { example: piece }),
          index: place.isItem && tellsApart(name, kind) ? place.index : 0,
          isItem: false,
          name,
          parent: kind,
          kin: random,
          isNamed: place.isNamed,
        })
        if (name !== '__proto__') value[name] = member
        // An assignment would set the prototype.
        else Object.defineProperty(value, name, { value: member, writable: true, enumerable: true, configurable: true })
      } catch (error) {
        // Without a member that may be left out, the value is valid all the same.
        const isFree = !shape.required.has(name) && names.size > shape.minProperties && shape.dependent.length === 0
        if (!isFree || !(error instanceof DataError)) throw error
      }
    }
    return redraws < EXCLUDING_REDRAWS ? value : { ...value, ...this.#exclude(shape, value) }
  }

  /** Where alternatives hold together, a member of the others that is null, which they do not allow, keeps them out. */
  #exclude(shape: Shape, value: Json): Json {
    return Object.fromEntries(
      shape.excluded.flatMap((schema) => {
        const other = readShape(this.#contract, schema, (choices) => choices)
        const name = [...other.properties.keys()].find(
          (one) => !Object.hasOwn(value, one) && !shape.isClosed && rulesOf(shape, one).length === 0,
        )
        return name === undefined ? [] : [[name, null]]
      }),
    )
  }
}

/** An alternative that says that there may be nothing. */
const isNull = (schema: Json): boolean => schema?.type === 'null' || schema?.const === null

/** How many members an alternative needs itself. */
const needsOf = (contract: Contract, choice: Json): number =>
  keywordsOf(targetOf(contract, choice)).required?.length ?? 0

const isRecord = (value: Json): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The name of the component that a schema refers to. */
const nameOf = (schema: Json): string | undefined => parsePointer(schema?.$ref ?? '')?.at(-1)

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
