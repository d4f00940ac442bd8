import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Mock } from '../api/mock.ts'
import { createMock } from '../create-mock.ts'
import type { Reply } from '../engine/vocabulary.ts'
import { readApi } from '../read-api.ts'
import { encodePart } from './address.ts'
import { BEGINNING } from './first-records.ts'
import type { Members } from './kept-record.ts'

const FILE = join(import.meta.dirname, 'boards.yaml')
const api = await readApi(FILE)
const NOW = '2026-03-01T10:00:00Z'
const NOBODY = '00000000-0000-4000-8000-000000000000'

let time = Date.parse(NOW)
let mock: Mock

const start = (options = {}): Mock =>
  createMock({ apis: [api], clock: () => new Date(time), warn: (line) => expect.unreachable(line), ...options })

beforeEach(() => {
  time = Date.parse(NOW)
  mock = start()
})

function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Reply {
  const [plain = '', query = ''] = `/v1${path}`.split('?')
  const type = body === undefined ? {} : { 'content-type': 'application/json' }
  const given = { headers: { ...type, ...headers }, query: Object.fromEntries(new URLSearchParams(query)) }
  return mock.answer({ method, path: plain, ...given, ...(body !== undefined && { body }) })
}

const bodyOf = (reply: Reply): Members => reply.body as Members
const makeBoard = (more: Members = {}): Members => bodyOf(send('POST', '/boards', { title: 'Roof', ...more }))
const makeCard = (more: Members = {}, board: unknown = 1): Members =>
  bodyOf(send('POST', `/boards/${board}/cards`, { title: 'Paint', ...more }))['card'] as Members
const titlesOf = (reply: Reply): unknown[] => (bodyOf(reply)['items'] as Members[]).map(({ title }) => title)

describe('a created record', () => {
  it('is what was said, defaults and what the server makes, and nothing that nobody said', () => {
    const reply = send('POST', '/boards', { title: 'Roof' }, { host: 'localhost:4010' })
    expect(reply.status).toBe(201)
    expect(reply.body).toEqual({
      id: 3,
      title: 'Roof',
      color: 'blue',
      createdAt: NOW,
      url: 'https://boards.example.net/v1/boards/3',
    })
    expect(reply.headers['location']).toBe('http://localhost:4010/v1/boards/3')
  })

  it('is read back, and listed', () => {
    const board = makeBoard({ note: 'Leaks' })
    expect(send('GET', `/boards/${board['id']}`).body).toEqual(board)
    expect(send('GET', '/boards').body).toContainEqual(board)
  })

  it('may be called by half of a pair of UTF-16, which no path can hold', () => {
    expect(encodePart('a/\ud800')).toBe('a%2F%EF%BF%BD')
  })

  it('has a name of the type and format that the document declares, and no other has it', () => {
    const [first, second] = [makeCard(), makeCard({ title: 'Hang' })]
    expect(first['id']).toMatch(/^[\da-f]{8}-[\da-f]{4}-4/)
    expect(second['id']).not.toBe(first['id'])
    const person = bodyOf(send('POST', '/people', { name: 'Ada' }))
    expect(person['id']).toMatch(/^per_\d[a-z][A-Z]\d[a-z][A-Z]\d[a-z]$/)
  })

  it('names what it lies under, and says nothing of what has not happened', () => {
    expect(makeCard()).toMatchObject({ boardId: 1, state: 'open', createdAt: NOW, updatedAt: NOW, closedAt: null })
    expect(makeCard({ title: 'Other' })).not.toHaveProperty('labels')
  })

  it('keeps a secret that no reply shows', () => {
    const card = makeCard({ secret: 'xyzzy' })
    expect(card).not.toHaveProperty('secret')
    expect(JSON.stringify(mock.snapshot())).toContain('xyzzy')
  })

  it('is the same for the same seed', () => {
    const first = makeCard()
    mock = start()
    expect(makeCard()).toEqual(first)
    mock = start({ seed: 'another' })
    expect(makeCard()['id']).not.toEqual(first['id'])
  })
})

