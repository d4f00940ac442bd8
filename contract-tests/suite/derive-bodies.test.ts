import { describe, expect, it } from 'vitest'
import { buildContract } from '../../documents/contract/build-contract.ts'
import type { Json } from '../../documents/read/read-document.ts'
import { casesOf } from './derive-cases.ts'
import type { CaseRequest } from './vocabulary.ts'

const derived = (method: string, operation: Json, path = '/things') =>
  casesOf(
    buildContract({
      openapi: '3.1.0',
      info: { title: 'Inline', version: '1' },
      paths: {
        [path]: { [method]: { operationId: 'go', responses: { '200': { description: 'Good' } }, ...operation } },
      },
    }),
    { tag: 'tagged12' },
  )
/** The requests by the names of their cases. */
const requestsOf = (content: Json, operation: Json = {}) =>
  new Map(
    derived('post', { requestBody: { required: true, content }, ...operation }).cases.map(({ id, steps }) => [
      id.slice('go/'.length),
      steps[0]?.request as CaseRequest,
    ]),
  )

const PERSON = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string', minLength: 2, maxLength: 20 },
    age: { type: ['integer', 'null'], minimum: 18 },
    tags: { type: 'array', items: { type: 'string', enum: ['a', 'b'] } },
  },
}

describe('an operation without a body', () => {
  it.each(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace'])('has the plain case: %s', (method) => {
    const { cases, leftOut } = derived(method, {})
    expect(cases.map(({ id }) => id)).toEqual(['go/accepts/plain'])
    expect(cases[0]?.steps[0]?.request).not.toHaveProperty('body')
    expect(leftOut).toEqual([])
  })
})

describe('a form', () => {
  const requests = requestsOf({ 'application/x-www-form-urlencoded': { schema: PERSON } })
  const sent = (name: string) => new URLSearchParams(requests.get(name)?.body)

  it('has the cases that its rules have in JSON, written as a form', () => {
    expect(sent('accepts/plain').get('name')).toContain('tagged12')
    expect([...(sent('accepts/name/longest').get('name') ?? '')]).toHaveLength(20)
    expect(sent('accepts/age/minimum').get('age')).toBe('18')
    expect([...sent('refuses/required/name').keys()]).toEqual([])
    expect([...(sent('refuses/name/maxLength').get('name') ?? '')]).toHaveLength(21)
    expect(sent('refuses/age/minimum').get('age')).toBe('17')
    expect(sent('refuses/age/type/string').get('age')).toBe('text tagged12')
    expect(sent('refuses/tags/0/enum').getAll('tags')).toHaveLength(1)
    for (const { headers } of requests.values()) {
      expect(headers['content-type']).toMatch(/^application\/x-www-form-urlencoded$|^text\/plain$/)
    }
  })

  it('has none for what a form cannot say: types of texts, null, and that it is broken', () => {
    const names = [...requests.keys()]
    expect(names.filter((name) => /null|name\/type|form\/json/.test(name))).toEqual([])
  })

  it('is missing only where a member must be there', () => {
    expect(requests.get('refuses/form/empty')?.body).toBe('')
    const free = { 'application/x-www-form-urlencoded': { schema: { ...PERSON, required: [] } } }
    expect(requestsOf(free).has('refuses/form/empty')).toBe(false)
  })
})

describe('a multipart body', () => {
  const requests = requestsOf({
    'multipart/form-data': {
      schema: { ...PERSON, properties: { ...PERSON.properties, file: { type: 'string', format: 'binary' } } },
    },
  })

  it('has the cases that its rules have in JSON, and one that is none', () => {
    expect(requests.get('accepts/file/alone')?.body).toMatch(/name="file"; filename="rollcall"/)
    expect(requests.get('refuses/required/name')?.body).not.toContain('name="name"')
    expect(requests.get('refuses/age/minimum')?.body).toMatch(/name="age"\r\n[\s\S]*\r\n\r\n17\r\n/)
    expect(requests.get('refuses/form/multipart')).toMatchObject({ body: 'not multipart' })
    expect(requests.get('refuses/form/multipart')?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/)
  })
})

describe('a text', () => {
  const requests = requestsOf({ 'text/plain': { schema: { type: 'string', maxLength: 30 } } })

  it('is held to its length, and is text whatever it holds', () => {
    expect([...requests.keys()]).toEqual(
      [
        'accepts/plain',
        'accepts/longest',
        'accepts/longest/corners',
        'accepts/empty',
        'refuses/maxLength',
        'refuses/form/content-type',
      ].filter((name) => requests.has(name)),
    )
    expect([...(requests.get('refuses/maxLength')?.body ?? '')]).toHaveLength(31)
    expect(requests.get('refuses/form/content-type')?.headers['content-type']).toBe('application/xml')
  })
})

