import type { Keyword } from './keyword.ts'

/** Longer lists are not sent: they would try the server's limits, not the document's. */
export const MOST_ITEMS = 1000

const countOf = (value: unknown): number => (Array.isArray(value) ? value.length : -1)

/**
 * JSON Schema, Validation, section 6.4.2. The edge is left out above 1,000 items; a list is mended by items added at
 * its end.
 */
export const minItems: Keyword = {
  name: 'minItems',
  of: 'array',
  narrow(shape, { minItems: least = 0 }) {
    shape.minItems = Math.max(shape.minItems, least)
  },
  *accepts({ minItems: least }) {
    if (!least || least > MOST_ITEMS) return
    yield {
      what: 'minItems',
      title: 'is as short as it may be',
      count: least,
      value: (random, { items }) => items(least, random),
    }
  },
  *breaks({ minItems: least }) {
    if (!least || least > MOST_ITEMS) return
    yield {
      what: 'minItems',
      title: 'has one item too few',
      value: (random, { items }) => items(least - 1, random),
    }
  },
  repair(value, { minItems: least = 0 }, { items }, random) {
    return Array.isArray(value) ? [...value, ...items(least - value.length, random)] : value
  },
  faults: [
    { accepts: 'a list shorter than minItems', noticedBy: /minItems/ },
    {
      refuses: 'a list of just minItems',
      noticedBy: /minItems/,
      isRefused: (value, { minItems: least }) => countOf(value) === least,
    },
  ],
}

/** JSON Schema, Validation, section 6.4.1. Neither the edge nor the breach is tried above 1,000 items. */
export const maxItems: Keyword = {
  name: 'maxItems',
  of: 'array',
  narrow(shape, { maxItems: most = Number.POSITIVE_INFINITY }) {
    shape.maxItems = Math.min(shape.maxItems, most)
  },
  *accepts({ maxItems: most }) {
    if (!most || most > MOST_ITEMS) return
    yield {
      what: 'maxItems',
      title: 'is as long as it may be',
      count: most,
      value: (random, { items }) => items(most, random),
    }
  },
  *breaks({ maxItems: most }) {
    if (most === undefined || most > MOST_ITEMS) return
    yield {
      what: 'maxItems',
      title: 'has one item too many',
      value: (random, { items }) => items(most + 1, random),
    }
  },
  repair: (value, { maxItems: most }) => (Array.isArray(value) ? value.slice(0, most) : value),
  faults: [
    { accepts: 'a list longer than maxItems', noticedBy: /maxItems/ },
    {
      refuses: 'a list of just maxItems',
      noticedBy: /maxItems/,
      isRefused: (value, { maxItems: most }) => countOf(value) === most,
    },
  ],
}
