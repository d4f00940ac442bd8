import { describe, expect, it } from 'vitest'
import { createFolder } from '../../contract-tests/fixtures/create-folder.ts'
import { createMock } from '../create-mock.ts'
import { readApi } from '../read-api.ts'

type Json = Record<string, unknown>

const TEXT = { type: 'string' }
const list = (items: Json) => ({ type: 'array', items })
const byName = (additionalProperties: Json) => ({ type: 'object', additionalProperties })
const object = (properties: Json, required: string[] = []) => ({ type: 'object', properties, required })

/** What is answered to a pet that is not as it must be, where refusals have a body of this schema. */
async function refusalOf(
  schema: Json,
  sent: unknown,
  query: Record<string, string> = { dry: 'true' },
): Promise<unknown> {
  const pet = object({ name: { ...TEXT, minLength: 3 }, owner: object({ zip: TEXT }, ['zip']), tags: list(TEXT) }, [
    'name',
  ])
  const refused = { description: 'Bad', content: { 'application/json': { schema } } }
  const post = {
    parameters: [{ name: 'dry', in: 'query', required: true, schema: { type: 'boolean' } }],
    requestBody: { content: { 'application/json': { schema: pet } } },
    responses: { 201: { description: 'Made' }, 400: refused },
  }
  const folder = createFolder()
  const text = JSON.stringify({ openapi: '3.1.0', info: { title: 'Own', version: '1' }, paths: { '/pets': { post } } })
  const mock = createMock({ apis: [await readApi(folder.write({ 'own.json': text }))] })
  folder.remove()
  const headers = { 'content-type': 'application/json' }
  return mock.answer({ method: 'POST', path: '/pets', headers, query, body: sent }).body
}

describe('a refusal tells of the member that is wrong', () => {
  const errors = byName(list(TEXT))

  it.each<[unknown, Json]>([
    [{ name: 'a' }, { name: ['must NOT have fewer than 3 characters'] }],
    [{}, { name: ['is required'] }],
    [{ name: 'Rex', owner: {} }, { 'owner.zip': ['is required'] }],
    [{ name: 'Rex', tags: ['a', 1] }, { 'tags[1]': ['must be string'] }],
  ])('of %j in lists by name', async (sent, told) => {
    expect(await refusalOf(object({ title: TEXT, errors }), sent)).toMatchObject({ errors: told })
    expect(await refusalOf(errors, sent)).toEqual(told)
  })

  it('in a text by name, and a parameter as well', async () => {
    expect(await refusalOf(object({ errors: byName(TEXT) }), {})).toEqual({ errors: { name: 'is required' } })
    const told = (query: Record<string, string>) => refusalOf(object({ errors }), { name: 'Rex' }, query)
    expect(await told({ dry: 'x' })).toEqual({ errors: { dry: ['must be boolean'] } })
    expect(await told({})).toEqual({ errors: { dry: ['is required'] } })
  })

  it('in a list of what each is about, beside what is said of the whole', async () => {
    const item = object({ field: TEXT, message: TEXT, code: TEXT }, ['field', 'message'])
    expect(await refusalOf(object({ message: TEXT, errors: list(item) }), {})).toEqual({
      message: "body must have required property 'name'",
      errors: [{ field: 'name', message: 'is required' }],
    })
    const only = await refusalOf(object({ errors: list(item) }, ['errors']), {})
    expect(only).toMatchObject({ errors: [{ field: 'name', message: "body must have required property 'name'" }] })
  })

  it('unless it is wrong as a whole, or nothing has room for it', async () => {
    expect(await refusalOf(object({ title: TEXT, errors }), [])).toEqual({ title: 'body must be object' })
    const closed = { ...object({ title: TEXT, errors: object({ code: TEXT }) }), additionalProperties: false }
    expect(await refusalOf(closed, {})).not.toHaveProperty('errors')
  })
})
