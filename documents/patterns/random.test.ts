import { describe, expect, it } from 'vitest'
import { createRandom } from './random.ts'

const draw = (random = createRandom('seed'), count = 5) => Array.from({ length: count }, () => random.integer(0, 999))

describe('a stream of chance', () => {
  it('is a function of its keys', () => {
    expect(draw(createRandom('a', 7))).toEqual(draw(createRandom('a', 7)))
    expect(draw(createRandom('a', 7))).not.toEqual(draw(createRandom('a', 8)))
    expect(draw(createRandom('a', 7))).toEqual(draw(createRandom('a').at(7)))
  })

  it('does not depend on what was drawn before', () => {
    const random = createRandom('a')
    const before = draw(random.at('field'))
    draw(random)
    expect(draw(random.at('field'))).toEqual(before)
  })

  it('stays the same from version to version', () => {
    expect(draw()).toMatchInlineSnapshot(`
      [
        380,
        109,
        989,
        108,
        868,
      ]
    `)
  })

  it('is spread evenly, also over close keys', () => {
    const counts = new Array(10).fill(0)
    for (let index = 0; index < 20_000; index++) counts[createRandom('seed', index).integer(0, 9)]++
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(200)
  })

  it('picks nothing from nothing', () => {
    expect(() => createRandom('a').pick([])).toThrow(RangeError)
  })
})
