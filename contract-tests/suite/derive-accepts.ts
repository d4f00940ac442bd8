import type { DeclaredParameter } from '../../documents/contract/operation.ts'
import type { SchemaObject } from '../../documents/contract/schema.ts'
import { edgesOf } from '../../documents/keywords/index.ts'
import type { Edge, Keyword } from '../../documents/keywords/keyword.ts'
import { PatternError } from '../../documents/patterns/pattern-language.ts'
import { below, parsePointer, toPointer } from '../../documents/read/json-pointer.ts'
import type { Json } from '../../documents/read/read-document.ts'
import { DataError } from '../../documents/values/make-value.ts'
import { RequestBuilder, type RequestChanges } from './build-request.ts'
import { type BodyChoice, bodyChoicesOf } from './choose-body.ts'
import { composerOf } from './compose-site.ts'
import { numberNames } from './number-names.ts'
import { FORM, PLAIN, type Worth, worthOf } from './rank-cases.ts'
import type { Evidence } from './vocabulary.ts'
import { evidenceOf, type Site, weaker } from './walk-schema.ts'
import { wholeQueryOf } from './whole-query.ts'
import { headerTextOf, writeParameter } from './write-parameter.ts'

/** A request that keeps every rule, at the boundary of one. */
interface PositiveVariant {
  /** Unique below the operation: `/0/country/enum/US`. */
  readonly name: string
  readonly title: string
  readonly pointer: string
  readonly evidence: Evidence
  readonly worth: Worth
  /** @throws DataError, PatternError or DocumentError where none can be made */
  readonly changes: () => RequestChanges
  /** A body that keeps the rules if that of the case does, and takes less time to make. Left out: its own. */
  readonly alike?: () => Json
  /** The same without the one thing; `none`: it differs in many. Left out: the plain request is like it. */
  readonly base?: (() => RequestChanges) | 'none'
  readonly needs?: 'mail'
}

/** The boundaries of each rule, one at a time. */
export function* deriveAccepts(builder: RequestBuilder): Generator<PositiveVariant> {
  const { choice, operation } = builder
  if (!choice) {
    yield {
      name: '/plain',
      title: 'a plain request',
      pointer: operation.pointer,
      evidence: builder.evidence,
      worth: PLAIN,
      changes: () => ({}),
    }
  } else {
    yield* wholeBodies(builder, choice)
    // A member that stands in several alternatives is another one in each, with data of its own.
    const named = numberNames()
    for (const site of choice.form === 'xml' ? [] : builder.bodySites) {
      if ((site.path.length === 0 && holdsParts(site)) || site.schema['x-run']?.skip) continue
      for (const variant of siteVariants(builder, site, named)) yield variant
    }
  }
  yield* parameterVariants(builder)
  yield* wholeQueryVariants(builder)
}

/** The whole query, plain, in full and by each rule of its schema: as a body is tried. */
function* wholeQueryVariants(builder: RequestBuilder): Generator<PositiveVariant> {
  const [query, parameter] = [builder.wholeQuery, wholeQueryOf(builder.operation)]
  if (!query || !parameter) return
  const prefix = `querystring/${parameter.name}`
  const sent = (name: string, make: () => RequestChanges) => () => {
    const value = make().body
    const [broken] = query.broken(value) ?? []
    if (broken) throw new DataError('', `it would break ${broken.path}/${broken.keyword}`)
    return { querystring: builder.writeQuery(value), ...builder.plain(name) }
  }
  const { pointer, evidence } = parameter
  const common = { pointer, evidence, worth: worthOf(0, 0) }
  for (const [what, all] of [
    ['alone', false],
    ['all', true],
  ] as const) {
    const name = `${prefix}/${what}`
    const title = `querystring ${parameter.name} ${all ? 'with all its members' : 'alone'}`
    yield { ...common, name, title, changes: sent(name, () => ({ body: query.body(name, { all }) })) }
  }
  const named = numberNames()
  for (const site of query.bodySites) {
    if (site.path.length === 0 && holdsParts(site)) continue
    for (const variant of siteVariants(query, site, named)) {
      const { name, title, changes, base, alike: _, ...rest } = variant
      const own = `${prefix}${name}`
      const without = typeof base === 'function' ? { base: sent(`${own} without`, base) } : base ? { base } : {}
      yield { ...rest, ...without, name: own, title: `querystring ${title}`, changes: sent(own, changes) }
    }
  }
}

const holdsParts = ({ schema }: Site): boolean => {
  const types = [schema.type ?? []].flat()
  return types.length === 0 || types.includes('object') || types.includes('array')
}

