import { describe, expect, it } from 'vitest'
import { parseContract } from '../../documents/contract/build-contract.ts'
import { listOperations } from '../../documents/emit/list-operations.ts'
import { compileValidators } from '../../documents/validators/compile-validators.ts'
import { isJson, MAX_DEPTH, sentenceOf, validateCall } from './validate-call.ts'
import { type Call, isRefusal, type Operation, type Parameter } from './vocabulary.ts'

const contract = parseContract(
  `
openapi: 3.1.0
info: { title: People, version: '1' }
paths:
  /people/{id}:
    post:
      operationId: everyPlace
      parameters:
        - { name: id, in: path, required: true, schema: { type: integer, minimum: 1 } }
        - { name: name, in: query, schema: { type: string, minLength: 2 } }
        - { name: upsert, in: query, schema: { type: boolean } }
        - { name: limit, in: query, schema: { type: integer } }
        - { name: ratio, in: query, schema: { type: number } }
        - { name: either, in: query, schema: { type: [integer, string] } }
        - { name: order, in: query, schema: { enum: [asc, desc] } }
        - name: filter
          in: query
          style: deepObject
          schema: { type: object, additionalProperties: false, properties: { a: { type: string } } }
      responses: { '204': { description: Done } }
  /strict:
    get:
      operationId: requiredPlaces
      parameters:
        - { name: q, in: query, required: true, schema: { type: string } }
      responses: { '204': { description: Done } }
  /bodies/json:
    post:
      operationId: json
      requestBody: { required: true, content: { application/json: { schema: { type: object, properties: { name: { type: string }, kind: { const: x } }, additionalProperties: false } } } }
      responses: { '204': { description: Done } }
  /bodies/any:
    post:
      operationId: any
      requestBody: { required: true, content: { application/json: {} } }
      responses: { '204': { description: Done } }
  /bodies/optional:
    post:
      operationId: optional
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses: { '204': { description: Done } }
  /bodies/vendor:
    post:
      operationId: vendor
      requestBody: { required: true, content: { application/vnd.people+json: { schema: { type: object } } } }
      responses: { '204': { description: Done } }
  /bodies/none:
    post:
      operationId: none
      responses: { '204': { description: Done } }
`,
  'people.yaml',
)
const operations = new Map(listOperations(contract).map((operation) => [operation.id, operation]))
const validators = compileValidators(contract)

function validate(id: string, call: Partial<Call>, pathValues: Record<string, string> = { id: '1' }) {
  const operation = operations.get(id) as Operation
  return validateCall(operation, validators[id] ?? { replies: {} }, pathValues, { method: 'POST', path: '/', ...call })
}

const JSON_TYPE = { 'content-type': 'application/json' }
const sendJson = (text: string, id = 'json') => validate(id, { headers: JSON_TYPE, text })

