import { below, type Pointer } from './json-pointer.ts'
import {
  type Document,
  DocumentError,
  dereference,
  dereferenceAt,
  type Json,
  memberOf,
  type Part,
} from './read-document.ts'

/** One operation as a row of the table: plain data, all references followed. `mocks/engine/vocabulary.ts` reads it. */
export interface OperationRow {
  id: string
  role?: string
  method: string
  path: string
  parameters: ParameterRow[]
  body?: { required: boolean; mediaTypes: string[] }
  security: { name: string; type: string; scheme?: string; in?: string; key?: string }[][]
  replies: Record<string, { mediaTypes: string[] }>
  failures: Json[]
}

export interface ParameterRow {
  name: string
  in: 'path' | 'query' | 'header' | 'cookie'
  required: boolean
  types: string[]
  itemTypes?: string[]
  style: string
  explode: boolean
  example?: unknown
}

export const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const

/** Header parameters that OpenAPI tells to ignore (3.1, Parameter Object, "name"). */
const IGNORED_HEADERS = new Set(['accept', 'content-type', 'authorization'])

/** A place of the document where an operation stands, with what its path item adds. */
export interface OperationPlace {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly operation: Json
  /** Where the operation stands; in what its path item's `$ref` leads to, if it has one. */
  readonly pointer: Pointer
  readonly parameters: readonly Json[]
  /** Where each of the parameters stands: its entry in `parameters`, or what that entry's `$ref` leads to. */
  readonly parameterPointers: ReadonlyMap<Json, Pointer>
}

/** All operations in the document's order. @throws DocumentError on an operationId given twice */
export function placesOf(document: Document): OperationPlace[] {
  const places: OperationPlace[] = []
  const seen = new Map<string, string>()
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    const pathItem = dereferenceAt(document, { value: item, pointer: below('#/paths', path) })
    for (const method of METHODS) {
      const { value: operation, pointer } = memberOf(pathItem, method)
      if (!operation) continue
      const id: string = operation.operationId ?? nameOf(method, path)
      const where = `${method.toUpperCase()} ${path}`
      if (seen.has(id)) throw new DocumentError(`operationId ${id} is given twice: ${seen.get(id)} and ${where}`)
      seen.set(id, where)
      const parameters = parametersOf(document, pathItem, { value: operation, pointer })
      places.push({
        id,
        method: method.toUpperCase(),
        path,
        operation,
        pointer,
        parameters: parameters.map(({ value }) => value),
        parameterPointers: new Map(parameters.map((parameter) => [parameter.value, parameter.pointer])),
      })
    }
  }
  return places
}

/** `get /users/{id}` is called `getUsersById`. */
function nameOf(method: string, path: string): string {
  const words = path.replaceAll('{', 'by-').split(/[^A-Za-z0-9]+/)
  return (
    method +
    words
      .filter(Boolean)
      .map((word) => word[0]?.toUpperCase() + word.slice(1))
      .join('')
  )
}

/** An operation's parameters, its own before the path item's of the same name and place. */
function parametersOf(document: Document, ...holders: readonly Part[]): Part[] {
  const all = new Map<string, Part>()
  for (const holder of holders) {
    for (const index of (holder.value.parameters ?? []).keys()) {
      const parameter = dereferenceAt(document, memberOf(holder, 'parameters', index))
      const { in: where, name } = parameter.value
      if (where === 'header' && IGNORED_HEADERS.has(name.toLowerCase())) continue
      all.set(`${where} ${name}`, parameter)
    }
  }
  return [...all.values()]
}

/** An operation's request body; its value is undefined where there is none. */
export const bodyAt = (document: Document, { operation, pointer }: OperationPlace): Part =>
  dereferenceAt(document, memberOf({ value: operation, pointer }, 'requestBody'))

/** @param status the key under which the response is declared */
export const responseAt = (document: Document, { operation, pointer }: OperationPlace, status: string): Part =>
  dereferenceAt(document, memberOf({ value: operation, pointer }, 'responses', status))

