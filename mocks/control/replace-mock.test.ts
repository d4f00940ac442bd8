import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Api } from '../api/api.ts'
import { SESSION_HEADER } from '../api/mock.ts'
import { createMock } from '../create-mock.ts'
import { readApi } from '../read-api.ts'
import { royalti } from '../royalti.ts'
import { answerControl } from './control.ts'
import { createReplaceable, type Replaceable } from './replace-mock.ts'

const PETS = `openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      operationId: listPets
      responses: { 200: { description: All, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } } } } }
    post:
      operationId: addPet
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
      responses: { 201: { description: Added, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }, 409: { description: Taken } }
      x-failures: [{ id: too_many, status: 409, when: There are too many. }]
  /pets/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
    get:
      operationId: readPet
      responses: { 200: { description: One, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }, 404: { description: None } }
components:
  schemas:
    Pet:
      type: object
      properties: { id: { type: integer, readOnly: true }, name: { type: string } }
      example: { id: 1, name: Rex }
`
let folder: string
let file: string
let api: Api
let held: Replaceable

/** The document with a text in the place of another, read again, in the place of what stands there. */
async function edit(...changes: readonly (readonly [from: string, to: string])[]): Promise<readonly string[]> {
  await writeFile(
    file,
    changes.reduce((text, [from, to]) => text.replaceAll(from, to), PETS),
  )
  api = await readApi(file, { previous: api })
  return held.replace(createMock({ apis: [api] }))
}
const ask = (method: string, path: string, body?: object, session = '') =>
  held.mock.answer({ method, path, headers: { [SESSION_HEADER]: session }, ...(body && { body }) })
const names = (session = '') =>
  (ask('GET', '/pets', undefined, session).body as { name: string }[]).map(({ name }) => name)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-replace-'))
  file = join(folder, 'pets.yaml')
})
afterAll(() => rm(folder, { recursive: true, force: true }))
beforeEach(async () => {
  await writeFile(file, PETS)
  api = await readApi(file)
  held = createReplaceable(createMock({ apis: [api] }))
})

