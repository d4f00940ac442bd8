import type { KeptState, KeptTenantState } from '../state/snapshot.ts'
import { sizeOf, sizeOfRecords } from './measure-value.ts'

/** What a place in a list takes, in bytes. */
const PLACE = 8
/** So far ahead is looked for where two lists are alike again, and in vain twice as far; not at each where nothing is alike. */
const [NEAR, FAR] = [8, 1000]

/** What was kept of a state takes beside that state as it is now, about, in bytes: what both have is there once. */
export function sizeOfUnshared({ apis, outbox }: KeptState, state: KeptState | undefined): number {
  let size = sizeOf(outbox)
  for (const [api, tenants] of Object.entries(apis)) {
    for (const [tenant, collections] of Object.entries(tenants)) {
      for (const [name, records] of Object.entries(collections)) {
        const now = state?.apis[api]?.[tenant]?.[name] ?? []
        size += PLACE * records.length + sizeOfRecords(listUnshared(records, now))
      }
    }
  }
  return size
}

type Held = KeptTenantState[string][number]

/** Both stand in order of creation: what was changed is in its place, and behind what was removed the rest moves up. */
function listUnshared(records: readonly Held[], now: readonly Held[]): Held[] {
  const unshared: Held[] = []
  if (records === now) return unshared
  let [row, reach, rest] = [0, NEAR, 0]
  for (let at = 0; at < records.length; at++, row++) {
    if (records[at] === now[row]) {
      reach = NEAR
      continue
    }
    if (rest-- <= 0 && row < now.length) {
      const ahead = records.slice(at, at + reach).indexOf(now[row] as Held)
      if (ahead > 0) {
        unshared.push(...records.slice(at, at + ahead))
        at += ahead
        continue
      }
      reach *= 2
      if (reach > FAR) [reach, rest] = [NEAR, FAR]
    }
    unshared.push(records[at] as Held)
  }
  return unshared
}
