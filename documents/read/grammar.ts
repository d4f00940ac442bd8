/** Objects of OpenAPI (3.2, section 4) and the schemas of JSON Schema: what a part of a document is. */
export type Kind =
  | 'document'
  | 'components'
  | 'pathItem'
  | 'operation'
  | 'parameter'
  | 'header'
  | 'requestBody'
  | 'response'
  | 'mediaType'
  | 'encoding'
  | 'example'
  | 'link'
  | 'callback'
  | 'securityScheme'
  | 'server'
  | 'schema'

/** A member that holds one part, a list of them, or a map of them by names of the author's. */
export interface Member {
  readonly kind: Kind
  readonly as: 'one' | 'list' | 'map'
}

const one = (kind: Kind): Member => ({ kind, as: 'one' })
const listOf = (kind: Kind): Member => ({ kind, as: 'list' })
const mapOf = (kind: Kind): Member => ({ kind, as: 'map' })

/** The methods that a path item may have (OpenAPI 3.2, Path Item Object), in the order in which they are read. */
export const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'] as const

const SCHEMA_MEMBERS: Readonly<Record<string, Member>> = {
  ...Object.fromEntries(
    ['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions'].map((name) => [
      name,
      mapOf('schema'),
    ]),
  ),
  ...Object.fromEntries(['allOf', 'anyOf', 'oneOf', 'prefixItems'].map((name) => [name, listOf('schema')])),
  ...Object.fromEntries(
    [
      ...['items', 'contains', 'unevaluatedItems', 'additionalProperties', 'unevaluatedProperties', 'propertyNames'],
      ...['not', 'if', 'then', 'else', 'contentSchema'],
    ].map((name) => [name, one('schema')]),
  ),
}

const WITH_SCHEMA = { schema: one('schema'), content: mapOf('mediaType'), examples: mapOf('example') }

/** Which members of a part hold parts again. All others are data, names and texts. */
export const GRAMMAR: Readonly<Record<Kind, Readonly<Record<string, Member>>>> = {
  document: {
    paths: mapOf('pathItem'),
    webhooks: mapOf('pathItem'),
    components: one('components'),
    servers: listOf('server'),
  },
  components: {
    schemas: mapOf('schema'),
    responses: mapOf('response'),
    parameters: mapOf('parameter'),
    examples: mapOf('example'),
    requestBodies: mapOf('requestBody'),
    headers: mapOf('header'),
    securitySchemes: mapOf('securityScheme'),
    links: mapOf('link'),
    callbacks: mapOf('callback'),
    pathItems: mapOf('pathItem'),
    mediaTypes: mapOf('mediaType'),
  },
  pathItem: {
    ...Object.fromEntries(METHODS.map((method) => [method, one('operation')])),
    additionalOperations: mapOf('operation'),
    parameters: listOf('parameter'),
    servers: listOf('server'),
  },
  operation: {
    parameters: listOf('parameter'),
    requestBody: one('requestBody'),
    responses: mapOf('response'),
    callbacks: mapOf('callback'),
    servers: listOf('server'),
  },
  parameter: WITH_SCHEMA,
  header: WITH_SCHEMA,
  requestBody: { content: mapOf('mediaType') },
  response: { headers: mapOf('header'), content: mapOf('mediaType'), links: mapOf('link') },
  mediaType: {
    schema: one('schema'),
    itemSchema: one('schema'),
    examples: mapOf('example'),
    encoding: mapOf('encoding'),
    prefixEncoding: listOf('encoding'),
    itemEncoding: one('encoding'),
  },
  encoding: { headers: mapOf('header'), encoding: mapOf('encoding') },
  example: {},
  link: {},
  /** Its members are path items by expressions: `callback` is the one kind that is a map itself. */
  callback: {},
  securityScheme: {},
  server: {},
  schema: SCHEMA_MEMBERS,
}

/** Where a Reference Object may stand in place of the part (a schema's `$ref` is a keyword of its own). */
export const MAY_REFER: ReadonlySet<Kind> = new Set<Kind>([
  ...(['pathItem', 'parameter', 'header', 'requestBody', 'response', 'mediaType', 'example', 'link'] as const),
  ...(['callback', 'securityScheme', 'schema'] as const),
])

/** What says something by being named: a response `204:` is declared, a property `note:` may be anything. */
export const MAY_BE_EMPTY: ReadonlySet<Kind> = new Set<Kind>(['schema', 'response', 'mediaType', 'header'])

/** Where the components of a kind stand. */
export const COMPONENTS: Readonly<Partial<Record<Kind, string>>> = Object.fromEntries(
  Object.entries(GRAMMAR.components).map(([name, { kind }]) => [kind, name]),
)
