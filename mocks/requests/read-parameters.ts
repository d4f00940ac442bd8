import type { Layout } from '../../documents/contract/table.ts'
import { isJson, parseMediaType } from '../../documents/media-types/match-media-type.ts'
import { type Field, readBrackets, readField, readFields, readPlaced } from '../../documents/media-types/read-fields.ts'
import { decodePercent, isScalar, readScalar, readText, withoutParts } from '../../documents/media-types/read-text.ts'
import type { Call, Operation, Parameter, Query } from '../engine/vocabulary.ts'

/** By place and name, those that were sent. */
export type ReadParameters = Readonly<Record<Parameter['in'], Readonly<Record<string, unknown>>>>

/** Names with their texts, in the order in which they came. */
type Pairs = ReadonlyMap<string, readonly string[]>

/**
 * Reads all parameters of an operation, in any style (OpenAPI 3.1, Parameter Object, "Style Values").
 * @param pathValues what the path template found, percent-decoded
 * @param isStrict whether a delimiter that came percent-encoded is data, also where none came bare
 */
export function readParameters(
  operation: Operation,
  pathValues: Readonly<Record<string, string>>,
  { path = '', search, query = {}, headers = {} }: Call,
  isStrict = false,
): ReadParameters {
  const { parameters } = operation
  const queryPairs = pairsOf(query)
  const rawCookies = readCookies(headers['cookie'] ?? '')
  const cookies = new Map([...rawCookies].map(([name, texts]) => [name, texts.map(decodePercent)]))
  const inQuery: Encoded = { isStrict, rawOf: (name) => (search === undefined ? undefined : rawIn(search, name)) }
  const inCookies: Encoded = { isStrict, rawOf: (name) => rawCookies.get(name)?.[0] }
  const readAll = (place: Parameter['in'], read: (parameter: Parameter) => unknown) =>
    Object.fromEntries(
      parameters.flatMap((parameter) => {
        const value = parameter.in === place ? read(parameter) : undefined
        return value === undefined ? [] : [[parameter.name, value] as const]
      }),
    )
  return {
    path: readAll('path', (one) => {
      const text = Object.hasOwn(pathValues, one.name) ? pathValues[one.name] : undefined
      return readOne(one, text, { isStrict, rawOf: (name) => rawSegment(operation.path, path, name) })
    }),
    query: readAll('query', (one) => readPairs(one, queryPairs, parameters, inQuery)),
    header: readAll('header', (one) => readOne(one, headerIn(headers, one.name.toLowerCase()))),
    // Their style `cookie` knows no percent-encoding (OpenAPI 3.2, Parameter Object, "Style Values").
    cookie: readAll('cookie', (one) =>
      one.style === 'cookie' ? readPairs(one, rawCookies, parameters) : readPairs(one, cookies, parameters, inCookies),
    ),
    querystring: readAll('querystring', (one) => readWhole(one, query)),
  }
}

/** One may be called `constructor`, which every object has. */
const headerIn = (headers: NonNullable<Call['headers']>, name: string): string | undefined =>
  Object.hasOwn(headers, name) ? headers[name] : undefined

const pairsOf = (query: Query): Pairs => new Map(Object.entries(query).map(([name, texts]) => [name, [texts].flat()]))

function readCookies(header: string): Map<string, string[]> {
  const pairs = new Map<string, string[]>()
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=')
    if (at < 0) continue
    const name = pair.slice(0, at).trim()
    const text = pair.slice(at + 1).trim()
    pairs.set(name, [...(pairs.get(name) ?? []), text])
  }
  return pairs
}

/** The texts of a place as they came, percent-encoded. */
interface Encoded {
  readonly isStrict: boolean
  /** Undefined where it is not known. */
  rawOf(name: string): string | undefined
}

/** What comes first under a name in a query, a plus sign as the space that it stands for. */
function rawIn(search: string, name: string): string | undefined {
  for (const pair of search.replaceAll('+', '%20').split('&')) {
    const [own = '', ...rest] = pair.split('=')
    if (decodePercent(own) === name) return rest.join('=')
  }
  return undefined
}

/** The segment that is nothing but this parameter; the path may have a base path before the template. */
function rawSegment(template: string, path: string, name: string): string | undefined {
  const segments = template.split('/')
  const at = segments.indexOf(`{${name}}`)
  return at < 0 ? undefined : path.split('/').at(at - segments.length)
}

/** A parameter that comes in one text. */
function readOne(parameter: Parameter, text: string | undefined, encoded?: Encoded): unknown {
  if (text === undefined) return undefined
  const { name, style, explode, mediaType } = parameter
  if (mediaType !== undefined) return readContent(parameter, mediaType, text)
  const layout = layoutOf(parameter)
  return readText(layout, text, { style, explode, name, ...tellRaw(layout, name, text, encoded) })
}

