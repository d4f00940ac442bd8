import type { Operation } from './engine/vocabulary.ts'

/**
 * The operations without those that no request reaches: their paths only differ in a fragment, or in the names of the
 * parameters, from that of an operation before them (OpenAPI 3.1, Paths Object, forbids it).
 */
export function leaveOutShadowed(operations: readonly Operation[]): Operation[] {
  const seen = new Set<string>()
  return operations.filter(({ method, path }) => {
    const shape = `${method} ${path.replace(/\{[^{}]*\}/g, '{}')}`
    if (seen.has(shape) || /#|\{\?/.test(path)) return false
    seen.add(shape)
    return true
  })
}
