import type { KeptState } from '../state/snapshot.ts'

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
 * The text of a snapshot, a record a piece, of what was kept for it: `JSON.stringify(copyState(kept))` without the copies.
 */
export function* writeSnapshot({ apis, outbox }: KeptState): Generator<string> {
  const recordOf = (held: object | string) => (typeof held === 'string' ? held : JSON.stringify(held))
  yield '{"version":2,"apis":'
  yield* writeMembers(apis, (tenants) =>
    writeMembers(tenants, (collections) => writeMembers(collections, (kept) => writeList(kept, recordOf))),
  )
  yield ',"outbox":'
  yield* writeList(outbox, (message) => JSON.stringify(message))
  yield '}'
}
