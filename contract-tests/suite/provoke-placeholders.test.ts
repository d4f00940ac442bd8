import { describe, expect, it } from 'vitest'
import { fillPlaceholders, isDrawn } from './provoke-placeholders.ts'

const OWNER = { tag: 'k3x9q2ab', unique: 'bulkCreateUser/failures/email_already_exists' }
const fill = (value: unknown, owner = OWNER) => fillPlaceholders(value, owner)

describe('fillPlaceholders', () => {
  it.each<[text: string, want: RegExp]>([
    ['{tag}', /^k3x9q2ab[a-z0-9]{8}$/],
    ['{tag}a@example.com', /^k3x9q2ab[a-z0-9]{8}a@example\.com$/],
    ['{uuid}', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
    ['0x{hex:40}', /^0x[0-9a-f]{40}$/],
    ['{digits:21}', /^[1-9][0-9]{20}$/],
    ['{digits:1}', /^[1-9]$/],
    ['{text:3}', /^k3x$/],
    ['{text:20}', /^k3x9q2ab[a-z0-9]{8}k3x9$/],
    ['{tag} {tag}', /^(\S+) \1$/],
    ['{hex:4} {hex:4}', /^(\S+) \1$/],
  ])('fills %s', (text, want) => expect(fill(text)).toMatch(want))

  it('makes a text of half a megabyte', () => expect(fill('{text:524289}')).toHaveLength(524_289))

  it.each([
    '',
    '{',
    '{}',
    '{firstName}',
    '{hex}',
    '{hex:0}',
    '{hex:-1}',
    '{hex:1.5}',
    '{tag:3}',
    '{TAG}',
    '$response.body#/0/id',
  ])('leaves %j alone', (text) => expect(fill(text)).toBe(text))

  it('fills deep inside and touches nothing but texts', () => {
    const value = { a: [{ b: '{tag}', c: null }, 7, true, []], '{tag}': {}, ['__proto__']: '{digits:2}' }
    const before = structuredClone(value)
    expect(fill(value)).toEqual({
      a: [{ b: fill('{tag}'), c: null }, 7, true, []],
      '{tag}': {},
      ['__proto__']: fill('{digits:2}'),
    })
    expect(value).toEqual(before)
    expect(fill(undefined)).toBeUndefined()
  })

  it('gives the same owner the same values, whatever stands beside them', () => {
    const alone = ['{tag}', '{uuid}', '{hex:8}', '{digits:8}'].map((text) => fill(text))
    expect(fill(['{digits:8}', '{hex:8}', '{uuid}', '{tag}'])).toEqual(alone.toReversed())
  })

  it('gives no two owners the same value', () => {
    const owners = ['aaaaaaaa', 'aaaaaaab'].flatMap((tag) =>
      Array.from({ length: 2000 }, (_, number) => ({ tag, unique: `case/${number}` })),
    )
    for (const text of ['{tag}', '{uuid}', '{hex:40}', '{digits:21}']) {
      expect(new Set(owners.map((owner) => fill(text, owner))).size, text).toBe(owners.length)
    }
  })
})

describe('isDrawn', () => {
  it.each([
    '{tag}',
    'a-{tag}@example.com',
    '{text:8}',
    '{uuid}',
    'urn:uuid:{uuid}',
    '{hex:8}',
    '0x{hex:40}',
    '{digits:8}',
    '{digits:21}',
    'f{hex:12}f',
  ])('knows what %s stands for, which nobody else can have', (text) =>
    expect(isDrawn(fill(text) as string, OWNER)).toBe(true),
  )

  it('knows the tag in any case', () => expect(isDrawn('ROLLCALL K3X9Q2AB', OWNER)).toBe(true))

  it.each(['{text:7}', '{hex:7}', '{digits:7}'])('does not know %s: it is so short that somebody has it', (text) => {
    expect(isDrawn(fill(text) as string, OWNER)).toBe(false)
  })

  it.each(['', '1', 'vaccinated', 'deadbeef', '12345678', '95b11417-f18f-457f-8804-68e361f9164f', 'k3x9q2a'])(
    'does not know %j, which anybody may have',
    (text) => expect(isDrawn(text, OWNER)).toBe(false),
  )

  it.each([
    ['{uuid}', { ...OWNER, unique: 'another' }],
    ['{hex:40}', { ...OWNER, unique: 'another' }],
    ['{digits:21}', { ...OWNER, unique: 'another' }],
    ['{tag}', { ...OWNER, tag: 'zzzzzzzz' }],
    ['{uuid}', { ...OWNER, tag: 'zzzzzzzz' }],
  ])('does not know the %s of another: %j', (text, owner) => {
    expect(isDrawn(fill(text, owner) as string, OWNER)).toBe(false)
  })
})
