import { describe, expect, it } from 'vitest'
import { buildContract } from '../contract/build-contract.ts'
import type { Schema } from '../contract/schema.ts'
import type { Json } from '../read/read-document.ts'
import { sampleBytes } from './sample-bytes.ts'
import { writeBody } from './write-body.ts'

const contract = buildContract({
  openapi: '3.1.0',
  info: { title: 'A', version: '1' },
  components: {
    schemas: {
      Pet: {
        type: 'object',
        properties: {
          id: { type: 'integer', xml: { attribute: true } },
          name: { type: 'string', xml: { name: 'petName' } },
          tags: {
            type: 'array',
            xml: { wrapped: true, name: 'tagList' },
            items: { type: 'string', xml: { name: 'tag' } },
          },
          urls: { type: 'array', items: { type: 'string' } },
          alias: { type: 'array', xml: { wrapped: true }, items: { type: 'string' } },
          owner: { $ref: '#/components/schemas/Owner' },
        },
      },
      Owner: { type: 'object', xml: { name: 'keeper' }, properties: { of: { $ref: '#/components/schemas/Pet' } } },
      Both: { allOf: [{ $ref: '#/components/schemas/Pet' }, { xml: { name: 'both' } }] },
    },
  },
})
const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })
const write = (type: string, value: unknown, schema?: Json) => writeBody(contract, type, value, schema)

describe('XML', () => {
  const xml = (value: unknown, schema: Json) =>
    String(write('application/xml', value, schema).body).replace('<?xml version="1.0" encoding="UTF-8"?>\n', '')

  it.each<[what: string, value: unknown, schema: Json, want: string]>([
    ['attributes and names of its own', { id: 7, name: 'Rex' }, ref('Pet'), '<Pet id="7"><petName>Rex</petName></Pet>'],
    ['a wrapped list', { tags: ['a', 'b'] }, ref('Pet'), '<Pet><tagList><tag>a</tag><tag>b</tag></tagList></Pet>'],
    ['a list that is not wrapped', { urls: ['a', 'b'] }, ref('Pet'), '<Pet><urls>a</urls><urls>b</urls></Pet>'],
    ['one name inside and outside', { alias: ['a'] }, ref('Pet'), '<Pet><alias><alias>a</alias></alias></Pet>'],
    ['objects inside', { owner: { of: { id: 1 } } }, ref('Pet'), '<Pet><keeper><of id="1"/></keeper></Pet>'],
    ['parts that are combined', { id: 1 }, ref('Both'), '<both id="1"/>'],
    ['a list for a root', [{ id: 1 }], { type: 'array', items: ref('Pet') }, '<root><Pet id="1"/></root>'],
    ['a root that is named', [1], { type: 'array', xml: { name: 'all' }, items: {} }, '<all><item>1</item></all>'],
    [
      'namespaces and prefixes',
      { a: 1 },
      { xml: { name: 'r', namespace: 'urn:x', prefix: 'p' }, properties: { a: { xml: { prefix: 'p' } } } },
      '<p:r xmlns:p="urn:x"><p:a>1</p:a></p:r>',
    ],
    [
      'text beside attributes',
      { at: 'x"<', text: 'a' },
      { xml: { name: 'r' }, properties: { at: { xml: { attribute: true } }, text: { xml: { nodeType: 'text' } } } },
      '<r at="x&quot;&lt;">a</r>',
    ],
    ['what must be escaped', { a: '<&>\u0001' }, {}, '<root><a>&lt;&amp;&gt;</a></root>'],
    ['names that are none', { '1 a': null }, {}, '<root><_1_a/></root>'],
    ['nothing', {}, {}, '<root/>'],
    ['a text', 'Rex', { type: 'string', xml: { name: 'name' } }, '<name>Rex</name>'],
    ['a text that is XML', ' <a/>', { type: 'object' }, ' <a/>'],
  ])('has %s', (_, value, schema, want) => {
    expect(xml(value, schema)).toBe(want)
  })
})

