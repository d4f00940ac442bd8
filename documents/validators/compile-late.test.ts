import { describe, expect, it } from 'vitest'
import { buildContract } from '../contract/build-contract.ts'
import type { Json } from '../read/read-document.ts'
import { compileValidators } from './compile-validators.ts'

/** The validator of a body whose schema is the component S0. */
function validatorOf(schemas: Json): (value: unknown) => boolean {
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/S0' } } }
  const paths = { '/a': { post: { operationId: 'a', requestBody: { content }, responses: {} } } }
  const model = { openapi: '3.1.0', info: { title: 'A', version: '1' }, paths, components: { schemas } }
  return compileValidators(buildContract(model))['a']?.body as (value: unknown) => boolean
}

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })

/** Each holds the next one, and the last the first. @param hold how */
const ring = (size: number, hold: (next: Json) => Json): Json =>
  Object.fromEntries(Array.from({ length: size }, (_, at) => [`S${at}`, hold(ref(`S${(at + 1) % size}`))]))

describe('a schema that is referred to', () => {
  it('is compiled when a value comes there, and no sooner', () => {
    const isValid = validatorOf({
      S0: { properties: { a: ref('S1'), b: ref('S2') } },
      S1: { type: 'string' },
      S2: { pattern: '(' },
    })
    expect([isValid({}), isValid({ a: 'x' }), isValid({ a: 1 })]).toEqual([true, true, false])
    expect(() => isValid({ b: 'x' })).toThrow(/Invalid regular expression/)
  })

  it.each<[what: string, hold: (next: Json) => Json]>([
    ['members', (next) => ({ type: 'object', properties: { next, name: { type: 'string' } } })],
    [
      'members, as parts of a whole',
      (next) => ({ allOf: [{ properties: { next } }, { properties: { name: { type: 'string' } } }] }),
    ],
    [
      'alternatives of members',
      (next) => ({ properties: { next: { anyOf: [next, { type: 'null' }] }, name: { type: 'string' } } }),
    ],
  ])('may lead to thousands, one from the other: %s', (_, hold) => {
    const isValid = validatorOf(ring(3000, hold))
    const nest = (levels: number, innermost: Json): Json =>
      levels === 0 ? innermost : { next: nest(levels - 1, innermost) }
    expect([isValid(nest(50, { name: 'a' })), isValid(nest(50, { name: 7 }))]).toEqual([true, false])
  })

  it('may be thousands of references away, each of which leads to the next', () => {
    const chain = Object.fromEntries(Array.from({ length: 3000 }, (_, at) => [`S${at}`, ref(`S${at + 1}`)]))
    const isValid = validatorOf({ ...chain, S3000: { type: 'string' } })
    expect([isValid('a'), isValid(1)]).toEqual([true, false])
  })

  it.each(['anyOf', 'oneOf', 'allOf'])(
    'is not asked the same again and again by others that refer to it: %s',
    (keyword) => {
      const twice = Array.from({ length: 40 }, (_, at) => [
        `S${at}`,
        { [keyword]: [ref(`S${at + 1}`), ref(`S${at + 1}`)] },
      ])
      const isValid = validatorOf({ ...Object.fromEntries(twice), S40: { type: 'object', required: ['x'] } })
      expect([isValid({ x: 1 }), isValid({})]).toEqual([true, false])
    },
  )

  it('says what it has looked at, however often it is asked', () => {
    const twice = Array.from({ length: 20 }, (_, at) => [
      `S${at + 1}`,
      { allOf: [ref(`S${at + 2}`), ref(`S${at + 2}`)] },
    ])
    const isValid = validatorOf({
      ...Object.fromEntries(twice),
      S0: { allOf: [ref('S1'), ref('S1')], unevaluatedProperties: false },
      S21: { anyOf: [{ properties: { b: {} }, required: ['b'] }, { properties: { a: {} } }] },
    })
    expect([isValid({ a: 1 }), isValid({ b: 1 }), isValid({ a: 1, c: 1 })]).toEqual([true, true, false])
  })

  it('says what it has looked at', () => {
    const isValid = validatorOf({
      S0: { allOf: [ref('S1'), ref('S2')], unevaluatedProperties: false },
      S1: { properties: { a: {} } },
      S2: { anyOf: [{ properties: { b: {} }, required: ['b'] }, {}] },
    })
    expect([isValid({ a: 1, b: 1 }), isValid({ a: 1 }), isValid({ a: 1, c: 1 })]).toEqual([true, true, false])
  })

  it('may be true, or false', () => {
    const isValid = validatorOf({ S0: { properties: { a: ref('S1'), b: ref('S2') } }, S1: true, S2: false })
    expect([isValid({ a: 1 }), isValid({ b: 1 })]).toEqual([true, false])
  })
})