describe('a query parameter', () => {
  it.each<[sent: string, want: unknown]>([
    ['name=77', '77'],
    ['name=true', 'true'],
    ['name=Jörg', 'Jörg'],
    ['upsert=true', true],
    ['upsert=false', false],
    ['limit=10', 10],
    ['limit=-3', -3],
    ['limit=0', 0],
    ['limit=1e2', 100],
    ['limit=5.0', 5],
    ['ratio=0.5', 0.5],
    ['ratio=-1.5e-3', -0.0015],
    ['either=7', 7],
    ['either=007', '007'],
    ['either=x', 'x'],
    ['order=asc', 'asc'],
    ['filter[a]=1', { a: '1' }],
    ['filter[a]=1&filter[a]=2', { a: '2' }],
  ])('sent as %s is what its schema asks for: %j', (sent, want) => {
    const [name = ''] = sent.split(/[=[]/)
    expect(validate('everyPlace', { query: queryOf(sent) })).toMatchObject({ query: { [name]: want } })
  })

  it.each<[sent: string, at: string, sentence: string]>([
    ['upsert=1', 'query/upsert', 'must be boolean'],
    ['upsert=TRUE', 'query/upsert', 'must be boolean'],
    ['upsert=', 'query/upsert', 'must be boolean'],
    ['upsert=true&upsert=true', 'query/upsert', 'must be boolean'],
    ['limit=x', 'query/limit', 'must be integer'],
    ['limit=1.5', 'query/limit', 'must be integer'],
    ['limit=', 'query/limit', 'must be integer'],
    ['limit= 1', 'query/limit', 'must be integer'],
    ['limit=0x10', 'query/limit', 'must be integer'],
    ['limit=01', 'query/limit', 'must be integer'],
    ['limit=Infinity', 'query/limit', 'must be integer'],
    ['limit=1e999', 'query/limit', 'must be integer'],
    ['ratio=NaN', 'query/ratio', 'must be number'],
    ['ratio=.5', 'query/ratio', 'must be number'],
    ['order=up', 'query/order', 'must be one of asc, desc'],
    ['name=x', 'query/name', 'must NOT have fewer than 2 characters'],
    ['name=ab&name=cd', 'query/name', 'must be string'],
    ['filter[b]=1', 'query/filter', 'must not have a property b'],
    ['filter[constructor]=1', 'query/filter', 'must not have a property constructor'],
    ['filter[__proto__]=1', 'query/filter', 'must not have a property __proto__'],
  ])('sent as %s is refused at %s: %s', (sent, at, sentence) => {
    const outcome = validate('everyPlace', { query: queryOf(sent) })
    expect(outcome).toMatchObject({ refused: 'invalid', at, message: `${at} ${sentence}` })
  })

  it('that is written as filter[member] is not meant by its bare name', () => {
    expect(validate('everyPlace', { query: { filter: 'x', 'filter[a': 'x', 'filters[a]': 'x' } })).toHaveProperty(
      'query',
      {},
    )
  })

  it('that is not declared is left out', () => {
    const query = Object.fromEntries([
      ['__proto__', 'x'],
      ['constructor', 'x'],
      ['toString', 'x'],
      ['limit', '1'],
    ])
    expect(validate('everyPlace', { query })).toMatchObject({ query: { limit: 1 } })
    expect(Object.keys((validate('everyPlace', { query }) as { query: object }).query)).toEqual(['limit'])
  })

  it('that is absent is absent, whatever every object inherits', () => {
    const named: Parameter = {
      name: 'constructor',
      in: 'query',
      required: false,
      types: [],
      style: 'form',
      explode: true,
    }
    const operation: Operation = { ...(operations.get('none') as Operation), parameters: [named] }
    const inputOf = (query: Record<string, string>) =>
      validateCall(operation, { replies: {} }, {}, { method: 'POST', path: '/', query })
    expect(inputOf({})).toHaveProperty('query', {})
    expect(inputOf({ constructor: 'x' })).toHaveProperty('query', { constructor: 'x' })
    expect(validate('everyPlace', {})).toEqual({ path: { id: 1 }, query: {}, headers: {}, body: undefined })
  })
})

/** As a query arrives: repeated names hold all their values. */
function queryOf(sent: string): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = Object.create(null)
  for (const pair of sent.split('&')) {
    const [name = '', value = ''] = pair.split('=')
    const before = query[name]
    query[name] = before === undefined ? value : [before, value].flat()
  }
  return query
}

describe('the other places', () => {
  it('have the types of their schemas', () => {
    expect(validate('everyPlace', {}, { id: '7' })).toMatchObject({ path: { id: 7 }, headers: {} })
  })

  it.each<[place: string, call: Partial<Call>, pathValues: Record<string, string>]>([
    ['path/id', {}, { id: 'x' }],
    ['path/id', {}, { id: '0' }],
    ['path/id', {}, { id: '__proto__' }],
  ])('are refused at %s', (at, call, pathValues) => {
    expect(validate('everyPlace', call, pathValues)).toMatchObject({ refused: 'invalid', at })
  })

  it('are asked for where they are required', () => {
    const wanted = { message: "query must have required property 'q'", at: 'query', rule: 'required' }
    expect(validate('requiredPlaces', {})).toMatchObject(wanted)
    expect(validate('requiredPlaces', { query: { q: '' } })).toMatchObject({ query: { q: '' }, body: undefined })
  })

  it('come before the body: the first thing wrong is told', () => {
    expect(validate('json', { headers: { 'content-type': 'text/csv' } })).toMatchObject({ rule: 'required' })
    expect(validate('everyPlace', { query: { limit: 'x' } }, { id: 'x' })).toMatchObject({ at: 'path/id' })
  })
})

