import { describe, expect, it } from 'vitest'
import type { Json } from '../../documents/read/read-document.ts'
import { documentOf } from '../fixtures/inline-document.ts'
import { casesOf } from './derive-cases.ts'
import { verify } from './verify.ts'
import type { CaseRequest } from './vocabulary.ts'

const OK = { description: 'Done' }
const FILTER = {
  type: 'object',
  required: ['word'],
  properties: {
    word: { type: 'string', minLength: 2, maxLength: 9 },
    limit: { type: 'integer', minimum: 1, maximum: 50 },
    kinds: { type: 'array', items: { type: 'string', enum: ['book', 'map'] }, maxItems: 2 },
  },
}

/** A document with one operation whose whole query is a parameter (OpenAPI 3.2). */
const documentWith = (type: string, more: Json = {}) =>
  documentOf(
    {},
    { 'x-role': undefined },
    {
      '/found': {
        get: {
          operationId: 'find',
          security: [],
          parameters: [
            { name: 'filter', in: 'querystring', required: true, content: { [type]: { schema: FILTER } }, ...more },
          ],
          responses: { 200: OK, 400: OK },
        },
      },
    },
  )

const FORM = 'application/x-www-form-urlencoded'

/** What a server makes of a query, written here a second time. */
function readQuery(type: string, path: string): Json {
  const query = path.split('?')[1] ?? ''
  if (type !== FORM) {
    try {
      return JSON.parse(decodeURIComponent(query))
    } catch {
      return undefined
    }
  }
  const pairs = new URLSearchParams(query)
  const [word, limit, kinds] = [pairs.get('word'), pairs.get('limit'), pairs.getAll('kinds')]
  return {
    ...(word !== null && { word }),
    ...(limit !== null && { limit: /^-?[0-9]+$/.test(limit) ? Number(limit) : limit }),
    ...(kinds.length > 0 && { kinds }),
  }
}
function isFilter(value: Json): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const { word, limit = 1, kinds = [] } = value
  const isWord = typeof word === 'string' && [...word].length >= 2 && [...word].length <= 9
  const isLimit = Number.isInteger(limit) && limit >= 1 && limit <= 50
  return (
    isWord &&
    isLimit &&
    Array.isArray(kinds) &&
    kinds.length <= 2 &&
    kinds.every((one) => ['book', 'map'].includes(one))
  )
}

const run = (type: string, accepts: (value: Json) => boolean, more: Json = {}) =>
  verify({
    document: documentWith(type, more),
    name: 'found',
    seed: 'a',
    select: ({ operationId }) => operationId === 'find',
    send: async ({ path }: CaseRequest) => ({
      status: accepts(readQuery(type, path)) ? 200 : 400,
      headers: {},
      text: '',
      duration: 1,
    }),
  })

describe.each([FORM, 'application/json'])('the whole query as one parameter, in %s', (type) => {
  it('is tried by each rule of its schema, kept and broken, and passes where the server keeps them', async () => {
    const { results } = await run(type, isFilter)
    expect(results.filter(({ outcome }) => outcome !== 'pass').map(({ case: { id } }) => id)).toEqual([])
    expect(results.map(({ case: { id } }) => id)).toEqual(
      expect.arrayContaining([
        'find/accepts/plain',
        'find/accepts/querystring/filter/all',
        'find/accepts/querystring/filter/word/shortest',
        'find/accepts/querystring/filter/limit/maximum',
        'find/refuses/querystring/filter/required',
        'find/refuses/querystring/filter/required/word',
        'find/refuses/querystring/filter/limit/maximum',
        'find/refuses/querystring/filter/kinds/maxItems',
      ]),
    )
  })

  it('fails a server that does not hold to one of them', async () => {
    const failed = async (accepts: (value: Json) => boolean) =>
      (await run(type, accepts)).results.flatMap(({ case: { id }, outcome }) => (outcome === 'fail' ? [id] : []))
    expect(await failed((value) => isFilter({ ...value, limit: 7 }))).toContain(
      'find/refuses/querystring/filter/limit/maximum',
    )
    expect(await failed((value) => isFilter(value) && value.limit !== 50)).toEqual([
      'find/accepts/querystring/filter/limit/maximum',
    ])
  })
})

it('a query that is none, or no JSON, is tried where it must be some', () => {
  const ids = casesOf(documentWith('application/json')).cases.map(({ id }) => id)
  expect(ids).toContain('find/refuses/querystring/filter/form/json')
  const optional = casesOf(documentWith('application/json', { required: false })).cases
  expect(optional.map(({ id }) => id)).not.toContain('find/refuses/querystring/filter/required')
  const plain = optional.find(({ id }) => id === 'find/accepts/plain')
  expect(plain?.steps[0]?.request?.path).toBe('/found')
})

it('a query that is given for the run is sent as it is', async () => {
  const paths: string[] = []
  await verify({
    document: documentWith(FORM),
    name: 'found',
    params: { filter: 'word=known' },
    only: 'find/accepts/plain',
    send: async ({ path }) => {
      paths.push(path)
      return { status: 200, headers: {}, text: '', duration: 1 }
    },
  })
  expect(paths).toEqual(['/found?word=known'])
})