function* wholeBodies(builder: RequestBuilder, { media, form }: BodyChoice): Generator<PositiveVariant> {
  const root = builder.bodySites[0] ?? {
    pointer: media.pointer,
    evidence: builder.operation.body?.evidence ?? builder.evidence,
  }
  const common = { pointer: root.pointer, evidence: root.evidence, worth: FORM }
  const name = '/plain'
  const title = builder.rowPath.length > 0 ? 'a plain row' : 'a plain body'
  yield { ...common, name, title, worth: PLAIN, changes: () => ({ body: builder.body(name) }) }
  yield* otherMedia(builder)
  if (builder.rowPath.length > 0) {
    const list = builder.siteAt(builder.rowPath.slice(0, -1)) as Site
    for (const { keyword, edge } of edgesOf(list.schema)) {
      const { what, count } = edge
      if (count === undefined) continue
      const name = `${toPointer(list.path)}/${what}`
      yield {
        ...common,
        name,
        title: `${count} ${count === 1 ? 'row' : 'rows'}`,
        pointer: below(list.pointer, keyword.name),
        evidence: evidenceAt(list, keyword, edge),
        changes: () => ({ body: builder.rows(name, count) }),
      }
    }
  }
  if (builder.bodySites.some(({ path }) => path.length > 0) || form === 'json') {
    yield {
      ...{ ...common, name: '/all', title: 'every member there is', base: 'none' },
      changes: () => ({ body: allTogether(builder) }),
    }
  }
  if (!builder.takesPlainJson) return
  // RFC 9110, section 8.3: types and charsets in any case, white space before parameters, quotes around values.
  for (const [what, contentType] of [
    ['bare-charset', 'application/json;charset=utf-8'],
    ['quoted-charset', 'application/json; charset="UTF-8"'],
    ['capitals', 'Application/JSON'],
  ] as const) {
    const name = `/form/${what}`
    yield {
      ...common,
      name,
      title: `the content type ${contentType}`,
      pointer: builder.operation.body?.contentPointer ?? root.pointer,
      evidence: weaker(root.evidence, 'assumed'),
      changes: () => ({ body: builder.body(name), contentType }),
    }
  }
}

/** The media types beside the one that the rules are tried in: a plain body in each. */
function* otherMedia({ context, operation }: RequestBuilder): Generator<PositiveVariant> {
  const [, ...others] = bodyChoicesOf(operation)
  for (const choice of others) {
    const { media, type } = choice
    const name = `/media${toPointer([media.type])}`
    yield {
      name,
      title: `a plain body as ${type}`,
      pointer: media.pointer,
      evidence: operation.body?.evidence ?? operation.evidence,
      worth: PLAIN,
      changes: () => {
        const other = new RequestBuilder(context, operation, choice)
        const body = other.body(name)
        const [broken] = other.broken(body) ?? []
        if (broken) throw new DataError(broken.path, `it would break ${broken.keyword}`)
        const isForm = choice.form === 'form' || choice.form === 'multipart'
        if (isForm && Array.isArray(body)) throw new DataError('', 'a form has fields, and is no list')
        const written = other.write(body)
        // A form without fields has no bytes, as no body has.
        if (written.text === '') throw new DataError('', 'nothing would be sent')
        return written
      },
    }
  }
}

