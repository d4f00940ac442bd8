import { below, type Pointer, parsePointer, toPointer } from '../documents/json-pointer.ts'
import { examplesOf, schemaAt } from '../documents/list-operations.ts'
import { DataError } from '../documents/make-value.ts'
import { type Language, languageOf, PatternError } from '../documents/pattern-language.ts'
import type { Random } from '../documents/random.ts'
import type { Json } from '../documents/read-document.ts'
import type { RequestBuilder, RequestChanges } from './build-request.ts'
import { numberNames } from './number-names.ts'
import type { Evidence } from './vocabulary.ts'
import { evidenceIn, evidenceOf, type Site, statementAt, weaker } from './walk-schema.ts'
import { writeParameter } from './write-parameter.ts'

/** A request that keeps every rule, at the boundary of one. */
export interface PositiveVariant {
  /** Unique below the operation: `/0/country/enum/US`. */
  readonly name: string
  readonly title: string
  readonly pointer: string
  readonly evidence: Evidence
  readonly changes: () => RequestChanges
  readonly needs?: 'mail'
}

/** The boundaries of each rule, one at a time. */
export function* deriveAccepts(builder: RequestBuilder): Generator<PositiveVariant> {
  if (builder.bodySchema) {
    yield* wholeBodies(builder)
    // A member that stands in several alternatives is another one in each, with data of its own.
    const named = numberNames()
    for (const site of builder.bodySites) {
      if (site.path.length === 0 || site.schema['x-run']?.skip) continue
      for (const variant of siteVariants(builder, site, named)) yield variant
    }
  }
  // Without a body there is only the request itself; what it does is known of a reading one alone.
  else if (builder.place.method === 'GET') yield plainRequest(builder)
  yield* parameterVariants(builder)
}

const plainRequest = ({ place, evidence }: RequestBuilder): PositiveVariant => ({
  name: '/plain',
  title: 'a plain request',
  pointer: place.pointer,
  evidence,
  changes: () => ({}),
})

function* wholeBodies(builder: RequestBuilder): Generator<PositiveVariant> {
  const [root] = builder.bodySites
  if (!root) return
  const common = { pointer: root.pointer, evidence: root.evidence }
  const body = (name: string, options?: { all?: boolean; bare?: boolean }) => () => ({
    body: builder.body(name, options),
  })
  yield { ...common, name: '/plain', title: 'a plain row', changes: body('/plain') }
  if (builder.rowPath.length > 0) {
    const list = builder.siteAt(builder.rowPath.slice(0, -1)) as Site
    const { minItems, maxItems } = list.schema
    for (const [keyword, count] of [
      ['minItems', minItems],
      ['maxItems', maxItems],
    ] as const) {
      if (!count || count > 1000) continue
      const name = `${toPointer(list.path)}/${keyword}`
      yield {
        name,
        title: `${count} ${count === 1 ? 'row' : 'rows'}`,
        pointer: below(list.pointer, keyword),
        evidence: evidenceOf(list.schema, keyword, list.evidence),
        changes: () => ({ body: builder.rows(name, count) }),
      }
    }
  }
  yield { ...common, name: '/all', title: 'every member there is', changes: () => ({ body: allTogether(builder) }) }
  if (!builder.takesPlainJson) return
  // RFC 9110, section 8.3: types and charsets in any case, white space before parameters, quotes around values.
  for (const [what, contentType] of [
    ['bare-charset', 'application/json;charset=utf-8'],
    ['quoted-charset', 'application/json; charset="UTF-8"'],
    ['capitals', 'Application/JSON'],
  ] as const) {
    const name = `/form/${what}`
    yield {
      name,
      title: `the content type ${contentType}`,
      pointer: below(builder.requestBody.pointer, 'content'),
      evidence: weaker(root.evidence, 'assumed'),
      changes: () => ({ body: builder.body(name), contentType }),
    }
  }
}

/** Every optional member at once, but for those that a business failure says must not stand together. */
export function allTogether(builder: RequestBuilder, caseId = '/all'): Json {
  let body = builder.body(caseId, { all: true })
  for (const failure of builder.place.operation['x-failures'] ?? []) {
    const [, ...others] = failure.together ?? []
    for (const other of others) {
      const path = [...builder.rowPath, ...(parsePointer(other) ?? [])]
      body = removeAt(body, path)
    }
  }
  return body
}

function removeAt(value: Json, [name, ...rest]: readonly string[]): Json {
  if (name === undefined || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item, at) => (String(at) === name ? removeAt(item, rest) : item))
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) =>
      key !== name ? [[key, member]] : rest.length === 0 ? [] : [[key, removeAt(member, rest)]],
    ),
  )
}

