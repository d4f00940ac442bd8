import { describe, expect, it } from 'vitest'
import type { Json } from '../../documents/read/read-document.ts'
import { documentOf } from '../fixtures/inline-document.ts'
import { limitCases, shareOut } from './choose-cases.ts'
import { casesOf, MOST_OF_RUN } from './derive-cases.ts'
import { CHOICE, FORM } from './rank-cases.ts'
import { tellLeftOut } from './tell-left-out.ts'

const member = (deeper: Json = undefined): Json => ({
  type: 'object',
  properties: { name: { type: 'string', maxLength: 9, minLength: 2, pattern: '^[a-z]+$' }, ...deeper },
})
const DOCUMENT = documentOf(member({ inner: member({ inmost: member() }) }))
const idsOf = (cases: number) => casesOf(DOCUMENT, { cases }).cases.map(({ id }) => id.slice('create/'.length))

describe('of more cases than are wanted', () => {
  it('the plain request comes first, then the credentials, then the body as a whole', () => {
    expect(idsOf(1)).toEqual(['accepts/plain'])
    expect(idsOf(4)).toEqual(['accepts/plain', 'guards/none', 'guards/other-scheme', 'guards/bad'])
    expect(idsOf(12)).toEqual(expect.arrayContaining(['accepts/all', 'refuses/form/json', 'refuses/form/empty']))
  })

  it('a place further out comes before the same rule of one further in', () => {
    const all = idsOf(Number.POSITIVE_INFINITY)
    for (let most = 1; most < all.length; most++) {
      const ids = idsOf(most)
      if (ids.includes('refuses/inner/inmost/name/maxLength')) expect(ids).toContain('refuses/inner/name/maxLength')
      if (ids.includes('refuses/inner/name/maxLength')) expect(ids).toContain('refuses/name/maxLength')
    }
  })

  it('as many are made as are wanted, in the order of all, and each once', () => {
    const all = idsOf(Number.POSITIVE_INFINITY)
    for (const most of [5, 20, all.length - 1]) {
      const ids = idsOf(most)
      expect(ids).toHaveLength(most)
      expect(all.filter((id) => ids.includes(id))).toEqual(ids)
    }
  })

  it('what is left out is told, with its kinds and what tries it all', () => {
    const whole = casesOf(DOCUMENT, { cases: 1000 })
    expect(whole.leftOut).toEqual([])
    const { leftOut } = casesOf(DOCUMENT, { cases: 10 })
    expect(leftOut).toMatchObject([{ operationId: 'create', tried: 10 }])
    const [told = ''] = tellLeftOut(leftOut)
    expect(told).toMatch(/^create: \d+ cases \(.*\d+ refuses.*\) left out; --cases \d+ tries them all$/)
    const needed = Number(/--cases (\d+)/.exec(told)?.[1])
    expect(casesOf(DOCUMENT, { cases: needed }).leftOut).toEqual([])
  })
})

describe('of an operation whose bodies are very large', () => {
  const twice = (depth: number): Json =>
    depth === 0 ? { type: 'string', maxLength: 9 } : { type: 'array', minItems: 2, items: twice(depth - 1) }
  const { cases, leftOut } = casesOf(documentOf(twice(13), { security: [] }))

  it('no more cases are made than hold a quarter of a million values, and the list says how many are not', () => {
    expect(cases.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['create/accepts/all', 'create/refuses/type/string']),
    )
    expect(tellLeftOut(leftOut)).toEqual([
      expect.stringMatching(/^create: its bodies are so large that \d+ more are not made$/),
    ])
  })
})

describe('an operation without a case', () => {
  const schema = { type: 'string', minLength: 2, maxLength: 1 }
  const requestBody = { content: { 'application/json': { schema } } }
  const impossible = documentOf(schema, { security: [], requestBody })

  it('is named, with the reason', () => {
    const { cases, leftOut } = casesOf(impossible)
    expect(cases).toEqual([])
    expect(tellLeftOut(leftOut)).toEqual([expect.stringMatching(/^create: no case: .*minLength 2/)])
  })
})

