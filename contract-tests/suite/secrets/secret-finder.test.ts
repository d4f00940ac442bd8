import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SecretFinder } from './secret-finder.ts'

const letters = fc.constantFrom('a', 'b')
const text = (least: number, most: number) =>
  fc.array(letters, { minLength: least, maxLength: most, size: 'max' }).map((all) => all.join(''))

describe('SecretFinder', () => {
  it('finds what a search for each secret alone would find', () => {
    let found = 0
    fc.assert(
      fc.property(
        fc.array(text(8, 12), { minLength: 1, maxLength: 40, size: 'max' }),
        text(0, 400),
        (secrets, haystack) => {
          const finder = new SecretFinder()
          for (const secret of secrets) finder.add(secret, 'x')
          const covered = new Set<number>()
          for (const { start, end } of finder.find(haystack)) for (let at = start; at < end; at++) covered.add(at)
          const wanted = new Set<number>()
          for (const secret of secrets) {
            for (let from = haystack.indexOf(secret); from !== -1; from = haystack.indexOf(secret, from + 1))
              for (let at = from; at < from + secret.length; at++) wanted.add(at)
          }
          found += wanted.size
          expect([...covered].sort()).toEqual([...wanted].sort())
        },
      ),
      { seed: 7, numRuns: 200 },
    )
    expect(found).toBeGreaterThan(1000)
  })

  it('finds a secret in base64, whatever was encoded with it, and takes all of that', () => {
    const finder = new SecretFinder()
    finder.add('canary-9f8e7d', 'x')
    for (const before of ['', 'a', 'ab', 'abc', 'user:']) {
      for (const behind of ['', ':', 'and more']) {
        const code = Buffer.from(`${before}canary-9f8e7d${behind}`).toString('base64')
        const line = `basic ${code.toLowerCase()}, more`
        expect(finder.find(line).map(({ start, end }) => line.slice(start, end))).toContain(code.toLowerCase())
      }
    }
  })

  it('finds what is left of one that was cut off, and no less than six characters', () => {
    const finder = new SecretFinder()
    finder.add('canary-9f8e7d', 'x')
    const cut = 'seen: canary-9…'
    expect(finder.findCutOff(cut, cut.indexOf('…'))).toMatchObject({ start: 6, end: 14 })
    expect(finder.findCutOff('seen: canar…', 11)).toBeUndefined()
  })
})
