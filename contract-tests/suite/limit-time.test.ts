import { describe, expect, it } from 'vitest'
import { buildContract } from '../../documents/contract/build-contract.ts'
import type { Json } from '../../documents/read/read-document.ts'
import { createAjv } from '../../documents/validators/compile-validators.ts'
import { TimeLimitError, validatesWithinTime, withinTime } from './limit-time.ts'

const LOOP = () => {
  for (;;);
}

describe('work that takes too long', () => {
  it('is ended from outside, and the next is not', () => {
    expect(() => withinTime(20, LOOP)).toThrow(TimeLimitError)
    expect(withinTime(20, () => 7)).toBe(7)
    expect(() => validatesWithinTime(20, LOOP)).toThrow('it took longer than 0.02 s')
  })
})

describe('compiling a schema', () => {
  const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })
  const SIZE = 200
  /** A chain of schemas, each compiled when a value first comes to it. */
  const schemas = Object.fromEntries(
    Array.from({ length: SIZE }, (_, at) => [
      `S${at}`,
      { type: 'object', properties: { name: { type: 'string' }, ...(at + 1 < SIZE && { next: ref(`S${at + 1}`) }) } },
    ]),
  )
  const contract = buildContract({ openapi: '3.1.0', info: {}, paths: {}, components: { schemas } } as Json)
  const nest = (levels: number): Json => (levels === 0 ? { name: 7 } : { next: nest(levels - 1) })

  it('takes none of the time that a value may be validated for', () => {
    const ajv = createAjv(contract, { source: false })
    const validate = ajv.compile({ $ref: 'requests#/components/schemas/S0' })
    let begun = 0
    const valid = validatesWithinTime(500, () => {
      begun++
      return validate(nest(SIZE - 1))
    })
    expect(valid).toBe(false)
    // What is compiled stays so, and each beginning comes twice as far.
    expect(begun).toBeLessThan(12)
  })
})

describe('a schema that cannot be compiled', () => {
  const schemas = {
    S0: { properties: { a: { $ref: '#/components/schemas/S1' }, b: { $ref: '#/components/schemas/S2' } } },
    S1: { type: 'string' },
    S2: { pattern: '(' },
  }
  const contract = buildContract({ openapi: '3.1.0', info: {}, paths: {}, components: { schemas } } as Json)

  it('is told only of a value that comes there', () => {
    const validate = createAjv(contract, { source: false }).compile({ $ref: 'requests#/components/schemas/S0' })
    const isValid = (value: Json) => validatesWithinTime(500, () => validate(value))
    expect([isValid({ a: 'x' }), isValid({ a: 1 })]).toEqual([true, false])
    expect(() => isValid({ b: 'x' })).toThrow(/Invalid regular expression/)
  })
})
