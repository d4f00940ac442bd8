import { describe, expect, it } from 'vitest'
import { buildContract } from '../../documents/contract/build-contract.ts'
import type { Json } from '../../documents/read/read-document.ts'
import { createKit } from './case-kit.ts'
import { bodyOf, bytesOf } from './read-rows.ts'

const THING = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    size: { type: 'integer' },
    tags: { type: 'array', items: { type: 'string' } },
    more: { type: 'object', properties: { on: { type: 'boolean' } } },
    file: { type: 'string', format: 'binary' },
  },
}

const builderFor = (type: string, schema: Json = THING, encoding: Json = undefined) =>
  createKit(
    buildContract({
      openapi: '3.1.0',
      info: { title: 'Inline', version: '1' },
      paths: {
        '/things': {
          post: {
            operationId: 'create',
            requestBody: { content: { [type]: { schema, ...(encoding && { encoding }) } } },
            responses: { '201': { description: 'Made' } },
          },
        },
      },
    }),
  ).builderOf('create')

const VALUE = { name: 'a&b', size: 3, tags: ['x', 'y'], more: { on: true } }

describe('a form', () => {
  const FORM = 'application/x-www-form-urlencoded'
  const written = (encoding?: Json) => decodeURIComponent(builderFor(FORM, THING, encoding).write(VALUE).text)

  it('has a pair for each item of a list, and objects as JSON', () => {
    expect(written()).toBe('name=a&b&size=3&tags=x&tags=y&more={"on":true}')
  })

  it('is written as its encoding says', () => {
    expect(written({ tags: { style: 'form', explode: false }, more: { style: 'deepObject', explode: true } })).toBe(
      'name=a&b&size=3&tags=x,y&more[on]=true',
    )
    expect(written({ tags: { style: 'pipeDelimited', explode: false } })).toContain('tags=x|y')
    expect(written({ tags: { style: 'pipeDelimited' } })).toContain('tags=x|y')
    expect(written({ tags: { explode: false } })).toContain('tags=x,y')
    expect(written({ tags: { explode: true } })).toContain('tags=x&tags=y')
  })

  it('has no null', () => {
    expect(builderFor(FORM).write({ name: null, size: 1 }).text).toBe('size=1')
  })

  it('breaks only what is broken to who reads it: a number is a text again', () => {
    const builder = builderFor(FORM)
    expect(builder.broken({ ...VALUE, name: 12.5 })).toEqual([])
    expect(builder.broken({ ...VALUE, name: { a: 1 } })).toEqual([])
    expect(builder.broken({ ...VALUE, size: 'many' })).toEqual([{ path: '/size', keyword: 'type' }])
    expect(builder.broken({ ...VALUE, tags: 'x' })).toEqual([])
    expect(builder.broken({ ...VALUE, more: { on: 'no' } })).toEqual([{ path: '/more/on', keyword: 'type' }])
    expect(builder.broken('text')).toBeUndefined()
  })

  it('reads members in brackets as texts too', () => {
    const builder = builderFor(FORM, THING, { more: { style: 'deepObject' } })
    expect(builder.broken({ more: { on: 'true' } })).toEqual([])
    expect(builder.broken({ more: { on: 'no' } })).toEqual([{ path: '/more/on', keyword: 'type' }])
    // Written as `more[0]=a`, which is an object as well.
    expect(builder.broken({ more: ['a'] })).toBeUndefined()
  })

  it('is read by whoever looks for ids in it', () => {
    const request = builderFor(FORM).request({ body: VALUE })
    expect(bodyOf(request)).toEqual({ name: 'a&b', size: '3', tags: ['x', 'y'], more: '{"on":true}' })
  })
})

describe('a multipart body', () => {
  it('has a part for each member, and files where the schema says bytes', async () => {
    const request = builderFor('multipart/form-data').request({ body: { ...VALUE, file: 'content' } })
    const form = await new Response(bytesOf(request), { headers: request.headers }).formData()
    expect([...form.entries()].filter(([name]) => name !== 'file')).toEqual([
      ['name', 'a&b'],
      ['size', '3'],
      ['tags', 'x'],
      ['tags', 'y'],
      ['more', '{"on":true}'],
    ])
    const file = form.get('file') as File
    expect([file.name, file.type, await file.text()]).toEqual(['rollcall', 'application/octet-stream', 'content'])
    expect(bodyOf(request)).toMatchObject({ name: 'a&b', tags: ['x', 'y'] })
  })

  it('sends an image that is one, and all else in UTF-8 beside it', async () => {
    const builder = builderFor('multipart/form-data', THING, { file: { contentType: 'image/png, image/gif' } })
    const request = builder.request({ body: { name: 'größe', file: 'x' } })
    expect(request.isBytes).toBe(true)
    const form = await new Response(bytesOf(request), { headers: request.headers }).formData()
    const bytes = new Uint8Array(await (form.get('file') as File).arrayBuffer())
    expect([...bytes.slice(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47])
    expect(form.get('name')).toBe('größe')
  })

  it('has the headers that a part must have', () => {
    const encoding = { name: { headers: { 'X-Part': { required: true, schema: { type: 'string' } } } } }
    expect(builderFor('multipart/form-data', THING, encoding).write({ name: 'a' }).text).toContain('x-part: rollcall')
  })
})

describe('a body that is neither', () => {
  it.each<[type: string, schema: Json, text: string]>([
    ['text/plain', { type: 'integer' }, '7'],
    ['application/xml', { type: 'integer', xml: { name: 'size' } }, '<size>7</size>'],
    ['application/json', { type: 'integer' }, '7'],
  ])('is written as %s', (type, schema, text) => {
    const request = builderFor(type, schema).request({ body: 7 })
    expect(request.body).toContain(text)
    expect(request.headers['content-type']).toBe(type)
  })

  it('is bytes of its kind', () => {
    const builder = builderFor('image/*', { type: 'string', format: 'binary' })
    const request = builder.request(builder.plain('one'))
    expect(request.headers['content-type']).toBe('image/png')
    expect([...bytesOf(request).slice(0, 2)]).toEqual([0x89, 0x50])
  })
})
