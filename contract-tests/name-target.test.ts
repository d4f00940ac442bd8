import { describe, expect, it } from 'vitest'
import type { Json } from '../documents/read-document.ts'
import { createKit } from './case-kit.ts'
import { documentWith, type InlineOperation, inQuery, listOf, objectOf, TEXT } from './fixtures/inline-document.ts'
import { type Target, targetsIn } from './name-target.ts'
import type { CaseRequest, JudgedReply } from './vocabulary.ts'

type Operations = Readonly<Record<string, InlineOperation>>

const kitOf = (operations: Operations) => createKit(documentWith(operations), { tag: 'tagged12' })

const replyOf = (body: Json, headers: JudgedReply['headers'] = {}): JudgedReply => ({
  ...{ status: 201, headers, text: '', duration: 1 },
  body,
})

const asCalled = (request: CaseRequest | undefined): string | undefined =>
  request && [request.credentials, request.method, request.path, request.body].filter((one) => one).join(' ')

const inHeader = (name: string): Json => ({ name, in: 'header', schema: TEXT })

/** A target as facts: what names it, and what is sent to read and to remove it. */
const told = (target: Target | undefined) =>
  target && {
    keys: target.keys,
    ids: target.ids,
    ...(target.item !== undefined && { item: target.item }),
    reading: asCalled(target.reading),
    removal: asCalled(target.removal),
  }

const PETS: Operations = {
  'POST /pets': {},
  'GET /pets': {},
  'GET /pets/{petId}': {},
  'PUT /pets/{petId}': {},
  'DELETE /pets/{petId}': {},
  'POST /pets/{petId}/archive': {},
  'PUT /settings': {},
}

/** What the reply to a creation names. */
function madeBy(
  operations: Operations,
  body: Json,
  { headers = {}, ...sent }: Partial<CaseRequest> & { rows?: Json } = {},
) {
  const { targets, builderOf } = kitOf(operations)
  const [trail] = targets.trails.values()
  if (!trail) throw new Error('there is no trail')
  const request = { ...builderOf(trail.from).request({ body: sent.rows }), ...sent }
  return targets.targetOf(trail, body, { request, reply: replyOf(body, headers) }, false)
}

describe('what a creation names, beside the path of an item', () => {
  it('is read and removed by that path', () => {
    expect(told(madeBy(PETS, { id: 'Rex/1' }))).toEqual({
      keys: ['/pets/Rex%2F1'],
      ids: ['rex/1'],
      item: 'Rex/1',
      reading: 'GET /pets/Rex%2F1',
      removal: 'DELETE /pets/Rex%2F1',
    })
    expect(madeBy(PETS, { pet_id: 7 })?.label).toBe('POST /pets → DELETE /pets/{petId} {"petId":"7"}')
  })

  it('is what the second tenant made, who reads and removes it', () => {
    const target = madeBy(PETS, { id: 7 }, { credentials: 'second' })
    expect(target?.keys).toEqual(['second /pets/7'])
    expect(asCalled(target?.reading)).toBe('second GET /pets/7')
    expect(asCalled(target?.removal)).toBe('second DELETE /pets/7')
    expect(asCalled(madeBy(PETS, { id: 7 }, { credentials: 'bad' })?.removal)).toBe('DELETE /pets/7')
  })

  it('stands under the same parent', () => {
    const operations = { 'POST /shops/{shop}/pets': {}, 'DELETE /shops/{shop}/pets/{pet}': {} }
    const target = madeBy(operations, { id: 7 }, { params: { shop: 'a b' } })
    expect(target?.keys).toEqual(['/shops/a%20b/pets/7'])
    expect(asCalled(target?.removal)).toBe('DELETE /shops/a%20b/pets/7')
  })

  it.each<[location: string, key: string]>([
    ['/pets/7', '/pets/7'],
    ['http://elsewhere.test/v1/pets/a%20b/?new#top', '/pets/a%20b'],
    ['7.json', '/pets/7'],
  ])('is named by the end of a Location where its reply names nothing: %s', (location, key) => {
    expect(madeBy(PETS, undefined, { headers: { location } })?.keys).toEqual([key])
  })

  it.each<[body: Json, location?: string]>([
    [undefined],
    [{}],
    [{ id: '..' }],
    [{}, '/'],
    [{}, '/pets/%'],
    [{}, '/pets/..'],
  ])('is nothing where it is %j and Location is %j', (body, location) => {
    expect(madeBy(PETS, body, { headers: location === undefined ? {} : { location } })).toBeUndefined()
  })

  it('is named where it can neither be read nor be removed', () => {
    const target = madeBy({ 'POST /pets': {}, 'GET /pets': {}, 'PUT /pets/{petId}': {} }, { id: 7 })
    expect(told(target)).toEqual({ keys: ['/pets/7'], ids: ['7'], item: '7' })
  })

  it('can be read alone, or be removed alone', () => {
    expect(told(madeBy({ 'POST /pets': {}, 'GET /pets/{id}': {} }, { id: 7 }))).toMatchObject({
      keys: ['/pets/7'],
      reading: 'GET /pets/7',
    })
    expect(told(madeBy({ 'POST /pets': {}, 'DELETE /pets/{id}': {} }, { id: 7 }))).toMatchObject({
      keys: ['/pets/7'],
      removal: 'DELETE /pets/7',
    })
  })
})

