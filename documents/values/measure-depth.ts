import type { Contract } from '../contract/contract.ts'
import { targetOf } from '../contract/follow-schema.ts'
import type { Schema, SchemaObject } from '../contract/schema.ts'

const createDepths = (): Map<SchemaObject, number> => new Map()

/**
 * How many levels the smallest value of a schema nests; Infinity where every value would hold another of its kind.
 * Where a schema may go on for ever, this says which way ends.
 */
export function measureDepth(contract: Contract, schema: Schema): number {
  const depths = contract.once(createDepths)
  const target = targetOf(contract, schema)
  if (typeof target !== 'object' || target === null) return 0
  if (!depths.has(target)) settle(contract, target, depths)
  return depths.get(target) as number
}

type Visit = (schema: Schema | undefined) => number

/** Depths only shrink from Infinity, so passes repeat until one changes nothing. */
function settle(contract: Contract, root: SchemaObject, depths: Map<SchemaObject, number>): void {
  for (let hasChanged = true; hasChanged; ) {
    hasChanged = false
    const seen = new Set<SchemaObject>()
    const visit = (schema: Schema | undefined): number => {
      if (typeof schema !== 'object' || schema === null) return 0
      const target = targetOf(contract, schema)
      if (typeof target !== 'object' || target === null) return 0
      const before = depths.get(target) ?? Number.POSITIVE_INFINITY
      if (seen.has(target)) return before
      seen.add(target)
      const depth = Math.max(leastOf(target, visit), target === schema ? 0 : besides(schema, visit))
      if (depth !== before || !depths.has(target)) {
        depths.set(target, depth)
        hasChanged ||= depth !== before
      }
      return depth
    }
    visit(root)
  }
}

/** What stands beside a `$ref`. */
function besides({ $ref: _, ...rest }: SchemaObject, visit: Visit): number {
  return Object.keys(rest).length > 0 ? leastOf(rest, visit) : 0
}

function leastOf(schema: SchemaObject, visit: Visit): number {
  const depths = [0]
  for (const part of schema.allOf ?? []) depths.push(visit(part))
  for (const choices of [schema.oneOf ?? [], schema.anyOf ?? []]) {
    if (choices.length > 0) depths.push(Math.min(...choices.map(visit)))
  }
  const types = [schema.type ?? []].flat()
  const isObject = types.length === 0 ? schema.properties !== undefined : types.every((type) => type === 'object')
  const isArray = types.length === 0 ? schema.items !== undefined : types.every((type) => type === 'array')
  if (isObject) {
    depths.push(1)
    for (const name of schema.required ?? []) depths.push(1 + visit(schema.properties?.[name]))
  }
  const { minItems = 0, prefixItems = [], items } = schema
  if (isArray && minItems > 0) {
    const first = prefixItems.slice(0, minItems)
    for (const item of [...first, ...(minItems > first.length ? [items] : [])]) depths.push(1 + visit(item))
  }
  return Math.max(...depths)
}
