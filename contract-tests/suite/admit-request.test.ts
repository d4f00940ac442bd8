import { describe, expect, it } from 'vitest'
import type { Contract } from '../../documents/contract/contract.ts'
import type { Json } from '../../documents/read/read-document.ts'
import { type Answering, type FurnishedRun, furnishRun, TAG } from '../fixtures/furnish-run.ts'
import { holdThings, THINGS } from '../fixtures/hold-things.ts'
import { documentWith, inQuery, listOf, objectOf, TEXT } from '../fixtures/inline-document.ts'
import type { Leave } from './admit-request.ts'
import type { RequestChanges } from './build-request.ts'
import { canFollow } from './find-trails.ts'
import { fillPlaceholders } from './provoke-placeholders.ts'
import type { CaseRequest } from './vocabulary.ts'

const CASE = { id: 'put/accepts/plain' }
/** An id that the case above drew; and one of another case. */
const DRAWN = fillPlaceholders('{uuid}', { tag: TAG, unique: CASE.id })
const ELSEWHERE = fillPlaceholders('{uuid}', { tag: TAG, unique: 'other' })

const NOTHING: Answering = () => ({ status: 404 })

const requestIn = ({ kit }: FurnishedRun, id: string, changes: RequestChanges = {}): CaseRequest =>
  kit.builderOf(id).request(changes)

/** Why a request is not sent, with its flag; undefined: it is. */
async function refusalIn(run: FurnishedRun, id: string, changes: RequestChanges = {}, one = CASE) {
  const refusal = await run.gate.refuse(requestIn(run, id, changes), one)
  return refusal && `${refusal.flag ?? 'never'}: ${refusal.reason}`
}

const refusalOf = (
  document: Contract,
  server: Answering,
  id: string,
  changes?: RequestChanges,
  leave?: Partial<Leave>,
) => refusalIn(furnishRun(document, server, leave), id, changes)

/** Sends a creation as a case does. @returns the id that its reply names */
async function create(run: FurnishedRun, name: string): Promise<string> {
  const request = requestIn(run, 'POST /things', { body: { name } })
  expect(await run.gate.refuse(request, CASE)).toBeUndefined()
  const reply = await run.send(request)
  if ('failure' in reply) throw new Error(reply.failure)
  await run.cleanUp.note(CASE.id, request, reply)
  return reply.body.id
}

describe('what reads', () => {
  it('is let out without a look', async () => {
    const run = furnishRun(THINGS, holdThings().answer)
    expect(await refusalIn(run, 'GET /things/{id}', { path: { id: 'anybody' } })).toBeUndefined()
    expect(run.sent).toEqual([])
  })

  it('is not let out where an id of its path would lead elsewhere, whatever is allowed', async () => {
    const leave = { isNear: true, allowChanges: true, allowLeftovers: true }
    expect(await refusalOf(THINGS, NOTHING, 'GET /things/{id}', { path: { id: 'a/../b' } }, leave)).toBe(
      'never: "a/../b" is no id: it would lead somewhere else',
    )
    expect(await refusalOf(THINGS, NOTHING, 'DELETE /things/{id}', { path: { id: '..' } }, leave)).toMatch(/^never: /)
  })
})

