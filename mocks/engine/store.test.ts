import { beforeEach, describe, expect, it } from 'vitest'
import { type OpenDraft, type Snapshot, Store } from './store.ts'
import type { StoredRecord } from './vocabulary.ts'

interface Person extends StoredRecord {
  readonly keys?: readonly string[]
  readonly name?: string
}

/** A key `email:k` is the key k of the index email; without a colon it is one of `key`. */
const keysOf = (record: StoredRecord) =>
  ((record as Person).keys ?? []).map((text): [string, string] => {
    const [index, key] = text.split(':')
    return key === undefined ? ['key', text] : [index as string, key]
  })

let store: Store
const open = (tenant = 'acme', api = 'people'): OpenDraft => store.read(api, tenant, keysOf)
const person = (id: string, ...keys: string[]): Person => ({ id, keys })
const named = (record: StoredRecord | undefined, name: string): Person => ({ ...(record as Person), name })
const numberOf = (draft: Pick<OpenDraft, 'fresh'>): number => draft.fresh((number) => `fresh-${number}`).number
const idsOf = (draft: OpenDraft): string[] => [...draft.values()].map(({ id }) => id)

/** Does something in a draft and commits it. */
function commit(change: (draft: OpenDraft) => void, tenant?: string): void {
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

beforeEach(() => {
  store = new Store()
})

describe('a store', () => {
  it('starts empty', () => {
    const draft = open()
    expect([draft.size, idsOf(draft), draft.get('a'), draft.find('key', 'K')]).toEqual([0, [], undefined, undefined])
    expect(store.snapshot()).toEqual({ apis: {}, outbox: [] })
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
    expect(store.outbox).toEqual([])
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

  it('does not know a tenant that was only looked at, or whose first draft was rolled back', () => {
    const draft = open()
    draft.put(person('a', 'K'))
    draft.rollback()
    let isFurnished = false
    store.read('people', 'acme', keysOf, () => (isFurnished = true))
    expect(isFurnished).toBe(true)
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
    const copy = new Store()
    copy.restore(JSON.parse(JSON.stringify(store.snapshot())), new Map([['people', keysOf]]))
    expect(copy.snapshot()).toEqual(store.snapshot())
    expect(Object.keys(copy.snapshot().apis['people'] ?? {})).toContain('__proto__')
  })

  it('furnishes a tenant once, when it is first touched', () => {
    let times = 0
    const furnish = (draft: Pick<OpenDraft, 'put' | 'fresh'>) => {
      times++
      draft.put(person(`user-${numberOf(draft)}`, 'K'))
    }
    const draft = store.read('people', 'acme', keysOf, furnish)
    expect([idsOf(draft), numberOf(draft)]).toEqual([['user-1'], 2])
    draft.remove('user-1')
    draft.commit()
    expect(store.read('people', 'acme', keysOf, furnish).size).toBe(0)
    expect(times).toBe(1)
    expect(store.read('people', 'initech', keysOf, furnish).size).toBe(1)
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

  it.each<[what: string, change: (draft: OpenDraft) => void, want: string]>([
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

  it('refuses a record with a key of another one, and stays as it was', () => {
    const draft = open()
    expect(() => draft.put(person('d', 'D', 'B'))).toThrow('key "B" belongs to user b, not to d')
    expect(() => draft.put(person('a', 'B'))).toThrow('key "B" belongs to user b, not to a')
    draft.put(person('d', 'D'))
    expect(() => draft.put(person('e', 'D'))).toThrow('key "D" belongs to user d, not to e')
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
    const add = (draft: OpenDraft) => {
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
    expect(store.outbox).toEqual([
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

  const move = (draft: OpenDraft, touched: readonly string[], steps: readonly (readonly string[])[]) => {
    for (const id of touched) draft.put(named(draft.get(id), 'touched'))
    for (const [id = '', ...keys] of steps) {
      if (id === '-') draft.remove(keys[0] as string)
      else draft.put(person(id, ...keys))
    }
  }

  it.each(MOVES)('belong to who has them at its end: %s', (_, steps, want) => {
    const before = store.snapshot()
    for (const touched of TOUCHED_FIRST) {
      store.restore(before, new Map([['people', keysOf]]))
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
      expect(store.snapshot().apis['people']?.['acme']?.users).toEqual([
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
  const KEYS = new Map([['people', keysOf]])
  beforeEach(() => {
    commit((draft) => {
      numberOf(draft)
      draft.put(person('a', 'K'))
      draft.invite({ to: 'a@example.com', at: '2026-11-02T00:00:00Z', userId: 'a' })
    })
  })

  it('is plain JSON: API, tenant, users in order', () => {
    const snapshot = store.snapshot()
    expect(snapshot).toEqual({
      apis: { people: { acme: { users: [{ id: 'a', keys: ['K'] }] } } },
      outbox: [{ to: 'a@example.com', at: '2026-11-02T00:00:00Z', userId: 'a', api: 'people', tenant: 'acme' }],
    })
    expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot)
  })

  it('shares nothing with the state, neither taken nor given back', () => {
    const taken = JSON.parse(JSON.stringify(store.snapshot()))
    const snapshot = store.snapshot() as typeof taken
    snapshot.apis.people.acme.users[0].name = 'changed'
    snapshot.outbox[0].to = 'changed'
    expect(store.snapshot()).toEqual(taken)
    const given = structuredClone(taken)
    store.restore(given, KEYS)
    given.apis.people.acme.users[0].name = 'changed'
    given.outbox[0].to = 'changed'
    expect(store.snapshot()).toEqual(taken)
  })

  it('brings back users, their keys, the numbering and the outbox, and drops what came after', () => {
    const snapshot = store.snapshot()
    commit((draft) => [draft.remove('a'), numberOf(draft), draft.put(person('z', 'K', 'L'))])
    commit((draft) => draft.put(person('y')), 'initech')
    store.restore(snapshot, KEYS)
    expect(stored()).toEqual({ ids: 'a', holders: 'K: a' })
    expect(numberOf(open())).toBe(2)
    expect(open('initech').size).toBe(0)
    expect(store.snapshot()).toEqual(snapshot)
  })

  it.each<[what: string, snapshot: unknown, message?: string]>([
    [
      'of an API that is not there',
      { apis: { people: {}, staff: {} }, outbox: [] },
      'holds state of staff, which this mock does not have',
    ],
    [
      'of an API called like a member of every object',
      { apis: { constructor: {} }, outbox: [] },
      'holds state of constructor',
    ],
    ['whose users are no list', { apis: { people: { acme: { users: {} } } }, outbox: [] }, 'users (a list)'],
    [
      'with a user without an id',
      { apis: { people: { acme: { users: [{ keys: [] }] } } }, outbox: [] },
      'has a user without an id',
    ],
    [
      'with a user that is null',
      { apis: { people: { acme: { users: [null] } } }, outbox: [] },
      'has a user without an id',
    ],
    [
      'with a good tenant before a bad one',
      { apis: { people: { acme: { users: [] }, bad: { users: [7] } } }, outbox: [] },
      'apis.people.bad',
    ],
    ['whose outbox is no list', { apis: {}, outbox: 5 }, 'outbox of the snapshot must be a list'],
    ['whose outbox is text', { apis: {}, outbox: 'text' }, 'outbox of the snapshot must be a list'],
    ['with what is no data', { apis: {}, outbox: [() => {}] }],
    ['without apis', {}],
    ['with a tenant that is null', { apis: { people: { acme: null } }, outbox: [] }],
    ['that is null', null],
  ])('%s is refused, and the state is kept', (_, snapshot, message = '') => {
    const before = store.snapshot()
    expect(() => store.restore(snapshot as Snapshot, KEYS)).toThrow(message)
    expect(store.snapshot()).toEqual(before)
    expect(stored()).toEqual({ ids: 'a', holders: 'K: a' })
  })

  it('holds as many invitations as there are', () => {
    // More than a call takes as arguments.
    const outbox = Array(200_000).fill(store.outbox[0])
    store.restore({ apis: {}, outbox }, KEYS)
    expect(store.outbox).toHaveLength(200_000)
  })

  it('leaves out tenants without users', () => {
    commit((draft) => draft.remove('a'))
    expect(store.snapshot().apis).toEqual({})
  })

  it('gives no number whose id somebody has', () => {
    store.restore({ apis: { people: { acme: { users: [{ id: 'fresh-2' }, { id: 'fresh-9' }] } } }, outbox: [] }, KEYS)
    commit((draft) => draft.put(person('fresh-4')))
    const draft = open()
    expect(draft.fresh((number) => `fresh-${number}`)).toEqual({ number: 3, id: 'fresh-3' })
    draft.rollback()
    commit((draft) => expect([numberOf(draft), numberOf(draft)]).toEqual([3, 5]))
  })

  it('is empty after a reset, and the numbers start again', () => {
    store.reset()
    expect(store.snapshot()).toEqual({ apis: {}, outbox: [] })
    expect(numberOf(open())).toBe(1)
  })
})

describe('a user whose text was written', () => {
  /** Replies show all of a person but the id, which they call by another name. */
  const whole = {
    shownOf: (record: StoredRecord) => (record as Shown).shown,
    recordOf: (shown: object): Shown => ({ id: (shown as { name: string }).name, shown: shown as Shown['shown'] }),
  }
  interface Shown extends StoredRecord {
    readonly shown: { readonly name: string; readonly keys: readonly string[]; readonly age?: number }
  }
  const keys = (record: StoredRecord) => (record as Shown).shown.keys.map((key) => ['key', key] as const)
  const read = () => store.read('people', 'acme', keys)
  const shown = (name: string, key: string, age?: number) => ({ name, keys: [key], ...(age !== undefined && { age }) })

  /** Commits these, and keeps what was written of them. */
  function keep(...people: Shown['shown'][]): void {
    const draft = read()
    for (const one of people) draft.put(whole.recordOf(one))
    draft.commit()
    const kept = draft.keepText(whole)
    for (const one of people) kept.keep(one, JSON.stringify(one))
  }

  it('is read back the same, by id, by key, in a list and in a snapshot', () => {
    const before = [shown('a', 'K'), shown('b', 'L', 7)]
    keep(...before)
    expect(read().get('b')).toEqual(whole.recordOf(shown('b', 'L', 7)))
    keep(...before)
    expect(read().find('key', 'L')).toEqual(whole.recordOf(shown('b', 'L', 7)))
    keep(...before)
    expect([...read().values()]).toEqual(before.map(whole.recordOf))
    keep(...before)
    expect(store.snapshot().apis['people']?.['acme']?.users).toEqual(before.map(whole.recordOf))
  })

  it('is kept as text: what the reply held may change', () => {
    const mutable = { name: 'a', keys: ['K'], age: 1 }
    keep(mutable)
    mutable.age = 2
    expect(read().get('a')).toMatchObject({ shown: { age: 1 } })
  })

  it('is changed, removed and put back like any other', () => {
    keep(shown('a', 'K'), shown('b', 'L'))
    const changing = read()
    changing.put(whole.recordOf(shown('a', 'M')))
    changing.remove('b')
    expect([changing.find('key', 'K'), changing.find('key', 'L'), changing.size]).toEqual([undefined, undefined, 1])
    changing.rollback()
    expect([...read().values()].map(({ id }) => id)).toEqual(['a', 'b'])
    expect(read().find('key', 'K')?.id).toBe('a')
    const committed = read()
    committed.remove('a')
    committed.commit()
    expect([...read().values()].map(({ id }) => id)).toEqual(['b'])
  })

  it('takes no id from a new one', () => {
    keep(shown('fresh-1', 'K'))
    expect(read().fresh((number) => `fresh-${number}`).id).toBe('fresh-2')
  })

  it('that has changed since stays as it is now', () => {
    const first = shown('a', 'K', 1)
    const draft = read()
    draft.put(whole.recordOf(first))
    draft.commit()
    const kept = draft.keepText(whole)
    const later = read()
    later.put(whole.recordOf(shown('a', 'K', 2)))
    later.commit()
    kept.keep(first, JSON.stringify(first))
    expect(read().get('a')).toMatchObject({ shown: { age: 2 } })
  })

  it('and is gone since does not come back', () => {
    const first = shown('a', 'K')
    const draft = read()
    draft.put(whole.recordOf(first))
    draft.commit()
    const kept = draft.keepText(whole)
    const later = read()
    later.remove('a')
    later.commit()
    kept.keep(first, JSON.stringify(first))
    kept.keep({ error: 'no user at all' }, '{}')
    expect([read().get('a'), read().size]).toEqual([undefined, 0])
  })
})
