import type { Json } from '../read/json.ts'
import { isSameData } from './same-data.ts'

/** A part that operations are, or stand in, or refer to: the tokens of the way to it in a document as it was written. */
export type PartWay = readonly string[]

/** How deep the members of a document are parts of their own: `paths` by path and method, `components` by kind and name. */
const DEPTHS: Readonly<Record<string, number>> = {
  paths: 3,
  components: 3,
  definitions: 2,
  parameters: 2,
  responses: 2,
  securityDefinitions: 2,
}

/** What says nothing of any operation. */
const IDLE = new Set(['info', 'tags', 'externalDocs', 'webhooks', 'openapi', '$self'])

/** The part that a way leads into. */
export const partAround = (way: readonly string[]): PartWay => way.slice(0, DEPTHS[way[0] ?? ''] ?? 1)

/** A part that two documents have differently, or only one of them. */
export interface DifferingPart {
  readonly way: PartWay
  readonly before: Json
  readonly after: Json
}

/** The parts in which two documents differ, as they were written. */
export function listDiffering(before: Json, after: Json): DifferingPart[] {
  const found: DifferingPart[] = []
  const compare = (way: PartWay, one: Json, other: Json): void => {
    if (one === other) return
    const depth = DEPTHS[way[0] ?? ''] ?? 1
    if (way.length > 0 && (way.length >= depth || !isObject(one) || !isObject(other))) {
      // Whole branches that are new or gone differ in each of their parts.
      if (way.length < depth && (isObject(one) || isObject(other))) goOn(way, one, other)
      else if (!isSameData(one, other)) found.push({ way, before: one, after: other })
    } else goOn(way, one, other)
  }
  const goOn = (way: PartWay, one: Json, other: Json): void => {
    const names = new Set([...Object.keys(isObject(one) ? one : {}), ...Object.keys(isObject(other) ? other : {})])
    for (const name of names) {
      if (way.length === 0 && (IDLE.has(name) || name.startsWith('x-'))) continue
      compare([...way, name], memberOf(one, name), memberOf(other, name))
    }
  }
  compare([], before, after)
  return found
}

const isObject = (value: Json): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)
const memberOf = (value: Json, name: string): Json =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