describe('what creates', () => {
  it('is let out when it is known what was there before', async () => {
    const run = furnishRun(THINGS, holdThings({ id: 'old' }).answer)
    expect(await refusalIn(run, 'POST /things')).toBeUndefined()
    expect(await refusalIn(run, 'POST /things')).toBeUndefined()
    expect(run.sent).toEqual(['GET /things'])
  })

  const CREATE = { 'POST /things': {}, 'PUT /things/{id}': {} }
  const [GET, DELETE, LIST] = [{ 'GET /things/{id}': {} }, { 'DELETE /things/{id}': {} }, { 'GET /things': {} }]

  it.each<[what: string, document: Contract, way: string | undefined]>([
    ['read and removed', documentWith({ ...CREATE, ...GET, ...DELETE }), undefined],
    ['listed and removed', documentWith({ ...CREATE, ...LIST, ...DELETE }), undefined],
    ['removed', documentWith({ ...CREATE, ...DELETE }), 'a reading of it'],
    ['read and listed', documentWith({ ...CREATE, ...GET, ...LIST }), 'its removal'],
    ['changed', documentWith(CREATE), 'its removal'],
  ])('what can be %s', async (_, document, way) => {
    const refusal =
      way &&
      `allow-leftovers: nothing in the document leads from what POST /things creates to ${way} (x-role, a Link Object, or an item path with GET and DELETE), so it would stay; --allow-leftovers allows it`
    expect(await refusalOf(document, NOTHING, 'POST /things')).toBe(refusal)
    expect(await refusalOf(document, NOTHING, 'POST /things', {}, { allowLeftovers: true })).toBeUndefined()
    expect(await refusalOf(document, NOTHING, 'POST /things', {}, { isNear: true })).toBeUndefined()
    expect(await refusalOf(document, NOTHING, 'POST /things', {}, { allowChanges: true })).toBe(refusal)
    const run = furnishRun(document, NOTHING)
    expect(canFollow(run.targets.trails.get('POST /things'))).toBe(way === undefined)
    expect(run.gate.foreseesLeftover('POST /things')).toBe(way !== undefined)
    expect(furnishRun(document, NOTHING, { allowLeftovers: true }).gate.foreseesLeftover('POST /things')).toBe(true)
    expect(run.sent).toEqual([])
  })

  it('is not let out again, far away, where what it created was lost once', async () => {
    const lose = (leave: Partial<Leave>) => {
      const run = furnishRun(THINGS, holdThings().answer, leave)
      run.gate.lost('POST /things')
      return refusalIn(run, 'POST /things')
    }
    expect(await lose({})).toBe(
      'allow-leftovers: what POST /things created could not be found or removed once, so it would stay; --allow-leftovers allows it',
    )
    expect(await lose({ isNear: true })).toBeUndefined()
    expect(await lose({ allowLeftovers: true })).toBeUndefined()
  })

  it('is let out without a trail where it may leave something behind', async () => {
    const document = documentWith({ 'POST /things': { role: 'subject' } })
    const run = furnishRun(document, NOTHING, { allowLeftovers: true })
    expect(await refusalIn(run, 'POST /things')).toBeUndefined()
    expect(canFollow(undefined)).toBe(false)
  })
})

describe('what may do more than create', () => {
  const shop = holdThings({ id: 'old' })
  const lets = (id: string) => `--allow-changes=${id} allows it`

  it('is not let out where an option is asked for: nobody knows what it does to what is there', async () => {
    const document = documentWith({
      'POST /things': { parameters: [inQuery('upsert')] },
      'GET /things/{id}': {},
      'DELETE /things/{id}': {},
    })
    const asked = { query: { upsert: 'true' } }
    expect(await refusalOf(document, NOTHING, 'POST /things', asked)).toBe(
      `allow-changes: POST /things may do more than create where upsert is given; ${lets('POST /things')}`,
    )
    expect(await refusalOf(document, NOTHING, 'POST /things', asked, { allowChanges: true })).toBeUndefined()
    expect(await refusalOf(document, NOTHING, 'POST /things')).toBeUndefined()
  })

  describe('below something else', () => {
    const document = documentWith({
      'POST /things': { takes: objectOf({ name: TEXT }), gives: objectOf({ id: TEXT }) },
      'GET /things/{id}': {},
      'DELETE /things/{id}': {},
      'POST /things/{id}/parts': { gives: objectOf({ id: TEXT }) },
      'GET /things/{id}/parts/{part}': {},
      'DELETE /things/{id}/parts/{part}': {},
    })
    const ADD = 'POST /things/{id}/parts'
    const below = (id: string) => ({ path: { id } })

    it('is let out below what the run made, and not below what was there', async () => {
      const run = furnishRun(document, holdThings({ id: 'old' }).answer)
      const id = await create(run, TAG)
      expect(await refusalIn(run, ADD, below(id))).toBeUndefined()
      expect(await refusalIn(run, ADD, below('old'))).toBe(
        `allow-changes: ${ADD} would add to what this run did not make; name a place for it with --param, or ${lets(ADD)}`,
      )
    })

    it('is let out by leave', async () => {
      expect(await refusalOf(document, shop.answer, ADD, below('old'), { allowChanges: [ADD] })).toBeUndefined()
    })
  })

  describe('where a row has an id of its own', () => {
    const ROW = { takes: objectOf({ id: TEXT }) }
    const READ = { 'GET /things/{id}': {}, 'DELETE /things/{id}': {} }
    const LIST = { 'GET /things': { gives: listOf(objectOf({ id: TEXT })) }, 'DELETE /things/{id}': {} }
    const readable = documentWith({ 'POST /things': ROW, ...READ })
    const refused = `allow-changes: POST /things names something that may be there already; ${lets('POST /things')}`
    const refusalOfRow = (document: Contract, id: string, server: Answering = shop.answer, leave?: Partial<Leave>) =>
      refusalOf(document, server, 'POST /things', { body: { id } }, leave)

    it('is let out if there is no such thing, or it was drawn in this run', async () => {
      expect(await refusalOfRow(readable, 'none')).toBeUndefined()
      const run = furnishRun(readable, () => ({ status: 500 }))
      expect(await refusalIn(run, 'POST /things', { body: { id: `a-${TAG}` } })).toBeUndefined()
      expect(run.sent).toEqual([])
    })

    it('is not let out if it is there, or cannot be read', async () => {
      expect(await refusalOfRow(readable, 'old')).toBe(refused)
      expect(await refusalOfRow(readable, 'old', () => ({ status: 500 }))).toBe(refused)
      expect(await refusalOfRow(readable, 'old', shop.answer, { allowChanges: true })).toBeUndefined()
    })

    it('is not let out if it cannot be read, though a list does not have it', async () => {
      const document = documentWith({ 'POST /things': ROW, ...READ, ...LIST })
      const { answer } = holdThings()
      const broken: Answering = (request) => (request.path === '/things/none' ? { status: 500 } : answer(request))
      expect(await refusalOfRow(document, 'none', broken)).toBe(refused)
    })

    it('is let out again if the run made it', async () => {
      const { things, answer } = holdThings()
      const run = furnishRun(readable, answer)
      const id = await create(run, TAG)
      things.set(id, { id, name: TAG })
      expect(await refusalIn(run, 'POST /things', { body: { id } })).toBeUndefined()
    })

    it('that nobody can read is let out if a list read to its end does not have it', async () => {
      const document = documentWith({ 'POST /things': ROW, ...LIST })
      const listing =
        (body: Json): Answering =>
        () => ({ body })
      expect(await refusalOfRow(document, 'none', listing([{ id: 'old' }]))).toBeUndefined()
      expect(await refusalOfRow(document, 'old', listing([{ id: 'old' }]))).toBe(refused)
      expect(await refusalOfRow(document, 'none', listing({ things: [{ id: 'old' }], total: 9 }))).toBe(refused)
    })
  })
})

