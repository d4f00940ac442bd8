import type { Keyword } from './keyword.ts'

/** It holds for the items behind those that `prefixItems` of the same schema is about. */
export const items: Keyword = {
  name: 'items',
  of: 'array',
  narrow(shape, { items: rest, prefixItems: prefix }) {
    if (rest !== undefined || prefix !== undefined) shape.itemLists.push({ prefix: prefix ?? [], rest: rest ?? true })
  },
}