it('of many operations those that lack most are told, the others in one line', () => {
  const leftOut = Array.from({ length: 30 }, (_, at) => ({
    operationId: `op${at}`,
    kinds: { refuses: at + 1 },
    tried: 5,
  }))
  const told = tellLeftOut([...leftOut, { operationId: 'none', kinds: {}, tried: 0, reason: 'no value' }])
  expect(told[0]).toBe('none: no case: no value')
  expect(told[1]).toContain('op29: 30 cases (30 refuses)')
  expect(told.at(-1)).toBe('11 more operations: 66 cases (66 refuses) left out; --cases')
})

describe('of a document with more cases than a run takes', () => {
  it('each operation has the same share, and what some leave goes to the others', () => {
    expect(shareOut([5, 100, 40], 200)).toBe(Number.POSITIVE_INFINITY)
    expect(shareOut([5, 100, 100], 105)).toBe(50)
    expect(shareOut([100, 3, 100, 3], 26)).toBe(10)
    expect(shareOut([9, 9, 9], 2)).toBe(1)
  })

  const names = Array.from({ length: 40 }, (_, at) => [`m${at}`, { type: 'string', minLength: 2, maxLength: 9 }])
  const schema = { type: 'object', properties: Object.fromEntries(names) }
  const requestBody = { content: { 'application/json': { schema } } }
  const responses = { 200: { description: 'Done' } }
  const many = documentOf(
    {},
    { 'x-role': undefined },
    Object.fromEntries(
      Array.from({ length: 60 }, (_, at) => [`/a${at}`, { post: { operationId: `a${at}`, requestBody, responses } }]),
    ),
  )

  it('no more are made in all, and that is said first', () => {
    const { cases, leftOut, shared } = casesOf(many)
    expect(cases.length).toBeGreaterThan(MOST_OF_RUN - 100)
    expect(cases.length).toBeLessThanOrEqual(MOST_OF_RUN)
    const counts = new Map<string, number>()
    for (const { operationId } of cases) counts.set(operationId, (counts.get(operationId) ?? 0) + 1)
    expect(Math.max(...counts.values())).toBe(shared)
    expect(tellLeftOut(leftOut, shared)[0]).toMatch(
      /^the document has more cases .* each operation has \d+ at most, .*--cases 700/,
    )
  })

  it('all are where somebody says how many', () => {
    expect(casesOf(many, { cases: 700 }).cases.length).toBeGreaterThan(MOST_OF_RUN)
  })

  it('no more are tried where some are too large to make', () => {
    const two = (at: number) => ({ $ref: `#/paths/~1b/post/x-schemas/${at}` })
    const schemas = Array.from({ length: 20 }, (_, at) => ({
      type: 'object',
      required: ['a', 'b'],
      properties: { a: two(at + 1), b: two(at + 1) },
    }))
    const post = {
      operationId: 'b',
      requestBody: { content: { 'application/json': { schema: two(0) } } },
      responses,
      'x-schemas': [...schemas, { type: 'string' }],
    }
    const { leftOut } = casesOf(documentOf({}, { 'x-role': undefined }, { '/b': { post } }))
    expect(tellLeftOut(leftOut).join()).toMatch(/b: .*more than 50000 values/)
  })
})

describe('what need not hold, as another alternative may', () => {
  const listOf = (needed: number, choices: number) => ({
    operationId: 'any',
    attempts: Array.from({ length: needed + choices }, (_, at) => ({
      id: `any/refuses/${at}`,
      kind: 'refuses' as const,
      worth: at < needed ? FORM : FORM + CHOICE,
      make: () => ({ why: 'nobody asks' }),
    })),
  })
  const limitsOf = (counts: [needed: number, choices: number][], all: number) => {
    const lists = counts.map(([needed, choices]) => listOf(needed, choices))
    const { limitOf } = limitCases(lists, { each: 50, all })
    return lists.map((list) => limitOf(list))
  }

  it.each<[counts: [number, number][], all: number, limits: number[]]>([
    [
      [
        [10, 5],
        [20, 0],
      ],
      100,
      [15, 20],
    ],
    [
      [
        [10, 40],
        [10, 4],
      ],
      40,
      [26, 14],
    ],
    [
      [
        [10, 40],
        [40, 0],
      ],
      40,
      [10, 30],
    ],
    [[[45, 40]], 100, [50]],
  ])('of %j cases, %i in all, takes what the others leave', (counts, all, limits) => {
    expect(limitsOf(counts, all)).toEqual(limits)
  })
})