describe('what a creation names, along links', () => {
  const away = (parameters: Json, requestBody?: Json, each?: string) => ({
    away: {
      operationId: 'POST /give-away',
      parameters,
      ...(requestBody && { requestBody }),
      ...(each && { 'x-each': each }),
    },
  })
  const giveAway: Operations = {
    'POST /give-away': {
      role: 'clean-up',
      takes: objectOf({ ids: listOf(TEXT) }),
      parameters: [inQuery('ids', listOf(TEXT))],
    },
  }
  const along = (links: Json): Operations => ({ 'POST /pets': { role: 'subject', links }, ...giveAway })

  it('is named by the members of a body', () => {
    const links = { ...away({}, { ids: ['$response.body#/made/0/id'], sure: true, why: '', note: null }, '/made') }
    expect(told(madeBy(along(links), { id: 7, name: 'Rex' }))).toEqual({
      keys: ['id=7'],
      ids: ['7'],
      removal: 'POST /give-away {"ids":[7],"sure":true,"why":"","note":null}',
    })
  })

  it('is named by the items of a list of ids', () => {
    const links = away({}, { ids: ['$response.body#/made/0'] }, '/made')
    expect(told(madeBy(along(links), 'a'))).toMatchObject({ ids: ['a'], removal: 'POST /give-away {"ids":["a"]}' })
  })

  it('is named by what was sent: of each row its own', () => {
    const links = away({}, { ids: ['$request.body#/rows/0/name'] }, '$request.body#/rows')
    expect(madeBy(along(links), { name: 'second' })?.ids).toEqual(['second'])
    const once = away({}, { ids: ['$request.body#/name'] })
    expect(madeBy(along(once), {}, { rows: { name: 'sent' } })?.ids).toEqual(['sent'])
  })

  it('is each item of a reply that is a list', () => {
    const { targets, builderOf } = kitOf(along(away({}, { ids: ['$response.body#/id'] })))
    const [trail] = targets.trails.values()
    const source = { request: builderOf('POST /pets').request(), reply: replyOf([{ id: 1 }, { id: 2 }]) }
    expect(trail && targets.targetOf(trail, { id: 2 }, source, false)?.ids).toEqual(['2'])
  })

  it('is no item of a list whose name only begins alike', () => {
    const links = away({}, { ids: ['$response.body#/made/01'] }, '/made')
    expect(madeBy(along(links), { made: { '01': 'a' } })?.ids).toEqual(['a'])
  })

  it('is named by a header', () => {
    const links = away({ ids: '$response.header.X-Id' })
    expect(told(madeBy(along(links), {}, { headers: { 'x-id': '7' } }))).toMatchObject({
      keys: ['id=7'],
      removal: 'POST /give-away?ids=7',
    })
  })

  it('is asked for in a query as its parameter is written, with what the link says beside', () => {
    const links = away({
      ids: ['$response.body#/id'],
      'query.filter': { by: '$response.body#/id' },
      force: true,
      size: 1,
    })
    const parameters = [
      inQuery('ids', listOf(TEXT)),
      { ...inQuery('filter', objectOf({ by: TEXT })), style: 'deepObject' },
    ]
    const operations = { ...along(links), 'POST /give-away': { role: 'clean-up', parameters } } as const
    expect(asCalled(madeBy(operations, { id: 7 })?.removal)).toBe(
      'POST /give-away?ids=7&filter%5Bby%5D=7&force=true&size=1',
    )
  })

  it.each<[why: string, links: Json]>([
    ['an id is missing in a query', away({ ids: '$response.body#/none', name: '$response.body#/id' })],
    ['an id is missing in a body', away({}, { ids: ['$response.body#/none'], name: '$response.body#/id' })],
    ['an id is none', away({}, { ids: ['$response.body#/odd'], name: '$response.body#/id' })],
    ['an id is an object', away({ ids: '$response.body#/object', name: '$response.body#/id' })],
  ])('is not asked to be removed where %s', (_, links) => {
    expect(madeBy(along(links), { id: 7, odd: '..', object: { a: 'b' } })).toBeUndefined()
  })

  it('is not asked to be removed from a parent that nobody has named', () => {
    const links = { away: { operationId: 'DELETE /shops/{shop}/pets/{id}', parameters: { id: '$response.body#/id' } } }
    const operations = { 'POST /pets': { links }, 'DELETE /shops/{shop}/pets/{id}': {} }
    expect(madeBy(operations, { id: 7 })).toBeUndefined()
    expect(asCalled(madeBy(operations, { id: 7 }, { params: { shop: 'a' } })?.removal)).toBe('DELETE /shops/a/pets/7')
    const run = createKit(documentWith(operations), { params: { shop: 'b' } })
    const source = { request: run.builderOf('POST /pets').request(), reply: replyOf({ id: 7 }) }
    const [trail] = run.targets.trails.values()
    const target = trail && run.targets.targetOf(trail, { id: 7 }, source, false)
    expect(asCalled(target?.removal)).toBe('DELETE /shops/b/pets/7')
  })

  it('may be read where it cannot be removed', () => {
    const links = {
      ...away({}, { ids: ['$response.body#/none'] }),
      read: { operationId: 'GET /pet', parameters: { id: '$response.body#/id' } },
    }
    const operations = { ...along(links), 'GET /pet': { role: 'read-back', parameters: [inQuery('id')] } } as const
    expect(told(madeBy(operations, { id: 7 }))).toEqual({ keys: ['id=7'], ids: ['7'], reading: 'GET /pet?id=7' })
  })

  it('is named by what other calls name it by, if that is its id', () => {
    const links = {
      ...away({}, { ids: ['$response.body#/id'] }),
      rename: {
        operationId: 'POST /rename',
        requestBody: { loginId: '$response.body#/login', name: '$response.body#/name' },
      },
    }
    const operations = { ...along(links), 'POST /rename': { role: 'subject' } } as const
    const target = madeBy(operations, { id: 7, login: 'rex', name: 'Rex' })
    expect(target?.ids).toEqual(['7', 'rex'])
    expect(target?.keys).toEqual(['id=7', 'loginid=rex'])
    const called = { rename: { operationId: 'POST /rename', requestBody: { pet: '$response.body#/id' } } }
    expect(madeBy({ ...operations, ...along({ ...links, ...called }) }, { id: 7 })?.keys).toEqual(['id=7', 'pet=7'])
  })

  it('is found in a list by the last name of what leads to it', () => {
    const links = away({}, { ids: ['$response.body#/made/0/petId'] }, '/made')
    const { targets, builderOf } = kitOf(along(links))
    const [trail] = targets.trails.values()
    if (!trail) throw new Error('there is no trail')
    const source = { request: builderOf('POST /pets').request(), reply: replyOf({ petId: 'of the reply' }) }
    expect(targets.idsOf(trail, { pet: { id: 'A' } }, source, true)).toEqual(['a'])
    expect(targets.idsOf(trail, { colour: 'red' }, source, true)).toEqual([])
    expect(targets.idsOf(trail, { petId: ['A', 'b', 'a'] }, source, true)).toEqual(['a', 'b'])
    expect(targets.nameKeysOf(trail, { petId: 'A' }, source, true)).toEqual(['id=A'])
  })

  it('is not looked for in a Location where a list does not show it', () => {
    const { targets, builderOf } = kitOf(PETS)
    const trail = targets.trailOfItem('PUT /pets/{petId}')
    if (!trail) throw new Error('there is no trail')
    const source = { request: builderOf('POST /pets').request(), reply: replyOf({}, { location: '/pets/7' }) }
    expect(targets.idsOf(trail, {}, source, true)).toEqual([])
    expect(targets.idsOf(trail, {}, source, false)).toEqual(['7'])
  })

  it('has an id in a list, where a list is all there is', () => {
    const { targets, builderOf } = kitOf({ 'POST /pets': {}, 'GET /pets': {}, 'PUT /pets/{x}': {} })
    const trail = targets.trailOfItem('PUT /pets/{x}')
    if (!trail) throw new Error('there is no trail')
    const source = { request: builderOf('POST /pets').request(), reply: replyOf({}) }
    expect(targets.idsOf(trail, { id: 7 }, source, true)).toEqual(['7'])
  })
})

