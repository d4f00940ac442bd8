import { describe, expect, it } from 'vitest'
import { createFolder } from '../../contract-tests/fixtures/create-folder.ts'
import { createMock } from '../create-mock.ts'
import { readApi } from '../read-api.ts'

const TEXT = { type: 'string' }

/** A mock of pets, each of another name, whose refusals have a body of this schema. */
async function mockOf(schema: object, type = 'application/json') {
  const name = { ...TEXT, 'x-unique': true }
  const paths = {
    '/pets': {
      post: {
        requestBody: { content: { 'application/json': { schema: { type: 'object', properties: { name } } } } },
        responses: { 201: { description: 'Made' }, 409: { description: 'Taken', content: { [type]: { schema } } } },
      },
    },
    '/pets/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: TEXT }],
      get: {
        responses: {
          200: {
            description: 'One',
            content: {
              'application/json': {
                schema: { type: 'object', required: ['id'], properties: { id: TEXT, name } },
              },
            },
          },
          404: { description: 'None', content: { [type]: { schema } } },
        },
      },
    },
  }
  const folder = createFolder()
  const text = JSON.stringify({ openapi: '3.1.0', info: { title: 'Words', version: '1' }, paths })
  const mock = createMock({ apis: [await readApi(folder.write({ 'words.json': text }))] })
  folder.remove()
  return mock
}

/** What it answers to a request for what is not there. */
const refusalOf = async (schema: object, type?: string): Promise<unknown> =>
  (await mockOf(schema, type)).answer({ method: 'GET', path: '/pets/none', headers: {} }).body

const object = (properties: object, required: string[] = []) => ({ type: 'object', properties, required })
const message = 'there is no pet none'

describe('a refusal whose body is composed', () => {
  it('says nothing that was made up where nothing has to be said', async () => {
    const trace = { type: 'string', format: 'uuid' }
    const schema = object({ message: TEXT, traceId: trace, fields: { type: 'array', items: TEXT }, url: TEXT })
    expect(await refusalOf(schema)).toEqual({ message })
  })

  it('has all that must be there, and all that the document gives', async () => {
    const schema = object(
      { message: TEXT, docs: { ...TEXT, example: '/errors' }, kind: { const: 'error' }, at: { type: 'integer' } },
      ['at'],
    )
    expect(await refusalOf(schema)).toEqual({ message, docs: '/errors', kind: 'error', at: expect.any(Number) })
  })

  it.each([
    [['INVALID', 'PET_NOT_FOUND', 'TAKEN'], 'PET_NOT_FOUND'],
    [['owner_not_found', 'pet_not_found'], 'pet_not_found'],
    [['itemNameInvalid', 'notFound'], 'notFound'],
    [['first', 'second'], expect.stringMatching(/^(?:first|second)$/)],
  ])('takes of the codes %j the one for its status', async (codes, code) => {
    const schema = object({ error: object({ code: { enum: codes, example: codes[0] }, message: TEXT }, ['code']) })
    expect(await refusalOf(schema)).toEqual({ error: { code, message } })
  })

  it('says its status where a text has to', async () => {
    const item = object({ id: TEXT, status: TEXT, code: TEXT, title: TEXT, detail: TEXT })
    expect(await refusalOf(object({ errors: { type: 'array', items: item } }, ['errors']))).toEqual({
      errors: [{ status: '404', code: 'not_found', title: 'Not Found', detail: message }],
    })
    const mock = await mockOf(object({ code: TEXT, message: TEXT }, ['code']))
    const headers = { 'content-type': 'application/json' }
    const create = () => mock.answer({ method: 'POST', path: '/pets', headers, body: { name: 'Rex' } })
    create()
    expect(create().body).toEqual({ code: 'conflict', message: 'there is a pet with the name "Rex" already' })
  })

  it('says what is known wherever its schema lets it, and what the schema asks for elsewhere', async () => {
    const status = { ...TEXT, pattern: '^[45]\\d\\d$' }
    const item = object(
      { status, code: { ...TEXT, pattern: '^E\\d$' }, title: { ...TEXT, maxLength: 3 }, detail: TEXT },
      ['status', 'code'],
    )
    expect(await refusalOf(object({ errors: { type: 'array', items: item } }, ['errors']))).toEqual({
      errors: [{ status: '404', code: expect.stringMatching(/^E\d$/), detail: message }],
    })
  })

  it('is read through all parts of its schema', async () => {
    const error = { allOf: [object({ message: TEXT, note: TEXT }), object({ code: TEXT, hint: TEXT }, ['code'])] }
    expect(await refusalOf(object({ error }))).toEqual({ error: { message, code: 'not_found' } })
  })

  it('keeps to its schema where what is left would not', async () => {
    const schema = { ...object({ message: TEXT, note: TEXT }), minProperties: 2 }
    expect(await refusalOf(schema)).toEqual({ message, note: expect.any(String) })
  })
})
