import { METHODS } from './grammar.ts'
import type { Json } from './json.ts'
import { below, type Pointer } from './json-pointer.ts'
import type { TellAt } from './mending.ts'
import type { MovedParts } from './moved-parts.ts'
import { readMethods } from './read-methods.ts'
import { isOfBody, mediaTypesOf, readSwagger, type SwaggerReader } from './read-swagger.ts'
import { upgradeBody } from './upgrade-swagger-body.ts'
import { styleOf } from './upgrade-swagger-parameter.ts'

/**
 * A document of OpenAPI 3 without what its authors have kept of Swagger 2.0, and mean: bodies among the parameters, types
 * beside the name of a parameter or a header, schemas beside the description of a response. Methods are in lower case.
 * @param moved is told where each part was written
 */
export function upgradeRemnants(written: Json, moved: MovedParts, tell: TellAt): Json {
  const upgrade = new Remnants(readSwagger(written, moved, tell))
  const { paths, components } = written
  return {
    ...written,
    ...(isObject(paths) && { paths: upgrade.each(paths, () => '#/paths', upgrade.pathItem) }),
    ...(isObject(components) && { components: upgrade.components(components) }),
  }
}

/** The pointer of a part: most parts need none, and a large document has very many. */
type At = () => Pointer

const isObject = (value: Json): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What a parameter or header of OpenAPI 3 says itself; of a remnant, all else is its schema. */
const OWN = new Set([
  ...['name', 'in', 'description', 'required', 'deprecated', 'allowEmptyValue', 'style', 'explode', 'allowReserved'],
  ...['example', 'examples'],
])

class Remnants {
  readonly #reader: SwaggerReader

  constructor(reader: SwaggerReader) {
    this.#reader = reader
  }

  /** The members of a map, each upgraded; the map itself where none needs it. */
  each(members: Json, at: At, upgrade: (member: Json, at: At) => Json): Json {
    if (!isObject(members)) return members
    const upgraded = Object.entries<Json>(members).map(
      ([name, member]) => [name, isObject(member) ? upgrade(member, () => below(at(), name)) : member] as const,
    )
    return upgraded.every(([name, member]) => member === members[name]) ? members : Object.fromEntries(upgraded)
  }

  components(components: Json): Json {
    const at = (name: string) => () => below('#/components', name)
    const { parameters, responses, headers } = components
    return {
      ...components,
      ...(isObject(parameters) && {
        // Those of a body stand with the operations that refer to them.
        parameters: this.each(
          Object.fromEntries(Object.entries(parameters).filter(([, parameter]) => !isOfBody(parameter))),
          at('parameters'),
          this.parameter,
        ),
      }),
      ...(isObject(headers) && { headers: this.each(headers, at('headers'), this.parameter) }),
      ...(isObject(responses) && {
        responses: this.each(responses, at('responses'), (one, place) => this.response(one, place)),
      }),
    }
  }

