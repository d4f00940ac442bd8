import type { DeclaredParameter } from '../../documents/contract/operation.ts'
import { textOf } from './walk-schema.ts'

/** How a parameter is written; what is left out is as OpenAPI has it where nothing is said. */
type Written = Pick<DeclaredParameter, 'name' | 'in'> &
  Partial<Pick<DeclaredParameter, 'style' | 'explode' | 'mediaType'>>

/** What stands between the items of one value (OpenAPI 3.1, Parameter Object, "Style Values"). */
const SEPARATORS: Readonly<Record<string, string>> = { spaceDelimited: ' ', pipeDelimited: '|' }

/** A value of a parameter as it is written, percent-encoding apart. Never throws, whatever a reply gave. */
export const toWireText = (value: unknown): string =>
  Array.isArray(value) ? value.map(toWireText).join(',') : textOf(value).toWellFormed()

/**
 * How a value of a parameter of the query, a header or a cookie is written: the names that it takes, each with its texts.
 * What `content` describes is JSON.
 */
export function writeParameter(parameter: Written, value: unknown): Record<string, string | readonly string[]> {
  const { name, style = parameter.in === 'query' ? 'form' : 'simple', explode = style === 'form' } = parameter
  const isList = Array.isArray(value)
  if (!isList && !isObject(value)) return { [name]: toWireText(value) }
  if (parameter.mediaType !== undefined) return { [name]: JSON.stringify(value) }
  if (!isList && style === 'deepObject') {
    return Object.fromEntries(Object.entries(value).map(([member, one]) => [`${name}[${member}]`, toWireText(one)]))
  }
  if (explode && style === 'form') {
    return isList
      ? { [name]: value.map(toWireText) }
      : Object.fromEntries(Object.entries(value).map(([member, one]) => [member, toWireText(one)]))
  }
  return { [name]: piecesOf(value, explode).join(SEPARATORS[style] ?? ',') }
}

/** What stands in the path in the place of a parameter, percent-encoded. */
export function pathTextOf(
  { name, style = 'simple', explode = false }: Pick<Written, 'name' | 'style' | 'explode'>,
  value: unknown,
): string {
  const isWhole = !Array.isArray(value) && !isObject(value)
  const texts = (isWhole ? [toWireText(value)] : piecesOf(value, explode)).map((text) =>
    // Of an exploded object, the sign between a name and its value is no part of either.
    explode && isObject(value) ? encode(text).replace('%3D', '=') : encode(text),
  )
  if (style === 'label') return `.${texts.join(explode ? '.' : ',')}`
  if (style !== 'matrix') return texts.join(',')
  const isNamed = isWhole || !explode
  if (isNamed) return `;${encode(name)}=${texts.join(',')}`
  return texts.map((text) => (Array.isArray(value) ? `;${encode(name)}=${text}` : `;${text}`)).join('')
}

/** What stands alone as a dot segment would lead elsewhere (RFC 3986, section 5.2.4). */
const encode = (text: string): string =>
  text === '.' || text === '..' ? text.replaceAll('.', '%2E') : encodeURIComponent(text)

/** The literal parts of a path; what is encoded in it already stays so. */
export const encodeLiteral = (text: string): string =>
  encodeURI(text.toWellFormed()).replace(/%25(?=[\da-f]{2})/gi, '%')

/** What a header may hold (RFC 9110, section 5.5); the rest is percent-encoded. */
export const headerTextOf = (written: string | readonly string[] = ''): string =>
  String(written).replace(/[^\x20-\x7e]+/g, encodeURIComponent)

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function piecesOf(value: object, explode: boolean): string[] {
  if (Array.isArray(value)) return value.map(toWireText)
  const pairs = Object.entries(value).map(([member, one]) => [member, toWireText(one)] as const)
  return pairs.flatMap(([member, text]) => (explode ? [`${member}=${text}`] : [member, text]))
}
