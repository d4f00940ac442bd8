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
export function upgradeParameter(given: Json, mending: Mending): Json {
  const { tell } = mending
  const written = readFlags(given, mending)
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
export const upgradeHeader = (written: Json, mending: Mending): Json =>
  mendStyle(readFlags(written, mending), 'header', mending)

/** What is true or false of a parameter, a header or a request body, also where its author has put that into quotes. */
export function readFlags(written: Json, { tell }: Mending): Json {
  let read: Json
  for (const name of ['required', 'explode', 'allowEmptyValue', 'allowReserved']) {
    const value = written[name]
    if (value !== 'true' && value !== 'false') continue
    tell('keyword-invalid', `${name} is the text "${value}"`, `it is read as ${value}`, name)
    read = { ...(read ?? written), [name]: value === 'true' }
  }
  return read ?? written
}

function mendStyle(parameter: Json, place: string, { tell }: Mending): Json {
  const { style, ...rest } = parameter
  if (style === undefined || style === null || STYLES[place]?.includes(style)) return parameter
  // A cookie's own style of 3.2 differs from `form` in what is percent-encoded alone.
  if (place === 'cookie' && style === 'cookie') return { ...rest, style: 'form' }
  tell(
    'style-unknown',
    `${JSON.stringify(style)} is no style of what stands in a ${place}`,
    'the default one is used',
    'style',
  )
  return rest
}

/** What an Example Object says (OpenAPI 3.2). */
const OF_EXAMPLE = new Set(['value', 'dataValue', 'serializedValue', 'externalValue', 'summary', 'description'])

/**
 * An example as OpenAPI 3.1 has it: 3.2 calls its data `dataValue`. What says nothing that an example says is data without
 * the `value` around it.
 */
export function upgradeExample(written: Json, { tell }: Mending): Json {
  const names = Object.keys(written).filter((name) => !name.startsWith('x-'))
  if (names.length > 0 && !names.some((name) => OF_EXAMPLE.has(name))) {
    tell('wrong-shape', 'an example has no value', 'it is read as the value itself')
    return { value: written }
  }
  const { dataValue, ...rest } = written
  return dataValue === undefined || 'value' in rest ? written : { ...rest, value: dataValue }
}
