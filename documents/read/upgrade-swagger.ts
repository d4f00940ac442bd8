import { METHODS } from './grammar.ts'
import type { Json } from './json.ts'
import { below, type Pointer } from './json-pointer.ts'
import type { TellAt } from './mending.ts'
import type { MovedParts } from './moved-parts.ts'
import { readMethods } from './read-methods.ts'
import { isOfBody, mediaTypesOf, readSwagger, type SwaggerReader } from './read-swagger.ts'
import { upgradeBody } from './upgrade-swagger-body.ts'
import { upgradeSwaggerParameter } from './upgrade-swagger-parameter.ts'
import { upgradeSwaggerResponse } from './upgrade-swagger-response.ts'
import { upgradeSecurityScheme } from './upgrade-swagger-security.ts'

/**
 * A document of Swagger 2.0 (https://swagger.io/specification/v2/) in the shape of OpenAPI 3: what its schemas say is
 * left as it is.
 * @param moved is told where each part was written
 */
export function upgradeSwagger(written: Json, moved: MovedParts, tell: TellAt): Json {
  const reader = readSwagger(written, moved, tell)
  const { swagger, host, basePath, schemes, consumes, produces, definitions, parameters, responses, ...rest } = written
  const { securityDefinitions, paths, components = {}, ...others } = rest
  const holders = [
    ['schemas', 'definitions', definitions],
    ['parameters', 'parameters', onlyParameters(reader)],
    [
      'responses',
      'responses',
      mapOf(responses, (response, name) =>
        upgradeSwaggerResponse(reader, response, {
          written: below('#/responses', name),
          goal: below('#/components/responses', name),
          produces: mediaTypesOf(produces),
        }),
      ),
    ],
    ['securitySchemes', 'securityDefinitions', mapOf(securityDefinitions, upgradeSecurityScheme)],
  ] as const
  for (const [holder, name] of holders) moved.rename(`#/components/${holder}`, `#/${name}`)
  return {
    ...others,
    servers: serversOf(written, schemes),
    paths: mapOf(paths, (item, path) => upgradePathItem(reader, item, path)),
    components: {
      ...components,
      ...Object.fromEntries(holders.map(([holder, , parts]) => [holder, { ...components[holder], ...parts }])),
    },
  }
}

/** Bodies and forms become request bodies of the operations that refer to them. */
function onlyParameters(reader: SwaggerReader): Json {
  const parameters = Object.entries<Json>(Object(reader.document.parameters))
  return Object.fromEntries(
    parameters
      .filter(([, parameter]) => !isOfBody(parameter))
      .map(([name, parameter]) => [
        name,
        upgradeSwaggerParameter(reader, parameter, below('#/parameters', name), below('#/components/parameters', name)),
      ]),
  )
}

const mapOf = (members: Json, upgrade: (member: Json, name: string) => Json): Json =>
  typeof members !== 'object' || members === null || Array.isArray(members)
    ? members
    : Object.fromEntries(
        Object.entries<Json>(members).map(([name, member]) => [
          name,
          typeof member === 'object' && member !== null && !name.startsWith('x-') ? upgrade(member, name) : member,
        ]),
      )

function serversOf({ host, basePath }: Json, schemes: Json): Json[] {
  const path = typeof basePath === 'string' ? basePath.replace(/^(?!\/)/, '/') : '/'
  if (typeof host !== 'string' || host === '') return [{ url: path }]
  const known = (mediaTypesOf(schemes) ?? []).filter((scheme) => /^https?$/.test(scheme))
  return (known.length > 0 ? known : ['https']).map((scheme) => ({ url: `${scheme}://${nameOf(host)}${path}` }))
}

/** Name and port alone (Swagger 2.0, Swagger Object, `host`), also where the author has written an address. */
const nameOf = (host: string): string => host.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').replace(/\/+$/, '')

function upgradePathItem(reader: SwaggerReader, written: Json, path: string): Json {
  const pointer = below('#/paths', path)
  const item = readMethods(reader, written, () => pointer)
  const shared: readonly Json[] = Array.isArray(item.parameters) ? item.parameters : []
  const upgraded: Json = { ...item, ...parametersOf(reader, shared, pointer) }
  for (const method of METHODS) {
    const operation = item[method]
    if (typeof operation === 'object' && operation !== null)
      upgraded[method] = upgradeOperation(reader, operation, below(pointer, method), { shared, pointer })
  }
  return upgraded
}

/** Those that are none of a body, each where it was written. */
function parametersOf(reader: SwaggerReader, written: readonly Json[], pointer: Pointer): Json {
  const parameters: Json[] = []
  for (const [index, parameter] of written.entries()) {
    const from = below(pointer, 'parameters', index)
    if (isOfBody(reader.follow(parameter, from).value)) continue
    const goal = below(pointer, 'parameters', parameters.length)
    if (goal !== from) reader.moved.add(goal, from)
    parameters.push(upgradeSwaggerParameter(reader, parameter, from, goal))
  }
  return parameters.length > 0 || written.length > 0 ? { parameters } : {}
}

function upgradeOperation(
  reader: SwaggerReader,
  written: Json,
  pointer: Pointer,
  item: { readonly shared: readonly Json[]; readonly pointer: Pointer },
): Json {
  const { consumes, produces, schemes, ...operation } = written
  const own: readonly Json[] = Array.isArray(written.parameters) ? written.parameters : []
  const givenTypes = mediaTypesOf(consumes ?? reader.document.consumes)
  const places = [
    ...item.shared.map((parameter, index) => reader.follow(parameter, below(item.pointer, 'parameters', index))),
    ...own.map((parameter, index) => reader.follow(parameter, below(pointer, 'parameters', index))),
  ]
  const requestBody = upgradeBody(
    reader,
    places.filter(({ value }) => isOfBody(value)),
    givenTypes,
    below(pointer, 'requestBody'),
  )
  return {
    ...operation,
    ...parametersOf(reader, own, pointer),
    ...(requestBody && { requestBody }),
    ...(mediaTypesOf(schemes) &&
      typeof reader.document.host === 'string' && { servers: serversOf(reader.document, schemes) }),
    responses: mapOf(operation.responses, (response, status) =>
      upgradeSwaggerResponse(reader, response, {
        written: below(pointer, 'responses', status),
        goal: below(pointer, 'responses', status),
        produces: mediaTypesOf(produces ?? reader.document.produces),
        isOwn: mediaTypesOf(produces) !== undefined,
      }),
    ),
  }
}
