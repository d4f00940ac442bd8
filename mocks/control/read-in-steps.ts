import { checkSnapshot, type KeptState, type SnapshotRules } from '../state/snapshot.ts'

/** So many records are read in a step. */
const READ = 20

/**
 * What `readSnapshot` does, in short steps and without a copy.
 * @param isKept whether it was kept by a state, so that a text is a record
 * @throws Error that names the first place where it is no snapshot of these APIs
 */
export function* readSnapshotInSteps(given: unknown, rules: SnapshotRules, isKept = false): Generator<void, KeptState> {
  const work: Generator<void>[] = []
  const whole = isKept ? { version: 2, ...(given as KeptState) } : given
  const read = checkSnapshot(whole, rules, (records, take) => {
    const taken: (object | string)[] = []
    work.push(takeAll())
    return taken

    function* takeAll(): Generator<void> {
      for (const [index, held] of records.entries()) {
        if (index % READ === 0) yield
        const isText = isKept && typeof held === 'string'
        const record = take(isText ? JSON.parse(held) : held, index)
        taken.push(isText ? held : record)
      }
    }
  })
  for (const list of work) yield* list
  return read
}
