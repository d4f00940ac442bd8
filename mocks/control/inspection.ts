import type { Mock } from '../api/mock.ts'
import type { JournalEntry } from '../journal/journal.ts'
import type { BrokenRule } from './find-rule.ts'
import { ChangeLog } from './log-changes.ts'
import { NamedSnapshots } from './name-snapshots.ts'
import { type ReadContract, readContracts, type Sources } from './read-contracts.ts'

/** What the control API keeps of a mock beside what that keeps itself. */
export interface Inspection {
  readonly changes: ChangeLog
  readonly snapshots: NamedSnapshots
  /** @throws ControlError where there is no document of the API */
  readonly contractOf: ReadContract
  readonly sources: Sources | undefined
  /** Where the document says what a call broke. @throws ControlError likewise */
  ruleOf(entry: JournalEntry): Promise<BrokenRule | undefined>
}

const inspections = new WeakMap<Mock, Inspection>()

/** One for each mock, however many servers it has. */
export function inspectionOf(mock: Mock, sources?: Sources): Inspection {
  const known = inspections.get(mock)
  if (known) return known
  const contractOf = readContracts(sources)
  const made: Inspection = {
    changes: new ChangeLog(mock),
    snapshots: new NamedSnapshots((name) => {
      const { session } = name === '' ? mock.session('').open() : { session: mock.named.get(name)?.session }
      return session?.state.keep()
    }),
    contractOf,
    sources,
    async ruleOf(entry) {
      const api = mock.apis.find(({ name }) => name === entry.api)
      if (!api) return undefined
      const { findRule } = await import('./find-rule.ts')
      return findRule(await contractOf(api), entry)
    },
  }
  inspections.set(mock, made)
  return made
}
