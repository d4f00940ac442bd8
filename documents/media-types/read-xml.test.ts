import { describe, expect, it } from 'vitest'
import { buildContract } from '../contract/build-contract.ts'
import type { Schema } from '../contract/schema.ts'
import { layOut } from '../emit/lay-out-schema.ts'
import { readXml } from './read-xml.ts'
import { writeXml } from './write-xml.ts'

const PET: Schema = {
  type: 'object',
  properties: {
    id: { type: 'integer', xml: { attribute: true } },
    name: { type: 'string' },
    tags: { type: 'array', items: { type: 'string' } },
    photos: {
      type: 'array',
      xml: { wrapped: true, name: 'album' },
      items: { type: 'integer', xml: { name: 'photo' } },
    },
    sizes: { type: 'array', items: { type: 'number', xml: { name: 'size' } } },
    owner: {
      type: ['object', 'null'],
      xml: { prefix: 'p', namespace: 'urn:p' },
      properties: { isNew: { type: 'boolean' } },
    },
    'a b': { type: 'integer' },
    note: {
      type: 'object',
      properties: {
        lang: { type: 'string', xml: { nodeType: 'attribute' } },
        words: { type: 'string', xml: { nodeType: 'cdata' } },
      },
    },
  },
}
const contract = buildContract({
  openapi: '3.1.0',
  info: { title: 'Pets', version: '1' },
  paths: {},
  components: {
    schemas: {
      Pet: PET,
      Named: { type: 'object', xml: { name: 'thing' }, properties: { id: { type: 'integer' } } },
      Tree: { type: 'object', properties: { size: { type: 'integer' }, child: { $ref: '#/components/schemas/Tree' } } },
    },
  },
})
const read = (schema: Schema, text: string) => readXml(layOut(contract, schema), text, 100)
const REF: Schema = { $ref: '#/components/schemas/Pet' }
const NAMED: Schema = { $ref: '#/components/schemas/Named' }

describe('XML', () => {
  it.each<[schema: Schema, value: unknown]>([
    [REF, { id: 7, name: 'Rex', tags: ['a'], photos: [1, 2], sizes: [0.5], owner: { isNew: true } }],
    [REF, { name: '7', tags: ['1', '2'], photos: [], 'a b': 1, note: { lang: 'de', words: '<Ü&>' } }],
    [REF, {}],
    [{ type: 'array', items: REF }, [{ id: 1 }, { id: 2 }]],
    [
      { type: 'object', additionalProperties: { type: 'integer' } },
      { a: 1, b: 2 },
    ],
    [{ allOf: [REF, { properties: { age: { type: 'integer', xml: { name: 'years' } } } }] }, { id: 1, age: 3 }],
    [
      {
        properties: {
          one: { allOf: [NAMED, { xml: { name: 'first' } }] },
          other: { allOf: [NAMED, { xml: { name: 'second' } }] },
          third: { anyOf: [{ type: 'null' }, NAMED] },
        },
      },
      { one: { id: 1 }, other: { id: 2 }, third: { id: 3 } },
    ],
    [
      {
        type: 'object',
        properties: { rows: { type: 'array', items: { type: 'object', properties: { n: { type: 'integer' } } } } },
      },
      { rows: [{ n: 1 }, { n: 2 }] },
    ],
  ])('that was written of %j by its schema is read as that: %j', (schema, value) => {
    expect(read(schema, writeXml(contract, value, schema))).toMatchObject({ value, isWhole: true })
  })

  it.each<[what: string, schema: Schema, text: string, want: unknown]>([
    ['another name of its root', REF, '<animal><name>Rex</name></animal>', { name: 'Rex' }],
    ['another prefix', REF, '<x:pet><y:name>Rex</y:name></x:pet>', { name: 'Rex' }],
    ['white space', REF, '<pet id=" 1">\n<size> 2 </size>\n<name> a </name></pet>', { id: 1, sizes: [2], name: ' a ' }],
    ['elements that nobody declared', REF, '<pet><x>1</x><y><z/><z>2</z></y></pet>', { x: '1', y: { z: ['', '2'] } }],
    ['attributes that nobody declared', REF, '<pet version="1"/>', {}],
    ['null', REF, '<pet><owner xsi:nil="true"/></pet>', { owner: null }],
    ['one thing several times', REF, '<pet><name>a</name><name>b</name></pet>', { name: ['a', 'b'] }],
    ['what is no object', REF, '<pet>Rex</pet>', 'Rex'],
    ['what is no number', REF, '<pet><a_b>x</a_b></pet>', { 'a b': 'x' }],
    [
      'names that every object inherits',
      REF,
      '<pet><constructor>1</constructor><__proto__>2</__proto__></pet>',
      Object.fromEntries([
        ['constructor', '1'],
        ['__proto__', '2'],
      ]),
    ],
  ])('is read with %s', (_, schema, text, want) => {
    expect(read(schema, text)).toMatchObject({ value: want })
  })

  it('is told not to be known to its end where its schema names itself and the document goes deeper than anybody has looked', () => {
    const tree: Schema = { $ref: '#/components/schemas/Tree' }
    const nested = (levels: number): string =>
      levels === 0 ? '' : `<child><size>1</size>${nested(levels - 1)}</child>`
    expect(read(tree, `<tree>${nested(1)}</tree>`)).toMatchObject({ value: { child: { size: 1 } }, isWhole: true })
    expect(read(tree, `<tree>${nested(9)}</tree>`)?.isWhole).toBe(false)
  })

  it('is not followed deeper than it is asked for, and none where it is not well-formed', () => {
    expect(read(REF, `${'<a>'.repeat(101)}${'</a>'.repeat(101)}`)).toEqual({
      value: undefined,
      depth: 101,
      isWhole: false,
    })
    expect(read(REF, '<pet>')).toBeUndefined()
  })
})
