import type { Layout } from '../contract/table.ts'

/** How the values of one parameter or property are written in a text (OpenAPI 3.1, Parameter Object, "Style Values"). */
export interface Style {
  readonly style?: string | undefined
  readonly explode?: boolean | undefined
  /** With the style `matrix` it stands in the text too. */
  readonly name?: string
  /** The text as it came, percent-encoded, where that is known. */
  readonly raw?: string | undefined
  /** Whether a delimiter that came percent-encoded is data, also where none came bare. */
  readonly isStrict?: boolean | undefined
}

/** Text becomes what its schema asks for where it can; what cannot stays text, and validation says so. */
export function readScalar(types: readonly string[], text: string): unknown {
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true'
  const isNumeric = types.includes('integer') || types.includes('number')
  if (isNumeric && NUMBER.test(text)) {
    const number = Number(text)
    // JSON has no infinity: 1e999 stays text.
    if (Number.isFinite(number)) return number
  }
  if (types.includes('null') && (text === 'null' || text === '') && !types.includes('string')) return null
  return text
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** Whether the text is read as one of the types that hold nothing. */
export const isScalar = (types: readonly string[], text: string): boolean =>
  types.includes('string') || typeof readScalar(types, text) !== 'string'

/** Reads one text, of a list the items, of an object names and values, or with `explode` its pairs. */
export function readText({ types, items, properties = {}, others }: Layout, text: string, style: Style): unknown {
  const isList = types.includes('array')
  const isObject = types.includes('object')
  const own = withoutMark(text, style)
  if (!isList && !isObject) return readScalar(types, own)
  const pieces = splitRaw(style) ?? split(own, style)
  // A list or a single value: one piece is the value.
  if (isList && !(pieces.length < 2 && isScalar(withoutParts(types), own))) {
    return pieces.map((piece) => readScalar(items?.types ?? [], piece))
  }
  const members = isObject ? pair(pieces, style.explode === true) : undefined
  if (!members) return readScalar(types, own)
  const layoutOf = (name: string) => (Object.hasOwn(properties, name) ? properties[name] : others)
  return Object.fromEntries(members.map(([name, value]) => [name, readScalar(layoutOf(name)?.types ?? [], value)]))
}

/**
 * Divided at the bare delimiters: who writes some bare has encoded the others because they are data (RFC 3986, section
 * 2.2). Where all are encoded nobody knows: most clients encode a list as a whole, and so it is read unless `isStrict`.
 * @returns undefined where the decoded text is to be divided: `|` and space can only come encoded (OpenAPI 3.1, "Style Values")
 */
function splitRaw({ raw, isStrict, ...style }: Style): string[] | undefined {
  if (raw === undefined || DIVIDERS[style.style ?? 'form'] !== undefined) return undefined
  const pieces = split(withoutMark(raw, style), style)
  return pieces.length > 1 || isStrict ? pieces.map(decodePercent) : undefined
}

/** Percent-decoded; as it is where that cannot be. */
export function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The types of a value that stands in one text. */
export const withoutParts = (types: readonly string[]): string[] =>
  types.filter((type) => type !== 'array' && type !== 'object')

/** Without the point or the semicolon that it begins with, and without its own name where that is told too. */
function withoutMark(text: string, { style, name = '' }: Style): string {
  if (style === 'label') return text.replace(/^\./, '')
  if (style !== 'matrix') return text
  const own = text.replace(/^;/, '')
  if (own === name) return ''
  return own.startsWith(`${name}=`) ? own.slice(name.length + 1) : own
}

function split(text: string, { style = 'form', explode = false, name = '' }: Style): string[] {
  // Optional whitespace may stand around the items of a header (RFC 9110, section 5.6.1).
  if (style === 'simple') return text.split(',').map((piece) => piece.trim())
  if (style === 'matrix')
    return explode ? text.split(';').map((piece) => piece.replace(`${name}=`, '')) : text.split(',')
  // Before OpenAPI 3.1 the items of a label were divided by points, exploded or not.
  if (style === 'label') return text.split(explode || !text.includes(',') ? '.' : ',')
  return text.split(DIVIDERS[style] ?? ',')
}

const DIVIDERS: Readonly<Record<string, string>> = { spaceDelimited: ' ', pipeDelimited: '|' }

function pair(pieces: readonly string[], isExploded: boolean): [name: string, value: string][] | undefined {
  if (isExploded) {
    return pieces.every((piece) => piece.includes('='))
      ? pieces.map((piece) => [piece.slice(0, piece.indexOf('=')), piece.slice(piece.indexOf('=') + 1)])
      : undefined
  }
  if (pieces.length % 2 > 0) return undefined
  return Array.from({ length: pieces.length / 2 }, (_, at) => [pieces[2 * at] as string, pieces[2 * at + 1] as string])
}