describe('what changes', () => {
  const put = (run: FurnishedRun, id: string) => refusalIn(run, 'PUT /things/{id}', { path: { id }, body: {} })

  it('is let out to what the run made, and reads it once', async () => {
    const run = furnishRun(THINGS, holdThings({ id: 'old' }).answer)
    const id = await create(run, TAG)
    run.sent.length = 0
    expect(await put(run, id)).toBeUndefined()
    expect(run.sent).toEqual([`GET /things/${id}`])
    expect(await put(run, id)).toBeUndefined()
    expect(run.sent).toEqual([`GET /things/${id}`])
  })

  it.each<[what: string, id: string, why: string]>([
    ['what was there before', 'old', 'does not show the tag of this run, or was there before'],
    ['what is not there, and anybody may have', 'none', 'is not there, and its name was not made up by this run'],
    ['what another case has drawn', ELSEWHERE, 'is not there, and its name was not made up by this run'],
    ['what cannot be read', 'broken', 'could not be read'],
  ])('is not let out to %s', async (_, id, why) => {
    const { answer } = holdThings({ id: 'old', name: TAG })
    const run = furnishRun(THINGS, (request) => (request.path.includes('broken') ? { status: 500 } : answer(request)))
    expect(await put(run, id)).toBe(
      `allow-changes: PUT /things/{id} would change what this run did not make: what it names ${why}; --allow-changes=PUT /things/{id} allows it`,
    )
  })

  it('is let out to what the case has drawn, if it is not there', async () => {
    expect(await put(furnishRun(THINGS, holdThings().answer), DRAWN)).toBeUndefined()
    expect(await put(furnishRun(THINGS, holdThings().answer), `a-${TAG}`)).toBeUndefined()
    expect(await put(furnishRun(THINGS, holdThings({ id: DRAWN }).answer), DRAWN)).toMatch(
      /does not show the tag of this run/,
    )
  })

  it('is not let out to what the case has drawn, if nobody can say whether it is there', async () => {
    expect(
      await put(
        furnishRun(THINGS, () => ({ status: 500 })),
        DRAWN,
      ),
    ).toMatch(/could not be read/)
  })

  it('is let out to what the run made and has removed', async () => {
    const { things, answer } = holdThings()
    const run = furnishRun(THINGS, answer)
    const id = await create(run, TAG)
    things.delete(id)
    expect(await refusalIn(run, 'DELETE /things/{id}', { path: { id } })).toBeUndefined()
  })

  it('is not let out where its body names what may be anybody’s, besides what its path says', async () => {
    const document = documentWith({
      'POST /things': { takes: objectOf({ name: TEXT }), gives: objectOf({ id: TEXT }) },
      'GET /things/{id}': {},
      'DELETE /things/{id}': {},
      'PUT /things/{id}': { takes: objectOf({ ownerId: TEXT }) },
      'POST /things/{id}/merge': { takes: objectOf({ otherIds: listOf(TEXT) }) },
    })
    const run = furnishRun(document, holdThings({ id: 'old' }).answer)
    const id = await create(run, TAG)
    const merge = (...otherIds: string[]) =>
      refusalIn(run, 'POST /things/{id}/merge', { path: { id }, body: { otherIds } })
    expect(await merge(id.toUpperCase(), DRAWN)).toBeUndefined()
    expect(await merge(id, 'old')).toBe(
      'allow-changes: POST /things/{id}/merge would change what this run did not make: its body names something that may belong to somebody else; --allow-changes=POST /things/{id}/merge allows it',
    )
    expect(await merge(ELSEWHERE)).toMatch(/its body names something that may belong to somebody else/)
    // What is written into a thing is a value of it.
    expect(await refusalIn(run, 'PUT /things/{id}', { path: { id }, body: { ownerId: 'old' } })).toBeUndefined()
  })

  it('is not let out where nobody knows what it changes', async () => {
    const document = documentWith({ 'PUT /settings': {}, 'POST /login': {}, 'DELETE /things': {} })
    const run = furnishRun(document, NOTHING)
    expect(await refusalIn(run, 'PUT /settings')).toBe(
      'allow-changes: PUT /settings would change what this run did not make: no creation in the document leads to what it names; --allow-changes=PUT /settings allows it',
    )
    expect(await refusalIn(run, 'POST /login')).toMatch(/^allow-changes: POST \/login would change/)
    expect(await refusalIn(run, 'DELETE /things')).toMatch(/^allow-changes: DELETE \/things would change/)
    expect(run.sent).toEqual([])
  })

  it('is let out by leave: for all, or for one operation', async () => {
    const changes = { path: { id: 'old' } }
    const refused = (leave: Partial<Leave>) => refusalOf(THINGS, NOTHING, 'DELETE /things/{id}', changes, leave)
    expect(await refused({ allowChanges: true })).toBeUndefined()
    expect(await refused({ allowChanges: ['DELETE /things/{id}'] })).toBeUndefined()
    expect(await refused({ allowChanges: ['PUT /things/{id}'] })).toMatch(/^allow-changes: /)
    expect(await refused({ isNear: true, allowLeftovers: true })).toMatch(/^allow-changes: /)
  })
})