describe('a content type', () => {
  it.each<[operation: string, contentType: string]>([
    ['json', 'application/json'],
    ['json', 'Application/JSON'],
    ['json', ' application/json ;charset=utf-8'],
    ['json', 'application/json; charset=UTF-8'],
    ['json', 'application/json; charset="utf8"'],
    ['json', 'application/json;charset=us-ascii'],
    ['json', 'application/json; profile=x'],
    ['json', 'application/json;'],
    ['vendor', 'application/vnd.people+json'],
    ['vendor', 'application/vnd.people+json; charset=utf-8'],
  ])('of %s may be %s, and is read as JSON', (operation, contentType) => {
    const outcome = validate(operation, { headers: { 'content-type': contentType }, text: '{}' })
    expect(outcome).toMatchObject({ body: {} })
  })

  it.each<[operation: string, contentType: string | undefined, declared: string]>([
    ['json', undefined, 'application/json'],
    ['json', '', 'application/json'],
    ['json', 'text/plain', 'application/json'],
    ['json', 'application/jsonp', 'application/json'],
    ['json', 'application/vnd.people+json', 'application/json'],
    ['json', 'application/json;charset=latin1', 'application/json'],
    ['json', 'application/json; charset="iso-8859-1"', 'application/json'],
    ['json', 'application/json; charset=utf-16', 'application/json'],
    ['json', 'application/x-www-form-urlencoded', 'application/json'],
    ['vendor', 'application/json', 'application/vnd.people+json'],
  ])('of %s may not be %s', (operation, contentType, declared) => {
    const headers = contentType === undefined ? {} : { 'content-type': contentType }
    expect(validate(operation, { headers, text: '{}' })).toEqual({
      refused: 'unsupported-media-type',
      message: `content-type must be ${declared}${contentType?.includes('/') ? `, not ${contentType}` : ''}`,
      at: 'header/content-type',
      rule: 'content-type',
    })
  })

  it('that is none is not told back: secrets are put into headers by mistake', () => {
    const outcome = validate('json', { headers: { 'content-type': 'Bearer s3cret' }, text: '{}' })
    expect(outcome).toMatchObject({ message: 'content-type must be application/json' })
  })

  it('need not be given with data, which is JSON then', () => {
    expect(validate('vendor', { body: {} })).toMatchObject({ body: {} })
  })

  it.each([
    ['application/json', true],
    ['application/problem+json', true],
    ['application/json-seq', false],
    ['text/json', false],
    ['', false],
  ])('%s is JSON: %s', (mediaType, want) => {
    expect(isJson(mediaType)).toBe(want)
  })
})

describe('a body', () => {
  it('is asked for where it is required, whatever the content type', () => {
    for (const call of [{}, { text: '' }, { headers: JSON_TYPE }, { headers: JSON_TYPE, text: '' }]) {
      expect(validate('json', call)).toEqual({
        refused: 'invalid',
        message: 'body is required',
        at: '/',
        rule: 'required',
      })
    }
  })

  it('may be absent where it is not required, but not wrong', () => {
    expect(validate('optional', {})).toMatchObject({ body: undefined })
    expect(validate('optional', { text: '', headers: { 'content-type': 'text/plain' } })).toMatchObject({
      body: undefined,
    })
    expect(sendJson('[]', 'optional')).toMatchObject({ refused: 'invalid', message: 'body must be object', at: '/' })
  })

  it('is not looked at where none is declared', () => {
    expect(validate('none', { headers: { 'content-type': 'x' }, text: '{' })).toMatchObject({ body: undefined })
  })

  it.each<[text: string, at: string, message: string]>([
    ['[]', '/', 'body must be object'],
    ['null', '/', 'body must be object'],
    ['"{}"', '/', 'body must be object'],
    ['{"name":1}', '/name', '/name must be string'],
    ['{"kind":"y"}', '/kind', '/kind must be x'],
    ['{"nmae":"x"}', '/', 'body must not have a property nmae'],
    ['{"__proto__":{}}', '/', 'body must not have a property __proto__'],
    ['{"constructor":{}}', '/', 'body must not have a property constructor'],
  ])('of %s is refused at %s: %s', (text, at, message) => {
    expect(sendJson(text)).toMatchObject({ refused: 'invalid', at, message })
  })

  it.each(['{', '{"a":1,}', "{'a':1}", 'undefined', ' ', '\ufeff{}', '{} {}', '"\u0001"', '01'])(
    'of %j is not JSON',
    (text) => {
      const outcome = sendJson(text, 'any')
      expect(outcome).toMatchObject({ refused: 'malformed-body', at: '/', rule: 'json' })
      // The engine's own wording would differ from browser to browser.
      expect(isRefusal(outcome) && outcome.message).toMatch(/^body is not valid JSON(?: at position \d+)?$/)
    },
  )

  it('keeps `__proto__` as a member like any other', () => {
    const outcome = sendJson('{"__proto__":{"admin":true},"constructor":1}', 'any') as { body: object }
    expect(Object.keys(outcome.body)).toEqual(['__proto__', 'constructor'])
    expect((outcome.body as { admin?: boolean }).admin).toBeUndefined()
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })

  it('of bytes that are no UTF-8 is not JSON, and is asked for its media type first', () => {
    const bytes = Uint8Array.of(0x22, 0xff, 0x22)
    expect(validate('json', { headers: JSON_TYPE, bytes })).toEqual({
      refused: 'malformed-body',
      message: 'body is not valid UTF-8',
      at: '/',
      rule: 'encoding',
    })
    expect(validate('json', { bytes })).toMatchObject({ refused: 'unsupported-media-type' })
    expect(validate('none', { bytes })).toMatchObject({ body: undefined })
  })

  it('given as data is the body as it is, and wins over text', () => {
    const body = { name: 'Zoë' }
    expect(validate('json', { body })).toMatchObject({ body })
    expect(validate('json', { body, text: '{' })).toMatchObject({ body })
    expect(validate('vendor', { body })).toMatchObject({ body })
    expect(validate('json', { body: null })).toMatchObject({ message: 'body must be object' })
    expect(validate('json', { body: { name: 1 } })).toMatchObject({ at: '/name' })
    expect(validate('json', { body, headers: { 'content-type': 'text/plain' } })).toMatchObject({
      refused: 'unsupported-media-type',
    })
  })
})

