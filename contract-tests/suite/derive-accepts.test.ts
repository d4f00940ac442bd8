import { describe, expect, it } from 'vitest'
import type { Contract } from '../../documents/contract/contract.ts'
import type { Json } from '../../documents/read/read-document.ts'
import { documentOf } from '../fixtures/inline-document.ts'
import { createKit } from './case-kit.ts'
import { deriveAccepts } from './derive-accepts.ts'
import { inspectorOf } from './inspect-body.ts'

const variantsOf = (document: Contract) => {
  const builder = createKit(document, { tag: 'tagged12' }).builderOf('create')
  return new Map([...deriveAccepts(builder)].map((variant) => [variant.name, variant]))
}
const bodyOf = (document: Contract, name: string) => {
  const variant = variantsOf(document).get(name)
  return variant ? variant.changes().body : undefined
}

const PEOPLE = documentOf({
  type: 'array',
  minItems: 1,
  maxItems: 5,
  items: {
    type: 'object',
    properties: {
      email: { type: 'string', maxLength: 60 },
      country: { type: ['string', 'null'], pattern: '^[A-Z]{2}$' },
      size: { type: 'string', enum: ['s', 'm'], 'x-evidence-of': { m: 'assumed' } },
      age: { type: 'integer', minimum: 18, maximum: 99 },
      news: { type: 'boolean', 'x-run': { value: false, needs: 'mail' } },
      nested: { type: ['object', 'null'], properties: { note: { type: 'string', maxLength: 7 } } },
    },
  },
})

