import { below, toPointer, valuesAt } from '../documents/json-pointer.ts'
import { DataError } from '../documents/make-value.ts'
import { languageOf, PatternError } from '../documents/pattern-language.ts'
import type { Random } from '../documents/random.ts'
import type { Json } from '../documents/read-document.ts'
import type { RequestBuilder, RequestChanges } from './build-request.ts'
import { isHeaderText, parameterChange, parameterSite, round } from './derive-accepts.ts'
import { inspectorOf } from './inspect-body.ts'
import { covers } from './judge-reply.ts'
import type { Evidence } from './vocabulary.ts'
import { evidenceOf, GONE, type Site, withValue } from './walk-schema.ts'

/** A request that breaks exactly one rule. */
export interface NegativeVariant {
  readonly name: string
  readonly title: string
  /** The broken rule as a fact: "/0/country must match …". */
  readonly rule: string
  readonly pointer: string
  readonly evidence: Evidence
  readonly changes: RequestChanges
  /** It is about the form of the request, not about a rule of a schema. */
  readonly isForm?: true
}

export interface Refuses {
  readonly variants: readonly NegativeVariant[]
  readonly dropped: readonly { readonly name: string; readonly reason: string }[]
}

/** Each rule broken alone; what breaks more or less than the one rule it names is dropped, with the reason. */
export function deriveRefuses(builder: RequestBuilder): Refuses {
  const variants: NegativeVariant[] = []
  const dropped: { name: string; reason: string }[] = []
  if (builder.bodySchema) {
    const inspect = inspectorOf(builder.context.contract, builder.place.id)
    for (const attempt of bodyAttempts(builder)) {
      const body = attempt.body
      if (body === undefined) {
        dropped.push({ name: attempt.name, reason: 'no value breaks this rule alone' })
        continue
      }
      const text = JSON.stringify(body)
      const broken = inspect(text)
      const [first] = broken
      const isAlone = broken.length === 1 && first?.path === attempt.at && first.keyword === attempt.keyword
      if (isAlone) variants.push(variantOf(attempt, text))
      else
        dropped.push({
          name: attempt.name,
          reason:
            broken.length === 0
              ? 'it breaks no rule'
              : `it breaks ${broken.map(({ path, keyword }) => `${path}/${keyword}`).join(', ')}`,
        })
    }
    variants.push(...formVariants(builder))
  }
  variants.push(...parameterVariants(builder))
  return { variants, dropped }
}

interface Attempt {
  readonly name: string
  readonly title: string
  readonly rule: string
  /** Where the validator will find it, as a pointer. */
  readonly at: string
  readonly keyword: string
  readonly site: Site
  readonly body: Json
}

function variantOf({ name, title, rule, keyword, site }: Attempt, text: string): NegativeVariant {
  const pointer = below(site.pointer, keyword)
  return { name, title, rule, pointer, evidence: evidenceOf(site.schema, keyword, site.evidence), changes: { text } }
}

function* bodyAttempts(builder: RequestBuilder): Generator<Attempt> {
  for (const site of builder.bodySites) {
    if (site.isAlternative) continue
    const place = toPointer(site.path)
    const seen = new Set<string>()
    for (const { what, title, keyword, value, isWhole } of breachesOf(site)) {
      const name = `${place}/${what}`
      if (seen.has(name)) continue
      seen.add(name)
      let body: Json
      try {
        const made = value(builder.random(name), builder, site)
        if (made !== undefined) body = isWhole ? made : builder.sharedBodyWith(name, site.path, made)
      } catch (error) {
        if (!(error instanceof DataError || error instanceof PatternError)) throw error
      }
      yield {
        name,
        title: `${place || 'body'} ${title}`,
        rule: `${place || 'body'} ${ruleOf(site.schema, keyword)}`,
        at: place,
        keyword,
        site,
        body,
      }
    }
  }
}

function ruleOf(schema: Json, keyword: string): string {
  const value = schema[keyword]
  if (keyword === 'type') return `must be ${[value].flat().join(' or ')}`
  if (keyword === 'enum') return `must be one of ${value.length > 8 ? `${value.length} values` : value.join(', ')}`
  if (keyword === 'required') return 'must have its required members'
  return `must keep ${keyword} ${typeof value === 'object' ? JSON.stringify(value) : value}`
}

interface BreachVariant {
  readonly what: string
  readonly title: string
  readonly keyword: string
  /** The value for the site, or the whole body. */
  readonly value: (random: Random, builder: RequestBuilder, site: Site) => Json
  readonly isWhole?: true
}

