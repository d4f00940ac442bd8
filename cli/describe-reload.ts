import type { Assembled } from './assemble-mock.ts'

/** So much of what was lost is named. */
const MOST_NAMED = 3

/**
 * What has changed, in a line: `openapi.yaml: 1 operation changed, 23 kept; state kept`.
 * @param changed the files, as people call them
 * @param lost what there is no place for any more
 */
export function describeReload(changed: readonly string[], { parts }: Assembled, lost: readonly string[]): string {
  const fresh = parts.filter(({ isFresh }) => isFresh).map(({ read }) => read)
  const of = (kind: 'changed' | 'added' | 'removed' | 'kept') =>
    fresh.reduce((sum, { changes, operations }) => {
      // One that was not there before is new as a whole.
      if (!changes) return sum + (kind === 'added' ? operations.length : 0)
      return sum + changes[kind].length
    }, 0)
  const told = (['changed', 'added', 'removed'] as const).flatMap((kind) => {
    const count = of(kind)
    return count > 0 ? [`${count} ${count === 1 ? 'operation' : 'operations'} ${kind}`] : []
  })
  const what =
    fresh.length === 0
      ? 'read again'
      : [...(told.length > 0 ? told : ['no operation changed']), `${of('kept')} kept`].join(', ')
  const named = lost.slice(0, MOST_NAMED).join(', ')
  const more = lost.length > MOST_NAMED ? ` and ${lost.length - MOST_NAMED} more` : ''
  const state = lost.length === 0 ? 'state kept' : `state kept, but for ${named}${more}`
  return `${changed.join(', ')}: ${what}; ${state}`
}
