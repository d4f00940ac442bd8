import type { Data } from '../contract/data.ts'
import { canonical } from './canonical.ts'
import type { Keyword } from './keyword.ts'
import { MOST_ITEMS } from './limit-items.ts'

/**
 * JSON Schema, Validation, section 6.4.3: items are compared as JSON, the order of members aside. A list is mended by
 * fresh items for the repeated ones. It is not broken where a list needs more than 1,000 items.
 */
export const uniqueItems: Keyword = {
  name: 'uniqueItems',
  of: 'array',
  narrow(shape, schema) {
    shape.isUnique ||= schema.uniqueItems === true
  },
  *breaks({ uniqueItems: isUnique, minItems: least = 2 }) {
    if (!isUnique || least > MOST_ITEMS) return
    yield {
      what: 'uniqueItems',
      title: 'has an item twice',
      value(random, { items }) {
        const [item = null] = items(1, random)
        return Array.from({ length: Math.max(2, least) }, () => item)
      },
    }
  },
  repair(value, { minItems: least = 0 }, { items }, random) {
    if (!Array.isArray(value)) return value
    let kept = withoutRepeats(value)
    // What was taken out may have been needed, and what is drawn in its place may be there already.
    for (let attempt = 0; kept.length < least && attempt < 50; attempt++) {
      kept = withoutRepeats([...kept, ...items(1, random.at('another', attempt))])
    }
    return kept
  },
  faults: [{ accepts: 'an item twice', noticedBy: /uniqueItems/ }],
}

const withoutRepeats = (list: readonly Data[]): Data[] => [
  ...new Map(list.map((item) => [canonical(item), item])).values(),
]