describe('a record', () => {
  it('is replaced as a whole by PUT, but for what the server has made', () => {
    const card = makeCard({ labels: ['a'], due: '2026-05-01' })
    time += 60_000
    const reply = send('PUT', `/boards/1/cards/${card['id']}`, { title: 'Wash' })
    expect(bodyOf(reply)['card']).toEqual({
      id: card['id'],
      boardId: 1,
      title: 'Wash',
      state: 'open',
      createdAt: NOW,
      updatedAt: '2026-03-01T10:01:00Z',
      closedAt: null,
    })
    expect(send('GET', `/boards/1/cards/${card['id']}`).body).toEqual(reply.body)
  })

  it('is changed by PATCH in what that says, and in nothing else', () => {
    const card = makeCard({ labels: ['a'], size: { hours: 2, points: 3 } })
    time += 60_000
    const patch = { title: 'Wash', size: { hours: 4 } }
    const changed = { ...card, title: 'Wash', size: { hours: 4, points: 3 }, updatedAt: '2026-03-01T10:01:00Z' }
    expect(bodyOf(send('PATCH', `/boards/1/cards/${card['id']}`, patch))['card']).toEqual(changed)
    expect(bodyOf(send('GET', `/boards/1/cards/${card['id']}`))['card']).toEqual(changed)
  })

  it('loses by null what may not be null, and has null where it may', () => {
    const card = makeCard({ labels: ['a'], due: '2026-05-01' })
    const path = `/boards/1/cards/${card['id']}`
    const changed = bodyOf(send('PATCH', path, { due: null, labels: null }))['card']
    expect(changed).toMatchObject({ due: null })
    expect(changed).not.toHaveProperty('labels')
    const type = { 'content-type': 'application/merge-patch+json' }
    expect(bodyOf(send('PATCH', path, { due: null }, type))['card']).not.toHaveProperty('due')
  })

  it('is changed by a JSON Patch, wholly or not at all', () => {
    const card = makeCard({ labels: ['a'] })
    const path = `/boards/1/cards/${card['id']}`
    const type = { 'content-type': 'application/json-patch+json' }
    const patch = [
      { op: 'test', path: '/title', value: 'Paint' },
      { op: 'add', path: '/labels/-', value: 'b' },
    ]
    expect(bodyOf(send('PATCH', path, patch, type))['card']).toMatchObject({ labels: ['a', 'b'] })
    const stale = send(
      'PATCH',
      path,
      [
        { op: 'remove', path: '/labels/0' },
        { op: 'test', path: '/title', value: 'x' },
      ],
      type,
    )
    expect([stale.status, bodyOf(stale)['detail']]).toEqual([409, '/title is not what /1 tests for'])
    expect(send('PATCH', path, [{ op: 'replace', path: '/state', value: 'lost' }], type).status).toBe(422)
    expect(send('PATCH', path, [{ op: 'jump', path: '/state' }], type).status).toBe(422)
    expect(bodyOf(send('GET', path))['card']).toMatchObject({ labels: ['a', 'b'], state: 'open' })
  })

  it('is gone once it is deleted, and what lies under it too', () => {
    const board = makeBoard()
    const card = makeCard({}, board['id'])
    const notes = `/boards/${board['id']}/cards/${card['id']}/notes`
    const note = bodyOf(send('POST', notes, { text: 'Red' }))
    expect(note).toMatchObject({ text: 'Red', cardId: card['id'] })
    expect(send('DELETE', `/boards/${board['id']}`)).toMatchObject({ status: 204 })
    expect(send('GET', `/boards/${board['id']}`).status).toBe(404)
    expect(send('GET', `/boards/${board['id']}/cards/${card['id']}`).status).toBe(404)
    expect(send('GET', `${notes}/${note['id']}`).status).toBe(404)
    expect(send('GET', '/boards').body).toHaveLength(2)
    const kept = Object.values(mock.snapshot().apis['boards']?.[''] ?? {}).flat()
    expect(JSON.stringify(kept)).not.toContain(card['id'])
    expect(send('DELETE', `/boards/${board['id']}`).status).toBe(404)
  })

  it('that is not there is refused as the document has it, and says what is not there', () => {
    const reply = send('GET', `/boards/1/cards/${NOBODY}`)
    expect(reply).toMatchObject({ status: 404, headers: { 'content-type': 'application/problem+json' } })
    expect(bodyOf(reply)['detail']).toBe(`there is no card ${NOBODY}`)
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const body = method === 'DELETE' ? undefined : { title: 'x' }
      expect(send(method, `/boards/1/cards/${NOBODY}`, body).status, method).toBe(404)
    }
  })

  it('lies under what is there, and under nothing else', () => {
    expect(send('POST', '/boards/77/cards', { title: 'x' }).status).toBe(404)
    expect(send('GET', '/boards/77/cards').status).toBe(404)
    const card = makeCard()
    expect(send('GET', `/boards/2/cards/${card['id']}`).status).toBe(404)
  })

  it('of a name that the client chooses is created by PUT, and replaced by the next', () => {
    expect(send('GET', '/zones/a').status).toBe(404)
    expect(send('PUT', '/zones/a', { ttl: 60 })).toMatchObject({ status: 201, body: { name: 'a', ttl: 60 } })
    expect(send('PUT', '/zones/a', {})).toMatchObject({ status: 200, body: { name: 'a' } })
    expect(send('GET', '/zones/a').body).toEqual({ name: 'a' })
    expect(send('DELETE', '/zones/a').status).toBe(204)
    expect(send('GET', '/zones/a').status).toBe(404)
  })

  it('that is the only one of its parent is written and read', () => {
    expect(send('PUT', '/boards/2/settings', { theme: 'dark', size: 7 }).body).toEqual({ theme: 'dark', size: 7 })
    expect(send('GET', '/boards/2/settings').body).toEqual({ theme: 'dark', size: 7 })
    expect(bodyOf(send('GET', '/boards/1/settings'))['size']).not.toBe(7)
    expect(send('GET', '/boards/77/settings').status).toBe(404)
  })
})

