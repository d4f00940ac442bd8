import type { Reply } from '../engine/vocabulary.ts'
import { readSnapshot, type Snapshot } from '../state/snapshot.ts'
import { compareSnapshots } from './compare-snapshots.ts'
import { type Control, DONE, json, readObject, sessionNameOf, sessionOf } from './exchange.ts'

const nameOf = ({ params }: Control): string => params['name'] ?? ''

/** How many records a snapshot holds; notes, in brackets, are none. */
const countRecords = ({ apis }: Snapshot): number =>
  Object.values(apis)
    .flatMap((tenants) => Object.values(tenants))
    .flatMap((collections) => Object.entries(collections))
    .reduce((count, [name, records]) => count + (name.startsWith('(') ? 0 : records.length), 0)

export const listSnapshots = ({ call, inspection }: Control): Reply =>
  json(
    200,
    inspection.snapshots.list(sessionNameOf(call)).map(({ name, at, snapshot }) => ({
      name,
      at,
      records: countRecords(snapshot),
      messages: snapshot.outbox.length,
    })),
  )

export const readSnapshotNamed = ({ call, inspection, ...control }: Control): Reply =>
  json(200, inspection.snapshots.get(sessionNameOf(call), control.params['name'] ?? '').snapshot)

/** Keeps the state as it is now, or the one that is sent. @throws Error where what is sent could not be put back */
export function putSnapshot(control: Control): Reply {
  const { mock, call, inspection } = control
  const sent = call.text?.trim() ? readObject(call) : undefined
  const collectionsOf = (api: string) => mock.apis.find(({ name }) => name === api)?.behaviours.collections
  const given = sent && readSnapshot(sent, collectionsOf, mock.inspect)
  inspection.snapshots.put(sessionNameOf(call), nameOf(control), given ?? sessionOf(control).snapshot())
  inspection.changes.note(sessionNameOf(call), 'snapshots')
  return DONE
}

export function deleteSnapshot(control: Control): Reply {
  control.inspection.snapshots.delete(sessionNameOf(control.call), nameOf(control))
  control.inspection.changes.note(sessionNameOf(control.call), 'snapshots')
  return DONE
}

export function restoreSnapshot(control: Control): Reply {
  sessionOf(control).restore(control.inspection.snapshots.get(sessionNameOf(control.call), nameOf(control)).snapshot)
  return DONE
}

/** What was added, changed and removed since then. */
export function compareWithSnapshot(control: Control): Reply {
  const { snapshot, at } = control.inspection.snapshots.get(sessionNameOf(control.call), nameOf(control))
  const rulesOf = (api: string) => control.mock.apis.find(({ name }) => name === api)?.behaviours.collections ?? {}
  return json(200, { since: at, ...compareSnapshots(snapshot, sessionOf(control).snapshot(), rulesOf) })
}
