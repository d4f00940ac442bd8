import type { SessionControl } from '../api/mock.ts'
import { sizeOf, sizeOfRecords } from '../control/measure-value.ts'
import type { KeptTenant } from '../state/store.ts'

/** What an entry of the journal takes beside its content, in bytes. */
const ENTRY = 300

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
export const sizeOfTenant = ({ collections }: KeptTenant): number =>
  Object.values(collections).reduce((size, { kept }) => size + sizeOfRecords(kept), 0)
