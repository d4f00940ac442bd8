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

/** Depths only shrink from Infinity, so passes repeat until one changes nothing. None calls itself: chains may be long. */
function settle(contract: Contract, root: SchemaObject, depths: Map<SchemaObject, number>): void {
  const found = new Set([root])
  const collect: Visit = (schema) => {
    const target = objectAt(contract, schema)
    if (target && !depths.has(target)) found.add(target)
    if (target && target !== schema) besides(schema as SchemaObject, collect)
    return 0
  }
  for (const schema of found) leastOf(schema, collect)
  const depthOf: Visit = (schema) => {
    const target = objectAt(contract, schema)
    if (!target) return 0
    const depth = depths.get(target) ?? Number.POSITIVE_INFINITY
    return target === schema ? depth : Math.max(depth, besides(schema as SchemaObject, depthOf))
  }
  // What is found last stands innermost.
  const order = [...found].reverse()
  for (let hasChanged = true; hasChanged; ) {
    hasChanged = false
    for (const schema of order) {
      const depth = leastOf(schema, depthOf)
      hasChanged ||= depth !== (depths.get(schema) ?? Number.POSITIVE_INFINITY)
      depths.set(schema, depth)
    }
  }
}

function objectAt(contract: Contract, schema: Schema | undefined): SchemaObject | undefined {
  const target = schema === undefined ? schema : targetOf(contract, schema)
  return typeof target === 'object' && target !== null ? target : undefined
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
