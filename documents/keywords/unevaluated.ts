import type { Keyword } from './keyword.ts'

/** JSON Schema, Core, section 11.2. Only `false` narrows a shape; a schema there is left to Ajv. */
export const unevaluatedItems: Keyword = {
  name: 'unevaluatedItems',
  of: 'array',
  narrow(shape, schema) {
    shape.isClosed ||= schema.unevaluatedItems === false
  },
}

/** JSON Schema, Core, section 11.3. Only `false` narrows a shape; a schema there is left to Ajv. */
export const unevaluatedProperties: Keyword = {
  name: 'unevaluatedProperties',
  of: 'object',
  narrow(shape, schema) {
    shape.isClosed ||= schema.unevaluatedProperties === false
  },
}
