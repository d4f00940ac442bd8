import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { TimeLimitError, withinTime } from './limit-time.ts'
import { matchInTime } from './match-in-time.ts'

/** Without an end that a test could wait for, were the expression to try all ways. */
const ENDLESS: readonly (readonly [pattern: string, text: string, matches: boolean])[] = [
  ['^(a+)+$', `${'a'.repeat(100)}!`, false],
  ['^(a+)+$', 'a'.repeat(100), true],
  ['^(a|a)*$', `${'a'.repeat(100)}b`, false],
  ['(x+x+)+y', 'x'.repeat(5000), false],
  ['^(?:\\w+-?)*$', `${'ab-'.repeat(50)}é`, false],
  ['^(?:\\w+-?)*é$', `${'ab-'.repeat(50)}é`, true],
  ['^((\\w+)\\s\\2?)+$', `${'ab '.repeat(40)}!`, false],
  ['^(a?){40}a{40}$', 'a'.repeat(39), false],
  ['\\s+$', `${' '.repeat(200_000)}x`, false],
  ['^(?:.|\\n)*$', 'x'.repeat(3_000_000), true],
  ['^(?:[a-z]+\\.)*[a-z]+$', 'abc.'.repeat(1_000_000), false],
  ['^[A-Za-z0-9+/]*$', 'Q'.repeat(8_000_000), true],
]

describe('a pattern', () => {
  it.each(ENDLESS)('%s is held to a text that it could try for ever', (pattern, text, matches) => {
    expect(matchInTime(pattern).test(text)).toBe(matches)
    expect(matchInTime(pattern).test(text)).toBe(matches)
  })

  it.each([
    ['^[a-z]+(?:-[a-z]+)*$', ['ab-cd', 'an-identifier-of-many-words', 'an-identifier-of-many-words-', '']],
    ['^(?=.*\\d)(?=.*[a-z]).{8,}$', ['a1b2c3d4e5f6g7h8i9j0', 'abcdefghijklmnopqrstuvwxyz']],
    ['(?:^|,)x(?:,|$)', ['a,b,c,d,e,f,g,h,i,j,x', 'a,b,c,d,e,f,g,h,i,j,xy']],
    ['^(?:\\p{L}|\\s)+$', ['Žluťoučký kůň úpěl ďábelské ódy', 'Žluťoučký kůň úpěl ďábelské ódy!']],
    ['^(?:.\\s?)+$', ['a \ud800 b c d e f g h i j k l', '😀😀😀😀😀😀😀😀😀😀']],
  ])('%s says what the regular expression says', (pattern, texts) => {
    const expression = new RegExp(pattern, 'u')
    for (const text of texts) expect(matchInTime(pattern).test(text), text).toBe(expression.test(text))
  })

  it('that is none is told by the regular expression itself', () => {
    expect(() => matchInTime('(')).toThrow(SyntaxError)
  })
})

describe('a limit of time', () => {
  it('ends what goes on for ever', () => {
    const forever = () => {
      for (;;);
    }
    expect(() => withinTime(10, forever)).toThrow(TimeLimitError)
  })

  it('holds for the whole, and not for what is limited within it', () => {
    expect(withinTime(1000, () => withinTime(1, () => 'done'))).toBe('done')
    expect(() =>
      withinTime(20, () =>
        withinTime(1, () => {
          for (;;);
        }),
      ),
    ).toThrow('longer than 0.02 s')
    expect(withinTime(1000, () => 1)).toBe(1)
  })

  it('is one of the processor: what had less of it is tried again', () => {
    const usage = vi.spyOn(process, 'threadCpuUsage').mockReturnValue({ user: 0, system: 0 })
    onTestFinished(() => usage.mockRestore())
    let tries = 0
    const work = () => {
      tries++
      while (tries < 3);
      return tries
    }
    expect(withinTime(5, work)).toBe(3)
    const forever = () => {
      tries++
      for (;;);
    }
    tries = 0
    expect(() => withinTime(5, forever)).toThrow(TimeLimitError)
    expect(tries).toBeGreaterThan(5)
    expect(tries).toBeLessThan(11)
  })
})