describe('a body', () => {
  it.each<[type: string, value: unknown, want: unknown]>([
    ['application/json; charset=utf-8', { a: 1 }, { a: 1 }],
    ['application/hal+json', { a: 1 }, { a: 1 }],
    ['Application/JSON', { a: 1 }, '{"a":1}'],
    ['application/json ; a=b', 'text', '"text"'],
    ['text/plain', { a: 1 }, '{"a":1}'],
    ['text/plain', 7, '7'],
    ['text/plain', 'a', 'a'],
    ['application/x-www-form-urlencoded', { a: 'b c', d: [1, 2], e: { f: 1 } }, 'a=b+c&d=1&d=2&e=%7B%22f%22%3A1%7D'],
    ['application/x-ndjson', [{ a: 1 }, { a: 2 }], '{"a":1}\n{"a":2}\n'],
    ['application/jsonl', { a: 1 }, '{"a":1}\n'],
    ['application/json-seq', [1], '\x1e1\n'],
    ['text/event-stream', [{ a: 1 }, 'two\nlines'], 'data: {"a":1}\n\ndata: two\ndata: lines\n\n'],
    ['text/event-stream', [{ event: 'done', id: '7', data: 'a' }], 'event: done\nid: 7\ndata: a\n\n'],
    ['text/event-stream', 'data: a\n\n', 'data: a\n\n'],
    ['text/event-stream', 'a', 'data: a\n\n'],
    [
      'text/csv',
      [
        { a: 1, b: 'x' },
        { b: 'y, "z"', c: [1] },
      ],
      'a,b,c\r\n1,x,\r\n,"y, ""z""",[1]\r\n',
    ],
    [
      'text/csv',
      [
        ['a', null],
        [1, 'b\nc'],
      ],
      'a,\r\n1,"b\nc"\r\n',
    ],
    ['text/csv', { a: 1 }, 'a\r\n1\r\n'],
    ['text/csv', 'a,b\n', 'a,b\n'],
  ])('of %s with %j is %j', (type, value, want) => {
    expect(write(type, value)).toEqual({ type, body: want })
  })

  it('of several parts has one for each member, and files where the schema says so', () => {
    const schema = { properties: { photo: { type: 'string', format: 'binary' }, note: {}, list: {} } }
    const { type, body } = write('multipart/form-data', { photo: 'x', note: { a: 1 }, list: [1, 2] }, schema)
    const boundary = type.split('boundary=')[1]
    expect(String(body).split(`--${boundary}`)).toEqual([
      '',
      '\r\ncontent-disposition: form-data; name="photo"; filename="photo"\r\ncontent-type: application/octet-stream\r\n\r\nx\r\n',
      '\r\ncontent-disposition: form-data; name="note"\r\ncontent-type: application/json\r\n\r\n{"a":1}\r\n',
      '\r\ncontent-disposition: form-data; name="list"\r\ncontent-type: text/plain\r\n\r\n1\r\n',
      '\r\ncontent-disposition: form-data; name="list"\r\ncontent-type: text/plain\r\n\r\n2\r\n',
      '--\r\n',
    ])
  })

  it('of several parts can be read by others', async () => {
    const { type, body } = write('multipart/form-data', { 'a"b': 'ü', c: ['1'] })
    const form = await new Response(String(body), { headers: { 'content-type': type } }).formData()
    expect([...form]).toEqual([
      ['a"b', 'ü'],
      ['c', '1'],
    ])
  })

  it.each([
    ['image/png', [0x89, 0x50, 0x4e, 0x47]],
    ['image/gif', [0x47, 0x49, 0x46, 0x38]],
    ['application/pdf', [0x25, 0x50, 0x44, 0x46]],
    ['application/zip', [0x50, 0x4b, 0x05, 0x06]],
  ])('of %s begins as such a file does', (name, start) => {
    expect([...sampleBytes(name).slice(0, 4)]).toEqual(start)
  })
})
