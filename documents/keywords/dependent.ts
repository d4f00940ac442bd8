import type { Keyword } from './keyword.ts'

export const dependentRequired: Keyword = {
  name: 'dependentRequired',
  of: 'object',
  narrow(shape, { dependentRequired: names }) {
    if (names) shape.dependent.push(...Object.entries(names))
  },
}

export const dependentSchemas: Keyword = {
  name: 'dependentSchemas',
  of: 'object',
  narrow(shape, { dependentSchemas: schemas }) {
    if (schemas) shape.dependentSchemas.push(...Object.entries(schemas))
  },
}
