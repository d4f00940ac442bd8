import { beforeEach, describe, expect, it } from 'vitest'
import type { CollectionRules, Collections, Draft, OpenTenant } from '../engine/vocabulary.ts'
import type { Commit, StateListener } from './commit.ts'
import { copyState } from './snapshot.ts'
import type { SessionState, Store, StoreOptions } from './store.ts'

interface Person {
  readonly id: string
  readonly keys?: readonly string[]
  readonly name?: string
}

/** A key `email:k` is the key k of the index email; without a colon it is one of `key`. */
const people: CollectionRules<Person> = {
  idOf: ({ id }) => id,
  keysOf: ({ keys = [] }) =>
    keys.map((text): [string, string] => {
      const [index, key] = text.split(':')
      return key === undefined ? ['key', text] : [index as string, key]
    }),
}

interface Order {
  readonly number: string
  readonly parts?: readonly object[]
}

/** Orders are named by their number, and have no keys. */
const orders: CollectionRules<Order> = { idOf: ({ number }) => number, keysOf: () => [] }

const COLLECTIONS = { users: people, orders } as unknown as Collections

type People = Draft<Person> & Pick<OpenTenant, 'commit' | 'rollback' | 'invite'> & { readonly orders: Draft<Order> }

/** What holds of every store. @param create an empty one */
export function describeStore(name: string, create: (options: StoreOptions) => Store): void {
  describe(name, () => describeStates(create))
}