describe('XML', () => {
  const requests = requestsOf({ 'application/xml': { schema: { ...PERSON, xml: { name: 'person' } } } })

  it('is sent plain, with every member, broken, and not at all; who reads its members is up to the server', () => {
    expect([...requests.keys()]).toEqual([
      'accepts/plain',
      'accepts/all',
      'refuses/form/xml',
      'refuses/form/content-type',
      'refuses/form/empty',
    ])
    expect(requests.get('accepts/plain')?.body).toMatch(/<person><name>.*<\/name><\/person>$/)
    expect(requests.get('refuses/form/xml')?.body).not.toContain('</person>')
  })
})

describe('bytes', () => {
  it('are sent as they are, with no rule to break', () => {
    const requests = requestsOf({ 'image/png': { schema: { type: 'string', format: 'binary', maxLength: 4 } } })
    expect([...requests.keys()]).toEqual(['accepts/plain', 'refuses/form/content-type'])
    expect(requests.get('accepts/plain')).toMatchObject({ isBytes: true, headers: { 'content-type': 'image/png' } })
  })
})

describe('several media types', () => {
  const content = {
    'application/xml': { schema: PERSON },
    'application/x-www-form-urlencoded': { schema: PERSON },
    'application/json': { schema: PERSON },
  }
  const requests = requestsOf(content)

  it('are tried by their rules in JSON, and plainly in each of the others', () => {
    expect(requests.get('accepts/plain')?.headers['content-type']).toBe('application/json')
    const others = [...requests].filter(([name]) => name.includes('/media/'))
    expect(others.map(([name, { headers, body }]) => [name, headers['content-type'], body?.slice(0, 5)])).toEqual([
      ['accepts/media/application~1x-www-form-urlencoded', 'application/x-www-form-urlencoded', 'name='],
      ['accepts/media/application~1xml', 'application/xml', '<?xml'],
    ])
  })

  it('that are not among them are refused as well known as the document says so', () => {
    const evidenceOf = (responses: Json) =>
      derived('post', { requestBody: { content }, responses }).cases.find(({ id }) => id.endsWith('/form/content-type'))
        ?.rule.evidence
    const good = { '200': { description: 'Good' } }
    expect(evidenceOf(good)).toBe('assumed')
    expect(evidenceOf({ ...good, '4XX': { description: 'Bad' } })).toBe('assumed')
    expect(evidenceOf({ ...good, '415': { description: 'Bad' } })).toBe('documented')
  })
})

describe('JSON without a schema', () => {
  it('is the example, or an object', () => {
    expect(requestsOf({ 'application/json': { example: [1] } }).get('accepts/plain')?.body).toBe('[1]')
    expect(requestsOf({ 'application/json': {} }).get('accepts/plain')?.body).toBe('{}')
  })
})

describe('a parameter', () => {
  const parameters = [
    {
      name: 'id',
      in: 'path',
      required: true,
      schema: { type: 'array', items: { type: 'string' } },
      example: ['a/b', 'c'],
    },
    { name: 'since', in: 'query', required: true, schema: { type: 'string', format: 'date' } },
    { name: 'page', in: 'query', schema: { type: 'object', properties: { offset: { type: 'integer', example: 5 } } } },
    { name: 'lang', in: 'cookie', required: true, schema: { type: 'string', enum: ['de', 'en'] } },
    { name: 'X-Word', in: 'header', schema: { type: 'string' }, example: 'größe' },
    { name: 'sid', in: 'cookie', schema: { type: 'string' } },
  ]
  const security = [{ key: [] }]
  const { cases } = casesOf(
    buildContract({
      openapi: '3.1.0',
      info: { title: 'Inline', version: '1' },
      components: { securitySchemes: { key: { type: 'apiKey', in: 'cookie', name: 'sid' } } },
      paths: {
        '/größe/{id}': {
          get: { operationId: 'go', parameters, security, responses: { '200': { description: 'Good' } } },
        },
      },
    }),
  )
  const request = (name: string) => cases.find(({ id }) => id === `go/${name}`)?.steps[0]?.request

  it('is written as its style says, and literal parts of the path are encoded', () => {
    expect(request('accepts/plain')?.path).toMatch(/^\/gr%C3%B6%C3%9Fe\/a%2Fb,c\?since=\d{4}-\d\d-\d\d$/)
    expect(request('accepts/query/page/alone')?.path).toMatch(/&offset=5$/)
    expect(request('accepts/header/X-Word/example')?.headers['x-word']).toBe('gr%C3%B6%C3%9Fe')
  })

  it('of a cookie is sent, tried and broken', () => {
    expect(request('accepts/plain')?.headers['cookie']).toBe('lang=de')
    expect(request('accepts/cookie/lang/enum/en')?.headers['cookie']).toBe('lang=en')
    expect(request('refuses/cookie/lang/enum')?.headers['cookie']).toMatch(/^lang=(?!de|en)/)
  })

  it('that must be there is left out once', () => {
    expect(request('refuses/query/since/required')?.path).not.toContain('since')
    expect(request('refuses/cookie/lang/required')?.headers).not.toHaveProperty('cookie')
    expect(request('refuses/query/page/required')).toBeUndefined()
  })

  it('that is how the credential travels is none', () => {
    expect(cases.filter(({ id }) => id.includes('/sid/'))).toEqual([])
  })
})
