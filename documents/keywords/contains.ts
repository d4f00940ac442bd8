import type { Keyword } from './keyword.ts'

/** With `minContains` and `maxContains`, which say nothing without it. */
export const contains: Keyword = {
  name: 'contains',
  of: 'array',
  narrow(shape, { contains: schema, minContains: min = 1, maxContains: max = Number.POSITIVE_INFINITY }) {
    if (schema !== undefined) shape.contains.push({ schema, min, max })
  },
}
