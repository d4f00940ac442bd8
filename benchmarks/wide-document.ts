/**
 * A synthetic OpenAPI 3.0 document as large as the largest that vendors publish: records of 30 members that most replies
 * hold whole, 14 MB of JSON. `node benchmarks/wide-document.ts > wide.json`
 */
import { largeDocument } from './synthetic-document.ts'

const RESOURCES = 245
export const WIDE_OPERATIONS = RESOURCES * 5

type Json = Record<string, unknown>

/** What a record links to: each a member with the address of it. */
const LINKED = ['owner', 'events', 'comments', 'labels', 'members']
const KINDS = ['html', 'api', 'raw', 'archive']
const LINKS = LINKED.flatMap((linked) => KINDS.map((kind) => `${linked}_${kind}_url`))

const linkSchemas = Object.fromEntries(
  LINKS.map((name) => [name, { type: 'string', format: 'uri', nullable: true, description: `The ${name} of it.` }]),
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

/** Records with all links, and replies that hold the schema itself in place of a reference, as generators write them. */
function widen(document: Json): Json {
  const { schemas, ...components } = document['components'] as { schemas: Record<string, Json> }
  const wide = Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      const { allOf } = schema as { allOf?: readonly Json[] }
      return [name, allOf ? { allOf: [...allOf, { type: 'object', properties: linkSchemas }] } : schema]
    }),
  )
  const inline = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inline)
    if (typeof value !== 'object' || value === null) return value
    const [, name] = /^#\/components\/schemas\/(Resource\d+)$/.exec(String((value as Json)['$ref'])) ?? []
    if (name) return wide[name]
    const members = Object.entries(value).map(([key, member]) => [key, inline(member)])
    const { id, createdAt } = value as Json
    // An example of a stored record.
    return { ...Object.fromEntries(members), ...(typeof id === 'string' && createdAt !== undefined && links) }
  }
  return {
    ...document,
    openapi: '3.0.3',
    paths: inline(document['paths']),
    components: { ...components, schemas: wide },
  }
}

export const wideJson = (): string => JSON.stringify(downgrade(widen(largeDocument(RESOURCES))), null, 2)

if (import.meta.main) process.stdout.write(wideJson())
