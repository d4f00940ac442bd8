import type { Keyword } from './keyword.ts'

/**
 * JSON Schema, Core, section 10.3.2.1. The schemas of one member from several parts hold together. Members are sites of
 * their own, so nothing is tried here.
 */
export const properties: Keyword = {
  name: 'properties',
  of: 'object',
  narrow(shape, { properties: members }) {
    if (!members) return
    for (const [name, schema] of Object.entries(members)) {
      shape.properties.set(name, [...(shape.properties.get(name) ?? []), schema])
    }
  },
}

/** JSON Schema, Core, section 10.3.2.4. It narrows shapes only; no case breaks it. */
export const propertyNames: Keyword = {
  name: 'propertyNames',
  of: 'object',
  narrow(shape, { propertyNames: schema }) {
    if (schema !== undefined) shape.propertyNames.push(schema)
  },
}
