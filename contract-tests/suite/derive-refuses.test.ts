import { describe, expect, it } from 'vitest'
import { buildContract } from '../../documents/contract/build-contract.ts'
import type { Contract } from '../../documents/contract/contract.ts'
import type { Json } from '../../documents/read/read-document.ts'
import { documentOf } from '../fixtures/inline-document.ts'
import { createKit } from './case-kit.ts'
import { deriveRefuses } from './derive-refuses.ts'
import { inspectorOf } from './inspect-body.ts'

const derive = (document: Contract) => {
  const made = [...deriveRefuses(createKit(document, { tag: 'tagged12' }).builderOf('create'))].map((refusal) => ({
    ...refusal,
    changes: refusal.make(),
  }))
  const variants = new Map(
    made.flatMap(({ changes, ...one }) => ('why' in changes ? [] : [[one.name, { ...one, changes }] as const])),
  )
  const dropped = made.flatMap(({ name, changes }) => ('why' in changes ? [{ name, reason: changes.why }] : []))
  return { variants, dropped }
}

const PEOPLE = documentOf({
  type: 'object',
  required: ['users'],
  additionalProperties: false,
  properties: {
    users: {
      type: 'array',
      minItems: 1,
      maxItems: 3,
      items: {
        type: 'object',
        required: ['email'],
        properties: {
          email: {
            type: 'string',
            maxLength: 50,
            pattern: '^[^@ ]+@[^@ ]+$',
            'x-evidence-of': { pattern: 'observed' },
          },
          size: { type: 'string', enum: ['s', 'm'] },
          age: { type: 'integer', minimum: 18, exclusiveMaximum: 100 },
          born: { type: 'string', format: 'date' },
        },
      },
    },
  },
})

