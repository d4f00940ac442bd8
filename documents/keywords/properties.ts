import type { Keyword } from './keyword.ts'

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

export const propertyNames: Keyword = {
  name: 'propertyNames',
  of: 'object',
  narrow(shape, { propertyNames: schema }) {
    if (schema !== undefined) shape.propertyNames.push(schema)
  },
}
