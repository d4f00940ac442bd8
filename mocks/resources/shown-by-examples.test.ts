import { describe, expect, it } from 'vitest'
import { createFolder } from '../../contract-tests/fixtures/create-folder.ts'
import { createMock } from '../create-mock.ts'
import { readApi } from '../read-api.ts'
import type { Members } from './kept-record.ts'

/** Starts a mock of a document of these paths. */
async function serve(paths: object) {
  const folder = createFolder()
  const text = JSON.stringify({ openapi: '3.0.3', info: { title: 'Shown', version: '1' }, paths })
  const mock = createMock({ apis: [await readApi(folder.write({ 'shown.json': text }))] })
  folder.remove()
  return (call: string, body?: unknown, accept = '*/*') => {
    const [method = '', path = ''] = call.split(' ')
    const headers = { accept, ...(body !== undefined && { 'content-type': 'application/json' }) }
    const { status, body: shown } = mock.answer({ method, path, headers, ...(body !== undefined && { body }) })
    return { status, body: shown as Members }
  }
}

const gives = (content: object, status = 200) => ({ responses: { [status]: { description: 'Good', content } } })
const gone = { responses: { 204: { description: 'Gone' } } }
const petId = { name: 'petId', in: 'path', required: true, schema: { type: 'string' } }
const NAMED = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } }
const takes = (schema: object = NAMED) => ({ requestBody: { content: { 'application/json': { schema } } } })

describe.each<[string, (example: object) => object]>([
  ['no schema', (example) => ({ example })],
  ['no schema, under a name', (value) => ({ examples: { one: { value } } })],
  ['a schema of any object', (example) => ({ schema: { type: 'object' }, example })],
  ['a schema with an example', (example) => ({ schema: { type: 'object', example } })],
  ['an example that is a text', (example) => ({ example: JSON.stringify(example) })],
])('what a document shows by examples alone, with %s', (_, media) => {
  const rex = { id: 'p1', name: 'Rex', born: '2020-01-01' }
  const showing = (example: object) => ({ 'application/json': media(example) })
  const paths = {
    '/pets': {
      get: gives(showing({ pets: [rex], total: 1 })),
      post: { ...takes(), ...gives(showing({ pet: rex }), 201) },
    },
    '/pets/{petId}': { parameters: [petId], get: gives(showing({ pet: rex })), delete: gone },
  }

  it('is kept', async () => {
    const send = await serve(paths)
    const { status, body } = send('POST /pets', { name: 'Ada' })
    const made = body['pet'] as Members
    expect({ status, name: made['name'] }).toEqual({ status: 201, name: 'Ada' })
    expect(made['id']).not.toBe('p1')
    expect(send(`GET /pets/${made['id']}`).body).toEqual({ pet: made })
    expect(send('GET /pets').body['pets']).toContainEqual(made)
    expect(send(`DELETE /pets/${made['id']}`).status).toBe(204)
    expect(send(`GET /pets/${made['id']}`).status).toBe(404)
  })
})

it('what is included beside data is no list of it', async () => {
  const one = { data: { id: 'p1', name: 'Rex' }, included: [{ id: 'o1', name: 'Ann' }] }
  const send = await serve({
    '/pets': { post: { ...takes(), ...gives({ 'application/json': { example: one } }, 201) } },
    '/pets/{petId}': { parameters: [petId], get: gives({ 'application/json': { example: one } }) },
  })
  const made = send('POST /pets', { name: 'Ada' }).body['data'] as Members
  expect(made['name']).toBe('Ada')
  expect(send(`GET /pets/${made['id']}`).body['data']).toEqual(made)
})

it('application/json is what is kept, whatever JSON a document has before it', async () => {
  const plain = { ...NAMED, required: ['id', 'name'], properties: { id: { type: 'string' }, name: { type: 'string' } } }
  const linked = { type: 'object', required: ['_links'], properties: { _links: { type: 'object' } } }
  const both = {
    'application/hal+json': { schema: linked },
    'application/json': { schema: { ...plain, additionalProperties: false } },
  }
  const sent = { 'application/hal+json': { schema: linked }, 'application/json': { schema: NAMED } }
  const send = await serve({
    '/pets': { post: { requestBody: { content: sent }, ...gives(both, 201) } },
    '/pets/{petId}': { parameters: [petId], get: gives(both) },
  })
  const { status, body } = send('POST /pets', { name: 'Ada' })
  expect({ status, name: body['name'] }).toEqual({ status: 201, name: 'Ada' })
  expect(send(`GET /pets/${body['id']}`).body).toEqual(body)
  expect(send('POST /pets', {}).status).toBe(400)
})
