import { describe, expect, it } from 'vitest'
import { workAtOnce, workInTurns } from './take-turns.ts'

/** Tells of its steps, each as long as a turn. */
function* work(told: string[], name: string, steps: number, end: () => string): Generator<void, string> {
  for (let step = 1; step <= steps; step++) {
    told.push(`${name}${step}`)
    const until = performance.now() + 25
    while (performance.now() < until);
    yield
  }
  return end()
}

describe('long work', () => {
  it('goes on in turns, one after the other, and between two of them others have theirs', async () => {
    const told: string[] = []
    const works = [workInTurns(work(told, 'a', 3, () => 'A')), workInTurns(work(told, 'b', 2, () => 'B'))]
    setTimeout(() => told.push('somebody else'))
    expect(await Promise.all(works)).toEqual(['A', 'B'])
    expect(told.filter((one) => one !== 'somebody else')).toEqual(['a1', 'b1', 'a2', 'b2', 'a3'])
    expect(told.indexOf('somebody else')).toBeLessThan(told.indexOf('a2'))
  })

  it('that fails stops no other', async () => {
    const fail = () => {
      throw new Error('no more')
    }
    const works = [workInTurns(work([], 'a', 1, fail)), workInTurns(work([], 'b', 2, () => 'B'))]
    expect(await Promise.allSettled(works)).toMatchObject([{ reason: { message: 'no more' } }, { value: 'B' }])
  })

  it('is done at once where nobody else is there', () => {
    expect(workAtOnce(work([], 'a', 1, () => 'A'))).toBe('A')
  })
})