function* siteVariants(
  builder: RequestBuilder,
  site: Site,
  named: (name: string) => string,
): Generator<PositiveVariant> {
  const place = toPointer(site.path)
  const needs = site.schema['x-run']?.needs
  const seen = new Set<string>()
  for (const { what, title, keyword, evidence, value } of valuesOf(site)) {
    if (seen.has(what)) continue
    seen.add(what)
    const name = named(`${place}/${what}`)
    let made: Json
    try {
      made = value(builder.random(name))
    } catch (error) {
      if (error instanceof DataError || error instanceof PatternError) continue
      throw error
    }
    if (made === undefined) continue
    const harmless = made === site.schema['x-run']?.value || made === null || made === false
    yield {
      name,
      title: `${place} ${title}`,
      pointer: keyword ? below(site.pointer, keyword) : site.pointer,
      evidence: evidence ?? site.evidence,
      changes: () => ({ body: builder.bodyWith(name, site.path, made) }),
      ...(needs && !harmless && { needs }),
    }
  }
  const isList = builder.listPath !== undefined && toPointer(builder.listPath) === place
  if (seen.size === 0 && site.path.at(-1) !== '0' && !isList) {
    const name = named(`${place}/alone`)
    try {
      const made = builder.value(site, builder.random(name))
      yield {
        name,
        title: `${place} alone`,
        pointer: site.pointer,
        evidence: site.evidence,
        changes: () => {
          const body = builder.bodyWith(name, site.path, made)
          return { body: builder.dress(body, builder.random(name)) }
        },
        ...(needs && { needs }),
      }
    } catch (error) {
      if (!(error instanceof DataError)) throw error
    }
  }
}

interface ValueVariant {
  readonly what: string
  readonly title: string
  readonly keyword?: string
  readonly evidence?: Evidence
  readonly value: (random: Random) => Json
}

/** The values at the boundaries of a schema's own rules. Exported for parameters, which are schemas too. */
function* valuesOf(site: Site): Generator<ValueVariant> {
  const { schema, evidence } = site
  const types: string[] = [schema.type ?? []].flat()
  const by = (keyword: string) => ({ keyword, evidence: evidenceOf(schema, keyword, evidence) })
  if (schema.enum) {
    for (const member of schema.enum) {
      const known = evidenceOf(schema, String(member), evidenceOf(schema, 'enum', evidence))
      yield { what: `enum/${member}`, title: `is ${member}`, keyword: 'enum', evidence: known, value: () => member }
    }
    return
  }
  if (schema.const !== undefined)
    yield { what: 'const', title: `is ${schema.const}`, ...by('const'), value: () => schema.const }
  if (types.includes('null')) yield { what: 'null', title: 'is null', ...by('type'), value: () => null }
  if (types.includes('boolean')) {
    for (const value of [true, false])
      yield { what: String(value), title: `is ${value}`, ...by('type'), value: () => value }
  }
  if (types.includes('string')) yield* textsOf(schema, by)
  if (types.includes('integer') || types.includes('number')) yield* numbersOf(schema, by)
}

type By = (keyword: string) => { keyword: string; evidence: Evidence }