/** What a request names. */
function namedBy(
  operations: Operations,
  operationId: string,
  changes: { path?: Record<string, string>; query?: Record<string, string>; body?: Json; text?: string } = {},
  also: Partial<CaseRequest> = {},
) {
  const { targets, builderOf } = kitOf(operations)
  const named = targets.namedBy({ ...builderOf(operationId).request(changes), ...also })
  return {
    ...(named.byPath && { byPath: told(named.byPath) }),
    ...(named.byMembers && { byMembers: named.byMembers.map(told) }),
    all: targetsIn(named).flatMap(({ keys }) => keys),
    trails: targetsIn(named).map(({ trail }) => trail?.from),
  }
}

describe('the path of a request', () => {
  it.each(['PUT /pets/{petId}', 'POST /pets/{petId}/archive'])('names what it works on: %s', (operationId) => {
    const named = namedBy(PETS, operationId, { path: { petId: 'Rex 1' } })
    expect(named).toEqual({
      byPath: {
        keys: ['/pets/Rex%201'],
        ids: ['rex 1'],
        reading: 'GET /pets/Rex%201',
        removal: 'DELETE /pets/Rex%201',
      },
      all: ['/pets/Rex%201'],
      trails: ['POST /pets'],
    })
  })

  it('is read and removed however the paths beside it end', () => {
    const operations = { 'PUT /tags/{name}.json': {}, 'GET /tags/{name}.json': {}, 'DELETE /tags/{name}/': {} }
    expect(namedBy(operations, 'PUT /tags/{name}.json', { path: { name: 'a' } })).toMatchObject({
      byPath: { reading: 'GET /tags/a.json', removal: 'DELETE /tags/a/' },
      trails: [undefined],
    })
  })

  it('is read and removed by who sends it', () => {
    const { byPath } = namedBy(PETS, 'PUT /pets/{petId}', { path: { petId: '7' } }, { credentials: 'second' })
    expect(byPath).toMatchObject({ keys: ['second /pets/7'], reading: 'second GET /pets/7' })
    // With what lets nobody in, nothing could be read.
    const { byPath: guarded } = namedBy(PETS, 'PUT /pets/{petId}', { path: { petId: '7' } }, { credentials: 'none' })
    expect(guarded).toMatchObject({ keys: ['/pets/7'], reading: 'GET /pets/7' })
  })

  it('names nothing without a parameter, or with one that is no id', () => {
    expect(namedBy(PETS, 'PUT /settings').all).toEqual([])
    expect(namedBy(PETS, 'PUT /settings')).not.toHaveProperty('byMembers')
    expect(namedBy(PETS, 'PUT /pets/{petId}', { path: { petId: '..' } }).all).toEqual([])
  })

  it('is told by its parameters, whatever they are called elsewhere', () => {
    const operations = { 'POST /pets': {}, 'GET /pets/{id}': {}, 'PUT /pets/{petId}/owner': {} }
    expect(namedBy(operations, 'PUT /pets/{petId}/owner', { path: { petId: '7' } }).trails).toEqual(['POST /pets'])
  })
})