function describeStates(create: (options: StoreOptions) => Store): void {
  let store: Store
  let state: SessionState

  /** A tenant's people, with the means to end the turn, and its orders. */
  const open = (tenant = 'acme', api = 'people', from: SessionState = state): People => {
    const turn = from.open(api, tenant)
    const { users, orders } = turn.collections as unknown as { users: Draft<Person>; orders: Draft<Order> }
    return {
      get size() {
        return users.size
      },
      get: (id) => users.get(id),
      find: (index, key) => users.find(index, key),
      values: (from) => users.values(from),
      select: (selection) => users.select(selection),
      put: (record) => users.put(record),
      add: (record, keys) => users.add(record, keys),
      remove: (id) => users.remove(id),
      fresh: (idOf) => users.fresh(idOf),
      commit: () => turn.commit(),
      rollback: () => turn.rollback(),
      invite: (message) => turn.invite(message),
      orders,
    }
  }
  const person = (id: string, ...keys: string[]): Person => ({ id, keys })
  const named = (record: Person | undefined, name: string): Person => ({ ...(record as Person), name })
  const numberOf = (draft: Pick<People, 'fresh'>): number => draft.fresh((number) => `fresh-${number}`).number
  const idsOf = (draft: Pick<People, 'values'>): string[] => [...draft.values()].map(({ id }) => id)

  /** Does something in a turn and commits it. */
  function commit(change: (draft: People) => void, tenant?: string): void {
    const draft = open(tenant)
    change(draft)
    draft.commit()
  }

  /** What is stored, read afresh: ids in order, and who holds which of the keys K, L, M. */
  function stored() {
    const draft = open()
    const holders = ['K', 'L', 'M'].flatMap((key) => {
      const holder = draft.find('key', key)
      return holder ? [`${key}: ${holder.id}`] : []
    })
    expect(draft.size).toBe(idsOf(draft).length)
    return { ids: idsOf(draft).join(' '), holders: holders.join(', ') }
  }

  const collectionsOf = () => COLLECTIONS
  beforeEach(() => {
    store = create({ collectionsOf })
    state = store.openSession('')
  })

  describe('a store', () => {
    it('starts empty', () => {
      const draft = open()
      expect([draft.size, idsOf(draft), draft.get('a'), draft.find('key', 'K')]).toEqual([0, [], undefined, undefined])
      expect(state.snapshot()).toEqual({ version: 2, apis: {}, outbox: [] })
    })

    it('remembers what was committed, in order of creation', () => {
      commit((draft) => draft.put(person('b', 'K')))
      commit((draft) => draft.put(person('a', 'L')))
      commit((draft) => draft.put(named(person('b', 'K'), 'Bea')))
      expect(stored()).toEqual({ ids: 'b a', holders: 'K: b, L: a' })
      expect(open().get('b')).toEqual({ id: 'b', keys: ['K'], name: 'Bea' })
    })

    it('forgets a draft that is rolled back', () => {
      commit((draft) => draft.put(person('a', 'K')))
      const draft = open()
      draft.put(person('b', 'L'))
      draft.put(person('a', 'M'))
      draft.remove('a')
      numberOf(draft)
      draft.invite({ to: 'a@example.com', at: '2026-11-02T00:00:00Z', userId: 'b' })
      draft.rollback()
      draft.commit()
      expect(stored()).toEqual({ ids: 'a', holders: 'K: a' })
      expect(state.outbox).toEqual([])
      expect(numberOf(open())).toBe(1)
    })

    it('keeps a draft that was committed, whatever is rolled back after it', () => {
      const draft = open()
      draft.put(person('a', 'K'))
      numberOf(draft)
      draft.commit()
      draft.rollback()
      expect(stored()).toEqual({ ids: 'a', holders: 'K: a' })
      expect(numberOf(open())).toBe(2)
    })

    it('does not know a tenant that was only looked at, or whose first turn was rolled back', () => {
      let times = 0
      store = create({ collectionsOf, furnish: () => times++ })
      state = store.openSession('')
      open()
      const draft = open()
      draft.put(person('a', 'K'))
      draft.rollback()
      open()
      expect([times, state.snapshot().apis]).toEqual([3, {}])
    })

    it('keeps tenants and APIs apart', () => {
      commit((draft) => draft.put(person('a', 'K')))
      for (const other of [open('initech'), open('acme', 'staff')]) {
        expect([other.size, other.get('a'), other.find('key', 'K')]).toEqual([0, undefined, undefined])
        other.put(person('a', 'K'))
        other.commit()
      }
      commit((draft) => draft.remove('a'))
      expect(open('initech').size).toBe(1)
      expect(open('acme', 'staff').size).toBe(1)
    })

    it('takes any text for a tenant, an id, an index or a key', () => {
      for (const name of ['__proto__', 'constructor', 'toString', '', '\u0000']) {
        expect(open(name).get(name)).toBeUndefined()
        expect(open(name).find(name, name)).toBeUndefined()
        commit((draft) => draft.put({ id: name, keys: [`${name}:${name}`] } as Person), name)
        expect(idsOf(open(name))).toEqual([name])
        expect(open(name).find(name, name)?.id).toBe(name)
      }
      const copy = create({ collectionsOf }).openSession('')
      copy.restore(JSON.parse(JSON.stringify(state.snapshot())))
      expect(copy.snapshot()).toEqual(state.snapshot())
      expect(Object.keys(copy.snapshot().apis['people'] ?? {})).toContain('__proto__')
    })

    it('furnishes a tenant once, when it is first touched', () => {
      const seen: string[] = []
      const furnish: StoreOptions['furnish'] = (api, tenant, { collections }) => {
        seen.push(`${api} ${tenant}`)
        const users = collections['users'] as unknown as Draft<Person>
        users.put(person(`user-${numberOf(users)}`, 'K'))
      }
      state = create({ collectionsOf, furnish }).openSession('')
      const draft = open()
      expect([idsOf(draft), numberOf(draft)]).toEqual([['user-1'], 2])
      draft.remove('user-1')
      draft.commit()
      expect([open().size, open('initech').size]).toEqual([0, 1])
      expect(seen).toEqual(['people acme', 'people initech'])
    })

    it('furnishes by session, throws what that throws, and keeps nothing of it', () => {
      const sessions: string[] = []
      const furnish: StoreOptions['furnish'] = (_api, _tenant, { collections }, session) => {
        sessions.push(session)
        ;(collections['users'] as unknown as Draft<Person>).put(person('a'))
        throw new Error('not yet')
      }
      state = create({ collectionsOf, furnish }).openSession('mine')
      expect(() => state.open('people', 'acme')).toThrow('not yet')
      expect([sessions, state.snapshot().apis]).toEqual([['mine'], {}])
    })

    it('forgets one tenant alone, and tells that the session is another', () => {
      for (const tenant of ['acme', 'initech']) commit((draft) => draft.put(person('a')), tenant)
      const told: unknown[] = []
      store.subscribe((change) => void told.push(change))
      state.forget('people', 'acme')
      state.forget('nothing', 'acme')
      expect([open().size, open('initech').size]).toEqual([0, 1])
      expect(told).toEqual([{ session: '' }, { session: '' }])
      commit((draft) => draft.put(person('b')))
      expect(Object.keys(state.snapshot().apis['people'] ?? {})).toEqual(['initech', 'acme'])
    })

    it('does not show a hidden tenant, whatever is committed to it, until a commit after that', () => {
      const turn = state.open('people', 'acme')
      const users = turn.collections['users'] as unknown as Draft<Person>
      turn.isHidden = true
      users.put(person('a'))
      turn.commit()
      expect([state.snapshot().apis, open().size]).toEqual([{}, 0])
      users.put(person('b'))
      turn.isHidden = false
      expect(state.snapshot().apis).toEqual({})
      turn.commit()
      expect(idsOf(open())).toEqual(['a', 'b'])
    })

    it('keeps the collections of a tenant apart, and commits and undoes them together', () => {
      commit((draft) => [draft.put(person('a', 'K')), draft.orders.put({ number: 'a' })])
      const draft = open()
      draft.remove('a')
      draft.orders.put({ number: 'b' })
      expect([draft.size, draft.orders.size, draft.orders.fresh(String)]).toEqual([0, 2, { number: 1, id: '1' }])
      draft.rollback()
      expect([open().size, open().orders.size, open().orders.fresh(String).number]).toEqual([1, 1, 1])
      commit((draft) => [draft.remove('a'), draft.orders.fresh(String)])
      expect([open().size, open().orders.get('a'), open().orders.fresh(String).number]).toEqual([0, { number: 'a' }, 2])
      expect(state.snapshot().apis).toEqual({ people: { acme: { users: [], orders: [{ number: 'a' }] } } })
    })

    it('keeps sessions apart', () => {
      const other = store.openSession('other')
      commit((draft) => draft.put(person('a', 'K')))
      expect([open('acme', 'people', other).size, other.outbox, other.snapshot().apis]).toEqual([0, [], {}])
      other.reset()
      expect(open().size).toBe(1)
    })
  })

  describe('a draft', () => {
    beforeEach(() => commit((draft) => ['a', 'b', 'c'].map((id) => draft.put(person(id, id.toUpperCase())))))

    it('shows what it changed among what is stored', () => {
      const draft = open()
      draft.put(person('d', 'D'))
      draft.put(person('b', 'X'))
      draft.remove('a')
      expect([draft.size, idsOf(draft)]).toEqual([3, ['b', 'c', 'd']])
      expect(draft.get('a')).toBeUndefined()
      expect(draft.get('b')).toEqual(person('b', 'X'))
      const found = ['A', 'B', 'C', 'D', 'X'].map((key) => draft.find('key', key)?.id)
      expect(found).toEqual([undefined, undefined, 'c', 'd', 'b'])
    })

    it.each<[what: string, change: (draft: People) => void, want: string]>([
      ['nothing', () => {}, 'a b c'],
      ['adding', (draft) => draft.put(person('d')), 'a b c d'],
      ['replacing', (draft) => draft.put(person('a')), 'a b c'],
      ['replacing twice', (draft) => [person('a', 'X'), person('a', 'Y')].map((one) => draft.put(one)), 'a b c'],
      ['removing', (draft) => draft.remove('b'), 'a c'],
      ['removing twice', (draft) => [draft.remove('b'), draft.remove('b')], 'a c'],
      ['removing nobody', (draft) => draft.remove('nobody'), 'a b c'],
      ['adding and removing', (draft) => [draft.put(person('d')), draft.remove('d')], 'a b c'],
      [
        'adding, removing and adding',
        (draft) => [draft.put(person('d')), draft.remove('d'), draft.put(person('d'))],
        'a b c d',
      ],
      ['removing and adding again', (draft) => [draft.remove('b'), draft.put(person('b'))], 'a b c'],
      ['removing all', (draft) => ['a', 'b', 'c'].map((id) => draft.remove(id)), ''],
      [
        'removing all and adding',
        (draft) => [...['a', 'b', 'c'].map((id) => draft.remove(id)), draft.put(person('d'))],
        'd',
      ],
    ])('has the same size and values before and after its commit: %s', (_, change, want) => {
      const draft = open()
      change(draft)
      expect([draft.size, idsOf(draft).join(' ')]).toEqual([want.split(' ').filter(Boolean).length, want])
      draft.commit()
      expect(stored().ids).toBe(want)
    })

    it('says whether there was somebody to remove', () => {
      const draft = open()
      expect([draft.remove('a'), draft.remove('a'), draft.remove('nobody')]).toEqual([true, false, false])
    })

    it('may lose its users while they are gone through', () => {
      const draft = open()
      for (const { id } of draft.values()) draft.remove(id)
      expect([draft.size, idsOf(draft)]).toEqual([0, []])
      draft.rollback()
      expect(stored().ids).toBe('a b c')
    })

    it('leaves the keys of a record where they are when it has them still, in another order or not', () => {
      commit((draft) => draft.put(person('d', 'K', 'L')))
      for (const keys of [['K', 'L'], ['L', 'K'], ['K', 'K'], ['K', 'L'], ['M']]) {
        commit((draft) => draft.put(named(person('d', ...keys), keys.join(' '))))
        const draft = open()
        expect(draft.get('d')).toMatchObject({ name: keys.join(' ') })
        const held = ['K', 'L', 'M'].filter((key) => draft.find('key', key)?.id === 'd')
        expect(held).toEqual([...new Set(keys)].sort())
      }
      const draft = open()
      draft.put(named(person('d', 'M'), 'undone'))
      draft.rollback()
      expect([open().get('d'), open().find('key', 'M')?.id]).toMatchObject([{ name: 'M' }, 'd'])
    })

    it('refuses a record with a key of another one, and stays as it was', () => {
      const draft = open()
      expect(() => draft.put(person('d', 'D', 'B'))).toThrow('key "B" belongs to b of users, not to d')
      expect(() => draft.put(person('a', 'B'))).toThrow('key "B" belongs to b of users, not to a')
      draft.put(person('d', 'D'))
      expect(() => draft.put(person('e', 'D'))).toThrow('key "D" belongs to d of users, not to e')
      expect([draft.size, idsOf(draft)]).toEqual([4, ['a', 'b', 'c', 'd']])
      expect(['A', 'B', 'D'].map((key) => draft.find('key', key)?.id)).toEqual(['a', 'b', 'd'])
    })

    it('adds a record under the keys it is given', () => {
      commit((draft) => draft.add(person('d', 'K'), [['key', 'K']]))
      expect(stored()).toEqual({ ids: 'a b c d', holders: 'K: d' })
      const draft = open()
      draft.add(person('e', 'L'), [['key', 'L']])
      expect([draft.size, draft.get('e'), draft.find('key', 'L')?.id]).toEqual([5, person('e', 'L'), 'e'])
      draft.rollback()
      expect(stored()).toEqual({ ids: 'a b c d', holders: 'K: d' })
    })

    it('adds in the place of a record that it removed', () => {
      const add = (draft: People) => {
        draft.remove('b')
        draft.add(person('b', 'K'), [['key', 'K']])
        expect([draft.size, idsOf(draft)]).toEqual([3, ['a', 'b', 'c']])
      }
      const draft = open()
      add(draft)
      draft.rollback()
      expect([stored(), open().find('key', 'B')?.id]).toEqual([{ ids: 'a b c', holders: '' }, 'b'])
      commit(add)
      expect([stored(), open().find('key', 'B')]).toEqual([{ ids: 'a b c', holders: 'K: b' }, undefined])
    })

    it('tells equal keys of different indexes apart', () => {
      const draft = open()
      draft.put(person('d', 'email:A', 'phone:A'))
      expect([draft.find('email', 'A')?.id, draft.find('key', 'A')?.id, draft.find('sms', 'A')]).toEqual([
        'd',
        'a',
        undefined,
      ])
    })

    it('takes a record that names one key twice', () => {
      commit((draft) => draft.put(person('d', 'K', 'K')))
      expect(stored().holders).toBe('K: d')
      commit((draft) => draft.put(person('d')))
      expect(stored().holders).toBe('')
    })

    it('counts on from draft to draft, when they are committed', () => {
      commit((draft) => expect([numberOf(draft), numberOf(draft)]).toEqual([1, 2]))
      commit((draft) => expect(numberOf(draft)).toBe(3))
      for (let time = 0; time < 2; time++) {
        const draft = open()
        expect(numberOf(draft)).toBe(4)
        draft.rollback()
      }
    })

    it('sends its invitations when it is committed, with where they come from', () => {
      const invitation = { to: 'd@example.com', at: '2026-11-02T00:00:00Z', userId: 'd' }
      commit((draft) => draft.invite(invitation))
      commit((draft) => draft.invite({ ...invitation, message: 'Hello' }), 'initech')
      expect(state.outbox).toEqual([
        { ...invitation, api: 'people', tenant: 'acme' },
        { ...invitation, message: 'Hello', api: 'people', tenant: 'initech' },
      ])
    })
  })

  describe('keys that move within one request', () => {
    // Users a, b and c hold K, L and M. Which user is touched first must not matter, so b is touched before a as well.
    const TOUCHED_FIRST: readonly (readonly string[])[] = [[], ['a'], ['b'], ['c'], ['c', 'b', 'a'], ['b', 'a']]
    beforeEach(() => {
      commit((draft) => [person('a', 'K'), person('b', 'L'), person('c', 'M')].map((one) => draft.put(one)))
    })

    const MOVES: [what: string, steps: (readonly string[])[], want: ReturnType<typeof stored>][] = [
      ['a loses K, b takes it', [['a'], ['b', 'L', 'K']], { ids: 'a b c', holders: 'K: b, L: b, M: c' }],
      ['b loses L, a takes it', [['b'], ['a', 'K', 'L']], { ids: 'a b c', holders: 'K: a, L: a, M: c' }],
      ['a loses K, b changes L for it', [['a'], ['b', 'K']], { ids: 'a b c', holders: 'K: b, M: c' }],
      ['a and b swap', [['a'], ['b', 'K'], ['a', 'L']], { ids: 'a b c', holders: 'K: b, L: a, M: c' }],
      ['b and a swap', [['b'], ['a', 'L'], ['b', 'K']], { ids: 'a b c', holders: 'K: b, L: a, M: c' }],
      [
        'all three pass theirs on',
        [['a'], ['c', 'K'], ['b', 'M'], ['a', 'L']],
        { ids: 'a b c', holders: 'K: c, L: a, M: b' },
      ],
      ['a new user takes what a loses', [['a'], ['d', 'K']], { ids: 'a b c d', holders: 'K: d, L: b, M: c' }],
      [
        'a is removed, b takes K',
        [
          ['-', 'a'],
          ['b', 'K'],
        ],
        { ids: 'b c', holders: 'K: b, M: c' },
      ],
      [
        'b is removed, a takes L',
        [
          ['-', 'b'],
          ['a', 'L'],
        ],
        { ids: 'a c', holders: 'L: a, M: c' },
      ],
      [
        'a is removed, and comes back with L, which b loses',
        [['-', 'a'], ['b'], ['a', 'L']],
        { ids: 'a b c', holders: 'L: a, M: c' },
      ],
      [
        'K goes to b and back to a',
        [['a'], ['b', 'K'], ['b', 'L'], ['a', 'K']],
        { ids: 'a b c', holders: 'K: a, L: b, M: c' },
      ],
      ['K goes to a new user who is removed', [['a'], ['d', 'K'], ['-', 'd']], { ids: 'a b c', holders: 'L: b, M: c' }],
      [
        'K goes through a new user to b',
        [['a'], ['d', 'K'], ['-', 'd'], ['b', 'K']],
        { ids: 'a b c', holders: 'K: b, M: c' },
      ],
      [
        'all are removed, one takes every key',
        [
          ['-', 'a'],
          ['-', 'b'],
          ['-', 'c'],
          ['d', 'K', 'L', 'M'],
        ],
        { ids: 'd', holders: 'K: d, L: d, M: d' },
      ],
    ]

    const move = (draft: People, touched: readonly string[], steps: readonly (readonly string[])[]) => {
      for (const id of touched) draft.put(named(draft.get(id), 'touched'))
      for (const [id = '', ...keys] of steps) {
        if (id === '-') draft.remove(keys[0] as string)
        else draft.put(person(id, ...keys))
      }
    }

    it.each(MOVES)('belong to who has them at its end: %s', (_, steps, want) => {
      const before = state.snapshot()
      for (const touched of TOUCHED_FIRST) {
        state.restore(before)
        commit((draft) => move(draft, touched, steps))
        expect(stored(), `after touching ${touched}`).toEqual(want)
      }
    })

    it.each(MOVES)('are back where they were when it is rolled back: %s', (_, steps) => {
      const before = stored()
      for (const touched of TOUCHED_FIRST) {
        const draft = open()
        move(draft, touched, steps)
        draft.rollback()
        expect(stored(), `after touching ${touched}`).toEqual(before)
        expect(state.snapshot().apis['people']?.['acme']?.users).toEqual([
          person('a', 'K'),
          person('b', 'L'),
          person('c', 'M'),
        ])
      }
    })

    it('are free again for a later request when nobody has them at its end', () => {
      commit((draft) => draft.put(person('a')))
      commit((draft) => draft.remove('b'))
      commit((draft) => draft.put(person('d', 'K', 'L')))
      expect(stored()).toEqual({ ids: 'a c d', holders: 'K: d, L: d, M: c' })
    })
  })

  describe('a snapshot', () => {
    beforeEach(() => {
      commit((draft) => {
        numberOf(draft)
        draft.put(person('a', 'K'))
        draft.invite({ to: 'a@example.com', at: '2026-11-02T00:00:00Z', userId: 'a' })
      })
    })

    it('is plain JSON: API, tenant, collection, records in order', () => {
      const snapshot = state.snapshot()
      expect(snapshot).toEqual({
        version: 2,
        apis: { people: { acme: { users: [{ id: 'a', keys: ['K'] }], orders: [] } } },
        outbox: [{ to: 'a@example.com', at: '2026-11-02T00:00:00Z', userId: 'a', api: 'people', tenant: 'acme' }],
      })
      expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot)
    })

    it('shares nothing with the state', () => {
      const taken = JSON.parse(JSON.stringify(state.snapshot()))
      const snapshot = state.snapshot() as typeof taken
      snapshot.apis.people.acme.users[0].name = 'changed'
      snapshot.outbox[0].to = 'changed'
      expect(state.snapshot()).toEqual(taken)
    })

    it('brings back users, their keys, the numbering and the outbox, and drops what came after', () => {
      const snapshot = state.snapshot()
      commit((draft) => [draft.remove('a'), numberOf(draft), draft.put(person('z', 'K', 'L'))])
      commit((draft) => draft.put(person('y')), 'initech')
      state.restore(snapshot)
      expect(stored()).toEqual({ ids: 'a', holders: 'K: a' })
      expect(numberOf(open())).toBe(2)
      expect(open('initech').size).toBe(0)
      expect(state.snapshot()).toEqual(snapshot)
    })

    it('holds as many invitations as there are', () => {
      // More than a call takes as arguments.
      const outbox = Array(200_000).fill(state.outbox[0])
      state.restore({ apis: {}, outbox })
      expect(state.outbox).toHaveLength(200_000)
    })

    it('leaves out tenants without users', () => {
      commit((draft) => draft.remove('a'))
      expect(state.snapshot().apis).toEqual({})
    })

    it('gives no number whose id somebody has', () => {
      const users = [{ id: 'fresh-2' }, { id: 'fresh-9' }]
      state.restore({ apis: { people: { acme: { users } } }, outbox: [] })
      commit((draft) => draft.put(person('fresh-4')))
      const draft = open()
      expect(draft.fresh((number) => `fresh-${number}`)).toEqual({ number: 3, id: 'fresh-3' })
      draft.rollback()
      commit((draft) => expect([numberOf(draft), numberOf(draft)]).toEqual([3, 5]))
    })

    it('is empty after a reset, and the numbers start again', () => {
      state.reset()
      expect(state.snapshot()).toEqual({ version: 2, apis: {}, outbox: [] })
      expect(numberOf(open())).toBe(1)
    })
  })

  describe('what is kept of a state', () => {
    const big = (id: string, ...keys: string[]) => ({ ...person(id, ...keys), a: {}, b: [], c: {}, d: {} })
    beforeEach(() => {
      commit((draft) => {
        numberOf(draft)
        draft.put(person('a', 'K'))
        draft.put(big('b', 'L'))
        draft.invite({ to: 'a@example.com', at: '2026-11-02T00:00:00Z', userId: 'a' })
      })
      commit((draft) => draft.remove('nobody'), 'empty')
    })

    it('is what a snapshot says, and stays so whatever becomes of the state', () => {
      const snapshot = state.snapshot()
      const kept = state.keep()
      expect(copyState(kept)).toEqual(snapshot)
      commit((draft) => [draft.remove('a'), draft.put(named(big('b'), 'Bea')), draft.put(person('c'))])
      commit((draft) => draft.invite({ to: 'b', at: '', userId: 'b' }))
      expect(copyState(kept)).toEqual(snapshot)
    })

    it('shares its records with the state, also once it was put back', () => {
      const kept = state.keep()
      const recordsOf = ({ apis }: typeof kept) => apis['people']?.['acme']?.['users'] ?? []
      expect(recordsOf(state.keep()).every((record, at) => record === recordsOf(kept)[at])).toBe(true)
      state.restore(kept)
      expect(recordsOf(state.keep())).toHaveLength(2)
      expect(recordsOf(state.keep()).every((record, at) => record === recordsOf(kept)[at])).toBe(true)
    })

    it('is put back with keys and numbering, its texts as records', () => {
      const kept = state.keep()
      commit((draft) => [draft.remove('a'), draft.remove('b'), numberOf(draft), draft.put(person('z', 'K', 'L'))])
      state.restore(kept)
      expect(stored()).toEqual({ ids: 'a b', holders: 'K: a, L: b' })
      expect([open().get('b'), numberOf(open()), state.outbox.length]).toEqual([big('b', 'L'), 3, 1])
    })

    it('is put back in steps: until the last the state is as it was, and then it is told of', () => {
      for (let at = 0; at < 250; at++) commit((draft) => draft.put(person(`p${at}`)))
      const kept = state.keep()
      commit((draft) => draft.put(person('z')))
      const before = state.snapshot()
      const told: unknown[] = []
      store.subscribe((change) => told.push(change))
      const work = state.restoreInSteps(kept)
      let steps = 0
      while (!work.next().done) {
        steps++
        expect([state.snapshot(), told]).toEqual([before, []])
      }
      expect(steps).toBeGreaterThan(2)
      expect(told).toEqual([{ session: '' }])
      expect(state.snapshot()).toEqual(copyState(kept))
    })
  })

  describe('a commit', () => {
    let told: Parameters<StateListener>[0][]
    const commits = () => told.map(({ commit }) => commit as Commit)
    beforeEach(() => {
      commit((draft) => ['a', 'b'].map((id) => draft.put(person(id, id.toUpperCase()))))
      told = []
      store.subscribe((change) => told.push(change))
    })

    it('says what one call changed, in order, over all its collections', () => {
      const message = { to: 'c@example.com', at: '2026-11-02T00:00:00Z', userId: 'c' }
      commit((draft) => {
        draft.put(person('c', 'C'))
        draft.orders.put({ number: '1' })
        draft.put(named(person('a', 'A'), 'Ada'))
        draft.remove('b')
        draft.put(person('b', 'X'))
        numberOf(draft)
        draft.invite(message)
      })
      expect(told.map(({ session, commit }) => ({ session, commit }))).toEqual([
        {
          session: '',
          commit: {
            session: '',
            api: 'people',
            tenant: 'acme',
            changes: [
              { collection: 'users', id: 'c', after: person('c', 'C') },
              { collection: 'orders', id: '1', after: { number: '1' } },
              { collection: 'users', id: 'a', before: person('a', 'A'), after: named(person('a', 'A'), 'Ada') },
              { collection: 'users', id: 'b', before: person('b', 'B') },
              { collection: 'users', id: 'b', after: person('b', 'X') },
            ],
            messages: [{ ...message, api: 'people', tenant: 'acme' }],
            counters: { users: 2 },
          },
        },
      ])
    })

    it('says the same whenever it is read, and once read is one and the same', () => {
      commit((draft) => [draft.put(named(person('a', 'A'), 'Ada')), numberOf(draft)])
      commit((draft) => [draft.put(named(person('a', 'A'), 'Bea')), draft.remove('b'), numberOf(draft)])
      state.reset()
      const [first] = commits()
      expect([first?.changes, first?.counters]).toEqual([
        [{ collection: 'users', id: 'a', before: person('a', 'A'), after: named(person('a', 'A'), 'Ada') }],
        { users: 2 },
      ])
      expect(commits()[0]).toBe(first)
    })

    it('is told of once, and not where nothing was done or all was undone', () => {
      open().commit()
      const draft = open()
      draft.put(person('c'))
      draft.rollback()
      draft.commit()
      expect(told).toEqual([])
      commit((draft) => draft.remove('a'))
      expect(commits().map(({ changes }) => changes)).toEqual([
        [{ collection: 'users', id: 'a', before: person('a', 'A') }],
      ])
    })

    it('is told of in its session, as are a reset and a restored snapshot', () => {
      const other = store.openSession('other')
      const draft = open('acme', 'people', other)
      draft.put(person('z'))
      draft.commit()
      other.restore(state.snapshot())
      other.reset()
      expect(told.map(({ session, commit }) => [session, commit?.session])).toEqual([
        ['other', 'other'],
        ['other', undefined],
        ['other', undefined],
      ])
    })

    it('is there when it is told of, and is told no more once that was ended', () => {
      const seen: unknown[] = []
      const end = store.subscribe(() => seen.push(stored().ids, state.outbox.length))
      commit((draft) => [draft.put(person('c')), draft.invite({ to: 'c', at: '', userId: 'c' })])
      expect(seen).toEqual(['a b c', 1])
      end()
      commit((draft) => draft.remove('a'))
      expect(seen).toHaveLength(2)
    })

    it('gives the texts of what it added, if any, as JSON has them', () => {
      const big = { ...person('c', 'K'), a: {}, b: [1], c: { d: [{}] }, d: [], e: null }
      const draft = open()
      draft.put(named(person('a', 'A'), 'changed'))
      draft.put(big)
      draft.put(person('d'))
      draft.remove('d')
      const { records = [], texts = [] } = draft.commit() ?? {}
      expect(texts).toEqual(records.map((record) => JSON.stringify(record)))
      expect(records.every((record) => record === big)).toBe(true)
      expect([open().get('c'), open().find('key', 'K'), [...open().values()].at(-1)]).toEqual([big, big, big])
      commit((draft) => draft.put({ ...big, name: 'Cleo' }))
      expect(open().get('c')).toEqual({ ...big, name: 'Cleo' })
      expect(state.snapshot().apis['people']?.['acme']?.['users']?.at(-1)).toEqual({ ...big, name: 'Cleo' })
    })

    it('tells what is kept of a tenant without copies, in a list that stays as it was', () => {
      const big = { ...person('c'), a: {}, b: [], c: {}, d: {} }
      commit((draft) => draft.put(big))
      commit((draft) => draft.put(person('e')))
      const { kept = [] } = state.tenants.get('people')?.get('acme')?.collections['users'] ?? {}
      const told = () => kept.map((held) => (typeof held === 'string' ? JSON.parse(held) : held))
      const snapshot = state.snapshot().apis['people']?.['acme']?.['users']
      expect(told()).toEqual(snapshot)
      commit((draft) => draft.remove('c'))
      expect(told()).toEqual(snapshot)
    })
  })
}
