/**
 * A synthetic OpenAPI 3.0 document as large as the largest that vendors publish: what a record holds of others are schemas
 * of their own, which refer to others again; operations share parameters and examples. 12 MB of JSON.
 * `node benchmarks/wide-document.ts > wide.json`
 */
import { largeDocument } from './synthetic-document.ts'

const RESOURCES = 245
export const WIDE_OPERATIONS = RESOURCES * 5

/** Schemas that records refer to, in two layers of so many: each refers to some of the layer below. */
const LAYER = 240
const LAYERS = ['Account', 'Plan'] as const

type Json = Record<string, unknown>

/** What a record links to: each a member with the address of it. */
const LINKED = ['owner', 'events', 'comments', 'labels', 'members']
/** What it holds whole. */
const HELD = LINKED.slice(0, 2)
const KINDS = ['html', 'api', 'raw', 'archive', 'feed', 'stats']
const LINKS = LINKED.flatMap((linked) => KINDS.map((kind) => `${linked}_${kind}_url`))

const linkSchemas = Object.fromEntries(
  LINKS.map((name) => [
    name,
    {
      type: 'string',
      format: 'uri',
      description: `Where the ${name} of it is read, for whoever may see it. Null where nobody may.`,
    },
  ]),
)
const links = Object.fromEntries(LINKS.map((name) => [name, `https://large.example.com/records/1/${name}`]))

/** As OpenAPI 3.0 says it: \`nullable\` for a type null, exclusive limits as flags. */
function downgrade(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(downgrade)
  if (typeof value !== 'object' || value === null) return value
  const { type, exclusiveMaximum, ...rest } = value as Json
  const old = Object.fromEntries(Object.entries(rest).map(([name, member]) => [name, downgrade(member)]))
  const isNullable = Array.isArray(type) && type.includes('null')
  return {
    ...(type !== undefined && { type: isNullable ? type.find((one) => one !== 'null') : type }),
    ...(isNullable && { nullable: true }),
    ...old,
    ...(exclusiveMaximum !== undefined && { maximum: exclusiveMaximum, exclusiveMaximum: true }),
  }
}

const ref = (section: string, name: string): Json => ({ $ref: `#/components/${section}/${name}` })

/** Members that are schemas of the layer below: none below the last. */
const nested = (layer: number, number: number): Json =>
  Object.fromEntries(
    LAYERS.slice(layer, layer + 1).flatMap((name) =>
      HELD.map((linked, index) => [linked, ref('schemas', `${name}${(number + 31 * index) % LAYER}`)]),
    ),
  )

const layers = Object.fromEntries(
  LAYERS.flatMap((name, layer) =>
    Array.from({ length: LAYER }, (_, number): [string, Json] => [
      `${name}${number}`,
      { type: 'object', properties: { id: { type: 'integer' }, ...linkSchemas, ...nested(layer + 1, number) } },
    ]),
  ),
)

/** Records with all links, which refer to the layers, and operations that refer to parameters and examples. */
function widen(document: Json): Json {
  const { schemas, ...components } = document['components'] as { schemas: Record<string, Json> }
  const wide = Object.fromEntries(
    Object.entries(schemas).map(([name, schema], index) => {
      const { allOf } = schema as { allOf?: readonly Json[] }
      if (!allOf) return [name, schema]
      return [name, { allOf: [...allOf, { type: 'object', properties: { ...linkSchemas, ...nested(0, index) } }] }]
    }),
  )
  const examples: Record<string, Json> = {}
  const parameters: Record<string, Json> = {}
  const share = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(share)
    if (typeof value !== 'object' || value === null) return value
    const { example, in: where, ...rest } = value as Json
    if (typeof where === 'string') {
      const name = `p${Object.keys(parameters).length % 209}`
      parameters[name] ??= value as Json
      const known = Object.entries(parameters).find(([, one]) => JSON.stringify(one) === JSON.stringify(value))
      return known ? ref('parameters', known[0]) : value
    }
    const { id, createdAt } = rest as Json
    const members = Object.fromEntries(Object.entries(rest).map(([key, member]) => [key, share(member)]))
    if (example === undefined) return { ...members, ...(typeof id === 'string' && createdAt !== undefined && links) }
    const name = `e${Object.keys(examples).length}`
    examples[name] = { value: share(example) as Json }
    return { ...members, examples: { default: ref('examples', name) } }
  }
  return {
    ...document,
    openapi: '3.0.3',
    paths: share(document['paths']),
    components: { ...components, parameters, examples, schemas: { ...wide, ...layers } },
  }
}

export const wideJson = (): string => JSON.stringify(downgrade(widen(largeDocument(RESOURCES))), null, 2)

if (import.meta.main) process.stdout.write(wideJson())
