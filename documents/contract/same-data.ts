import type { Json } from '../read/json.ts'

/** Whether two values are the same data of JSON, with their members in the same order: many times faster than `isDeepStrictEqual`. */
export function isSameData(one: Json, other: Json): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return Object.is(one, other)
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false
    for (let index = 0; index < one.length; index++) if (!isSameData(one[index], other[index])) return false
    return true
  }
  const names = Object.keys(one)
  const others = Object.keys(other)
  if (names.length !== others.length) return false
  for (let index = 0; index < names.length; index++) {
    const name = names[index] as string
    if (name !== others[index] || !isSameData(one[name], other[name])) return false
  }
  return true
}
