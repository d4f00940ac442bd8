import { describe, expect, it } from 'vitest'
import { keepSessions } from './keep-sessions.ts'

function keep(most: number) {
  const warnings: string[] = []
  const sessions = keepSessions(
    (name) => ({ name }),
    most,
    (message) => warnings.push(message),
  )
  return { sessions, warnings }
}

describe('keepSessions', () => {
  it('gives each name a session of its own, and the same one again', () => {
    const { sessions } = keep(10)
    const [a, b, byDefault] = ['a', 'b', ''].map((name) => sessions.get(name))
    expect(new Set([a, b, byDefault]).size).toBe(3)
    expect(['a', 'b', ''].map((name) => sessions.get(name))).toEqual([a, b, byDefault])
    for (const [name, session] of [
      ['a', a],
      ['b', b],
      ['', byDefault],
    ] as const)
      expect(sessions.get(name)).toBe(session)
  })

  it.each<[what: string, uses: string[], dropped: string[]]>([
    ['none while there is room', ['a', 'b', 'c'], []],
    ['the first of four', ['a', 'b', 'c', 'd'], ['a']],
    ['the least recently used, not the oldest', ['a', 'b', 'c', 'a', 'd'], ['b']],
    ['one for each that is too many', ['a', 'b', 'c', 'd', 'e', 'f'], ['a', 'b', 'c']],
    ['none for being used again and again', ['a', 'a', 'a', 'b', 'a', 'b', 'c'], []],
    ['never the default one, which does not count', ['', 'a', 'b', 'c', ''], []],
    ['any name: those of Object.prototype too', ['__proto__', 'constructor', 'toString', 'd'], ['__proto__']],
  ])('drops %s', (_, uses, dropped) => {
    const { sessions, warnings } = keep(3)
    const first = new Map<string, unknown>()
    for (const name of uses) {
      const session = sessions.get(name)
      if (!first.has(name)) first.set(name, session)
    }
    expect(warnings).toEqual(
      dropped.map((name) => `rollcall: more than 3 sessions; dropped "${name}", the least recently used`),
    )
    const kept = [...first.keys()].filter((name) => !dropped.includes(name))
    for (const name of kept.reverse()) expect(sessions.get(name)).toBe(first.get(name))
    for (const name of dropped) expect(sessions.get(name)).not.toBe(first.get(name))
  })

  it('resets one session, the default one too', () => {
    const { sessions, warnings } = keep(3)
    const before = ['', 'a', 'b'].map((name) => sessions.get(name))
    sessions.reset('')
    sessions.reset('b')
    sessions.reset('nobody')
    expect(['', 'a', 'b'].map((name, index) => sessions.get(name) === before[index])).toEqual([false, true, false])
    expect(warnings).toEqual([])
  })

  it('has room again for what was reset', () => {
    const { sessions, warnings } = keep(2)
    for (const name of ['a', 'b']) sessions.get(name)
    sessions.reset('a')
    sessions.get('c')
    expect(warnings).toEqual([])
  })

  it('warns in one line, whatever the name', () => {
    const { sessions, warnings } = keep(1)
    sessions.get(`x\n\u009b2J\u2028"${'y'.repeat(500)}`)
    sessions.get('z')
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toMatch(/^rollcall: more than 1 sessions; dropped "x\\n\\x9b2J\\x2028\\"y+", /)
    expect(warnings[0]).not.toMatch(/[\p{Cc}\u2028]/u)
    expect(warnings[0]?.length).toBeLessThan(250)
  })
})