/** A value of each type. A text carries the run's tag: whatever takes it for an id must not find anybody's. */
const WRONG: Readonly<Record<string, (tag: string) => Json>> = {
  string: (tag) => `text ${tag}`,
  number: () => 12.5,
  boolean: () => true,
  object: () => ({ a: 1 }),
  array: (tag) => [tag],
  null: () => null,
}

function* breachesOf({ schema }: Site): Generator<BreachVariant> {
  const types: string[] = [schema.type ?? []].flat()
  for (const [type, wrong] of Object.entries(types.length > 0 ? WRONG : {})) {
    if (types.includes(type) || (type === 'number' && types.includes('integer'))) continue
    // An enum would be broken as well.
    yield {
      what: `type/${type}`,
      title: `is ${type === 'null' ? 'null' : `a ${type}`}`,
      keyword: 'type',
      value: (_random, builder) => wrong(builder.context.tag),
    }
  }
  if (types.includes('integer') && !types.includes('number')) {
    yield {
      what: 'type/fraction',
      title: 'is a fraction',
      keyword: 'type',
      // Between two bounds, so that it breaks none of them.
      value: (random, builder, site) => {
        const good = builder.value(builder.notNull(site), random)
        return good + 0.5 < (schema.maximum ?? schema.exclusiveMaximum ?? Number.POSITIVE_INFINITY)
          ? good + 0.5
          : good - 0.5
      },
    }
  }
  if (schema.enum)
    yield {
      what: 'enum',
      title: 'is a stranger to its enum',
      keyword: 'enum',
      value: (random) => stranger(schema, random),
    }
  if (schema.const !== undefined)
    yield { what: 'const', title: 'is not what it must be', keyword: 'const', value: () => `not ${schema.const}` }
  if (types.includes('string')) yield* brokenTexts(schema)
  if (types.includes('integer') || types.includes('number')) yield* brokenNumbers(schema)
  if (types.includes('array')) yield* brokenLists(schema)
  yield* brokenObjects(schema)
}

function stranger(schema: Json, random: Random): Json {
  const [first] = schema.enum.filter((member: Json) => member !== null)
  if (typeof first === 'number')
    return Math.max(...schema.enum.filter((member: Json) => typeof member === 'number')) + 1
  let text = ''
  do text = Array.from({ length: 9 }, () => random.pick([...'bdfghjklmnpqrstvwxz'])).join('')
  while (schema.enum.includes(text))
  return text
}

function* brokenTexts(schema: Json): Generator<BreachVariant> {
  const { pattern, maxLength, minLength, format } = schema
  if (maxLength !== undefined && maxLength < 1_000_000) {
    yield {
      what: 'maxLength',
      title: 'is one character too long',
      keyword: 'maxLength',
      value: (random) => (pattern ? languageOf(pattern).drawExactly(random, maxLength + 1) : 'x'.repeat(maxLength + 1)),
    }
  }
  if (minLength) {
    yield {
      what: 'minLength',
      title: 'is one character too short',
      keyword: 'minLength',
      value: (random) => (pattern ? languageOf(pattern).drawExactly(random, minLength - 1) : 'x'.repeat(minLength - 1)),
    }
  }
  if (pattern !== undefined) {
    const bounds = { minLength: Math.max(1, minLength ?? 1), ...(maxLength !== undefined && { maxLength }) }
    yield {
      what: 'pattern',
      title: 'breaks its pattern',
      keyword: 'pattern',
      value: (random) => languageOf(pattern).outside.draw(random, bounds),
    }
    yield {
      what: 'pattern/corners',
      title: 'breaks its pattern with a seldom tried character',
      keyword: 'pattern',
      value: (random) => languageOf(pattern).outside.draw(random, { ...bounds, corners: true }),
    }
    yield {
      what: 'pattern/near',
      title: 'breaks its pattern by one character too many',
      keyword: 'pattern',
      value: (random) => nearMiss(pattern, bounds, random),
    }
    if (!minLength && !new RegExp(pattern, 'u').test('')) {
      yield { what: 'pattern/empty', title: 'is empty', keyword: 'pattern', value: () => '' }
    }
  }
  if (format !== undefined) {
    for (const [what, text] of Object.entries(BROKEN_FORMATS[format] ?? {})) {
      yield { what: `format/${what}`, title: `is ${what}`, keyword: 'format', value: () => text }
    }
  }
}

