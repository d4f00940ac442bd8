import { describe, expect, it } from 'vitest'
import { buildContract, parseContract } from '../../documents/contract/build-contract.ts'
import { listOperations } from '../../documents/emit/list-operations.ts'
import { compileValidators } from '../../documents/validators/compile-validators.ts'
import { toQuery } from '../adapters/fetch.ts'
import { type Call, isRefusal, type Operation } from '../engine/vocabulary.ts'
import { readCall } from './read-call.ts'

type Given = Readonly<Record<string, unknown>>

/** What is read of a call by an operation of these parameters, or what is wrong with it. */
function read(parameters: readonly Given[], call: Partial<Call>, pathValues: Record<string, string> = {}): unknown {
  const contract = buildContract({
    openapi: '3.1.0',
    info: { title: 'Parameters', version: '1' },
    paths: { '/a': { get: { operationId: 'a', parameters } } },
    components: { schemas: { Ids: { allOf: [{ type: 'array', minItems: 1 }, { items: { type: 'integer' } }] } } },
  })
  const [operation] = listOperations(contract) as [Operation]
  const validators = compileValidators(contract)['a'] ?? { replies: {} }
  const input = readCall(operation, validators, pathValues, { method: 'GET', path: '/a', ...call })
  if (isRefusal(input)) return input.message
  const { path, query, headers } = input
  return { ...path, ...query, ...headers }
}

const INTEGER = { type: 'integer' }
const LIST = { type: 'array', items: INTEGER }
const TEXTS = { type: 'array', items: { type: 'string' } }
const PAGE = { type: 'object', required: ['offset'], properties: { offset: INTEGER, limit: INTEGER } }
const inQuery = (schema: unknown, more: Given = {}) => [{ name: 'p', in: 'query', schema, ...more }]
const query = (text: string): Partial<Call> => ({ search: text, query: toQuery(text) })