describe('a mock that is replaced', () => {
  it('keeps what calls have written, in each session', async () => {
    ask('POST', '/pets', { name: 'Mia' })
    ask('POST', '/pets', { name: 'Bo' }, 'other')
    expect(await edit(['description: All', 'description: All of them'])).toEqual([])
    expect(names()).toContain('Mia')
    expect(names('other')).toContain('Bo')
    expect(api.changes).toMatchObject({ changed: ['listPets'], kept: ['addPet', 'readPet'] })
  })

  it('shows the examples that the document has now, where nothing was written', async () => {
    expect(names()).toContain('Rex')
    await edit(['name: Rex', 'name: Max'])
    expect(names()).toContain('Max')
    expect(names()).not.toContain('Rex')
  })

  describe('of a document with a resource that nobody has touched', () => {
    const shops: readonly [string, string] = [
      'components:',
      `  /shops:
    get:
      operationId: listShops
      responses: { 200: { description: All, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } } } } }
  /shops/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
    get:
      operationId: readShop
      responses: { 200: { description: One, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } }
components:`,
    ]
    /** As a person does in the inspector. */
    const steer = (method: string, path: string, body?: object) =>
      answerControl(
        held.mock,
        {
          method,
          path: `/__rollcall/records/pets/pets${path}`,
          headers: { host: 'localhost' },
          ...(body && { text: JSON.stringify(body) }),
        },
        0,
        { isLoopback: true },
      )
    beforeEach(() => edit(shops).then(() => undefined))

    it('shows the examples of today alone', async () => {
      expect(names()).toContain('Rex')
      await edit(shops, ['id: 1, name: Rex', 'id: 7, name: Max'])
      expect(names()).toContain('Max')
      expect(names()).not.toContain('Rex')
    })

    it('keeps what was edited without a call', async () => {
      expect(names()).toContain('Rex')
      expect(await steer('PUT', '/70', { under: [], id: '70', data: { id: 70, name: 'Mia' } })).toMatchObject({
        status: 201,
      })
      expect(await steer('DELETE', '/1')).toMatchObject({ status: 204 })
      const before = names()
      await edit(shops, ['description: All', 'description: All of them'])
      expect(names()).toEqual(before)
    })

    it('takes a look at records for no edit', async () => {
      expect(await steer('GET', '')).toMatchObject({ body: { total: expect.any(Number) } })
      await edit(shops, ['id: 1, name: Rex', 'id: 7, name: Max'])
      expect(names()).not.toContain('Rex')
    })
  })

  it('keeps records in the form that they have now', async () => {
    ask('POST', '/pets', { name: 'Mia' })
    const lost = await edit(
      ['properties: {', 'required: [age]\n      properties: { age: { type: integer },'],
      ['name: Rex', 'name: Rex, age: 3'],
    )
    expect(lost).toEqual([])
    expect(ask('GET', '/pets').body).toContainEqual({ id: expect.any(Number), name: 'Mia', age: 3 })
  })

  it('tells what there is no place for any more', async () => {
    ask('POST', '/pets', { name: 'Mia' })
    expect(await edit(['/pets', '/animals'])).toEqual(['pets of pets'])
    expect(ask('GET', '/animals').status).toBe(200)
    expect(ask('GET', '/pets').status).toBe(404)
  })

  it('keeps its journal, and the orders that it can still carry out', async () => {
    held.mock.failNext({ operationId: 'addPet', failure: 'too_many' })
    held.mock.failNext({ operationId: 'readPet', status: 404 })
    held.mock.failNext({ operationId: 'readPet', drop: true })
    held.mock.failNext({ operationId: 'readPet', timeout: true })
    held.mock.failNext({ operationId: 'readPet', delay: 5 })
    ask('GET', '/pets')
    expect(await edit(['operationId: readPet', 'operationId: getPet'])).toEqual([
      'the order of 404 for readPet: there is no operation readPet in pets; the closest is addPet',
      'the order of a dropped connection for readPet: there is no operation readPet in pets; the closest is addPet',
      'the order of a timeout for readPet: there is no operation readPet in pets; the closest is addPet',
      'the order of 5 ms of delay for readPet: there is no operation readPet in pets; the closest is addPet',
    ])
    expect(ask('POST', '/pets', { name: 'Mia' }).status).toBe(409)
    expect(held.mock.journal.map(({ operationId }) => operationId)).toEqual(['listPets', 'addPet'])
    expect(
      held.mock
        .session('')
        .readJournal(1)
        .map(({ operationId }) => operationId),
    ).toEqual(['addPet'])
  })

  it('goes on with what every session began with, or begins with something else and keeps what came later', () => {
    const begin = (status: number) => [{ api: 'pets', operationId: 'addPet', status, times: 2 }]
    const statuses = () =>
      held.mock
        .session('')
        .readOrders()
        .map(({ status, times }) => [status, times])
    const replace = (before: number, now: number) =>
      held.replace(createMock({ apis: [api], failures: begin(now) }), { before: begin(before), now: begin(now) })
    held = createReplaceable(createMock({ apis: [api], failures: begin(400) }))
    expect(ask('POST', '/pets', { name: 'Mia' }).status).toBe(400)
    held.mock.failNext({ operationId: 'addPet', status: 500 })
    replace(400, 400)
    expect(statuses()).toEqual([
      [400, 1],
      [500, undefined],
    ])
    replace(400, 503)
    expect(statuses()).toEqual([
      [503, 2],
      [500, undefined],
    ])
    expect(held.mock.session('new').readOrders()).toMatchObject(begin(503))
  })

  it('tells those who listen of what the other does', async () => {
    const heard: string[] = []
    const end = held.mock.subscribe(
      ({ commit }) => commit && heard.push(...commit.changes.map((one) => one.collection)),
    )
    await edit(['description: One', 'description: A pet'])
    ask('POST', '/pets', { name: 'Mia' })
    expect(heard).toContain('pets')
    end()
    heard.length = 0
    ask('POST', '/pets', { name: 'Bo' })
    expect(heard).toEqual([])
  })

  it('tells those who listen that what they look at is another', async () => {
    const heard: string[] = []
    ask('GET', '/pets', undefined, 'other')
    held.mock.subscribe(({ session, commit }) => commit ?? heard.push(session))
    await edit(['description: One', 'description: A pet'])
    expect(heard.sort()).toEqual(['', 'other'])
  })

  it('keeps no more calls than its journal may have', async () => {
    held = createReplaceable(createMock({ apis: [api], journal: 3 }), 1000, 3)
    for (let count = 0; count < 3; count++) ask('GET', `/${count}`)
    await edit(['description: One', 'description: A pet'])
    for (let count = 3; count < 5; count++) ask('GET', `/${count}`)
    expect(held.mock.journal.map(({ call }) => call.path)).toEqual(['/2', '/3', '/4'])
    expect(held.mock.session('').open().journal.dropped).toBe((held.mock.journal[0]?.id ?? 0) - 1)
  })

  it('forgets what was reset before', async () => {
    ask('POST', '/pets', { name: 'Mia' })
    held.mock.reset()
    await edit(['description: One', 'description: A pet'])
    expect(names()).not.toContain('Mia')
    expect(held.mock.journal).toHaveLength(1)
  })

  it('keeps what a snapshot has brought back', async () => {
    ask('POST', '/pets', { name: 'Mia' })
    const snapshot = held.mock.snapshot()
    held.mock.reset()
    held.mock.restore(snapshot)
    await edit(['name: Rex', 'name: Max'])
    expect(names()).toContain('Mia')
  })

  it('keeps the users of a built-in API', () => {
    const own = createReplaceable(createMock({ apis: [royalti], users: 2 }))
    const call = { method: 'GET', path: '/tenant/users', headers: { authorization: 'Bearer a' } }
    const before = own.mock.answer(call)
    expect(own.replace(createMock({ apis: [royalti] }))).toEqual([])
    expect(own.mock.answer(call).body).toEqual(before.body)
  })
})