describe('accepts', () => {
  it('fills a text to its length with characters of more than 16 bits, where its pattern has them', () => {
    const name = (schema: object) =>
      documentOf({ type: 'array', items: { type: 'object', properties: { name: { type: 'string', ...schema } } } })
    for (const schema of [{ maxLength: 7 }, { maxLength: 7, pattern: '^[\\p{L} ]+$' }]) {
      const text: string = bodyOf(name(schema), '/0/name/longest/corners')[0].name
      expect([...text]).toHaveLength(7)
      expect(text.length).toBeGreaterThan(7)
    }
    expect(variantsOf(name({ maxLength: 7, pattern: '^[a-z]+$' })).has('/0/name/longest/corners')).toBe(false)
  })

  it('makes the boundaries of each rule, one at a time', () => {
    expect([...variantsOf(PEOPLE).keys()]).toEqual(
      expect.arrayContaining([
        '/plain',
        '/minItems',
        '/maxItems',
        '/all',
        '/0/email/longest',
        '/0/country/null',
        '/0/country/pattern',
        '/0/country/pattern/corners',
        '/0/size/enum/s',
        '/0/size/enum/m',
        '/0/age/minimum',
        '/0/age/maximum',
        '/0/news/true',
        '/0/news/false',
        '/0/nested/null',
        '/0/nested/note/longest',
      ]),
    )
    expect(bodyOf(PEOPLE, '/maxItems')).toHaveLength(5)
    expect(bodyOf(PEOPLE, '/0/email/longest')[0].email).toHaveLength(60)
    expect(bodyOf(PEOPLE, '/0/age/maximum')[0].age).toBe(99)
    expect(bodyOf(PEOPLE, '/0/nested/note/longest')[0].nested.note).toHaveLength(7)
  })

  it('breaks no rule, and marks every row with the tag of the run', () => {
    const inspect = inspectorOf(PEOPLE, 'create')
    for (const [name, variant] of variantsOf(PEOPLE)) {
      const { body } = variant.changes()
      expect(inspect(JSON.stringify(body)), name).toEqual([])
      if (!name.startsWith('/0/email/')) for (const row of body) expect(row.email, name).toContain('tagged12')
    }
  })

  it('gives each row an identity of its own', () => {
    const emails = bodyOf(PEOPLE, '/maxItems').map(({ email }: { email: string }) => email)
    expect(new Set(emails).size).toBe(5)
  })

  it('sends what reaches people only in the case that is about it, and asks for leave', () => {
    for (const [name, { changes, needs }] of variantsOf(PEOPLE)) {
      const isAboutIt = name === '/0/news/true'
      expect(
        changes().body.some(({ news }: { news?: boolean }) => news === true),
        name,
      ).toBe(isAboutIt)
      expect(needs, name).toBe(isAboutIt ? 'mail' : undefined)
    }
  })

  it('leaves out what needs leave and has no value of its own', () => {
    const document = documentOf({
      type: 'object',
      properties: { name: { type: 'string' }, invite: { type: 'boolean', 'x-run': { needs: 'mail' } } },
    })
    expect(bodyOf(document, '/all')).toHaveProperty('name')
    expect(bodyOf(document, '/all')).not.toHaveProperty('invite')
  })

  it('takes over how well each statement is known', () => {
    const variants = variantsOf(PEOPLE)
    expect(variants.get('/0/size/enum/s')?.evidence).toBe('documented')
    expect(variants.get('/0/size/enum/m')?.evidence).toBe('assumed')
  })

  it('never sends together what a business failure forbids', () => {
    const document = documentOf(
      { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } } },
      {
        'x-failures': [
          { id: 'both', level: 'request', at: '400', when: 'both', evidence: 'assumed', together: ['/a', '/b'] },
        ],
      },
    )
    expect(Object.keys(bodyOf(document, '/all'))).toEqual(['a'])
  })

  it('tries parameters too, and only such headers as can be sent', () => {
    const parameters = [
      { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 9 } },
      { name: 'X-Word', in: 'header', schema: { type: 'string', pattern: '^[a-z]{3}$' } },
    ]
    const variants = variantsOf(documentOf({ type: 'object' }, { parameters }))
    expect(variants.get('query/limit/maximum')?.changes().query).toEqual({ limit: '9' })
    expect(variants.get('header/X-Word/pattern')?.changes().headers?.['x-word']).toMatch(/^[a-z]{3}$/)
  })

  it('knows no witness of a text that it made up: it may name something', () => {
    const inQuery = (name: string, more: Json) => ({ name, in: 'query', ...more })
    const parameters = [
      inQuery('of', { schema: { type: 'string' } }),
      inQuery('like', { schema: { type: 'string' }, example: 'a' }),
      inQuery('most', { schema: { type: 'integer' } }),
    ]
    const variants = variantsOf(documentOf({ type: 'object' }, { parameters }))
    expect(variants.get('query/of/alone')?.base).toBe('none')
    for (const name of ['query/like/example', 'query/most/alone']) {
      expect(variants.get(name)?.base, name).toBeTypeOf('function')
    }
  })
})

it('what a precondition is refused for is no failure: it has nothing that it must be like', () => {
  const header = (name: string) => ({ name, in: 'header', schema: { type: 'string', enum: ['"a"'] }, example: '"a"' })
  const document = documentOf({ type: 'object' }, { parameters: [header('If-Match'), header('X-Kind')] })
  const bases = [...variantsOf(document)].flatMap(([name, { base }]) =>
    name.startsWith('header/') ? [[name, base]] : [],
  )
  expect(bases.filter(([name]) => String(name).includes('If-Match')).map(([, base]) => base)).toContain('none')
  expect(bases.filter(([name, base]) => String(name).includes('X-Kind') && base === 'none')).toEqual([])
})

it('tries no edge of what the path says already: it is sent as it is there', () => {
  const properties = { id: { type: 'string', maxLength: 9 }, name: { type: 'string', maxLength: 9 } }
  const document = documentOf(
    { type: 'object' },
    {},
    {
      '/things/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: properties.id }],
        put: {
          operationId: 'replace',
          requestBody: { required: true, content: { 'application/json': { schema: { type: 'object', properties } } } },
          responses: { '200': { description: 'Replaced' } },
        },
      },
    },
  )
  const names = [...deriveAccepts(createKit(document).builderOf('replace'))].map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['/id/alone', '/name/longest']))
  expect(names.filter((name) => name.startsWith('/id/'))).toEqual(['/id/alone'])
})