describe('refuses', () => {
  const { variants, dropped } = derive(PEOPLE)

  it('breaks each rule', () => {
    expect([...variants.keys()]).toEqual(
      expect.arrayContaining([
        '/required/users',
        '/additionalProperties',
        '/users/type/string',
        '/users/minItems',
        '/users/maxItems',
        '/users/0/required/email',
        '/users/0/email/type/number',
        '/users/0/email/type/null',
        '/users/0/email/maxLength',
        '/users/0/email/pattern',
        '/users/0/email/pattern/empty',
        '/users/0/size/enum',
        '/users/0/age/minimum',
        '/users/0/age/exclusiveMaximum',
        '/users/0/age/type/fraction',
        '/users/0/born/format/words',
        '/form/json',
        '/form/content-type',
        '/form/empty',
      ]),
    )
  })

  it('breaks the rule it names, and no other, in the bytes that are sent', () => {
    const inspect = inspectorOf(PEOPLE, 'create')
    const isOfBody = (name: string) => !name.startsWith('/form/')
    for (const [name, { changes, pointer }] of [...variants].filter(([one]) => isOfBody(one))) {
      const broken = inspect(changes.text ?? '')
      expect(broken, name).toHaveLength(1)
      expect(pointer.endsWith(`/${broken[0]?.keyword}`), `${name} ${pointer}`).toBe(true)
    }
  })

  it('tells the row of each case apart, so that one that was let in takes no place of another', () => {
    const names = ['size/enum', 'age/minimum', 'age/type/fraction', 'age/type/null', 'born/format/words']
    const emails = names.map((name) => JSON.parse(variants.get(`/users/0/${name}`)?.changes.text ?? '').users[0].email)
    expect(emails.every((email) => email.includes('tagged12'))).toBe(true)
    expect(new Set(emails).size).toBe(names.length)
  })

  it('drops what would break two rules at once, and counts it', () => {
    expect(dropped.map(({ name }) => name)).toContain('/users/0/size/type/number')
    expect(dropped.find(({ name }) => name === '/users/0/size/type/number')?.reason).toContain('enum')
  })

  it('drops what no value can break alone', () => {
    const { dropped: impossible } = derive(
      documentOf({ type: 'object', properties: { code: { type: 'string', pattern: '^[A-Z]{2}$', maxLength: 255 } } }),
    )
    expect(impossible).toEqual([{ name: '/code/maxLength', reason: 'no value breaks this rule alone' }])
  })

  it('is one beyond the boundary', () => {
    const body = (name: string): Json => JSON.parse(variants.get(name)?.changes.text ?? '')
    expect(body('/users/maxItems').users).toHaveLength(4)
    expect(body('/users/0/email/maxLength').users[0].email).toHaveLength(51)
    expect(body('/users/0/age/minimum').users[0].age).toBe(17)
    expect(body('/users/0/age/exclusiveMaximum').users[0].age).toBe(100)
  })

  it('takes over how well the broken rule is known', () => {
    expect(variants.get('/users/0/email/pattern')?.evidence).toBe('observed')
    expect(variants.get('/users/0/email/maxLength')?.evidence).toBe('documented')
  })

  it('leaves the other rows good where one more is too many', () => {
    const { users } = JSON.parse(variants.get('/users/maxItems')?.changes.text ?? '')
    expect(new Set(users.map(({ email }: { email: string }) => email)).size).toBe(4)
  })

  it('breaks a rule of an alternative in nothing that another one allows', () => {
    const document = documentOf({
      oneOf: [
        { type: 'object', properties: { a: { type: 'string' } } },
        { type: 'object', required: ['b'], properties: { b: { type: 'integer' } } },
      ],
    })
    const bodies = [...derive(document).variants].flatMap(([name, { changes }]) =>
      /^\/[ab]\//.test(name) ? [JSON.parse(changes.text as string)] : [],
    )
    expect(bodies.length).toBeGreaterThan(0)
    expect(bodies.filter(({ a, b }) => typeof a === 'string' || Number.isInteger(b))).toEqual([])
  })

  it('sends a media type that the document does not declare, or none where it declares all', () => {
    const sentBeside = (...types: string[]) => {
      const content = Object.fromEntries(['application/json', ...types].map((type) => [type, { schema: {} }]))
      const found = derive(documentOf({}, { requestBody: { content } })).variants
      return found.get('/form/content-type')?.changes.contentType
    }
    expect(sentBeside()).toBe('text/plain')
    expect(sentBeside('text/*')).toBe('application/xml')
    expect(sentBeside('text/plain', 'application/xml')).toBe('image/png')
    expect(sentBeside('*/*')).toBeUndefined()
  })

  it('breaks nothing that tells one operation of a path from another', () => {
    const create = (operationId: string) => ({ operationId, responses: { '200': { description: 'Done' } } })
    const size = { name: 'size', in: 'query', required: true, schema: { type: 'integer' } }
    const document = buildContract({
      openapi: '3.1.0',
      info: { title: 'Two', version: '1' },
      paths: {
        '/runs': { post: create('plain') },
        '/runs?beta=true': { post: { ...create('create'), parameters: [size] } },
      },
    })
    expect([...derive(document).variants.keys()].filter((name) => name.startsWith('query/'))).toEqual([
      'query/size/type',
      'query/size/required',
    ])
  })

  it('breaks parameters of path, query and header', () => {
    const parameters = [
      { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1 } },
      { name: 'upsert', in: 'query', schema: { type: 'boolean' } },
      { name: 'X-Word', in: 'header', schema: { type: 'string', pattern: '^[a-z]{3}$' } },
    ]
    const { variants: found } = derive(documentOf({ type: 'object' }, { parameters }))
    expect(found.get('query/limit/minimum')?.changes.query).toEqual({ limit: '0' })
    expect(found.get('query/upsert/type')?.changes.query).toEqual({ upsert: 'not-tagged12' })
    const text = [{ name: 'code', in: 'query', schema: { type: 'string', minimum: 1 } }]
    expect([...derive(documentOf({}, { parameters: text })).variants.keys()]).not.toContain('query/code/minimum')
    expect(found.get('header/X-Word/pattern')?.changes.headers?.['x-word']).not.toMatch(/^[a-z]{3}$/)
  })
})

it('what each client sends is not left out', () => {
  const parameters = ['User-Agent', 'X-Word'].map((name) => ({ name, in: 'header', required: true, schema: {} }))
  const { variants, dropped } = derive(documentOf({ type: 'object' }, { parameters }))
  expect(variants.has('header/X-Word/required')).toBe(true)
  expect(variants.has('header/User-Agent/required')).toBe(false)
  const reason = 'User-Agent is sent by each client, whatever it is told'
  expect(dropped).toContainEqual({ name: 'header/User-Agent/required', reason })
})

it('a form without content is sent as nothing else', () => {
  const content = { 'application/x-www-form-urlencoded': { schema: { type: 'object', properties: {} } } }
  const { variants, dropped } = derive(documentOf({}, { requestBody: { content } }))
  expect(variants.has('/form/content-type')).toBe(false)
  expect(dropped).toContainEqual({ name: '/form/content-type', reason: 'its body is empty' })
})

