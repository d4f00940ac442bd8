import type { DeclaredParameter } from '../../documents/contract/operation.ts'
import { edgesOf } from '../../documents/keywords/index.ts'
import type { Edge, Keyword } from '../../documents/keywords/keyword.ts'
import { PatternError } from '../../documents/patterns/pattern-language.ts'
import { below, parsePointer, toPointer } from '../../documents/read/json-pointer.ts'
import type { Json } from '../../documents/read/read-document.ts'
import { DataError } from '../../documents/values/make-value.ts'
import type { RequestBuilder, RequestChanges } from './build-request.ts'
import { composerOf } from './compose-site.ts'
import { numberNames } from './number-names.ts'
import type { Evidence } from './vocabulary.ts'
import { evidenceOf, type Site, weaker } from './walk-schema.ts'
import { writeParameter } from './write-parameter.ts'

/** A request that keeps every rule, at the boundary of one. */
interface PositiveVariant {
  /** Unique below the operation: `/0/country/enum/US`. */
  readonly name: string
  readonly title: string
  readonly pointer: string
  readonly evidence: Evidence
  readonly changes: () => RequestChanges
  /** The same without the one thing; `none`: it differs in many. Left out: the plain request is like it. */
  readonly base?: (() => RequestChanges) | 'none'
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
  else if (builder.operation.method === 'GET') yield plainRequest(builder)
  yield* parameterVariants(builder)
}

const plainRequest = ({ operation, evidence }: RequestBuilder): PositiveVariant => ({
  name: '/plain',
  title: 'a plain request',
  pointer: operation.pointer,
  evidence,
  changes: () => ({}),
})

function* wholeBodies(builder: RequestBuilder): Generator<PositiveVariant> {
  const [root] = builder.bodySites
  if (!root) return
  const common = { pointer: root.pointer, evidence: root.evidence }
  yield { ...common, name: '/plain', title: 'a plain row', changes: () => ({ body: builder.body('/plain') }) }
  if (builder.rowPath.length > 0) {
    const list = builder.siteAt(builder.rowPath.slice(0, -1)) as Site
    for (const { keyword, edge } of edgesOf(list.schema)) {
      const { what, count } = edge
      if (count === undefined) continue
      const name = `${toPointer(list.path)}/${what}`
      yield {
        name,
        title: `${count} ${count === 1 ? 'row' : 'rows'}`,
        pointer: below(list.pointer, keyword.name),
        evidence: evidenceAt(list, keyword, edge),
        changes: () => ({ body: builder.rows(name, count) }),
      }
    }
  }
  yield {
    ...{ ...common, name: '/all', title: 'every member there is', base: 'none' },
    changes: () => ({ body: allTogether(builder) }),
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
      name,
      title: `the content type ${contentType}`,
      pointer: builder.operation.body?.contentPointer ?? root.pointer,
      evidence: weaker(root.evidence, 'assumed'),
      changes: () => ({ body: builder.body(name), contentType }),
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
  const seen = new Set<string>()
  for (const { keyword, edge } of edgesOf(site.schema)) {
    // Other lists than that of the rows are tried as they come.
    if (edge.count !== undefined || seen.has(edge.what)) continue
    seen.add(edge.what)
    const name = named(`${place}/${edge.what}`)
    let made: Json
    try {
      made = edge.value(builder.random(name), composer)
    } catch (error) {
      if (error instanceof DataError || error instanceof PatternError) continue
      throw error
    }
    if (made === undefined) continue
    const harmless = made === site.schema['x-run']?.value || made === null || made === false
    yield {
      name,
      title: `${place} ${edge.title}`,
      pointer: below(site.pointer, keyword.name),
      evidence: evidenceAt(site, keyword, edge),
      changes: () => ({ body: builder.bodyWith(name, site.path, made) }),
      base: baseOf(builder, site, name, edge.plain, made),
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
        base: () => ({ body: builder.body(name) }),
        ...(needs && { needs }),
      }
    } catch (error) {
      if (!(error instanceof DataError)) throw error
    }
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
  for (const parameter of builder.operation.parameters) {
    if (parameter.in !== 'query' && parameter.in !== 'header') continue
    const site = parameterSite(parameter)
    const { schema, evidence } = site
    const composer = composerOf(builder, site)
    const [list] = parameter.examples.filter((example) => typeof example === 'object')
    if (parameter.in === 'query' && list) {
      const name = `query/${parameter.name}/example`
      yield {
        name,
        title: `query ${parameter.name} is its example`,
        pointer: parameter.examplesPointer,
        evidence,
        changes: () => ({
          query: writeParameter(parameter, list),
          ...(builder.bodySchema && { body: builder.body(name) }),
        }),
        base: () => (builder.bodySchema ? { body: builder.body(name) } : {}),
      }
    }
    if (parameter.style === 'deepObject') continue
    for (const { keyword, edge } of edgesOf(schema)) {
      if (edge.count !== undefined) continue
      const name = `${parameter.in}/${parameter.name}/${edge.what}`
      const made = edge.value(builder.random(name), composer)
      if (made === undefined || made === null) continue
      if (parameter.in === 'header' && !isHeaderText(String(made))) continue
      yield {
        name,
        title: `${parameter.in} ${parameter.name} ${edge.title}`,
        pointer: below(site.pointer, keyword.name),
        evidence: evidenceAt(site, keyword, edge),
        changes: () => ({
          ...parameterChange(parameter, String(made)),
          ...(builder.bodySchema && { body: builder.body(name) }),
        }),
        base: () => (builder.bodySchema ? { body: builder.body(name) } : {}),
      }
    }
  }
}

/** What a header can carry as it is, without white space that may be cut off (RFC 9110, section 5.5). */
export const isHeaderText = (text: string): boolean => /^[\x21-\x7e]+$/.test(text)

/** A request with this text for a parameter. Header names are in lower case. */
export function parameterChange({ in: place, name }: DeclaredParameter, text: string): RequestChanges {
  if (place === 'header') return { headers: { [name.toLowerCase()]: text } }
  return place === 'path' ? { path: { [name]: text } } : { query: { [name]: text } }
}

/** A parameter's value as a place. */
export const parameterSite = ({ name, schema: { schema, pointer, evidence } }: DeclaredParameter): Site => ({
  path: [name],
  schema: typeof schema === 'object' ? schema : {},
  pointer,
  evidence,
  isAlternative: false,
})
