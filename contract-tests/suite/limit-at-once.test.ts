import { expect, it } from 'vitest'
import { limitAtOnce } from './limit-at-once.ts'

/** Work that ends when it is told to. */
function begin(inTurn: ReturnType<typeof limitAtOnce>, names: string) {
  const begun: string[] = []
  const ends = new Map<string, (error?: Error) => void>()
  const results = [...names].map((name) =>
    inTurn(() => {
      begun.push(name)
      return new Promise<string>((resolve, reject) =>
        ends.set(name, (error) => (error ? reject(error) : resolve(name))),
      )
    }),
  )
  return { begun, results, end: (name: string, error?: Error) => ends.get(name)?.(error) }
}

it('begins so many pieces of work at once, and each other one, in order, when one has ended or failed', async () => {
  const { begun, results, end } = begin(limitAtOnce(2), 'abcd')
  expect(begun).toEqual(['a', 'b'])
  end('b')
  expect(await results[1]).toBe('b')
  expect(begun).toEqual(['a', 'b', 'c'])
  end('a', new Error('broken'))
  await expect(results[0]).rejects.toThrow('broken')
  expect(begun).toEqual(['a', 'b', 'c', 'd'])
})

it('takes up again what was free for a while', async () => {
  const inTurn = limitAtOnce(1)
  expect([await inTurn(async () => 1), await inTurn(async () => 2)]).toEqual([1, 2])
  const { begun } = begin(inTurn, 'ab')
  expect(begun).toEqual(['a'])
})