function* textsOf(schema: Json, by: By): Generator<ValueVariant> {
  const { pattern, maxLength, minLength, format } = schema
  if (format !== undefined) {
    for (const [what, value] of FORMAT_CORNERS[format] ?? []) {
      yield { what: `format/${what}`, title: `is ${what}`, ...by('format'), value: () => value }
    }
  }
  if (pattern !== undefined) {
    const language = () => languageOf(pattern)
    const bounds = { ...(minLength !== undefined && { minLength }), ...(maxLength !== undefined && { maxLength }) }
    if (new RegExp(pattern, 'u').test('') && !minLength)
      yield { what: 'empty', title: 'is empty', ...by('pattern'), value: () => '' }
    yield {
      what: 'pattern',
      title: 'is what its pattern asks for',
      ...by('pattern'),
      value: (random) => language().draw(random, { ...bounds, minLength: Math.max(1, minLength ?? 1) }),
    }
    yield {
      what: 'pattern/corners',
      title: 'has seldom tried characters that its pattern allows',
      ...by('pattern'),
      value: (random) => language().draw(random, { ...bounds, minLength: Math.max(1, minLength ?? 1), corners: true }),
    }
    const longest = () => Math.min(maxLength ?? Number.POSITIVE_INFINITY, language().longestLength ?? 0)
    if (maxLength !== undefined) {
      yield {
        what: 'longest',
        title: 'is as long as it may be',
        ...by('maxLength'),
        value: (random) => (Number.isFinite(longest()) ? language().drawExactly(random, longest()) : undefined),
      }
      // Length counts characters (JSON Schema, Validation, section 6.3.1), not bytes and not UTF-16 units.
      if (/\\p\{|\\u\{/.test(pattern)) {
        yield {
          what: 'longest/corners',
          title: 'is as long as it may be, in characters that take more than 16 bits',
          ...by('maxLength'),
          value: (random) => (Number.isFinite(longest()) ? drawWide(language(), longest(), random) : undefined),
        }
      }
    }
    return
  }
  if (format !== undefined) return
  if (maxLength !== undefined && maxLength < 100_000) {
    yield {
      what: 'longest',
      title: 'is as long as it may be',
      ...by('maxLength'),
      value: (random) => letters(random, maxLength),
    }
    yield {
      what: 'longest/corners',
      title: 'is as long as it may be, in characters that take more than 16 bits',
      ...by('maxLength'),
      value: () => '\u{20bb7}'.repeat(maxLength),
    }
  }
  if (minLength) {
    yield {
      what: 'shortest',
      title: 'is as short as it may be',
      ...by('minLength'),
      value: (random) => letters(random, minLength),
    }
  }
}

/** A text of just this length with characters beyond 16 bits in it. */
function drawWide(language: Language, length: number, random: Random): string | undefined {
  for (let attempt = 0; attempt < 20; attempt++) {
    const text = language.drawExactly(random.at('wide', attempt), length, { corners: true })
    if (text !== undefined && text.length > length) return text
  }
  return undefined
}

const letters = (random: Random, length: number): string =>
  Array.from({ length }, () => random.pick([...'abcdefghijklmnopqrstuvwxyz'])).join('')

/** RFC 3339, section 5.6 and 5.8. */
const FORMAT_CORNERS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'date-time': [
    ['in UTC', '2024-02-29T23:59:59Z'],
    ['with a fraction', '2023-11-07T05:31:56.123Z'],
    ['with an offset', '2023-11-07T05:31:56+05:30'],
  ],
  date: [['a leap day', '2024-02-29']],
}

function* numbersOf(schema: Json, by: By): Generator<ValueVariant> {
  const isWhole = [schema.type].flat().includes('integer')
  const step = schema.multipleOf ?? (isWhole ? 1 : 0.01)
  const bounds = [
    ['minimum', schema.minimum],
    ['maximum', schema.maximum],
    ['exclusiveMinimum', schema.exclusiveMinimum === undefined ? undefined : round(schema.exclusiveMinimum + step)],
    ['exclusiveMaximum', schema.exclusiveMaximum === undefined ? undefined : round(schema.exclusiveMaximum - step)],
  ] as const
  for (const [keyword, bound] of bounds) {
    if (bound === undefined || Math.abs(bound) > 2 ** 53) continue
    const fits =
      schema.multipleOf === undefined ||
      Math.abs(bound / schema.multipleOf - Math.round(bound / schema.multipleOf)) < 1e-9
    if (fits) yield { what: keyword, title: `is ${bound}`, ...by(keyword), value: () => bound }
  }
}

export const round = (value: number): number => Number(value.toPrecision(12))

function* parameterVariants(builder: RequestBuilder): Generator<PositiveVariant> {
  const { document } = builder.context
  for (const parameter of builder.place.parameters) {
    if (parameter.in !== 'query' && parameter.in !== 'header') continue
    const site = parameterSite(builder, parameter)
    const { schema, evidence } = site
    const pointer = builder.place.parameterPointers.get(parameter) as Pointer
    const [list] = examplesOf(document, parameter, schema).filter((example) => typeof example === 'object')
    if (parameter.in === 'query' && list) {
      const name = `query/${parameter.name}/example`
      yield {
        name,
        title: `query ${parameter.name} is its example`,
        pointer: statementAt(parameter, pointer, parameter.example === undefined ? 'examples' : 'example'),
        evidence,
        changes: () => ({
          query: writeParameter(parameter, list),
          ...(builder.bodySchema && { body: builder.body(name) }),
        }),
      }
    }
    if (parameter.style === 'deepObject') continue
    for (const { what, title, keyword, evidence: own, value } of valuesOf(site)) {
      const name = `${parameter.in}/${parameter.name}/${what}`
      const made = value(builder.random(name))
      if (made === undefined || made === null) continue
      if (parameter.in === 'header' && !isHeaderText(String(made))) continue
      yield {
        name,
        title: `${parameter.in} ${parameter.name} ${title}`,
        pointer: keyword ? below(site.pointer, keyword) : site.pointer,
        evidence: own ?? evidence,
        changes: () => ({
          ...parameterChange(parameter, String(made)),
          ...(builder.bodySchema && { body: builder.body(name) }),
        }),
      }
    }
  }
}

/** What a header can carry as it is, without white space that may be cut off (RFC 9110, section 5.5). */
export const isHeaderText = (text: string): boolean => /^[\x21-\x7e]+$/.test(text)

export function parameterChange({ in: place, name }: Json, text: string): RequestChanges {
  if (place === 'header') return { headers: { [name.toLowerCase()]: text } }
  return place === 'path' ? { path: { [name]: text } } : { query: { [name]: text } }
}

/** A parameter's value; where it has no schema, the parameter stands for one that allows anything. */
export function parameterSite({ context, place, evidence }: RequestBuilder, parameter: Json): Site {
  const part = { value: parameter, pointer: place.parameterPointers.get(parameter) as Pointer }
  const { value: schema, pointer } = schemaAt(context.document, part)
  return {
    path: [parameter.name],
    ...(schema === undefined ? { schema: {}, pointer: part.pointer } : { schema, pointer }),
    evidence: evidenceIn(schema, evidenceIn(parameter, evidence)),
    isAlternative: false,
  }
}
