import type { SessionState } from '../state/store.ts'

/** A list as JSON, an item a piece. */
export function* writeList<T>(items: Iterable<T>, write: (item: T) => string): Generator<string> {
  let isFirst = true
  yield '['
  for (const item of items) {
    yield (isFirst ? '' : ',') + write(item)
    isFirst = false
  }
  yield ']'
}

function* writeMembers<T>(members: Readonly<Record<string, T>>, write: (value: T) => Generator<string>) {
  let isFirst = true
  yield '{'
  for (const [name, value] of Object.entries(members)) {
    yield `${isFirst ? '' : ','}${JSON.stringify(name)}:`
    yield* write(value)
    isFirst = false
  }
  yield '}'
}

/**
 * The text of a session's snapshot, a record a piece: of the state as it is now, whatever becomes of it until the last
 * piece is asked for. It is `JSON.stringify(state.snapshot())` without the copies.
 */
export function writeSnapshot(state: SessionState): Iterable<string> {
  const apis = [...state.tenants].flatMap(([api, tenants]) => {
    const held = [...tenants].flatMap(([tenant, { collections }]) => {
      const lists = Object.entries(collections).map(([name, { kept }]) => [name, kept] as const)
      return lists.some(([, kept]) => kept.length > 0) ? [[tenant, Object.fromEntries(lists)] as const] : []
    })
    return held.length > 0 ? [[api, Object.fromEntries(held)] as const] : []
  })
  return writeParts(Object.fromEntries(apis), [...state.outbox])
}

type KeptRecord = object | string

function* writeParts(
  apis: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, readonly KeptRecord[]>>>>>>,
  outbox: SessionState['outbox'],
): Generator<string> {
  const recordOf = (held: KeptRecord) => (typeof held === 'string' ? held : JSON.stringify(held))
  yield '{"version":2,"apis":'
  yield* writeMembers(apis, (tenants) =>
    writeMembers(tenants, (collections) => writeMembers(collections, (kept) => writeList(kept, recordOf))),
  )
  yield ',"outbox":'
  yield* writeList(outbox, (message) => JSON.stringify(message))
  yield '}'
}