  pathItem = (written: Json, at: At): Json => {
    const item = readMethods(this.#reader, written, at)
    const shared: readonly Json[] = Array.isArray(item.parameters) ? item.parameters : []
    const changed: Json = this.#parameters(item, at)
    for (const method of METHODS) {
      const operation = item[method]
      if (!isObject(operation)) continue
      const upgraded = this.#operation(operation, () => below(at(), method), { shared, at })
      if (upgraded !== operation) changed[method] = upgraded
    }
    return Object.keys(changed).length > 0 ? { ...item, ...changed } : item
  }

  #operation(operation: Json, at: At, item: { readonly shared: readonly Json[]; readonly at: At }): Json {
    const { tell } = this.#reader
    const own: readonly Json[] = Array.isArray(operation.parameters) ? operation.parameters : []
    const bodies = [...this.#bodiesOf(item.shared, item.at), ...this.#bodiesOf(own, at)]
    const changed: Json = this.#parameters(operation, at)
    for (const { value, pointer } of bodies) {
      const instead = operation.requestBody === undefined ? 'it is read as the request body' : 'it is left out'
      tell('keyword-of-other-version', `in: ${value.in} has no meaning in OpenAPI 3`, instead, pointer)
    }
    if (bodies.length > 0 && operation.requestBody === undefined) {
      changed.requestBody = upgradeBody(
        this.#reader,
        bodies,
        mediaTypesOf(operation.consumes),
        below(at(), 'requestBody'),
      )
    }
    const responses = this.each(
      operation.responses,
      () => below(at(), 'responses'),
      (one, place) => this.response(one, place, operation.produces),
    )
    if (responses !== operation.responses) changed.responses = responses
    return Object.keys(changed).length > 0 ? { ...operation, ...changed } : operation
  }

  /** Those of the body, each with where it is written. */
  #bodiesOf(parameters: readonly Json[], at: At): { readonly value: Json; readonly pointer: Pointer }[] {
    return parameters.flatMap((parameter, index) => {
      if (!this.#isOfBody(parameter)) return []
      return [this.#reader.follow(parameter, below(at(), 'parameters', index))]
    })
  }

  #isOfBody = (parameter: Json): boolean => isOfBody(this.#reader.follow(parameter, '').value)

  /** @returns `{ parameters }`, or nothing where they are as they were */
  #parameters({ parameters }: Json, at: At): Json {
    if (!Array.isArray(parameters)) return {}
    const placeOf = (index: number) => () => below(at(), 'parameters', index)
    const kept: Json[] = []
    for (const [index, parameter] of parameters.entries()) {
      if (this.#isOfBody(parameter)) continue
      const [goal, from] = [placeOf(kept.length), placeOf(index)]
      if (kept.length !== index) this.#reader.moved.add(goal(), from())
      kept.push(this.parameter(parameter, from, goal))
    }
    return kept.length === parameters.length && kept.every((one, index) => one === parameters[index])
      ? {}
      : { parameters: kept }
  }

  /** A parameter or a header with its types in a schema. */
  parameter = (parameter: Json, at: At, goal = at): Json => {
    const isTyped = isObject(parameter) && (parameter.type !== undefined || parameter.enum !== undefined)
    if (!isTyped || [parameter.$ref, parameter.schema, parameter.content].some((one) => one !== undefined))
      return parameter
    const { moved, tell } = this.#reader
    const pointer = at()
    const own: Json = {}
    const schema: Json = {}
    for (const [name, value] of Object.entries<Json>(parameter)) {
      if (name === 'collectionFormat') continue
      if (OWN.has(name) || name.startsWith('x-')) own[name] = value
      else schema[name] = value
    }
    moved.add(below(goal(), 'schema'), pointer)
    tell(
      'keyword-of-other-version',
      'a type without a schema has no meaning in OpenAPI 3',
      'it is read as its schema',
      pointer,
    )
    const style = parameter.collectionFormat === undefined ? {} : styleOf(this.#reader, parameter, pointer)
    return { ...own, ...style, schema }
  }

  /** @param produces the media types that its operation says it replies with */
  response(response: Json, at: At, produces?: Json): Json {
    const headers = this.each(response.headers, () => below(at(), 'headers'), this.parameter)
    const changed = headers === response.headers ? {} : { headers }
    if (response.schema === undefined || response.content !== undefined || response.$ref !== undefined) {
      return headers === response.headers ? response : { ...response, ...changed }
    }
    const { schema, ...rest } = response
    const { moved, tell } = this.#reader
    const pointer = at()
    tell(
      'keyword-of-other-version',
      'the schema of a response has no meaning in OpenAPI 3',
      'it is read as its content',
      below(pointer, 'schema'),
    )
    const types = mediaTypesOf(produces) ?? ['application/json']
    for (const type of types) {
      moved.add(below(pointer, 'content', type), pointer)
      moved.rename(below(pointer, 'content', type, 'schema'), below(pointer, 'schema'))
    }
    return { ...rest, ...changed, content: Object.fromEntries(types.map((type) => [type, { schema }])) }
  }
}
