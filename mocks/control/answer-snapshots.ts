import type { Api } from '../api/api.ts'
import { workInTurns } from '../engine/take-turns.ts'
import type { Reply } from '../engine/vocabulary.ts'
import type { KeptState } from '../state/snapshot.ts'
import { compareStates } from './compare-snapshots.ts'
import {
  type Control,
  type ControlReply,
  DONE,
  json,
  jsonPieces,
  readObject,
  sessionNameOf,
  sessionOf,
} from './exchange.ts'
import type { NamedSnapshot } from './name-snapshots.ts'
import { readSnapshotInSteps } from './read-in-steps.ts'
import { writeSnapshot } from './write-pieces.ts'

const nameOf = ({ params }: Control): string => params['name'] ?? ''

const namedBy = (control: Control): NamedSnapshot =>
  control.inspection.snapshots.get(sessionNameOf(control.call), nameOf(control))

const stateOf = (control: Control): KeptState => sessionOf(control).open().session.state.keep()

const rulesOf = ({ mock }: Control) => ({
  collectionsOf: (api: string) => mock.apis.find(({ name }) => name === api)?.behaviours.collections,
  inspect: mock.inspect,
})

export const readState = (control: Control): ControlReply => jsonPieces(writeSnapshot(stateOf(control)))

/** @throws Error where it is no state of these APIs; the state is kept */
export async function writeState(control: Control): Promise<Reply> {
  await restoreInTurns(control, readObject(control.call))
  return DONE
}

/** How many records a snapshot holds; notes, in brackets, are none. */
const countRecords = ({ apis }: KeptState): number =>
  Object.values(apis)
    .flatMap((tenants) => Object.values(tenants))
    .flatMap((collections) => Object.entries(collections))
    .reduce((count, [name, records]) => count + (name.startsWith('(') ? 0 : records.length), 0)

export const listSnapshots = ({ call, inspection }: Control): Reply =>
  json(
    200,
    inspection.snapshots.list(sessionNameOf(call)).map(({ name, at, kept }) => ({
      name,
      at,
      records: countRecords(kept),
      messages: kept.outbox.length,
    })),
  )

export const readSnapshotNamed = (control: Control): ControlReply => jsonPieces(writeSnapshot(namedBy(control).kept))

/** Keeps the state as it is now, or the one that is sent. @throws Error where what is sent could not be put back */
export function putSnapshot(control: Control): Reply | Promise<Reply> {
  const { mock, call, inspection } = control
  const { apis } = mock
  const keep = (kept: KeptState): Reply => {
    inspection.snapshots.put(sessionNameOf(call), nameOf(control), kept, apis)
    inspection.changes.note(sessionNameOf(call), 'snapshots')
    return DONE
  }
  if (!call.text?.trim()) return keep(stateOf(control))
  return workInTurns(readSnapshotInSteps(readObject(call), rulesOf(control))).then(keep)
}

export function deleteSnapshot(control: Control): Reply {
  control.inspection.snapshots.delete(sessionNameOf(control.call), nameOf(control))
  control.inspection.changes.note(sessionNameOf(control.call), 'snapshots')
  return DONE
}

export async function restoreSnapshot(control: Control): Promise<Reply> {
  const { kept, apis } = namedBy(control)
  await restoreInTurns(control, kept, apis)
  return DONE
}

/** @param keptBy the APIs that it was held to already */
async function restoreInTurns(control: Control, given: object, keptBy?: readonly Api[]): Promise<void> {
  const { mock } = control
  let apis: readonly Api[]
  do {
    apis = mock.apis
    const kept =
      keptBy === apis
        ? (given as KeptState)
        : await workInTurns(readSnapshotInSteps(given, rulesOf(control), keptBy !== undefined))
    await workInTurns(sessionOf(control).restoreInSteps(kept))
    // Meanwhile the mock may have been replaced by one of other documents.
  } while (mock.apis !== apis)
}

/** What was added, changed and removed since then. */
export async function compareWithSnapshot(control: Control): Promise<Reply> {
  const { kept, at } = namedBy(control)
  const collectionsOf = (api: string) => rulesOf(control).collectionsOf(api) ?? {}
  const differences = await workInTurns(compareStates(kept, stateOf(control), collectionsOf))
  return json(200, { since: at, ...differences })
}
