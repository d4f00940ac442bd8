import type { SchemaObject } from '../contract/schema.ts'
import type { Keyword, KeywordFault } from './keyword.ts'
import { typesOf } from './members.ts'
import { isMultiple, round } from './multiple-of.ts'
import type { Shape } from './shape.ts'

interface Limit {
  readonly name: 'minimum' | 'maximum' | 'exclusiveMinimum' | 'exclusiveMaximum'
  /** 1: what is allowed lies above it. */
  readonly side: 1 | -1
  readonly isExclusive?: true
  readonly narrow: (shape: Shape, limit: number) => void
  readonly faults: readonly KeywordFault[]
}

function limitOf({ name, side, isExclusive, narrow, faults }: Limit): Keyword {
  // In JSON Schema before draft 6 `exclusiveMinimum` was true or false, and so it still is in some documents.
  const limitIn = (schema: SchemaObject): number | undefined =>
    typeof schema[name] === 'number' ? schema[name] : undefined
  const beyond = (schema: SchemaObject, fraction: number): number | undefined => {
    const limit = limitIn(schema)
    if (limit === undefined || isExclusive) return limit
    return round(limit - side * Math.max(stepOf(schema, fraction), spacingAt(limit)))
  }
  return {
    name,
    of: 'number',
    narrow(shape, schema) {
      const limit = limitIn(schema)
      if (limit !== undefined) narrow(shape, limit)
    },
    *accepts(schema) {
      const limit = limitIn(schema)
      if (limit === undefined) return
      const edge = isExclusive ? round(limit + side * stepOf(schema, 0.01)) : limit
      // Beyond it not every whole number is a number of JavaScript.
      if (Math.abs(edge) > 2 ** 53) return
      if (schema.multipleOf !== undefined && !isMultiple(edge, schema.multipleOf)) return
      yield { what: name, title: `is ${edge}`, value: () => edge }
    },
    *breaks(schema) {
      const value = beyond(schema, 0.5)
      if (value !== undefined) yield { what: name, title: `is ${value}`, value: () => value }
    },
    ...(!isExclusive && { breaksText: (schema) => beyond(schema, 1)?.toString() }),
    faults,
  }
}

/** How far the next number is from one that is allowed. @param fraction where any number is */
const stepOf = (schema: SchemaObject, fraction: number): number =>
  schema.multipleOf ?? (typesOf(schema).includes('integer') ? 1 : fraction)

/** How far the numbers of JavaScript are from each other beyond 2^53, where one more is not the next; 0 below. */
const spacingAt = (limit: number): number =>
  Math.abs(limit) < 2 ** 53 ? 0 : 2 ** (Math.floor(Math.log2(Math.abs(limit))) - 52)

/** JSON Schema, Validation, section 6.2.4. The edge is the limit itself, which is allowed. */
export const minimum = limitOf({
  name: 'minimum',
  side: 1,
  narrow(shape, limit) {
    shape.least = Math.max(shape.least, limit)
  },
  faults: [
    { accepts: 'a number below the minimum', noticedBy: /minimum/ },
    { refuses: 'the minimum itself', noticedBy: /minimum/, isRefused: (value, schema) => value === schema.minimum },
  ],
})

/** JSON Schema, Validation, section 6.2.2. The edge is the limit itself, which is allowed. */
export const maximum = limitOf({
  name: 'maximum',
  side: -1,
  narrow(shape, limit) {
    shape.most = Math.min(shape.most, limit)
  },
  faults: [
    { accepts: 'a number above the maximum', noticedBy: /maximum/ },
    { refuses: 'the maximum itself', noticedBy: /maximum/, isRefused: (value, schema) => value === schema.maximum },
  ],
})

/** JSON Schema, Validation, section 6.2.5: a number. `true`, as in drafts before 6, narrows and breaks nothing. */
export const exclusiveMinimum = limitOf({
  name: 'exclusiveMinimum',
  side: 1,
  isExclusive: true,
  narrow(shape, limit) {
    shape.above = Math.max(shape.above, limit)
  },
  faults: [{ accepts: 'the exclusive minimum itself', noticedBy: /exclusiveMinimum/ }],
})

/** JSON Schema, Validation, section 6.2.3: a number. `true`, as in drafts before 6, narrows and breaks nothing. */
export const exclusiveMaximum = limitOf({
  name: 'exclusiveMaximum',
  side: -1,
  isExclusive: true,
  narrow(shape, limit) {
    shape.below = Math.min(shape.below, limit)
  },
  faults: [{ accepts: 'the exclusive maximum itself', noticedBy: /exclusiveMaximum/ }],
})