/** A good text with one more character in front, behind or in the middle that makes it a bad one. */
function nearMiss(
  pattern: string,
  bounds: { minLength: number; maxLength?: number },
  random: Random,
): string | undefined {
  const language = languageOf(pattern)
  const { maxLength = Number.POSITIVE_INFINITY } = bounds
  for (let attempt = 0; attempt < 20; attempt++) {
    const good = language.draw(random.at('near', attempt), bounds)
    if (good === undefined) return undefined
    const chars = [...good]
    const at = random.at('at', attempt).pick([0, chars.length, Math.floor(chars.length / 2)])
    const bad = [...chars.slice(0, at), random.at('char', attempt).pick([' ', '*', '\n', '#', '"']), ...chars.slice(at)]
    if (bad.length <= maxLength && !language.accepts(bad.join(''))) return bad.join('')
  }
  return undefined
}

const BROKEN_FORMATS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'date-time': { 'a date alone': '2023-11-07', words: 'yesterday', 'the 31st of February': '2023-02-31T00:00:00Z' },
  date: { words: 'yesterday', 'the 31st of February': '2023-02-31' },
  email: { 'no address': 'not an address' },
  uuid: { 'no UUID': '12345' },
  uri: { 'no URI': 'not a URI' },
  ipv4: { 'no address': '256.1.1.1' },
}

function* brokenNumbers(schema: Json): Generator<BreachVariant> {
  const isWhole = [schema.type].flat().includes('integer')
  const step = schema.multipleOf ?? (isWhole ? 1 : 0.5)
  const bounds = [
    ['minimum', schema.minimum === undefined ? undefined : schema.minimum - step],
    ['maximum', schema.maximum === undefined ? undefined : schema.maximum + step],
    ['exclusiveMinimum', schema.exclusiveMinimum],
    ['exclusiveMaximum', schema.exclusiveMaximum],
  ] as const
  for (const [keyword, value] of bounds) {
    if (value !== undefined) yield { what: keyword, title: `is ${round(value)}`, keyword, value: () => round(value) }
  }
  if (schema.multipleOf !== undefined && schema.multipleOf !== 1) {
    yield {
      what: 'multipleOf',
      title: `is no multiple of ${schema.multipleOf}`,
      keyword: 'multipleOf',
      value: (random, builder, site) => {
        const good = builder.value(builder.notNull(site), random)
        return isWhole ? good + 1 : round(good + schema.multipleOf / 2)
      },
    }
  }
}

function* brokenLists(schema: Json): Generator<BreachVariant> {
  const { minItems, maxItems } = schema
  if (minItems) {
    yield {
      what: 'minItems',
      title: 'has one item too few',
      keyword: 'minItems',
      value: (random, builder, site) => items(builder, site, minItems - 1, random),
    }
  }
  if (maxItems !== undefined && maxItems <= 1000) {
    yield {
      what: 'maxItems',
      title: 'has one item too many',
      keyword: 'maxItems',
      value: (random, builder, site) => items(builder, site, maxItems + 1, random),
    }
  }
  if (schema.uniqueItems) {
    yield {
      what: 'uniqueItems',
      title: 'has an item twice',
      keyword: 'uniqueItems',
      value: (random, builder, site) => {
        const [item] = items(builder, site, 1, random)
        return Array.from({ length: Math.max(2, minItems ?? 2) }, () => item)
      },
    }
  }
}

function items(builder: RequestBuilder, site: Site, count: number, random: Random): Json[] {
  const item = builder.siteAt([...site.path, '0'])
  const isRows = item !== undefined && toPointer(item.path) === toPointer(builder.rowPath)
  if (isRows) {
    const rows = builder.rows(`items ${random.at('rows').integer(0, 0xffffff)}`, count)
    return builder.rowPath.length === 1 ? rows : valuesAt(rows, toPointer(site.path))[0]
  }
  return Array.from({ length: count }, (_, index) => (item ? builder.value(item, random.at('item', index)) : index))
}