describe('a parameter of the query', () => {
  it.each<[style: string, parameter: Given, sent: string, want: unknown]>([
    ['form', { schema: PAGE }, 'offset=0&limit=25', { offset: 0, limit: 25 }],
    ['form', { schema: PAGE }, 'p={"offset":0}', { offset: 0 }],
    ['form', { schema: PAGE, explode: false }, 'p=offset,0,limit,25', { offset: 0, limit: 25 }],
    ['form', { schema: LIST, explode: false }, 'p=1,2', [1, 2]],
    ['form', { schema: LIST, explode: false }, 'p=1&p=2', [1, 2]],
    ['form', { schema: LIST }, 'p=1&p=2', [1, 2]],
    ['spaceDelimited', { schema: LIST, explode: false }, 'p=1%202', [1, 2]],
    ['spaceDelimited', { schema: LIST, explode: false }, 'p=1+2', [1, 2]],
    ['spaceDelimited', { schema: LIST, explode: true }, 'p=1&p=2', [1, 2]],
    ['pipeDelimited', { schema: LIST, explode: false }, 'p=1|2', [1, 2]],
    ['pipeDelimited', { schema: LIST, explode: false }, 'p=1%7C2', [1, 2]],
    ['pipeDelimited', { schema: PAGE, explode: false }, 'p=offset|0', { offset: 0 }],
    ['deepObject', { schema: PAGE }, 'p[offset]=0&p%5Blimit%5D=25', { offset: 0, limit: 25 }],
    ['deepObject', { schema: { type: 'object' } }, 'p[a][b]=1&p[c][]=x&p[c][]=y', { a: { b: '1' }, c: ['x', 'y'] }],
    ['deepObject', { schema: LIST }, 'p[]=1&p[]=2', [1, 2]],
    ['deepObject', { schema: { type: 'object', properties: { a: LIST } } }, 'p[a][]=1', { a: [1] }],
    ['deepObject', { schema: { type: 'object', properties: { a: LIST } } }, 'p[a]=1', { a: [1] }],
    ['deepObject', { schema: { type: 'object', properties: { a: LIST } } }, 'p[a][1]=2&p[a][0]=1', { a: [1, 2] }],
    ['deepObject', { schema: { type: 'object', properties: { '0': INTEGER } } }, 'p[0]=1', { '0': 1 }],
    ['deepObject', { schema: { type: 'object', properties: { a: INTEGER } } }, 'p[a]=1&p[a]=2', { a: 2 }],
  ])('in the style %s, %j, is read from %s', (style, parameter, sent, want) => {
    expect(read([{ name: 'p', in: 'query', style, ...parameter }], query(sent))).toEqual({ p: want })
  })

  it.each<[schema: unknown, sent: string, want: unknown]>([
    [{ anyOf: [LIST, { type: 'null' }] }, 'p=1', [1]],
    [{ anyOf: [LIST, { type: 'null' }] }, 'p=1&p=2', [1, 2]],
    [{ anyOf: [LIST, { type: 'null' }] }, 'p=null', null],
    [{ type: ['array', 'null'], items: { type: 'string' } }, 'p=a', ['a']],
    [{ oneOf: [INTEGER, LIST] }, 'p=1', 1],
    [{ oneOf: [INTEGER, LIST] }, 'p=1&p=2', [1, 2]],
    [{ $ref: '#/components/schemas/Ids' }, 'p=1', [1]],
    [{ type: ['integer', 'null'] }, 'p=', null],
    [{ type: ['string', 'null'] }, 'p=', ''],
    [{ const: 7 }, 'p=7', 7],
    [{}, 'p=7', '7'],
    [{ type: 'object', properties: { a: LIST } }, 'a=1&a=2', { a: [1, 2] }],
    [{ type: 'object', additionalProperties: INTEGER }, 'x=1&y=2', { x: 1, y: 2 }],
  ])('of %j is read from %s', (schema, sent, want) => {
    expect(read(inQuery(schema), query(sent))).toEqual({ p: want })
  })

  it.each<[parameter: Given, sent: string, want: string]>([
    [{ schema: PAGE, required: true }, 'x=1', "query must have required property 'p'"],
    [{ schema: PAGE }, 'limit=1', "query/p must have required property 'offset'"],
    [{ schema: PAGE, explode: false }, 'p=offset', 'query/p must be object'],
    [{ schema: { oneOf: [INTEGER, LIST] } }, 'p=x', 'query/p must be integer'],
    [{ schema: INTEGER }, 'p=1&p=2', 'query/p must be integer'],
    [{ schema: LIST, explode: false }, 'p=', 'query/p/0 must be integer'],
    [{ schema: { type: 'boolean' } }, 'p', 'query/p must be boolean'],
  ])('%j is refused where it is sent as %s', (parameter, sent, want) => {
    expect(read([{ name: 'p', in: 'query', ...parameter }], query(sent))).toContain(want)
  })

  it('may be called anything', () => {
    const names = ['include[]', 'constructor', '__proto__', 'größe', 'a.b', '$top']
    const parameters = names.map((name) => ({ name, in: 'query', required: true, schema: INTEGER }))
    const sent = names.map((name) => `${encodeURIComponent(name)}=1`).join('&')
    expect(Object.entries(read(parameters, query(sent)) as object)).toEqual(names.map((name) => [name, 1]))
    expect(read(parameters, {})).toBe("query must have required property 'include[]'")
    expect(read([{ name: 'in[]', in: 'query', schema: LIST }], query('in[]=1&in[]=2'))).toEqual({ 'in[]': [1, 2] })
  })

  it('may be empty where that is allowed', () => {
    const flag = { schema: { type: 'boolean' }, required: true, allowEmptyValue: true }
    expect(read([{ name: 'p', in: 'query', ...flag }], query('p'))).toEqual({ p: '' })
    expect(read([{ name: 'p', in: 'query', ...flag }], query('p=true'))).toEqual({ p: true })
  })

  it('has the reserved characters that it allows', () => {
    expect(read(inQuery({ type: 'string' }, { allowReserved: true }), query('p=/a:b?c@d'))).toEqual({ p: '/a:b?c@d' })
  })

  it.each<[style: string, schema: unknown, sent: string, want: unknown]>([
    // What is encoded beside a bare delimiter is data (RFC 3986, section 2.2).
    ['form', TEXTS, 'p=a%2Cb,c', ['a,b', 'c']],
    ['form', TEXTS, 'p=a+%C3%A4,b%2526', ['a ä', 'b%26']],
    ['form', { type: 'object', properties: { a: { type: 'string' } } }, 'p=a,1%2C2', { a: '1,2' }],
    // Where all are encoded, most have encoded a list as a whole.
    ['form', TEXTS, 'p=a%2Cb', ['a', 'b']],
    ['form', { ...TEXTS, maxItems: 1 }, 'p=a%2Cb', ['a,b']],
    ['form', { type: 'array', items: { enum: ['a,b'] } }, 'x=1&p=a%2cb', ['a,b']],
    ['form', { type: 'array', items: { enum: ['a'] } }, 'p=a%2Cb', 'query/p/1 must be one of a'],
    ['form', TEXTS, 'p=100%,a', ['100%', 'a']],
    // They can only come encoded.
    ['pipeDelimited', TEXTS, 'p=a%7Cb', ['a', 'b']],
    ['pipeDelimited', TEXTS, 'p=a%7Cb|c', ['a', 'b', 'c']],
    ['spaceDelimited', TEXTS, 'p=a%20b+c', ['a', 'b', 'c']],
  ])('in the style %s, of %j, tells its delimiters from data: %s', (style, schema, sent, want) => {
    const outcome = read(inQuery(schema, { style, explode: false }), query(sent))
    expect(outcome).toEqual(typeof want === 'string' ? want : { p: want })
  })

  it('given without the text of the query has delimiters alone', () => {
    expect(read(inQuery(TEXTS, { explode: false }), { query: { p: 'a,b' } })).toEqual({ p: ['a', 'b'] })
  })

  it('that is an object of any members has those that no other parameter has', () => {
    const any = { name: 'any', in: 'query', schema: { type: 'object' } }
    const deep = { name: 'deep', in: 'query', style: 'deepObject', schema: { type: 'object' } }
    expect(read([any, deep, ...inQuery(INTEGER)], query('a=1&p=2&deep[x]=3'))).toEqual({
      any: { a: '1' },
      deep: { x: '3' },
      p: 2,
    })
  })

  it('may be written as JSON', () => {
    const content = { 'application/json': { schema: PAGE } }
    expect(read([{ name: 'p', in: 'query', content }], query('p={"offset":1}'))).toEqual({ p: { offset: 1 } })
    expect(read([{ name: 'p', in: 'query', content }], query('p={"offset":"1"}'))).toBe(
      'query/p/offset must be integer',
    )
    expect(read([{ name: 'p', in: 'query', content }], query('p={'))).toBe('query/p must be object')
    const text = { 'text/plain': { schema: INTEGER } }
    expect(read([{ name: 'p', in: 'query', content: text }], query('p=1'))).toEqual({ p: 1 })
  })

  it('is not followed into any depth', () => {
    const deep = `${'['.repeat(2000)}${']'.repeat(2000)}`
    const content = { 'application/json': {} }
    expect(read([{ name: 'p', in: 'query', content }], query(`p=${deep}`))).toBe('a parameter is nested too deep')
  })
})