/** Every optional member at once, but for those that a business failure says must not stand together. */
export function allTogether(builder: RequestBuilder, caseId = '/all', isDrawn = false): Json {
  let body = builder.body(caseId, { all: true, isDrawn })
  for (const failure of builder.operation.failures) {
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
  const composer = composerOf(builder, site)
  const isTyped = builder.choice?.form === 'json'
  const seen = new Set<string>()
  for (const { keyword, edge } of edgesOf(site.schema)) {
    // Other lists than that of the rows are tried as they come, and what the path says as it is there.
    if (edge.count !== undefined || seen.has(edge.what) || builder.repeatsPath(site.path)) continue
    seen.add(edge.what)
    const name = named(`${place}/${edge.what}`)
    const made = makeOrNothing(() => edge.value(builder.random(name), composer))
    // Forms and texts have no null.
    if (made === undefined || (made === null && !isTyped)) continue
    const harmless = made === site.schema['x-run']?.value || made === null || made === false
    yield {
      name,
      title: `${place || 'the body'} ${edge.title}`,
      pointer: below(site.pointer, keyword.name),
      evidence: evidenceAt(site, keyword, edge),
      worth: worthOf(site.path.length, seen.size - 1),
      changes: () => ({ body: builder.bodyWith(name, site.path, made) }),
      alike: () => builder.sharedBodyWith(name, site.path, made),
      base: baseOf(builder, site, name, edge.plain, made),
      ...(needs && !harmless && { needs }),
    }
  }
  const isList = builder.listPath !== undefined && toPointer(builder.listPath) === place
  if (seen.size === 0 && site.path.length > 0 && site.path.at(-1) !== '0' && !isList) {
    const name = named(`${place}/alone`)
    const value = () => builder.valueAsInExample(site, builder.random(name))
    yield {
      name,
      title: `${place} alone`,
      pointer: site.pointer,
      evidence: site.evidence,
      worth: worthOf(site.path.length, 0),
      changes: () => {
        const body = builder.bodyWith(name, site.path, value())
        return { body: builder.dress(body, builder.random(name)) }
      },
      alike: () => builder.sharedBodyWith(name, site.path, value()),
      base: () => ({ body: builder.body(name) }),
      ...(needs && { needs }),
    }
  }
}

/** @returns undefined also where none can be made */
function makeOrNothing(make: () => Json): Json {
  try {
    return make()
  } catch (error) {
    if (error instanceof DataError || error instanceof PatternError) return undefined
    throw error
  }
}

/** The member left out, or in its plainest form: a rule that no schema can say may hold for what it says. */
function baseOf(
  builder: RequestBuilder,
  site: Site,
  name: string,
  plain: Json,
  made: Json,
): NonNullable<PositiveVariant['base']> {
  if (plain === undefined) return () => ({ body: builder.body(name) })
  return plain === made ? 'none' : () => ({ body: builder.bodyWith(name, site.path, plain) })
}

/** How well an edge of a keyword is known. */
function evidenceAt({ schema, evidence }: Site, { name }: Keyword, { statement = name }: Edge): Evidence {
  return evidenceOf(schema, statement, evidenceOf(schema, name, evidence))
}

function* parameterVariants(builder: RequestBuilder): Generator<PositiveVariant> {
  for (const parameter of builder.parameters) {
    const { in: place, name: own } = parameter
    if (place === 'path' || place === 'querystring') continue
    const site = parameterSite(parameter)
    const composer = composerOf(builder, site)
    const base = (name: string) => () => builder.plain(name)
    let round = 0
    for (const { keyword, edge } of parameter.style === 'deepObject' ? [] : edgesOf(site.schema)) {
      if (edge.count !== undefined) continue
      const name = `${place}/${own}/${edge.what}`
      const made = makeOrNothing(() => edge.value(builder.random(name), composer))
      if (made === undefined || made === null || typeof made === 'object') continue
      if (place === 'header' && !isHeaderText(String(made))) continue
      yield {
        name,
        title: `${place} ${own} ${edge.title}`,
        pointer: below(site.pointer, keyword.name),
        evidence: evidenceAt(site, keyword, edge),
        worth: worthOf(1, round++),
        changes: () => ({ ...parameterChange(parameter, String(made)), ...builder.plain(name) }),
        base: isPrecondition(parameter) ? 'none' : base(name),
      }
    }
    const [example] = parameter.examples
    // What must be there is in every request.
    if (parameter.required || (round > 0 && typeof example !== 'object')) continue
    const name = `${place}/${own}/${example === undefined ? 'alone' : 'example'}`
    yield {
      name,
      title: `${place} ${own} ${example === undefined ? 'alone' : 'is its example'}`,
      pointer: example === undefined ? site.pointer : parameter.examplesPointer,
      evidence: site.evidence,
      worth: worthOf(1, round),
      changes: () => {
        const value = builder.parameterValue(parameter)
        if (!isWritable(parameter, value)) throw new DataError('', 'OpenAPI does not say how its values are written')
        return { ...parameterChange(parameter, value), ...builder.plain(name) }
      },
      // A text of which nothing more is said may name something, and what was drawn for it is nobody's name.
      base: (example === undefined && isFreeText(site.schema)) || isPrecondition(parameter) ? 'none' : base(name),
    }
  }
}

/** What is asked for only in a certain state, or in part, is in another one as validly refused (RFC 9110, sections 13 and 14). */
const isPrecondition = ({ in: place, name }: DeclaredParameter): boolean =>
  place === 'header' && /^(?:if-(?:(?:none-)?match|(?:un)?modified-since|range)|range)$/i.test(name)

const isFreeText = ({ type }: SchemaObject): boolean => type === undefined || [type].flat().includes('string')

/** A list or an object of what holds nothing more; all else as JSON alone (OpenAPI 3.1, Parameter Object, "style"). */
const isWritable = ({ mediaType }: DeclaredParameter, value: Json): boolean =>
  mediaType !== undefined ||
  typeof value !== 'object' ||
  Object.values(value ?? {}).every((one) => typeof one !== 'object' || one === null)

/** What a header can carry as it is, without white space that may be cut off (RFC 9110, section 5.5). */
export const isHeaderText = (text: string): boolean => /^[\x21-\x7e]+$/.test(text)

/** A request with this value of a parameter, as it is written. Header names are in lower case. */
export function parameterChange(parameter: DeclaredParameter, value: Json): RequestChanges {
  const { in: place, name } = parameter
  // A text is put there as it is.
  const written = typeof value === 'string' ? { [name]: value } : writeParameter(parameter, value)
  if (place === 'query') return { query: written }
  if (place === 'cookie') return { cookies: written }
  if (place === 'header') return { headers: { [name.toLowerCase()]: headerTextOf(written[name]) } }
  return { path: { [name]: String(written[name] ?? '') } }
}

/** A parameter's value as a place. */
export const parameterSite = ({ name, schema: { schema, pointer, evidence } }: DeclaredParameter): Site => ({
  path: [name],
  schema: typeof schema === 'object' ? schema : {},
  pointer,
  evidence,
  alternatives: [],
})