describe('what changes things that nobody can read', () => {
  const UNREADABLE = documentWith({
    'POST /things': { takes: objectOf({ name: TEXT }) },
    'GET /things': { gives: listOf(objectOf({ id: TEXT })) },
    'PUT /things/{id}': { takes: objectOf({ name: TEXT }) },
    'DELETE /things/{id}': {},
  })
  const remove = (run: FurnishedRun, id: string) => refusalIn(run, 'DELETE /things/{id}', { path: { id } })

  it('is let out to what the run made, if a list read to its end did not have it', async () => {
    const run = furnishRun(UNREADABLE, holdThings().answer)
    expect(await remove(run, await create(run, TAG))).toBeUndefined()
  })

  it('is not let out where the list was not read to its end: a reply may name anybody', async () => {
    const { answer } = holdThings()
    const run = furnishRun(UNREADABLE, (request) =>
      request.path === '/things' && request.method === 'GET' ? { status: 500 } : answer(request),
    )
    expect(await remove(run, await create(run, TAG))).toMatch(/could not be read/)
  })

  it('is not let out to what a case has removed: whoever has its id now is somebody else', async () => {
    const run = furnishRun(UNREADABLE, holdThings().answer)
    const id = await create(run, TAG)
    const removal = requestIn(run, 'DELETE /things/{id}', { path: { id } })
    const reply = await run.send(removal)
    if (!('failure' in reply)) await run.cleanUp.note(CASE.id, removal, reply)
    expect(await remove(run, id)).toMatch(/could not be read/)
  })

  it('is let out to what the case has drawn, unless an earlier run of the same seed left it', async () => {
    expect(await remove(furnishRun(UNREADABLE, holdThings().answer), DRAWN)).toBeUndefined()
    expect(await remove(furnishRun(UNREADABLE, holdThings({ id: DRAWN }).answer), DRAWN)).toMatch(
      /does not show the tag of this run/,
    )
    expect(await remove(furnishRun(UNREADABLE, holdThings().answer), 'none')).toMatch(/could not be read/)
  })
})