describe('the depth of a body', () => {
  const arrays = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
  const objects = (depth: number) => `${'{"a":'.repeat(depth - 1)}{}${'}'.repeat(depth - 1)}`
  const mixed = (depth: number) => `${'[{"a":'.repeat(depth / 2 - 1)}[{}]${'}]'.repeat(depth / 2 - 1)}`
  const TOO_DEEP = {
    refused: 'malformed-body',
    message: 'body is nested deeper than 1000 levels',
    at: '/',
    rule: 'depth',
  }

  it.each([
    ['lists', arrays(MAX_DEPTH)],
    ['objects', objects(MAX_DEPTH)],
    ['lists of objects', mixed(MAX_DEPTH)],
    ['lists with a deep one at their end', `[${'[],'.repeat(2000)}${arrays(MAX_DEPTH - 1)}]`],
  ])('may be 1,000 levels: %s', (_, text) => {
    expect(isRefusal(sendJson(text, 'any'))).toBe(false)
  })

  it.each([
    ['lists', arrays(MAX_DEPTH + 1)],
    ['objects', objects(MAX_DEPTH + 1)],
    ['lists of objects', `[${mixed(MAX_DEPTH)}]`],
    ['lists with a deep one at their end', `[${'[],'.repeat(2000)}${arrays(MAX_DEPTH)}]`],
    ['lists after a text that ends in a backslash', `["\\\\",${arrays(MAX_DEPTH)}]`],
    ['lists after an empty text', `["",${arrays(MAX_DEPTH)}]`],
    ['a hundred thousand lists', arrays(100_000)],
    ['lists that are never closed', '['.repeat(100_000)],
  ])('may not be 1,001 levels: %s', (_, text) => {
    expect(sendJson(text, 'any')).toEqual(TOO_DEEP)
  })

  it.each([
    ['in a text', JSON.stringify([`${'['.repeat(5000)}${'{'.repeat(5000)}`])],
    ['in a text, after an escaped quote', `["\\"${'['.repeat(5000)}"]`],
    ['in a text, after an escaped backslash and a quote', `["\\\\\\"${'{'.repeat(5000)}"]`],
    ['in the name of a member', `{"${'['.repeat(5000)}":1}`],
    ['side by side', `[${Array(5000).fill('{}').join()}]`],
    ['side by side, at the greatest depth', `${'['.repeat(999)}${Array(5000).fill('[]').join()}${']'.repeat(999)}`],
  ])('does not count brackets %s', (_, text) => {
    expect(isRefusal(sendJson(text, 'any'))).toBe(false)
  })

  it('is not judged where the text is not JSON at all', () => {
    expect(sendJson(`"${'['.repeat(5000)}`, 'any')).toMatchObject({ rule: 'json' })
    expect(sendJson(`${']'.repeat(2000)}${'['.repeat(2000)}`, 'any')).toMatchObject({ refused: 'malformed-body' })
  })
})

describe('a sentence about an error', () => {
  const LONG = `^${'[a-z]'.repeat(40)}$`
  it.each([
    ['enum', { allowedValues: ['a', 1, null] }, undefined, 'must be one of a, 1, null'],
    ['const', { allowedValue: { a: 1 } }, undefined, 'must be {"a":1}'],
    ['type', { type: ['string', 'null'] }, 'must be string,null', 'must be string or null'],
    ['type', { type: 'string' }, undefined, 'must be string'],
    ['pattern', { pattern: '^a$' }, 'must match pattern "^a$"', 'must match pattern "^a$"'],
    ['uniqueItems', {}, undefined, 'must satisfy uniqueItems'],
    ['pattern', { pattern: LONG }, `must match pattern "${LONG}"`, "is not a text as the vendor's page defines it"],
  ])('of %s with %j', (keyword, params, message, want) => {
    expect(sentenceOf({ instancePath: '', keyword, params, ...(message !== undefined && { message }) })).toBe(want)
  })

  it.each(['/0/email', '/userEmail', '/emails/1'])(
    'of a long pattern at %s says that it is no e-mail address',
    (at) => {
      const error = { keyword: 'pattern', params: { pattern: LONG }, message: `must match pattern "${LONG}"` }
      expect(sentenceOf({ instancePath: at, ...error })).toBe(
        "is not an e-mail address as the vendor's page defines it",
      )
    },
  )
})
