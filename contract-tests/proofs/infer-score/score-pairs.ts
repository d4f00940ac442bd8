import type { Resources } from '../../../documents/resources/resource.ts'

/** A creation, and what reads back what it made: labelled by hand. */
export interface Pair {
  readonly create: string
  /** Null: nothing reads it back by what its reply says. */
  readonly read: string | null
}

export interface JudgedPair extends Pair {
  /** What was found to read it back; undefined: nothing was. */
  readonly found: string | undefined
}

/** What was found for each labelled creation of a document. */
export function judgePairs({ operations, resources }: Resources, labels: readonly Pair[]): JudgedPair[] {
  return labels.map((label) => ({ ...label, found: readingOf(label.create) }))

  function readingOf(create: string): string | undefined {
    const operation = operations.find(({ operationId }) => operationId === create)
    if (operation?.role !== 'create') return undefined
    const resource = resources.find(({ name }) => name === operation.resource)
    return resource?.identity && resource.operations.find(({ role }) => role === 'read')?.operationId
  }
}

export interface PairScore {
  readonly labelled: number
  readonly found: number
  readonly right: number
}

export const scorePairs = (judged: readonly JudgedPair[]): PairScore => ({
  labelled: judged.length,
  found: judged.filter(({ found }) => found !== undefined).length,
  right: judged.filter(({ found, read }) => found !== undefined && found === read).length,
})
