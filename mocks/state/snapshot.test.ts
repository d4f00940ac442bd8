import { describe, expect, it } from 'vitest'
import type { CollectionRules, Collections } from '../engine/vocabulary.ts'
import { readSnapshot, type SnapshotRules } from './snapshot.ts'

interface Person {
  readonly id: string
  readonly keys?: readonly string[]
}

const users: CollectionRules<Person> = {
  idOf: ({ id }) => id,
  keysOf: ({ keys = [] }) => keys.map((key) => ['key', key] as const),
  fromVersion1: (kept) => ({ ...(kept as Person), ...((kept as { user?: object }).user ?? {}) }) as Person,
}
const COLLECTIONS = { users, orders: { idOf: ({ number }: { number: string }) => number, keysOf: () => [] } }
const RULES: SnapshotRules = {
  collectionsOf: (api) => (api === 'people' ? (COLLECTIONS as unknown as Collections) : undefined),
  inspect: (api, tenant, collection, record) =>
    (record as Person).id === 'odd' ? `${api} ${tenant} ${collection} shows it not` : undefined,
}
const read = (given: unknown) => readSnapshot(given, RULES)

const MESSAGE = { to: 'a@example.com', at: '2026-11-02T00:00:00Z', userId: 'a', api: 'people', tenant: 'acme' }

describe('a snapshot', () => {
  it('is read as it is, and as data of its own', () => {
    const given = {
      version: 2,
      apis: { people: { acme: { users: [{ id: 'a', keys: ['K', 'K'] }], orders: [{ number: '1' }] }, empty: {} } },
      outbox: [MESSAGE],
    }
    const snapshot = read(given)
    expect(snapshot).toEqual(given)
    expect(snapshot.apis['people']?.['acme']?.['users']?.[0]).not.toBe(given.apis.people.acme.users[0])
    expect(snapshot.outbox[0]).not.toBe(given.outbox[0])
  })

  it('of version 1 has users alone, which are read as they are kept now', () => {
    const given = { apis: { people: { acme: { users: [{ id: 'a', user: { keys: ['K'] } }] } } }, outbox: [MESSAGE] }
    expect(read(given)).toEqual({
      version: 2,
      apis: { people: { acme: { users: [{ id: 'a', user: { keys: ['K'] }, keys: ['K'] }] } } },
      outbox: [MESSAGE],
    })
    expect(read({ ...given, version: 1 })).toEqual(read(given))
    expect(read({ ...given, version: 2 }).apis).toEqual(given.apis)
  })

  it('may be without messages, and take any text for a tenant', () => {
    const text = '{"apis":{"people":{"__proto__":{"users":[{"id":"constructor"}]}}}}'
    expect(JSON.stringify(read(JSON.parse(text)))).toBe(
      '{"version":2,"apis":{"people":{"__proto__":{"users":[{"id":"constructor"}]}}},"outbox":[]}',
    )
  })

  const tenant = (acme: unknown) => ({ apis: { people: { acme } } })
  it.each<[what: string, given: unknown, message: string]>([
    ['that is null', null, 'the snapshot must have apis (an object)'],
    ['that is a list', [], 'the snapshot must have apis (an object)'],
    ['without apis', {}, 'the snapshot must have apis (an object)'],
    ['of a version to come', { version: 3, apis: {} }, 'the snapshot is of version 3; versions 1 and 2 can be read'],
    [
      'of a version that is text',
      { version: '2', apis: {} },
      'the snapshot is of version "2"; versions 1 and 2 can be read',
    ],
    [
      'of an API that is not there',
      { apis: { people: {}, staff: {} } },
      'the snapshot holds state of staff, which this mock does not have',
    ],
    ['whose tenants are a list', { apis: { people: [] } }, 'apis.people of the snapshot must be an object of tenants'],
    ['with a tenant that is null', tenant(null), 'apis.people.acme of the snapshot must be an object of collections'],
    ['of version 1 without users', tenant({}), 'apis.people.acme of the snapshot must have users (a list)'],
    ['whose users are no list', tenant({ users: {} }), 'apis.people.acme of the snapshot must have users (a list)'],
    [
      'with a collection that is not there',
      tenant({ users: [], constructor: [] }),
      'apis.people.acme of the snapshot has constructor, which people does not keep',
    ],
    [
      'with a user without an id',
      tenant({ users: [{ id: 'a' }, { keys: [] }] }),
      'users.1 in apis.people.acme of the snapshot is no user: has no id',
    ],
    [
      'with a user that is a text',
      tenant({ users: ['{"id":"a"}'] }),
      'users.0 in apis.people.acme of the snapshot is no user: has no id',
    ],
    [
      'with a user that is null',
      tenant({ users: [null] }),
      'users.0 in apis.people.acme of the snapshot is no user: has no id',
    ],
    [
      'with two users of one id',
      tenant({ users: [{ id: 'a' }, { id: 'a' }] }),
      'users.1 in apis.people.acme of the snapshot is no user: has the id a, as one before it',
    ],
    [
      'with two users of one key',
      tenant({
        users: [
          { id: 'a', keys: ['K'] },
          { id: 'b', keys: ['K'] },
        ],
      }),
      'users.1 in apis.people.acme of the snapshot is no user: has the key K, as one before it',
    ],
    [
      'with a key that is no text',
      tenant({ users: [{ id: 'a', keys: [7] }] }),
      'users.0 in apis.people.acme of the snapshot is no user: key must be a text',
    ],
    [
      'whose keys cannot be read',
      tenant({ users: [{ id: 'a', keys: 7 }] }),
      'users.0 in apis.people.acme of the snapshot is no user: keys.map is not a function',
    ],
    [
      'with an order without a number',
      { version: 2, ...tenant({ orders: [{}] }) },
      'orders.0 in apis.people.acme of the snapshot is no order: has no id',
    ],
    [
      'with a user that the API could not show',
      tenant({ users: [{ id: 'a' }, { id: 'odd' }] }),
      'users.1 in apis.people.acme of the snapshot is no user: people acme users shows it not',
    ],
    ['whose outbox is text', { apis: {}, outbox: 'text' }, 'outbox of the snapshot must be a list'],
    [
      'with a message to nobody',
      { apis: {}, outbox: [{ ...MESSAGE, to: 7 }] },
      'outbox.0 of the snapshot must have to (a text)',
    ],
    [
      'with a message that is null',
      { apis: {}, outbox: [MESSAGE, null] },
      'outbox.1 of the snapshot must have api (a text)',
    ],
  ])('%s is refused with its place', (_, given, message) => {
    expect(() => read(given)).toThrow(new Error(message))
  })
})
