import { describe, expect, it } from 'vitest'
import { createWorld, digest } from './world.ts'

const NOW = new Date('2026-11-02T09:30:00.000Z')
const worldOf = (seed = 'rollcall', api = 'people', tenant = 'acme') => createWorld(seed, api, tenant, NOW)

describe('an id', () => {
  it('is a UUID of version 4 and its variant', () => {
    const world = worldOf()
    const ids = Array.from({ length: 2000 }, (_, number) => world.uuid('user', number))
    const isUuid = (id: string) => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)
    expect(ids.filter((id) => !isUuid(id))).toEqual([])
  })

  // These stand in other people's fixtures and screenshots: another hash is a breaking change.
  it('is the same in every process and release', () => {
    expect(worldOf().uuid('user', 7)).toBe('b0397342-6863-4208-aff8-b3e8f885ea4a')
    expect(worldOf().letters('', 12, 'abcdefghijklmnopqrstuvwxyz', 'user', 7)).toBe('semvvcxolkgd')
    expect(digest('token')).toBe('697070c94470098c7a8e9ad5efffdead')
  })

  it('does not depend on the clock, nor on what was asked before', () => {
    const later = createWorld('rollcall', 'people', 'acme', new Date(0))
    const first = worldOf().uuid('user', 1)
    later.uuid('user', 2)
    expect(later.uuid('user', 1)).toBe(first)
    expect(later.uuid('user', 1)).toBe(first)
  })

  it('is another one in another seed, API, tenant, key or order of keys', () => {
    const ids = [
      worldOf().uuid('user', 1),
      worldOf('other').uuid('user', 1),
      worldOf('rollcall', 'staff').uuid('user', 1),
      worldOf('rollcall', 'people', 'initech').uuid('user', 1),
      worldOf().uuid('user', 2),
      worldOf().uuid('invite', 1),
      worldOf().uuid(1, 'user'),
      worldOf().uuid('user1'),
      worldOf().uuid('user'),
    ]
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('keeps seed, API and tenant apart wherever their borders lie', () => {
    const ids = [worldOf('ab', 'c', ''), worldOf('a', 'bc', ''), worldOf('a', 'b', 'c'), worldOf('', 'ab', 'c')]
    expect(new Set(ids.map((world) => world.uuid('user', 1))).size).toBe(ids.length)
  })

  it('collides with none of 200,000 others, in its last twelve digits alone', () => {
    const world = worldOf()
    // Sorted numbers, because a set of so many strings takes most of a second.
    const ends = Float64Array.from({ length: 200_000 }, (_, number) => {
      return Number.parseInt(world.uuid('user', number).slice(24), 16)
    }).sort()
    expect(ends.every(Number.isSafeInteger)).toBe(true)
    expect(ends.filter((end, at) => end === ends[at - 1])).toHaveLength(0)
  })

  it('varies in every free digit, and each of the 16 is about as frequent', () => {
    const world = worldOf()
    const counts = Array.from({ length: 36 }, () => new Map<string, number>())
    for (let number = 0; number < 4000; number++) {
      for (const [at, digit] of [...world.uuid('user', number)].entries()) {
        counts[at]?.set(digit, (counts[at].get(digit) ?? 0) + 1)
      }
    }
    for (const [at, count] of counts.entries()) {
      if ([8, 13, 14, 18, 23].includes(at)) continue
      const kinds = at === 19 ? 4 : 16
      expect(count.size, `digit ${at}`).toBe(kinds)
      // Five standard deviations around the mean of a fair die.
      const [mean, spread] = [4000 / kinds, 5 * Math.sqrt((4000 / kinds) * (1 - 1 / kinds))]
      for (const [digit, times] of count) {
        expect(Math.abs(times - mean), `${digit} at ${at}`).toBeLessThan(spread)
      }
    }
  })
})

describe('letters', () => {
  it.each([0, 1, 4, 5, 27, 100])('are as many as asked for: %i', (length) => {
    const text = worldOf().letters('', length, 'xyz', 'user', 1)
    expect(text).toMatch(/^[xyz]*$/)
    expect(text).toHaveLength(length)
  })

  it('are all of the alphabet, and go on differently', () => {
    const text = worldOf().letters('', 4000, '0123456789', 'user', 1)
    expect(new Set(text).size).toBe(10)
    expect(text.slice(0, 400)).not.toBe(text.slice(400, 800))
  })

  it('are none but those of the alphabet, whatever its length', () => {
    // A quotient by 49 is one of those that a product of the inverse falls short of.
    const letters = Array.from({ length: 64 }, (_, index) => String.fromCharCode(0x21 + index)).join('')
    for (let size = 1; size <= letters.length; size++) {
      const alphabet = letters.slice(0, size)
      const text = worldOf().letters('', 2000, alphabet, 'user', size)
      expect([size, [...text].filter((letter) => !alphabet.includes(letter))]).toEqual([size, []])
    }
  })

  it('are one letter when there is no other', () => {
    expect(worldOf().letters('', 3, 'a', 'user')).toBe('aaa')
  })

  it('start alike whatever their length', () => {
    expect(
      worldOf()
        .letters('', 27, 'abc', 'user')
        .startsWith(worldOf().letters('', 5, 'abc', 'user')),
    ).toBe(true)
  })

  it('collide with none of 20,000 others when there are enough of them', () => {
    const world = worldOf()
    const all = new Set<string>()
    for (let number = 0; number < 20_000; number++) all.add(world.letters('', 12, 'abcdefghijklmnopqrstuvwxyz', number))
    expect(all.size).toBe(20_000)
  })
})

describe('the clock', () => {
  it('stands still within a call', () => {
    expect(worldOf().now).toBe(NOW)
  })

  it('is written out as ISO 8601, to the millisecond', () => {
    const texts = [
      '2026-11-02T09:30:00.000Z',
      '2026-11-02T09:30:00.001Z',
      '2026-11-02T09:30:00.000Z',
      '0001-01-01T00:00:00.000Z',
    ]
    const worldAt = (text: string) => createWorld('rollcall', 'people', 'acme', new Date(text))
    expect(texts.map((text) => worldAt(text).within('zoe').timestamp)).toEqual(texts)
  })
})

describe('a digest', () => {
  it('has 32 hexadecimal digits and does not show the text', () => {
    for (const text of ['', 'token', 'Jörg', '\u0000', 'x'.repeat(10_000)])
      expect(digest(text)).toMatch(/^[0-9a-f]{32}$/)
    expect(digest('cafe')).not.toContain('cafe')
  })

  it('is the same for the same text and another for another', () => {
    const texts = ['', 'a', 'b', 'ab', 'ba', 'a\u0000', '\u0000a', 'aa']
    expect(new Set(texts.map(digest)).size).toBe(texts.length)
    expect(texts.map(digest)).toEqual(texts.map(digest))
  })
})
