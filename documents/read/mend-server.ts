import type { Json } from './json.ts'
import type { Mending } from './mending.ts'

/** A server whose address can be read. @returns undefined where it has none: it is told, and left out */
export function mendServer(written: Json, mending: Mending): Json {
  const { tell } = mending
  if (typeof written.url !== 'string') return void tell('server-invalid', 'a server has no url', 'it is left out')
  const variables = mendVariables(written.variables, mending)
  const server = variables === written.variables ? written : { ...written, variables }
  if (isAddress(server)) return server
  tell('server-invalid', `the address ${server.url} cannot be read`, 'it is read as /', 'url')
  return { ...server, url: '/' }
}

/** Absolute or relative, with the defaults of its variables (OpenAPI 3.1, Server Object). */
function isAddress({ url, variables }: Json): boolean {
  const filled = url.replace(/\{([^}]+)\}/g, (_: string, name: string) => variables?.[name]?.default ?? 'x')
  return URL.canParse(filled, 'http://localhost')
}

/** OpenAPI 3.1, Server Variable Object. */
function mendVariables(variables: Json, { tell }: Mending): Json {
  if (variables === undefined || variables === null) return variables
  if (!isRecord(variables)) return void tell('wrong-shape', 'variables must be an object', 'it is ignored', 'variables')
  let mended: Json
  for (const [name, variable] of Object.entries<Json>(variables)) {
    const isList = Array.isArray(variable?.enum)
    if (isRecord(variable) && (variable.enum === undefined || isList)) continue
    mended ??= { ...variables }
    mended[name] = isRecord(variable) ? { ...variable, enum: undefined } : {}
    if (variable?.enum === null) continue
    const what = isRecord(variable) ? 'enum must be a list' : 'a variable must be an object'
    tell('wrong-shape', what, 'it is ignored', 'variables', name, ...(isRecord(variable) ? ['enum'] : []))
  }
  return mended ?? variables
}

const isRecord = (value: Json): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)