describe('the whole query', () => {
  const whole = (type: string) => [
    { name: 'q', in: 'querystring', required: true, content: { [type]: { schema: PAGE } } },
  ]

  it('may be a parameter: a form, or JSON', () => {
    expect(read(whole('application/x-www-form-urlencoded'), query('offset=1&limit=2'))).toEqual({ offset: 1, limit: 2 })
    expect(read(whole('application/json'), query('%7B%22offset%22%3A1%7D'))).toEqual({ offset: 1 })
    expect(read(whole('application/json'), query('offset=1'))).toBe('querystring/q must be object')
    expect(read(whole('application/json'), {})).toBe("querystring must have required property 'q'")
  })
})

describe('a parameter of the path', () => {
  it.each<[style: string, explode: boolean, schema: unknown, sent: string, want: unknown]>([
    ['simple', false, INTEGER, '7', 7],
    ['simple', false, LIST, '3,4', [3, 4]],
    ['simple', true, LIST, '3,4', [3, 4]],
    ['simple', false, PAGE, 'offset,1', { offset: 1 }],
    ['simple', true, PAGE, 'offset=1,limit=2', { offset: 1, limit: 2 }],
    ['label', false, INTEGER, '.7', 7],
    ['label', false, LIST, '.3,4', [3, 4]],
    ['label', false, LIST, '.3.4', [3, 4]],
    ['label', true, LIST, '.3.4', [3, 4]],
    ['label', false, PAGE, '.offset,1', { offset: 1 }],
    ['label', true, PAGE, '.offset=1.limit=2', { offset: 1, limit: 2 }],
    ['matrix', false, INTEGER, ';p=7', 7],
    ['matrix', false, LIST, ';p=3,4', [3, 4]],
    ['matrix', true, LIST, ';p=3;p=4', [3, 4]],
    ['matrix', false, PAGE, ';p=offset,1', { offset: 1 }],
    ['matrix', true, PAGE, ';offset=1;limit=2', { offset: 1, limit: 2 }],
  ])('in the style %s, exploded %j, of %j is read from %s', (style, explode, schema, sent, want) => {
    const parameter = { name: 'p', in: 'path', required: true, style, explode, schema }
    expect(read([parameter], {}, { p: sent })).toEqual({ p: want })
  })

  it.each<[style: string, path: string, want: unknown]>([
    ['simple', '/base/a/x%2Cy,z/b', ['x,y', 'z']],
    ['simple', '/a/x%2Cy/b', ['x', 'y']],
    ['matrix', '/a/;p=x%2Cy,z/b', ['x,y', 'z']],
    ['label', '/a/.x%2Cy,z/b', ['x,y', 'z']],
  ])('in the style %s tells its delimiters from data: %s', (style, path, want) => {
    const contract = buildContract({
      openapi: '3.1.0',
      info: { title: 'Path', version: '1' },
      paths: {
        '/a/{p}/b': {
          get: { operationId: 'a', parameters: [{ name: 'p', in: 'path', required: true, style, schema: TEXTS }] },
        },
      },
    })
    const [operation] = listOperations(contract) as [Operation]
    const pathValues = { p: decodeURIComponent(path.split('/').at(-2) as string) }
    const input = readCall(operation, { replies: {} }, pathValues, { method: 'GET', path })
    expect(input).toMatchObject({ path: { p: want } })
  })

  it('may be called as every object inherits', () => {
    const parameter = { name: 'constructor', in: 'path', required: true, schema: INTEGER }
    expect(read([parameter], {}, { constructor: '7' })).toEqual({ constructor: 7 })
  })
})