describe('the members of a request', () => {
  /** A document with roles: pets are given away by what a body or a query says. */
  const ROLES: Operations = {
    'POST /pets': {
      role: 'subject',
      links: {
        away: { operationId: 'POST /give-away', requestBody: { petIds: ['$response.body#/id'] } },
        read: { operationId: 'GET /pet', parameters: { petId: '$response.body#/id' } },
      },
    },
    'GET /pet': { role: 'read-back', parameters: [inHeader('petId'), inQuery('petId')] },
    'POST /give-away': { role: 'clean-up', takes: objectOf({ petIds: listOf(TEXT) }) },
    'POST /give-all-away': { role: 'clean-up', takes: listOf(objectOf({ pet_id: TEXT })) },
    'DELETE /pet': { role: 'clean-up', parameters: [inQuery('petId')] },
    'PUT /settings': {
      role: 'subject',
      takes: objectOf({ theme: TEXT }),
      parameters: [inHeader('petId'), inQuery('theme')],
    },
    'PUT /without-role': { takes: objectOf({ petId: TEXT }) },
    'PUT /owners/{owner}': { role: 'subject', takes: objectOf({ petId: TEXT }) },
  }

  it('name what an operation works on that a link fills', () => {
    expect(namedBy(ROLES, 'POST /give-away', { body: { petIds: ['A', 'b'], theme: 'c' } })).toEqual({
      byMembers: [
        { keys: ['petid=A'], ids: ['a'], reading: 'GET /pet?petId=A' },
        { keys: ['petid=b'], ids: ['b'], reading: 'GET /pet?petId=b' },
      ],
      all: ['petid=A', 'petid=b'],
      trails: ['POST /pets', 'POST /pets'],
    })
  })

  it('name it as their neighbours do, in lists, deep inside, and in a query', () => {
    expect(namedBy(ROLES, 'POST /give-all-away', { body: [{ pet_id: 'a' }, { pet_id: 7 }] }).all).toEqual([
      'petid=a',
      'petid=7',
    ])
    expect(namedBy(ROLES, 'POST /give-away', { body: { filter: { any: [{ petId: 'a' }] } } }).all).toEqual(['petid=a'])
    expect(namedBy(ROLES, 'DELETE /pet', { query: { petId: 'a' } }).all).toEqual(['petid=a'])
    expect(namedBy(ROLES, 'DELETE /pet', { query: { 'filter[petId][eq]': 'a' } }).all).toEqual(['petid=a'])
  })

  it('name nothing where there is no id: who wrote roles knows what is done then', () => {
    expect(namedBy(ROLES, 'POST /give-away', { body: { petIds: [null, ''] } })).toMatchObject({ byMembers: [] })
    expect(namedBy(ROLES, 'POST /give-away', { text: 'no JSON' })).toMatchObject({ byMembers: [] })
    expect(namedBy(ROLES, 'DELETE /pet')).toMatchObject({ byMembers: [] })
  })

  it('are none where an operation takes nothing that names a thing, has no role, or a path that does', () => {
    for (const id of ['PUT /settings', 'PUT /without-role', 'PUT /owners/{owner}'])
      expect(namedBy(ROLES, id, { body: { petId: 'a' } })).not.toHaveProperty('byMembers')
  })

  it('are those of the second tenant, where it is the one who asks', () => {
    const { byMembers } = namedBy(ROLES, 'POST /give-away', { body: { petIds: ['a'] } }, { credentials: 'second' })
    expect(byMembers).toEqual([{ keys: ['second petid=a'], ids: ['a'], reading: 'second GET /pet?petId=a' }])
  })

  it('are read where the request was made: under its own tenant', () => {
    const operations: Operations = {
      'POST /shops/{shop}/pets': {
        role: 'subject',
        links: {
          away: { operationId: 'POST /shops/{shop}/give-away', requestBody: { pet: '$response.body#/id' } },
          read: { operationId: 'GET /shops/{shop}/pets/{pet}', parameters: { pet: '$response.body#/id' } },
        },
      },
      'GET /shops/{shop}/pets/{pet}': { role: 'read-back' },
      'POST /shops/{shop}/give-away': { role: 'clean-up' },
    }
    const path = { shop: 'second' }
    const { all, byMembers } = namedBy(operations, 'POST /shops/{shop}/give-away', { path, body: { pet: 'a' } })
    expect(all).toEqual(['pet=a'])
    expect(byMembers?.[0]?.reading).toBe('GET /shops/second/pets/a')
  })

  it('are read under a tenant by a query as well', () => {
    const links = {
      away: { operationId: 'POST /shops/{shop}/give-away', requestBody: { pet: '$response.body#/id' } },
      read: { operationId: 'GET /shops/{shop}/pet', parameters: { pet: '$response.body#/id' } },
    }
    const operations: Operations = {
      'POST /shops/{shop}/pets': { role: 'subject', links },
      'GET /shops/{shop}/pet': { role: 'read-back', parameters: [inQuery('pet')] },
      'POST /shops/{shop}/give-away': { role: 'clean-up' },
    }
    const named = namedBy(operations, 'POST /shops/{shop}/give-away', { path: { shop: 'second' }, body: { pet: 'a' } })
    expect(named.byMembers?.[0]?.reading).toBe('GET /shops/second/pet?pet=a')
  })

  it('are created and read as things of such a name are', () => {
    const make = (name: string, reading?: string): InlineOperation => ({
      role: 'subject',
      links: {
        away: { operationId: 'POST /delete', requestBody: { [name]: '$response.body#/id' } },
        ...(reading && {
          read: { operationId: reading, parameters: { by: '$response.body#/id', [name]: '$response.body#/id' } },
        }),
      },
    })
    const operations: Operations = {
      'POST /tags': make('tag', 'GET /tag'),
      'POST /pups': make('pet', 'GET /pup'),
      'POST /pets': make('pet', 'GET /pet'),
      'POST /owners': make('owner'),
      'GET /tag': { role: 'read-back', parameters: [inQuery('tag'), inQuery('pet')] },
      'GET /pup': { role: 'read-back', parameters: [inQuery('by')] },
      'GET /pet': { role: 'read-back', parameters: [inQuery('pet')] },
      'POST /delete': { role: 'clean-up' },
    }
    const pet = namedBy(operations, 'POST /delete', { body: { pet: 'a' } })
    expect(pet.byMembers?.[0]?.reading).toBe('GET /pet?pet=a')
    expect(pet.trails).toEqual(['POST /pets'])
    const owner = namedBy(operations, 'POST /delete', { body: { owner: 'a' } })
    expect(owner.byMembers?.[0]?.reading).toBeUndefined()
    expect(owner.trails).toEqual(['POST /owners'])
  })

  const LINKED: Operations = {
    'POST /pets': { links: { give: { operationId: 'POST /give-away', requestBody: { pet: '$response.body#/id' } } } },
    'GET /pets/{id}': {},
    'POST /give-away': { takes: objectOf({ pet: TEXT }) },
  }

  it('name it by whatever name a link fills, in a document without roles too', () => {
    expect(namedBy(LINKED, 'POST /give-away', { body: { pet: 'a' } })).toMatchObject({
      byMembers: [{ keys: ['pet=a'], ids: ['a'] }],
    })
  })

  it('name it in a query that a link fills', () => {
    const change = { operationId: 'PUT /pet', parameters: { id: '$response.body#/id' } }
    const operations: Operations = {
      'POST /pets': { links: { change } },
      'GET /pets/{id}': {},
      'PUT /pet': { parameters: [inQuery('id')] },
    }
    expect(namedBy(operations, 'PUT /pet', { query: { id: 'a' } }).all).toEqual(['id=a'])
  })

  it('say nothing in a document without roles where they name nothing', () => {
    expect(namedBy(LINKED, 'POST /give-away', { body: {} })).toEqual({ all: [], trails: [] })
  })

  it('name it besides the path, where the path names such things as well', () => {
    const change = {
      operationId: 'PUT /pets/{id}',
      parameters: { id: '$response.body#/id' },
      requestBody: { id: '$response.body#/id' },
    }
    const operations: Operations = {
      'POST /pets': { links: { change } },
      'GET /pets/{id}': {},
      'PUT /pets/{id}': { takes: objectOf({ id: TEXT }) },
    }
    expect(namedBy(operations, 'PUT /pets/{id}', { path: { id: 'a' }, body: { id: 'b' } }).all).toEqual([
      '/pets/a',
      'id=b',
    ])
    const byPath = { operationId: 'PUT /pets/{id}', parameters: { 'path.id': '$response.body#/id' } }
    const { all } = namedBy({ ...operations, 'POST /pets': { links: { byPath } } }, 'PUT /pets/{id}', {
      path: { id: 'a' },
      body: { id: 'b' },
    })
    expect(all).toEqual(['/pets/a'])
  })
})