describe('what may make the thing that it changes', () => {
  const TAGS = { 'PUT /tags/{name}': {} }
  const put = (document: Contract, leave?: Partial<Leave>) =>
    refusalOf(document, NOTHING, 'PUT /tags/{name}', { path: { name: DRAWN } }, leave)
  const [GET, DELETE] = [{ 'GET /tags/{name}': {} }, { 'DELETE /tags/{name}': {} }]

  it('is let out where that can be read and removed', async () => {
    expect(await put(documentWith({ ...TAGS, ...GET, ...DELETE }))).toBeUndefined()
  })

  it.each([
    ['read', documentWith({ ...TAGS, ...DELETE })],
    ['removed', documentWith({ ...TAGS, ...GET })],
    ['removed', documentWith(TAGS)],
  ])('is not let out far away where it cannot be %s', async (what, document) => {
    expect(await put(document)).toBe(
      `allow-leftovers: what PUT /tags/{name} may create could not be ${what}; --allow-leftovers allows it`,
    )
    expect(await put(document, { isNear: true })).toBeUndefined()
    expect(await put(document, { allowLeftovers: true })).toBeUndefined()
  })

  it('is none that removes', async () => {
    const document = documentWith(DELETE)
    expect(await refusalOf(document, NOTHING, 'DELETE /tags/{name}', { path: { name: DRAWN } })).toBeUndefined()
  })
})

describe('what changes several things', () => {
  const DOCUMENT = documentWith({
    'POST /things': {
      role: 'subject',
      takes: objectOf({ name: TEXT }),
      links: {
        away: { operationId: 'POST /delete', requestBody: { ids: ['$response.body#/id'] } },
        read: { operationId: 'GET /thing', parameters: { id: '$response.body#/id' } },
      },
    },
    'GET /things': { role: 'read-back', gives: listOf(objectOf({ id: TEXT })) },
    'GET /thing': { role: 'read-back', parameters: [inQuery('id')] },
    'POST /delete': { role: 'clean-up', takes: objectOf({ ids: listOf(TEXT) }) },
  })
  const server = (...strangers: string[]) => {
    const { answer } = holdThings(...strangers.map((id) => ({ id })))
    const asItem = (path: string) => path.replace('/thing?id=', '/things/')
    return (request: CaseRequest) => answer({ ...request, path: asItem(request.path) })
  }

  it('is let out only if each of them is of the run', async () => {
    const run = furnishRun(DOCUMENT, server('old'))
    const id = await create(run, TAG)
    expect(await refusalIn(run, 'POST /delete', { body: { ids: [id] } })).toBeUndefined()
    expect(await refusalIn(run, 'POST /delete', { body: { ids: [id, DRAWN] } })).toBeUndefined()
    expect(await refusalIn(run, 'POST /delete', { body: { ids: [id, 'old'] } })).toMatch(
      /does not show the tag of this run/,
    )
    expect(await refusalIn(run, 'POST /delete', { body: { ids: ['none', id] } })).toMatch(
      /is not there, and its name was not made up/,
    )
  })

  it('is let out where it names nothing', async () => {
    expect(await refusalOf(DOCUMENT, server(), 'POST /delete', { body: {} })).toBeUndefined()
  })

  it('needs no removal of its own: what is not there is not made', async () => {
    expect(await refusalOf(DOCUMENT, server(), 'POST /delete', { body: { ids: [DRAWN] } })).toBeUndefined()
  })
})

describe('the gate', () => {
  it('knows what changes', () => {
    const run = furnishRun(THINGS, NOTHING)
    expect(run.gate.isChange(requestIn(run, 'PUT /things/{id}'))).toBe(true)
    expect(run.gate.isChange(requestIn(run, 'POST /things'))).toBe(false)
    expect(run.gate.isChange(requestIn(run, 'GET /things'))).toBe(false)
  })

  it('says how many cases each flag would add', async () => {
    const run = furnishRun(documentWith({ 'PUT /settings': {}, 'POST /things': { role: 'subject' } }), NOTHING)
    expect(run.gate.remarks()).toEqual([])
    await refusalIn(run, 'PUT /settings')
    await refusalIn(run, 'PUT /settings')
    await refusalIn(run, 'POST /things')
    await refusalIn(run, 'POST /things', {}, { id: 'another' })
    expect(run.gate.remarks()).toEqual(['--allow-changes would add 1 case', '--allow-leftovers would add 2 cases'])
  })

  it('counts no case that no flag would add', async () => {
    const run = furnishRun(THINGS, NOTHING)
    await refusalIn(run, 'GET /things/{id}', { path: { id: '..' } })
    expect(run.gate.remarks()).toEqual([])
  })
})
