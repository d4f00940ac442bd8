import type { Keyword } from './keyword.ts'

/** JSON Schema, Validation, section 6.5.4. It narrows shapes only; no case breaks it. */
export const dependentRequired: Keyword = {
  name: 'dependentRequired',
  of: 'object',
  narrow(shape, { dependentRequired: names }) {
    if (names) shape.dependent.push(...Object.entries(names))
  },
}

/** JSON Schema, Core, section 10.2.2.4. It narrows shapes only; no case breaks it. */
export const dependentSchemas: Keyword = {
  name: 'dependentSchemas',
  of: 'object',
  narrow(shape, { dependentSchemas: schemas }) {
    if (schemas) shape.dependentSchemas.push(...Object.entries(schemas))
  },
}