describe('a list', () => {
  beforeEach(() => {
    mock = start({ empty: true })
    makeBoard()
    for (const title of ['b', 'd', 'a', 'c']) makeCard({ title, state: title < 'c' ? 'done' : 'open' })
  })

  it('is a page of summaries, and says how many there are', () => {
    const { status, body, headers } = send('GET', '/boards/1/cards', undefined, { host: 'localhost:4010' })
    const { items, ...rest } = body as Members
    expect(status).toBe(200)
    expect(Object.keys((items as Members[])[0] as Members)).toEqual(['id', 'title', 'state'])
    const next = 'http://localhost:4010/v1/boards/1/cards?limit=3&offset=3'
    expect(rest).toEqual({ total: 4, limit: 3, offset: 0, hasMore: true, next })
    expect(headers['x-total-count']).toBe('4')
    expect(headers['link']).toContain(`<${next}>; rel="next"`)
  })

  it('ends', () => {
    const { items, ...rest } = bodyOf(send('GET', '/boards/1/cards?offset=3'))
    expect(rest).toEqual({ total: 4, limit: 3, offset: 3, hasMore: false, next: null })
    expect(items).toHaveLength(1)
    expect(titlesOf(send('GET', '/boards/1/cards?offset=9'))).toEqual([])
  })

  it.each<[query: string, titles: string]>([
    ['limit=50', 'b d a c'],
    ['state=done', 'b a'],
    ['state=all&limit=9', 'b d a c'],
    ['sort=title', 'a b c'],
    ['sort=-title', 'd c b'],
    ['sort=title:desc&limit=2&offset=1', 'c b'],
    ['sort=state,-title&limit=9', 'b a d c'],
    ['sort=nothing&limit=9', 'b d a c'],
  ])('?%s is %s', (query, titles) => {
    expect(titlesOf(send('GET', `/boards/1/cards?${query}`)).join(' ')).toBe(titles)
  })

  it('goes on from a cursor, until there is none', () => {
    for (const name of ['a', 'b', 'c']) send('POST', '/people', { name })
    const seen: unknown[] = []
    let cursor: unknown = ''
    for (let pages = 0; cursor !== undefined && pages < 5; pages++) {
      const body = bodyOf(send('GET', cursor ? `/people?cursor=${cursor}` : '/people'))
      seen.push(...(body['data'] as Members[]).map(({ name }) => name))
      cursor = body['nextCursor']
      if (pages === 0) send('POST', '/people', { name: 'd' })
    }
    expect(seen).toEqual(['a', 'b', 'c', 'd'])
  })
})

describe('what only one may have', () => {
  it('is refused to another, by x-unique in whatever case', () => {
    makeBoard({ slug: 'roof' })
    const reply = send('POST', '/boards', { title: 'Other', slug: 'ROOF' })
    expect(reply.status).toBe(409)
    expect(bodyOf(reply)['detail']).toBe('there is a board with the slug "ROOF" already')
    expect(send('GET', '/boards').body).toHaveLength(3)
  })

  it('is refused by the failure of the document that says so', () => {
    makeCard({ title: 'Paint' })
    const reply = send('POST', '/boards/1/cards', { title: 'Paint' })
    expect([reply.status, bodyOf(reply)['detail']]).toEqual([422, 'That card is there'])
    expect(mock.journal.at(-1)?.verdict).toMatchObject({ outcome: 'refused', rule: 'title_taken' })
  })
})

