import type { Json } from './json.ts'
import type { Mending } from './mending.ts'

/** Where a parameter can stand; `querystring` (3.2) is the whole query. */
const PLACES = new Set(['path', 'query', 'header', 'cookie', 'querystring'])
const STYLES: Readonly<Record<string, readonly string[]>> = {
  path: ['simple', 'label', 'matrix'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  header: ['simple'],
  cookie: ['form'],
}

/** Whether anybody can say what a parameter is. */
export const isUsable = (written: Json): boolean =>
  PLACES.has(written?.in) && (typeof written.name === 'string' || written.in === 'querystring')

/**
 * A parameter as OpenAPI 3.1 has it.
 * @returns undefined where nobody can say what it is: it is told, and left out
 */
export function upgradeParameter(written: Json, mending: Mending): Json {
  const { tell } = mending
  if (!isUsable(written)) {
    const what = typeof written.name === 'string' ? `in: ${JSON.stringify(written.in) ?? 'nothing'}` : 'no name'
    tell('parameter-unusable', `a parameter has ${what}`, 'it is left out')
    return undefined
  }
  const parameter = mendStyle(written, written.in, mending)
  if (written.in !== 'path' || written.required === true) return parameter
  tell('path-parameter-optional', `the path parameter ${written.name} is not required`, 'it is, as all of a path are')
  return { ...parameter, required: true }
}

/** A header as OpenAPI 3.1 has it: a parameter without a name and a place. */
export const upgradeHeader = (written: Json, mending: Mending): Json => mendStyle(written, 'header', mending)

function mendStyle(parameter: Json, place: string, { tell }: Mending): Json {
  const { style, ...rest } = parameter
  if (style === undefined || style === null || STYLES[place]?.includes(style)) return parameter
  // A cookie's own style of 3.2 differs from `form` in what is percent-encoded alone.
  if (place === 'cookie' && style === 'cookie') return { ...rest, style: 'form' }
  tell(
    'style-unknown',
    `${JSON.stringify(style)} is no style of what stands in a ${place}`,
    'the usual one is taken',
    'style',
  )
  return rest
}

/** An example as OpenAPI 3.1 has it: 3.2 calls its data `dataValue`. */
export function upgradeExample(written: Json): Json {
  const { dataValue, ...rest } = written
  return dataValue === undefined || 'value' in rest ? written : { ...rest, value: dataValue }
}
