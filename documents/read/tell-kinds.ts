import type { Json } from './json.ts'

/**
 * What a part of a document is: an object of OpenAPI (2.0 to 3.2) by its name, or a map or list of them (`schema*`). What has
 * no kind is data: extensions, examples, defaults, the parameters of a link.
 */
export type Kind = string

/** `*` stands for every member that is no extension. */
type Members = Readonly<Record<string, Kind>>

const each = (members: readonly string[], kind: Kind): Members =>
  Object.fromEntries(members.map((member) => [member, kind]))

const OPERATIONS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query']

const KINDS: Readonly<Record<Kind, Members>> = {
  document: {
    ...{ paths: 'paths', webhooks: 'pathItem*', components: 'components' },
    ...{ info: 'plain', servers: 'plain', tags: 'plain', externalDocs: 'plain' },
    // Swagger 2.0
    ...{ definitions: 'schema*', parameters: 'parameter*', responses: 'response*', securityDefinitions: 'plain' },
  },
  components: {
    ...{ schemas: 'schema*', responses: 'response*', parameters: 'parameter*', examples: 'example*' },
    ...{ requestBodies: 'requestBody*', headers: 'header*', securitySchemes: 'securityScheme*', links: 'link*' },
    ...{ callbacks: 'callback*', pathItems: 'pathItem*', mediaTypes: 'mediaType*', 'x-failures': 'failure*' },
  },
  paths: { '*': 'pathItem' },
  pathItem: {
    ...each(OPERATIONS, 'operation'),
    ...{ additionalOperations: 'operation*', parameters: 'parameter*', servers: 'plain' },
  },
  operation: {
    ...{ parameters: 'parameter*', requestBody: 'requestBody', responses: 'responses', callbacks: 'callback*' },
    ...{ servers: 'plain', 'x-failures': 'failure*' },
  },
  callback: { '*': 'pathItem' },
  responses: { '*': 'response' },
  response: { headers: 'header*', content: 'mediaType*', links: 'link*', schema: 'schema' },
  requestBody: { content: 'mediaType*' },
  parameter: { schema: 'schema', content: 'mediaType*', examples: 'example*', items: 'schema' },
  header: { schema: 'schema', content: 'mediaType*', examples: 'example*', items: 'schema' },
  mediaType: {
    ...{ schema: 'schema', itemSchema: 'schema', examples: 'example*', encoding: 'encoding*' },
    ...{ prefixEncoding: 'encoding*', itemEncoding: 'encoding' },
  },
  encoding: { headers: 'header*', encoding: 'encoding*' },
  schema: {
    ...each(['properties', 'patternProperties', 'dependentSchemas', 'dependencies', '$defs', 'definitions'], 'schema*'),
    ...each(['allOf', 'anyOf', 'oneOf', 'prefixItems'], 'schema*'),
    ...each(['items', 'additionalItems', 'unevaluatedItems', 'contains', 'contentSchema'], 'schema'),
    ...each(['additionalProperties', 'unevaluatedProperties', 'propertyNames', 'not', 'if', 'then', 'else'], 'schema'),
    discriminator: 'discriminator',
  },
  discriminator: { mapping: 'mapping' },
  plain: { '*': 'plain' },
}

/** The kind of a member of a part. @returns undefined where it is data */
export function kindBelow(kind: Kind, token: string, member: Json): Kind | undefined {
  if (kind.endsWith('*')) return kind.slice(0, -1)
  const members = KINDS[kind]
  const own = members && Object.hasOwn(members, token) ? members[token] : undefined
  const below = own ?? (token.startsWith('x-') ? undefined : members?.['*'])
  return Array.isArray(member) && below !== undefined && !below.endsWith('*') ? `${below}*` : below
}

/** The kind at the end of a way through data, which leads through no `$ref`. @returns undefined where that is data */
export function kindAlong(kind: Kind, value: Json, tokens: readonly string[]): Kind | undefined {
  let at: Kind | undefined = kind
  let member = value
  for (const token of tokens) {
    member = member?.[token]
    at = at === undefined ? undefined : kindBelow(at, token, member)
  }
  return at
}

const COMPONENTS: Readonly<Record<Kind, string>> = {
  ...{ schema: 'schemas', response: 'responses', parameter: 'parameters', example: 'examples', header: 'headers' },
  ...{ requestBody: 'requestBodies', securityScheme: 'securitySchemes', link: 'links', callback: 'callbacks' },
  ...{ pathItem: 'pathItems', failure: 'x-failures' },
}

/** The kinds of which a document can keep components. */
export const KINDS_WITH_HOMES: readonly Kind[] = Object.keys(COMPONENTS)

const DEFINITIONS: Readonly<Record<Kind, string>> = {
  ...{ schema: 'definitions', parameter: 'parameters', response: 'responses' },
}

/**
 * Where a document keeps parts of a kind that are referred to: Components Object (OpenAPI 3.1, section 4.8.7), or in
 * Swagger 2.0 the object itself.
 * @returns undefined for a kind that nothing can refer to there
 */
export function homeOf(kind: Kind, document: Json): readonly string[] | undefined {
  const isSwagger = document?.swagger !== undefined
  const table = isSwagger ? DEFINITIONS : COMPONENTS
  if (!Object.hasOwn(table, kind)) return undefined
  return isSwagger ? [table[kind] as string] : ['components', table[kind] as string]
}