describe('a business rule of the document alone', () => {
  it('refuses a name of what is not there', () => {
    const reply = send('POST', '/boards/1/cards', { title: 'x', personId: 'nobody' })
    expect([reply.status, bodyOf(reply)['detail']]).toEqual([422, 'Nobody has this id'])
    const person = bodyOf(send('POST', '/people', { name: 'Ada' }))
    expect(makeCard({ title: 'x', personId: person['id'] })).toMatchObject({ personId: person['id'] })
  })

  it('refuses what the state of a record forbids', () => {
    const path = `/boards/1/cards/${makeCard({ state: 'done' })['id']}`
    const reply = send('PATCH', path, { title: 'Again' })
    expect([reply.status, bodyOf(reply)['detail']]).toEqual([409, 'The card is done'])
    const open = `/boards/1/cards/${makeCard({ title: 'y' })['id']}`
    expect(send('PATCH', open, { title: 'Again' }).status).toBe(200)
  })
})

describe('a condition', () => {
  it('holds for the state of a record that its ETag names', () => {
    const path = `/boards/1/cards/${makeCard()['id']}`
    const { etag = '' } = send('GET', path).headers
    expect(etag).toMatch(/^"[\da-f]{16}"$/)
    expect(send('GET', path, undefined, { 'if-none-match': etag })).toMatchObject({ status: 304, headers: { etag } })
    expect(send('GET', path, undefined, { 'if-none-match': 'W/"other", "x"' }).status).toBe(200)
    expect(send('PUT', path, { title: 'Wash' }, { 'if-match': '"other"' }).status).toBe(412)
    expect(send('PUT', path, { title: 'Wash' }, { 'if-match': etag }).status).toBe(200)
    expect(send('GET', path).headers['etag']).not.toBe(etag)
    expect(send('PUT', path, { title: 'Dry' }, { 'if-match': '*' }).status).toBe(200)
    expect(send('PUT', `/boards/1/cards/${NOBODY}`, { title: 'x' }, { 'if-match': '*' }).status).toBe(404)
  })

  it('is asked by HEAD as by GET', () => {
    const path = `/boards/1/cards/${makeCard()['id']}`
    expect(send('HEAD', path)).toMatchObject({ status: 200, headers: { etag: send('GET', path).headers['etag'] } })
    expect(send('HEAD', `/boards/1/cards/${NOBODY}`).status).toBe(404)
  })
})

describe('the first records', () => {
  it('are what the document shows', () => {
    expect(send('GET', '/boards').body).toMatchObject([
      { id: 1, title: 'Kitchen' },
      { id: 2, title: 'Garden' },
    ])
    expect(send('GET', '/boards/1').body).toMatchObject({ id: 1, title: 'Kitchen' })
  })

  it('are a few where it shows none, which differ, and refer to what is there', () => {
    const people = bodyOf(send('GET', '/people?limit=9'))['data'] as Members[]
    expect(people).toHaveLength(3)
    expect(new Set(people.map(({ id }) => id)).size).toBe(3)
    const cards = bodyOf(send('GET', '/boards/1/cards'))['items'] as Members[]
    expect(cards).toHaveLength(2)
    for (const { id } of cards) {
      const card = bodyOf(send('GET', `/boards/1/cards/${id}`))['card'] as Members
      expect(card['boardId']).toBe(1)
      expect(people.map((one) => one['id'])).toContain(card['personId'])
    }
  })

  it('may refer to what nobody has asked for, which is called so when somebody does', () => {
    const [card] = (bodyOf(send('GET', '/boards/1/cards'))['items'] as Members[]).map(
      ({ id }) => bodyOf(send('GET', `/boards/1/cards/${id}`))['card'] as Members,
    )
    expect(Object.values(mock.snapshot().apis['boards'] ?? {})).toMatchObject([
      { people: [], [BEGINNING]: [{ untouched: expect.arrayContaining(['people']) }] },
    ])
    expect(send('GET', `/people/${card?.['personId']}`)).toMatchObject({ status: 200 })
  })

  it('are none where none are wanted', () => {
    mock = start({ empty: true })
    expect(send('GET', '/boards').body).toEqual([])
    expect(send('GET', '/boards/1').status).toBe(404)
    expect(makeBoard()['id']).toBe(1)
  })

  it('are as many as are wanted, below each parent a few, and the same for the same seed', () => {
    mock = start({ records: 5 })
    const boards = send('GET', '/boards').body as Members[]
    expect(boards).toHaveLength(5)
    for (const { id } of boards) expect(titlesOf(send('GET', `/boards/${id}/cards`))).toHaveLength(3)
    mock = start({ records: 5 })
    expect(send('GET', '/boards').body).toEqual(boards)
    mock = start({ records: 5, seed: 'another' })
    expect(send('GET', '/boards').body).not.toEqual(boards)
  })
})

