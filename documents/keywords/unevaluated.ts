import type { Keyword } from './keyword.ts'

export const unevaluatedItems: Keyword = {
  name: 'unevaluatedItems',
  of: 'array',
  narrow(shape, schema) {
    shape.isClosed ||= schema.unevaluatedItems === false
  },
}

export const unevaluatedProperties: Keyword = {
  name: 'unevaluatedProperties',
  of: 'object',
  narrow(shape, schema) {
    shape.isClosed ||= schema.unevaluatedProperties === false
  },
}
