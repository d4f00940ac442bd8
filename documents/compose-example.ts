import { jsonSchemaOf } from './compile-validators.ts'
import type { ExampleRow } from './list-examples.ts'
import { examplesOf, placesOf } from './list-operations.ts'
import { type Document, dereference, type Json } from './read-document.ts'

/** Deeper, optional members are left out: schemas may be recursive. */
const MAX_LEVELS = 8

/**
 * Adds an example, called `composed`, to each success reply that has none: the examples of its members, put together.
 * The mock checks it against the schema like any other reply.
 */
export function composeMissing(document: Document, examples: Record<string, ExampleRow>): Record<string, ExampleRow> {
  for (const { id, operation } of placesOf(document)) {
    const row = examples[id] as ExampleRow
    for (const [status, response] of Object.entries(operation.responses ?? {})) {
      const schema = jsonSchemaOf(dereference(document, response))
      if (!/^2(?:\d\d|XX)$|^default$/.test(status) || row.replies[status] || schema === undefined) continue
      const value = compose(document, schema, 0)
      if (value !== undefined) row.replies[status] = { composed: value }
    }
  }
  return examples
}

function compose(document: Document, reference: Json, level: number): Json {
  const schema = dereference(document, reference)
  if (schema === true) return {}
  if (typeof schema !== 'object' || schema === null || level > MAX_LEVELS) return undefined
  const [example] = examplesOf(document, {}, schema)
  if (example !== undefined) return example
  if (schema.enum) return schema.enum[0]
  const [choice] = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])]
  const parts = [...(schema.allOf ?? []), ...(choice ? [choice] : [])]
  const composed = parts.map((part) => compose(document, part, level + 1))
  const own = composeByType(document, schema, level)
  const values = [...composed, own].filter((value) => value !== undefined)
  if (values.length > 1 && values.every((value) => typeof value === 'object' && !Array.isArray(value))) {
    return Object.assign({}, ...values)
  }
  return values[0]
}

function composeByType(document: Document, schema: Json, level: number): Json {
  const type = [schema.type ?? []].flat()[0] ?? (schema.properties ? 'object' : schema.items ? 'array' : undefined)
  switch (type) {
    case 'object': {
      const members: Json = {}
      for (const [name, member] of Object.entries<Json>(schema.properties ?? {})) {
        const value = compose(document, member, level + 1)
        if (value !== undefined) members[name] = value
      }
      return members
    }
    case 'array': {
      const item = compose(document, schema.items ?? true, level + 1)
      return item === undefined ? [] : Array.from({ length: Math.max(schema.minItems ?? 1, 1) }, () => item)
    }
    case 'string':
      return FORMATS[schema.format] ?? 'text'.padEnd(schema.minLength ?? 0, '.').slice(0, schema.maxLength ?? 255)
    case 'integer':
    case 'number':
      return schema.minimum ?? Math.min(1, schema.maximum ?? 1)
    case 'boolean':
      return true
    case 'null':
      return null
    default:
      return undefined
  }
}

const FORMATS: Readonly<Record<string, string>> = {
  'date-time': '2026-01-31T12:00:00Z',
  date: '2026-01-31',
  time: '12:00:00Z',
  email: 'ada@example.com',
  uuid: '6f1ed002-ab59-4a04-8b0a-4f8a3c1d2e5b',
  uri: 'https://example.com',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
}