describe('a header', () => {
  it('that was not sent is not there, whatever it is called', () => {
    const headers = [{ name: 'constructor', in: 'header', schema: INTEGER }]
    expect(read(headers, {})).toEqual({})
    expect(read(headers, { headers: { constructor: 'a' } })).toBe('header/constructor must be integer')
  })

  it.each<[schema: unknown, explode: boolean, sent: string, want: unknown]>([
    [LIST, false, '1,2', [1, 2]],
    [LIST, false, '1, 2', [1, 2]],
    [LIST, true, '1, 2', [1, 2]],
    [LIST, false, '1', [1]],
    [PAGE, false, 'offset,1', { offset: 1 }],
    [PAGE, true, 'offset=1, limit=2', { offset: 1, limit: 2 }],
    [INTEGER, false, '7', 7],
  ])('of %j, exploded %j, is read from %s', (schema, explode, sent, want) => {
    const parameter = { name: 'X-P', in: 'header', schema, explode }
    expect(read([parameter], { headers: { 'x-p': sent } })).toEqual({ 'X-P': want })
  })
})

describe('a cookie', () => {
  const refused = (schema: unknown, cookie: string, more: Given = {}) =>
    read(
      [
        {
          name: 'p',
          in: 'cookie',
          required: true,
          schema: { type: 'string', const: 'no' },
          ...more,
          ...(schema ? { schema } : {}),
        },
      ],
      { headers: { cookie } },
    )

  it('is percent-decoded', () => {
    expect(refused({ const: 'ä b' }, 'a=1; p=%C3%A4%20b')).toEqual({})
    expect(refused({ const: '100%' }, 'p=100%')).toEqual({})
    expect(refused({ const: '%20' }, 'p=%20', { style: 'cookie' })).toEqual({})
  })

  it('may be a list or an object', () => {
    expect(refused({ ...LIST, minItems: 2 }, 'p=1,2', { explode: false })).toEqual({})
    expect(refused({ ...LIST, minItems: 2 }, 'p=1; p=2')).toEqual({})
    expect(refused(PAGE, 'offset=1')).toEqual({})
    expect(refused(PAGE, 'limit=1')).toBe("cookie/p must have required property 'offset'")
  })

  it('tells its delimiters from data', () => {
    const both = { type: 'array', items: { enum: ['a,b', 'c'] } }
    expect(refused(both, 'p=a%2Cb,c', { explode: false })).toEqual({})
    expect(refused({ ...TEXTS, minItems: 2 }, 'p=a%2Cb', { explode: false })).toEqual({})
    expect(refused({ ...both, minItems: 1 }, 'p=a%2Cb', { explode: false })).toEqual({})
  })

  it('is asked for', () => {
    expect(refused(INTEGER, 'x=1')).toBe("cookie must have required property 'p'")
    expect(refused(INTEGER, 'p=x')).toBe('cookie/p must be integer')
  })
})

