import { describe, expect, it } from 'vitest'
import type { KeptState } from '../state/snapshot.ts'
import { NamedSnapshots } from './name-snapshots.ts'

const EMPTY: KeptState = { apis: {}, outbox: [] }
const create = (states: Readonly<Record<string, KeptState>> = {}) => {
  const snapshots = new NamedSnapshots((session) => states[session])
  const put = (session: string, name: string, kept = EMPTY) => snapshots.put(session, name, kept, [])
  return { snapshots, put }
}

describe('named snapshots', () => {
  it('are of a thousand sessions at most: those that kept none for longest lose theirs, the default one never', () => {
    const { snapshots, put } = create()
    const names = ['', ...Array.from({ length: 1001 }, (_, index) => `s${index}`)]
    for (const name of names) put(name, 'one')
    expect(names.filter((name) => snapshots.list(name).length === 0)).toEqual(['s0', 's1'])
  })

  it('are a hundred of a session at most, and may be put again under their name', () => {
    const { snapshots, put } = create()
    for (let count = 0; count < 100; count++) put('', `${count}`)
    expect(() => put('', 'more')).toThrow('there are 100 snapshots already; delete one first')
    expect(() => put('', '0')).not.toThrow()
    expect(snapshots.list('').at(-1)?.name).toBe('0')
  })

  const large = (): KeptState => ({ ...EMPTY, apis: { pets: { '': { pets: [{ note: 'x'.repeat(600_000) }] } } } })

  it('take no more together than they may, and one that is put again counts once', () => {
    const { snapshots, put } = create()
    snapshots.limit = 2 ** 20
    put('', 'one', large())
    put('', 'one', large())
    expect(() => put('a', 'two', large())).toThrow(
      'with two the snapshots would take 2 MB, and they may take 1 MB, a quarter of --max-memory: delete one first',
    )
    expect([snapshots.list('a').length, snapshots.measure()]).toEqual([0, expect.closeTo(600_000, -3)])
    snapshots.forget('')
    expect(snapshots.measure()).toBe(0)
  })

  it('take next to nothing while the state of their session has what they have', () => {
    const states: Record<string, KeptState> = { mine: large() }
    const { snapshots, put } = create(states)
    snapshots.limit = 2 ** 20
    for (const name of ['one', 'two', 'three']) put('mine', name, states['mine'])
    expect(snapshots.measure()).toBeLessThan(1000)
    states['mine'] = EMPTY
    expect(snapshots.measure()).toBeGreaterThan(3 * 600_000)
    expect(() => put('mine', 'four')).toThrow('the snapshots would take 2 MB')
  })

  it('go one by one, of the default session the first one first', () => {
    const { snapshots, put } = create()
    for (const [session, name] of [
      ['', 'one'],
      ['', 'two'],
      ['a', 'other'],
    ] as const)
      put(session, name)
    expect([snapshots.forgetOldest(), snapshots.forgetOldest(), snapshots.forgetOldest()]).toEqual([
      'one',
      'two',
      undefined,
    ])
    expect(snapshots.list('a')).toHaveLength(1)
  })
})