describe('alternatives', () => {
  const nullAlone: Json[] = [{ type: 'null' }, { type: ['null'] }, { const: null }, { enum: [null] }]
  const rules = (schema: Json): [string, Json][] => {
    const { variants } = derive(documentOf({ type: 'object', properties: { a: schema } }))
    return [...variants].flatMap(([name, { changes }]) =>
      name.startsWith('/a/') ? [[name, JSON.parse(changes.text as string).a]] : [],
    )
  }
  const text = { type: 'string', maxLength: 3, pattern: '^[a-z]+$' }

  for (const isNull of nullAlone)
    for (const choice of ['anyOf', 'oneOf'])
      it(`breaks each rule of what may be null as well, by ${choice} with ${JSON.stringify(isNull)}`, () => {
        const names = (schema: Json) => rules(schema).map(([name]) => name)
        const alone = names(text).filter((name) => name !== '/a/type/null')
        expect(alone).toEqual(expect.arrayContaining(['/a/type/number', '/a/maxLength', '/a/pattern']))
        expect(names({ [choice]: [text, isNull] })).toEqual(alone)
        expect(names({ [choice]: [isNull, text] })).toEqual(alone)
      })

  it('goes on into what may be null, through references and lists, and never sends what is valid', () => {
    const nullable = (schema: Json) => ({ anyOf: [schema, { type: 'null' }] })
    const document = buildContract({
      openapi: '3.1.0',
      info: { title: 'N', version: '1' },
      paths: {
        '/things': {
          post: {
            operationId: 'create',
            requestBody: {
              content: {
                'application/json': {
                  schema: { type: 'object', properties: { at: { $ref: '#/components/schemas/MayBe' } } },
                },
              },
            },
            responses: { '201': { description: 'Created' } },
          },
        },
      },
      components: {
        schemas: {
          MayBe: nullable({ type: 'array', items: nullable({ $ref: '#/components/schemas/Place' }) }),
          Place: {
            type: 'object',
            required: ['street', 'zip'],
            properties: { street: { type: 'string' }, zip: nullable({ type: 'string', pattern: '^[0-9]{5}$' }) },
          },
        },
      },
    })
    const { variants } = derive(document)
    expect([...variants.keys()]).toEqual(
      expect.arrayContaining([
        '/at/type/string',
        '/at/0/required/street',
        '/at/0/zip/pattern',
        '/at/0/zip/type/number',
      ]),
    )
    expect([...variants.keys()]).not.toContain('/at/0/zip/type/null')
    const inspect = inspectorOf(document, 'create')
    expect(inspect(variants.get('/at/0/zip/pattern')?.changes.text as string)).toEqual([
      { path: '/at/0/zip', keyword: 'pattern' },
    ])
    for (const [name, { changes }] of variants)
      if (name.startsWith('/at')) expect(inspect(changes.text as string), name).toHaveLength(1)
  })

  const kind = (name: string, member: string, schema: Json) => ({
    type: 'object',
    required: ['kind', member],
    properties: { kind: { const: name }, [member]: schema },
  })
  const pet = {
    oneOf: [kind('cat', 'lives', { type: 'integer', maximum: 9 }), kind('dog', 'bark', { type: 'string' })],
  }

  it('breaks a rule of one of several where the rest keeps the value out of the others', () => {
    const { variants } = derive(documentOf({ type: 'object', properties: { pet } }))
    const { rule, pointer, changes } = variants.get('/pet/lives/maximum') ?? {}
    expect({ rule, pointer, pet: JSON.parse(changes?.text as string).pet }).toEqual({
      rule: '/pet/lives must satisfy maximum 9, or what another alternative says',
      pointer: expect.stringMatching(/oneOf\/0\/properties\/lives\/maximum$/),
      pet: { kind: 'cat', lives: 10 },
    })
    expect([...variants.keys()]).toEqual(expect.arrayContaining(['/pet/required/lives', '/pet/required/bark']))
  })

  it('sends nothing that another alternative allows, and tells that', () => {
    const { variants, dropped } = derive(documentOf({ anyOf: [{ type: 'string', enum: ['a'] }, { type: 'string' }] }))
    expect([...variants.keys()]).not.toContain('/enum')
    expect(dropped).toContainEqual({ name: '/enum', reason: 'another alternative allows what breaks this one' })
  })

  it('sends nothing that two of several allow, of which one alone may hold', () => {
    const { variants } = derive(
      documentOf({ oneOf: [{ type: 'integer', maximum: 9 }, { type: 'number' }, { type: 'integer', minimum: -9 }] }),
    )
    expect([...variants.keys()]).not.toContain('/maximum')
  })

  it('tries them after all rules that must hold', () => {
    const made = [
      ...deriveRefuses(
        createKit(documentOf({ type: 'object', properties: { pet, name: { type: 'string' } } })).builderOf('create'),
      ),
    ]
    const last = Math.max(...made.filter(({ name }) => name.startsWith('/name')).map(({ worth }) => worth))
    expect(made.filter(({ name, worth }) => name.startsWith('/pet') && worth <= last)).toEqual([])
  })
})
