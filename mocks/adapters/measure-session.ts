import type { SessionControl } from '../api/mock.ts'
import { sizeOf } from '../control/measure-value.ts'
import type { KeptTenant } from '../state/store.ts'

/** What a record takes beside its content: its place in a collection and in the indexes of that, in bytes. */
const RECORD = 300
/** An entry of the journal, likewise. */
const ENTRY = 300
/** Of so many objects of a collection the size is found out one by one, and of more, the rest is taken for alike. */
const MOST_MEASURED = 1000

/** What a session keeps, about, in bytes. */
export function sizeOfSession(control: SessionControl): number {
  const { session, journal } = control.open()
  const { state, programmed } = session
  let size = sizeOf([state.outbox, programmed])
  for (const tenants of state.tenants.values()) for (const tenant of tenants.values()) size += sizeOfTenant(tenant)
  for (const { path, text = '', headers, query, body } of journal.entries) {
    size += ENTRY + path.length + text.length + sizeOf([headers, query, body])
  }
  return size
}

/** What a tenant keeps, about, in bytes. */
export function sizeOfTenant({ collections }: KeptTenant): number {
  let size = 0
  for (const { kept } of Object.values(collections)) {
    let [count, measured] = [0, 0]
    for (const held of kept) {
      size += RECORD
      if (typeof held === 'string') size += held.length
      else if (count++ < MOST_MEASURED) measured += sizeOf(held)
    }
    size += measured * Math.max(1, count / MOST_MEASURED)
  }
  return size
}