describe('the state', () => {
  it('is put back by a snapshot, also what nobody has touched', () => {
    makeBoard()
    const snapshot = mock.snapshot()
    makeBoard({ title: 'Later' })
    const people = send('GET', '/people').body
    mock.restore(snapshot)
    expect(send('GET', '/boards').body).toHaveLength(3)
    expect(send('GET', '/people').body).toEqual(people)
  })

  it('of a snapshot that somebody wrote is that alone', () => {
    mock.restore({
      apis: { boards: { '': { boards: [{ under: [], id: '9', data: { id: 9, title: 'Mine' } }] as object[] } } },
      outbox: [],
      version: 2,
    })
    expect(send('GET', '/boards').body).toEqual([{ id: 9, title: 'Mine' }])
    expect(send('GET', '/people').body).toEqual({ data: [] })
  })

  it.each<[what: string, record: object, message: string]>([
    ['has no place', { data: {} }, 'it must have under (a list of texts), id (a text) and data (an object)'],
    ['breaks its schema', { under: [], id: '9', data: { id: 'nine', title: 'x' } }, 'data/id must be integer'],
  ])('is kept where a record of the snapshot %s', (_, record, message) => {
    makeBoard()
    const snapshot = { version: 2 as const, apis: { boards: { '': { boards: [record] } } }, outbox: [] }
    expect(() => mock.restore(snapshot)).toThrow(message)
    expect(send('GET', '/boards').body).toHaveLength(3)
  })

  it('is of a session of its own, and forgotten on reset', () => {
    makeBoard()
    expect(send('GET', '/boards', undefined, { 'x-rollcall-session': 'b' }).body).toHaveLength(2)
    mock.reset()
    expect(send('GET', '/boards').body).toHaveLength(2)
  })

  it('is told change by change', () => {
    send('GET', '/boards')
    const changes: unknown[] = []
    const end = mock.subscribe(({ commit }) => changes.push(...(commit?.changes ?? [])))
    const { id } = makeBoard()
    send('GET', '/boards')
    send('DELETE', `/boards/${id}`)
    end()
    expect(changes).toMatchObject([
      { collection: 'boards', after: { id: '3' } },
      { collection: 'boards', before: { id: '3' } },
    ])
  })

  it('is not changed by a call that fails as it was ordered', () => {
    mock.failNext({ api: 'boards', operationId: 'createBoard', status: 409 })
    expect(send('POST', '/boards', { title: 'Roof' }).status).toBe(409)
    expect(send('GET', '/boards').body).toHaveLength(2)
    mock.failNext({ api: 'boards', operationId: 'createCard', failure: 'title_taken' })
    expect(send('POST', '/boards/1/cards', { title: 'New' }).status).toBe(422)
    const row = send('POST', '/boards/1/cards', { title: 'title_taken@rollcall.test' })
    expect([row.status, bodyOf(row)['detail']]).toEqual([422, 'That card is there'])
  })
})

describe('what is not remembered', () => {
  it('is answered from examples, and told', () => {
    expect(send('GET', '/now').body).toEqual({ now: 'noon' })
    const told = api.tellRemembered?.()
    expect(told?.fromExamples).toEqual(['readClock'])
    expect(told?.resources).toHaveLength(6)
  })

  it('is everything where that is asked for', async () => {
    const stateless = await readApi(FILE, { stateless: true })
    expect(stateless.tellRemembered).toBeUndefined()
    mock = createMock({ apis: [stateless] })
    expect(send('POST', '/boards', { title: 'Roof' }).status).toBe(201)
    expect(send('GET', '/boards').body).toHaveLength(2)
    expect(send('GET', `/boards/1/cards/${NOBODY}`).status).toBe(200)
  })
})