describe('an odd id', () => {
  const operations: Operations = {
    ...PETS,
    'POST /pets': { links: { on: { operationId: 'POST /give-away', requestBody: { pet: '$response.body#/id' } } } },
    'POST /give-away': { parameters: [inQuery('pet')] },
  }
  const oddIn = (operationId: string, changes: Json) => {
    const { targets, builderOf } = kitOf(operations)
    return targets.oddIdIn(builderOf(operationId).request(changes))
  }

  it('is found in a path, whatever is done with it', () => {
    expect(oddIn('GET /pets/{petId}', { path: { petId: '..' } })).toBe('..')
    expect(oddIn('PUT /pets/{petId}', { path: { petId: 'null' } })).toBe('null')
    expect(oddIn('PUT /pets/{petId}', { path: { petId: '7' } })).toBeUndefined()
  })

  it('is found in the members and the query of what changes something', () => {
    expect(oddIn('POST /give-away', { body: { pet: ['a', 'b/../c'] } })).toBe('b/../c')
    expect(oddIn('POST /give-away', { query: { pet: 'undefined' } })).toBe('undefined')
    expect(oddIn('PUT /settings', { body: { petId: '..' } })).toBe('..')
    expect(oddIn('POST /pets', { body: { petId: '..' } })).toBeUndefined()
  })

  it('is none that names nothing, is of another type, or stands under another name', () => {
    expect(oddIn('POST /give-away', { body: { pet: ['', 1.5, null, true], theme: '..' } })).toBeUndefined()
  })
})

describe('a document', () => {
  it('says what its operations do, and which of them remove', () => {
    const { targets } = kitOf(PETS)
    expect(targets.effectOf('GET /pets')).toBe('reads')
    expect(targets.effectOf('nobody knows it')).toBe('changes')
    expect(targets.removes('DELETE /pets/{petId}')).toBe(true)
    expect(targets.removes('PUT /pets/{petId}')).toBe(false)
    expect(targets.removes('nobody knows it')).toBe(false)
    expect([...targets.trails.keys()]).toEqual(['POST /pets'])
    expect(targets.trailOfItem('GET /pets')).toBeUndefined()
    expect(targets.trailOfItem('nobody knows it')).toBeUndefined()
    const links = { away: { operationId: 'POST /delete', requestBody: { id: '$response.body#/id' } } }
    const byBody = kitOf({ 'POST /pets': { links }, 'POST /delete': { role: 'clean-up' } })
    expect(byBody.targets.trails.size).toBe(1)
    expect(byBody.targets.trailOfItem('POST /delete')).toBeUndefined()
  })
})