function* brokenObjects(schema: Json): Generator<BreachVariant> {
  for (const name of schema.required ?? []) {
    yield {
      what: `required/${name}`,
      title: `lacks ${name}`,
      keyword: 'required',
      isWhole: true,
      value: (_random, builder, site) =>
        withValue(builder.sharedBodyWith(`lacks ${name}`, [...site.path, name], null), [...site.path, name], GONE),
    }
  }
  if (schema.additionalProperties === false) {
    yield {
      what: 'additionalProperties',
      title: 'has a member that is not allowed',
      keyword: 'additionalProperties',
      value: (random, builder, site) => ({
        ...withRoom(builder.value(builder.notNull(site), random), schema),
        rollcallExtra: 1,
      }),
    }
  }
  if (schema.maxProperties !== undefined && schema.properties) {
    yield {
      what: 'maxProperties',
      title: 'has one member too many',
      keyword: 'maxProperties',
      value: (random, builder, site) => {
        const names = Object.keys(schema.properties).slice(0, schema.maxProperties + 1)
        if (names.length <= schema.maxProperties) return undefined
        return Object.fromEntries(
          names.map((name) => [name, builder.value(builder.siteAt([...site.path, name]) as Site, random.at(name))]),
        )
      },
    }
  }
  if (schema.minProperties)
    yield { what: 'minProperties', title: 'has one member too few', keyword: 'minProperties', value: () => ({}) }
}

/** Where only so many members have room, those that must be there. */
const withRoom = (value: Json, { maxProperties, required = [] }: Json): Json =>
  maxProperties === undefined
    ? value
    : Object.fromEntries(Object.entries(value).filter(([name]) => required.includes(name)))

/** Media types that JSON is hardly ever sent as; the first that the document does not declare is sent. */
const FOREIGN = ['text/plain', 'application/xml', 'image/png']

/** The form of the request: its JSON, its media type, that there is a body at all. */
function formVariants(builder: RequestBuilder): NegativeVariant[] {
  const good = JSON.stringify(builder.body('form'))
  const { body } = builder.place
  if (!body) return []
  const common = { pointer: body.contentPointer, evidence: builder.evidence, isForm: true } as const
  const contentType = FOREIGN.find((foreign) => !body.content.some(({ type }) => covers(type, foreign)))
  return [
    {
      ...common,
      name: '/form/json',
      title: 'a body that is not JSON',
      rule: 'the body must be JSON',
      changes: { text: good.slice(0, -2) },
    },
    ...(contentType === undefined
      ? []
      : [
          {
            ...common,
            name: '/form/content-type',
            title: 'a body that does not say it is JSON',
            rule: 'the content type must be a declared one',
            changes: { text: good, contentType },
          },
        ]),
    ...(body.required
      ? [
          {
            ...common,
            pointer: below(body.pointer, 'required'),
            name: '/form/empty',
            title: 'no body',
            rule: 'the body is required',
            changes: { text: '' },
          },
        ]
      : []),
  ]
}

/** Each parameter out of its schema. */
function* parameterVariants(builder: RequestBuilder): Generator<NegativeVariant> {
  for (const parameter of builder.place.parameters) {
    if (parameter.in === 'cookie' || parameter.style === 'deepObject') continue
    const { schema, pointer, evidence } = parameterSite(parameter)
    for (const [keyword, text] of brokenParameters(
      schema,
      builder.random(`parameter ${parameter.name}`),
      builder.context.tag,
    )) {
      const name = `${parameter.in}/${parameter.name}/${keyword}`
      if (parameter.in === 'header' && !isHeaderText(text)) continue
      yield {
        name,
        title: `${parameter.in} ${parameter.name} breaks its ${keyword}`,
        rule: `${parameter.in} ${parameter.name} ${ruleOf(schema, keyword)}`,
        pointer: below(pointer, keyword),
        evidence: evidenceOf(schema, keyword, evidence),
        changes: {
          ...parameterChange(parameter, text),
          ...(builder.bodySchema && { body: builder.body(name) }),
        },
      }
    }
  }
}

function* brokenParameters(schema: Json, random: Random, tag: string): Generator<[keyword: string, text: string]> {
  const types = [schema.type ?? []].flat()
  const isText = types.includes('string') || types.length === 0
  if (!isText && !types.includes('array')) yield ['type', `not-${tag}`]
  if (schema.enum && isText) yield ['enum', String(stranger(schema, random))]
  if (schema.pattern) {
    const { minLength: least = 1, maxLength = 60 } = schema
    const outside = languageOf(schema.pattern).outside
    const bad =
      outside.drawExactly(random, maxLength) ?? outside.draw(random, { minLength: Math.max(1, least), maxLength })
    // A slash or a dot would change the path itself.
    if (bad !== undefined && isHeaderText(bad) && !/[/\\.?#%]/.test(bad)) yield ['pattern', bad]
    else if (!new RegExp(schema.pattern, 'u').test('Z'.repeat(maxLength))) yield ['pattern', 'Z'.repeat(maxLength)]
  }
  if (typeof schema.minimum === 'number') yield ['minimum', String(schema.minimum - 1)]
  if (typeof schema.maximum === 'number') yield ['maximum', String(schema.maximum + 1)]
}