describe('a limit beyond 2 ** 53', () => {
  const contract = parseContract(
    `openapi: 3.1.0
info: { title: Large, version: '1' }
paths:
  /a/{id}:
    get:
      operationId: a
      parameters:
        - { name: id, in: path, required: true, schema: { $ref: '#/components/schemas/Id' } }
        - { name: above, in: query, schema: { type: integer, minimum: 9007199254741001 } }
        - { name: X-Below, in: header, schema: { type: integer, maximum: -9007199254740993 } }
        - { name: small, in: query, schema: { type: integer, minimum: 3 } }
components: { schemas: { Id: { type: integer, minimum: 9007199254740993, maximum: 9007199254740995 } } }
`,
    'large.yaml',
  )
  const [operation] = listOperations(contract) as [Operation]
  const validators = compileValidators(contract)['a'] ?? { replies: {} }

  it.each<[id: string, sent: string, below: string | undefined, want: string | undefined]>([
    ['9007199254740993', '', undefined, undefined],
    ['9007199254740995', '', undefined, undefined],
    ['9007199254740992', '', undefined, 'path/id must be >= 9007199254740993'],
    ['9007199254740996', '', undefined, 'path/id must be <= 9007199254740995'],
    ['9007199254740993', 'above=9007199254741001', undefined, undefined],
    ['9007199254740993', 'above=9007199254741000', undefined, 'query/above must be >= 9007199254741001'],
    ['9007199254740993', 'small=3', '-9007199254740993', undefined],
    ['9007199254740993', '', '-9007199254740992', 'header/X-Below must be <= -9007199254740993'],
    ['9.007199254740993e15', '', undefined, undefined],
  ])('is kept to the last digit: %s, ?%s, X-Below: %s', (id, sent, below, want) => {
    const headers = below === undefined ? {} : { 'x-below': below }
    const input = readCall(operation, validators, { id }, { method: 'GET', path: '/', headers, ...query(sent) })
    expect(isRefusal(input) ? input.message : undefined).toBe(want)
  })
})
