import type { Api } from '../api/api.ts'
import type { Mock, SessionControl } from '../api/mock.ts'
import type { Order } from '../engine/force-failure.ts'
import type { Snapshot, TenantSnapshot } from '../state/snapshot.ts'

/** What the sessions of a mock, and of the one in its place, begin with. */
export interface Begun {
  readonly before: readonly Order[]
  readonly now: readonly Order[]
}

type Tenants = Readonly<Record<string, TenantSnapshot>>

/**
 * Brings the state of a session and the orders that stand into another mock.
 * @param isWritten whether a call has changed a collection
 * @param begun where it is the same for both, a session goes on with what is left of it; else it begins with that of the
 * other mock, and of the orders that stand those alone are brought along that came later
 * @returns what the other mock has no place for, each in a few words
 */
export function moveState(
  from: SessionControl,
  to: Mock,
  session: string,
  isWritten: (api: string, tenant: string, collection: string) => boolean,
  { before, now }: Begun = { before: [], now: [] },
): readonly string[] {
  const lost: string[] = []
  const { apis, outbox } = from.snapshot()
  const moved: Record<string, Tenants> = {}
  for (const [name, tenants] of Object.entries(apis)) {
    const api = to.apis.find((one) => one.name === name)
    if (api) {
      const fitted = Object.entries(tenants).map(([tenant, collections]): [string, TenantSnapshot] => [
        tenant,
        fitTenant(api, collections, (collection) => isWritten(name, tenant, collection), lost),
      ])
      moved[name] = Object.fromEntries(fitted)
    } else lost.push(`the state of ${name}`)
  }
  const own = outbox.filter(({ api }) => to.apis.some(({ name }) => name === api))
  restore(to, session, { version: 2, apis: moved, outbox: own }, lost)
  const isGoingOn = isSame(before, now)
  if (isGoingOn) to.session(session).clearFailures()
  for (const order of from.readOrders()) {
    if (!isGoingOn && before.some((one) => isSame({ ...one, times: 0 }, { ...order, times: 0 }))) continue
    try {
      to.session(session).failNext(order)
    } catch (error) {
      lost.push(`the order of ${nameOrdered(order)} for ${order.operationId}: ${(error as Error).message}`)
    }
  }
  return lost
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

function nameOrdered({ failure, example, status, drop, timeout, delay }: Order): string {
  if (drop) return 'a dropped connection'
  if (timeout) return 'a timeout'
  return failure ?? example ?? (status === undefined ? `${delay} ms of delay` : String(status))
}

function fitTenant(
  api: Api,
  collections: TenantSnapshot,
  isWritten: (collection: string) => boolean,
  lost: string[],
): TenantSnapshot {
  const known = api.behaviours.collections
  // Behaviours of one's own may keep more than the document's resources.
  const carried = { ...collections, ...api.carryRecords?.(collections, isWritten) }
  for (const [name, records] of Object.entries(collections)) {
    if (!Object.hasOwn(known, name) && records.length > 0 && isWritten(name)) lost.push(`${name} of ${api.name}`)
  }
  const fitting = Object.entries(carried).flatMap(([name, records]) => {
    const rules = Object.hasOwn(known, name) ? known[name] : undefined
    if (!rules) return []
    const kept = records.filter((record) => fits(rules, record))
    const count = records.length - kept.length
    if (count > 0) lost.push(`${count} ${count === 1 ? 'record' : 'records'} of ${name}`)
    return [[name, kept] as const]
  })
  return Object.fromEntries(fitting)
}

function fits(rules: Api['behaviours']['collections'][string], record: object): boolean {
  try {
    return (
      typeof rules.idOf(record) === 'string' &&
      (rules.isAsBefore?.() === true || rules.breachOf?.(record) === undefined)
    )
  } catch {
    return false
  }
}

/** Where an API refuses its state all the same, that alone is lost. */
function restore(to: Mock, session: string, snapshot: Snapshot, lost: string[]): void {
  try {
    to.restore(snapshot, session)
    return
  } catch {
    // Which of them, is found by trying each.
  }
  const taken = Object.entries(snapshot.apis).filter(([name, tenants]) => {
    try {
      to.restore({ ...snapshot, apis: { [name]: tenants }, outbox: [] }, session)
      return true
    } catch (error) {
      lost.push(`the state of ${name}: ${(error as Error).message}`)
      return false
    }
  })
  to.restore({ ...snapshot, apis: Object.fromEntries(taken) }, session)
}