/** What came is told only where it is this text, and may have parts. */
function tellRaw({ types }: Layout, name: string, text: string, { isStrict, rawOf }: Encoded = NOT_ENCODED) {
  const raw = types.includes('array') || types.includes('object') ? rawOf(name) : undefined
  return raw !== undefined && decodePercent(raw) === text ? { raw, isStrict } : {}
}

const NOT_ENCODED: Encoded = { isStrict: false, rawOf: () => undefined }

const layoutOf = ({ layout, types, itemTypes = [] }: Parameter): Layout =>
  layout ?? { types, ...(types.includes('array') && { items: { types: itemTypes } }) }

/** A parameter of the query or the cookies, which may come under several names, and under one several times. */
function readPairs(parameter: Parameter, pairs: Pairs, all: readonly Parameter[], encoded?: Encoded): unknown {
  const { name, style, explode, mediaType } = parameter
  const layout = layoutOf(parameter)
  if (style === 'deepObject') return readDeep(parameter, layout, pairs)
  const texts = pairs.get(name)
  const [first] = texts ?? []
  if (mediaType !== undefined) return first === undefined ? undefined : readContent(parameter, mediaType, first)
  if (first === undefined || texts === undefined) {
    return explode && layout.types.includes('object') ? readExploded(parameter, layout, pairs, all) : undefined
  }
  if (explode || texts.length > 1) return readTexts(layout, texts)
  return readText(layout, first, { style, explode, ...tellRaw(layout, name, first, encoded) })
}

/** Each text is an item; what came several times is no single value either, and stays the list that it is. */
function readTexts(layout: Layout, texts: readonly string[]): unknown {
  const { types, items } = layout
  const [first = ''] = texts
  const isValue = texts.length === 1 && (!types.includes('array') || isScalar(withoutParts(types), first))
  if (isValue) return readField(layout, { name: '', text: first })
  const each = (types.includes('array') && items) || ANYTHING
  return texts.map((text) => readField(each, { name: '', text }))
}

const ANYTHING: Layout = { types: [] }

/** `filter[a]=1&filter[b][c]=2` */
function readDeep({ name }: Parameter, layout: Layout, pairs: Pairs): unknown {
  const placed = [...pairs].flatMap(([key, texts]) => {
    const path = key.startsWith(`${name}[`) ? readBrackets(key.slice(name.length)) : undefined
    return path ? texts.map((text) => ({ path, field: { name: key, text } })) : []
  })
  return placed.length > 0 ? readPlaced(layout, placed) : undefined
}

/** Each property is a parameter of its own; those that nobody has named belong to an object that takes any. */
function readExploded({ name }: Parameter, layout: Layout, pairs: Pairs, all: readonly Parameter[]): unknown {
  const { properties = {}, others } = layout
  const isClaimed = (key: string) =>
    all.some((one) => one.name !== name && (one.name === key || key.startsWith(`${one.name}[`)))
  const fields = [...pairs].flatMap(([key, texts]): Field[] => {
    const [start = key] = key.split('[')
    const isOwn = Object.hasOwn(properties, key) || Object.hasOwn(properties, start) || (others && !isClaimed(key))
    return isOwn ? texts.map((text) => ({ name: key, text })) : []
  })
  return fields.length > 0 ? readFields(layout, fields) : undefined
}

/** A parameter that is written as a media type (OpenAPI 3.1, Parameter Object, "content"). */
function readContent(parameter: Parameter, mediaType: string, text: string): unknown {
  const { essence } = parseMediaType(mediaType)
  const layout = layoutOf(parameter)
  if (essence === FORM) return readFields(layout, fieldsOf(text))
  if (!isJson(essence)) return readScalar(layout.types, text)
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const FORM = 'application/x-www-form-urlencoded'

/** The fields of a form. */
export const fieldsOf = (text: string): Field[] =>
  [...new URLSearchParams(text)].map(([name, value]) => ({ name, text: value }))

/** A parameter that the whole query stands for (OpenAPI 3.2, Parameter Object, "in"). */
function readWhole(parameter: Parameter, query: Query): unknown {
  const pairs = [...pairsOf(query)].flatMap(([name, texts]) => texts.map((text) => [name, text] as const))
  if (pairs.length === 0) return undefined
  const { mediaType = FORM } = parameter
  if (parseMediaType(mediaType).essence === FORM) {
    return readFields(
      layoutOf(parameter),
      pairs.map(([name, text]) => ({ name, text })),
    )
  }
  return readContent(
    parameter,
    mediaType,
    pairs.map(([name, text]) => (text === '' ? name : `${name}=${text}`)).join('&'),
  )
}