export function listOperations(document: Document): OperationRow[] {
  return placesOf(document).map((place) => {
    const { operation } = place
    const requestBody = dereference(document, operation.requestBody)
    return {
      id: place.id,
      ...(operation['x-role'] && { role: operation['x-role'] }),
      method: place.method,
      path: place.path,
      parameters: place.parameters.map((parameter) => rowOf(document, parameter)),
      ...(requestBody && {
        body: { required: requestBody.required === true, mediaTypes: Object.keys(requestBody.content ?? {}) },
      }),
      security: securityOf(document, operation),
      replies: Object.fromEntries(
        Object.entries(operation.responses ?? {}).map(([status, response]) => [
          status,
          { mediaTypes: Object.keys(dereference(document, response).content ?? {}) },
        ]),
      ),
      failures: (operation['x-failures'] ?? []).map((failure: Json) => failureOf(dereference(document, failure))),
    }
  })
}

function rowOf(document: Document, parameter: Json): ParameterRow {
  const schema = schemaOf(document, parameter)
  const types = typesOf(document, schema)
  const style = parameter.style ?? (parameter.in === 'query' || parameter.in === 'cookie' ? 'form' : 'simple')
  const [example] = examplesOf(document, parameter, schema)
  return {
    name: parameter.name,
    in: parameter.in,
    required: parameter.required === true,
    types,
    ...(types.includes('array') && { itemTypes: typesOf(document, dereference(document, schema.items)) }),
    style,
    explode: parameter.explode ?? style === 'form',
    ...(example !== undefined && { example }),
  }
}

/** A parameter's schema, which may stand under `content`. */
export const schemaOf = (document: Document, parameter: Json): Json =>
  schemaAt(document, { value: parameter, pointer: '#' }).value ?? {}

/** The same with where it stands. @returns the value `undefined` where the parameter has none */
export function schemaAt(document: Document, parameter: Part): Part {
  const { schema, content = {} } = parameter.value
  const [type = ''] = Object.keys(content)
  return dereferenceAt(
    document,
    schema === undefined ? memberOf(parameter, 'content', type, 'schema') : memberOf(parameter, 'schema'),
  )
}

/** The example values given to a parameter, a media type or a schema, the nearest first. */
export function examplesOf(document: Document, holder: Json, schema: Json = {}): unknown[] {
  const named = Object.values(holder.examples ?? {}).map((entry) => dereference(document, entry)?.value)
  const own = holder.example === undefined ? [] : [holder.example]
  const ofSchema = [
    ...(Array.isArray(schema.examples) ? schema.examples : []),
    schema.example,
    schema.default,
    schema.const,
  ]
  return [...own, ...named, ...ofSchema].filter((value) => value !== undefined)
}

/** A failure without what only a contract run needs; where no message is known, when it happens is said instead. */
function failureOf({ provoke, together, evidence, when = '', message = when, ...failure }: Json): Json {
  return { ...failure, message }
}

/** The JSON types a schema allows, also through its combinations; none named: all. */
function typesOf(document: Document, schema: Json, depth = 0): string[] {
  if (!schema || depth > 10) return []
  if (schema.type) return [schema.type].flat()
  const parts = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])]
  const types = parts.flatMap((part: Json) => typesOf(document, dereference(document, part), depth + 1))
  if (types.length === 0 && schema.enum) return [...new Set<string>(schema.enum.map(jsonTypeOf))]
  return [...new Set(types)]
}

const jsonTypeOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value

function securityOf(document: Document, operation: Json): OperationRow['security'] {
  const requirements: Json[] = operation.security ?? document.security ?? []
  // An empty requirement makes credentials optional (OpenAPI 3.1, Security Requirement Object).
  if (requirements.some((requirement) => Object.keys(requirement).length === 0)) return []
  return requirements.map((requirement) =>
    Object.keys(requirement).map((name) => {
      const scheme = dereference(document, document.components?.securitySchemes?.[name])
      if (!scheme) throw new DocumentError(`security names ${name}, which components.securitySchemes does not have`)
      const { type, scheme: httpScheme, in: place, name: key } = scheme
      return { name, type, ...(httpScheme && { scheme: httpScheme }), ...(place && { in: place }), ...(key && { key }) }
    }),
  )
}

/** The absolute URLs of a document's servers, variables filled with their defaults. */
export function serversOf(document: Document): string[] {
  return (document.servers ?? []).map(({ url, variables }) =>
    url.replace(/\{([^}]+)\}/g, (whole, name: string) => variables?.[name]?.default ?? whole),
  )
}
