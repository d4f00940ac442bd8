import { describe, expect, it } from 'vitest'
import { NamedSnapshots } from './name-snapshots.ts'

const EMPTY = { version: 2, apis: {}, outbox: [] } as const

describe('named snapshots', () => {
  it('are of a thousand sessions at most: those that kept none for longest lose theirs, the default one never', () => {
    const snapshots = new NamedSnapshots()
    const names = ['', ...Array.from({ length: 1001 }, (_, index) => `s${index}`)]
    for (const name of names) snapshots.put(name, 'one', EMPTY)
    expect(names.filter((name) => snapshots.list(name).length === 0)).toEqual(['s0', 's1'])
  })

  it('are a hundred of a session at most, and may be put again under their name', () => {
    const snapshots = new NamedSnapshots()
    for (let count = 0; count < 100; count++) snapshots.put('', `${count}`, EMPTY)
    expect(() => snapshots.put('', 'more', EMPTY)).toThrow('there are 100 snapshots already; delete one first')
    expect(() => snapshots.put('', '0', EMPTY)).not.toThrow()
    expect(snapshots.list('').at(-1)?.name).toBe('0')
  })

  it('take no more together than they may, and one that is put again counts once', () => {
    const snapshots = new NamedSnapshots()
    snapshots.limit = 2 ** 20
    const large = { ...EMPTY, apis: { pets: { '': { pets: [{ note: 'x'.repeat(600_000) }] } } } }
    snapshots.put('', 'one', large)
    snapshots.put('', 'one', large)
    expect(() => snapshots.put('a', 'two', large)).toThrow(
      'with two the snapshots would take 2 MB, and they may take 1 MB, a quarter of --max-memory: delete one first',
    )
    expect([snapshots.list('a').length, snapshots.size]).toEqual([0, expect.closeTo(600_000, -3)])
    snapshots.forget('')
    expect(snapshots.size).toBe(0)
  })
})
