import { describe, expect, it } from 'vitest'
import { buildContract } from '../../documents/contract/build-contract.ts'
import type { Json } from '../../documents/read/read-document.ts'
import { documentWith, type InlineOperation, inQuery, listOf, objectOf, TEXT } from '../fixtures/inline-document.ts'
import { findTrails, isListing, lastName, leavesOf, type Trail } from './find-trails.ts'

type Operations = Readonly<Record<string, InlineOperation>>

const trailOf = (from: string, operations: Operations): Trail | undefined =>
  findTrails(documentWith(operations), new Set([from])).get(from)

const PET = objectOf({ id: TEXT, name: TEXT })
const BY_ID = { id: '$response.body#/id' }

describe('beside its collection, the path of an item', () => {
  it('leads to what reads and removes what was created, and to its list', () => {
    const trail = trailOf('POST /pets', {
      'POST /pets': {},
      'GET /pets': {},
      'GET /pets/{petId}': {},
      'PUT /pets/{petId}': {},
      'DELETE /pets/{petId}': {},
      'DELETE /pets': {},
    })
    expect(trail).toEqual({
      from: 'POST /pets',
      removal: { to: 'DELETE /pets/{petId}', parameters: { petId: '$identity.petId' } },
      reading: { to: 'GET /pets/{petId}', parameters: { petId: '$identity.petId' } },
      others: [],
      list: { to: 'GET /pets', parameters: {} },
      itemShape: '/pets/{}',
    })
  })

  it.each([
    ['/pets/', '/pets/{id}/'],
    ['/pets.json', '/pets/{id}.json'],
    ['/shops/{shop}/pets', '/shops/{shop}/pets/{id}'],
  ])('may be spelled as in %s and %s', (collection, item) => {
    const [create, list, reading, removal] = [
      `POST ${collection}`,
      `GET ${collection}`,
      `GET ${item}`,
      `DELETE ${item}`,
    ]
    const trail = trailOf(create, { [create]: {}, [list]: {}, [reading]: {}, [removal]: {} })
    expect([trail?.list?.to, trail?.reading?.to, trail?.removal?.to]).toEqual([list, reading, removal])
    expect(trail?.removal?.parameters).toEqual({ id: '$identity.id' })
  })

  it('leads no further than the document', () => {
    expect(trailOf('POST /pets', { 'POST /pets': {}, 'PUT /pets/{id}': {} })).toEqual({
      from: 'POST /pets',
      others: [],
      itemShape: '/pets/{}',
    })
    expect(trailOf('POST /pets', { 'POST /pets': {}, 'GET /pets': {}, 'DELETE /pets': {} })).toBeUndefined()
  })

  it('is nothing to an operation that does not create', () => {
    const document = documentWith({ 'POST /pets': {}, 'GET /pets/{id}': {}, 'POST /tags': {}, 'GET /tags/{id}': {} })
    expect([...findTrails(document, new Set(['POST /tags'])).keys()]).toEqual(['POST /tags'])
  })
})

describe('the links of a creation', () => {
  const links = {
    away: { operationId: 'DELETE /pets/{id}', parameters: BY_ID },
    read: { operationId: 'GET /pets/{id}', parameters: BY_ID },
    change: { operationId: 'PATCH /pets/{id}', parameters: BY_ID },
  }
  const operations: Operations = {
    'POST /pets': { gives: PET, links },
    'GET /pets': { gives: objectOf({ pets: listOf(PET) }) },
    'GET /pets/{id}': { gives: PET },
    'PATCH /pets/{id}': {},
    'DELETE /pets/{id}': {},
  }

  it('lead to what reads and removes it, and to what else names it', () => {
    expect(trailOf('POST /pets', operations)).toEqual({
      from: 'POST /pets',
      removal: { to: 'DELETE /pets/{id}', parameters: BY_ID },
      reading: { to: 'GET /pets/{id}', parameters: BY_ID },
      others: [
        { to: 'GET /pets/{id}', parameters: BY_ID },
        { to: 'PATCH /pets/{id}', parameters: BY_ID },
      ],
      list: { to: 'GET /pets', parameters: {} },
      itemShape: '/pets/{}',
    })
  })

  it('win over the path of an item', () => {
    const away = { operationId: 'POST /pets/give-away', requestBody: { pet: '$response.body#/id' } }
    const trail = trailOf('POST /pets', {
      ...operations,
      'POST /pets': { links: { away } },
      'POST /pets/give-away': { role: 'clean-up' },
    })
    expect(trail?.removal).toEqual({ to: 'POST /pets/give-away', parameters: {}, body: { pet: '$response.body#/id' } })
  })

  it('lead to no removal by what they say of a subject', () => {
    const trail = trailOf('POST /pets', {
      'POST /pets': { links: { away: { operationId: 'DELETE /pet', parameters: BY_ID } } },
      'DELETE /pet': { role: 'subject' },
    })
    expect(trail).toBeUndefined()
  })

  it('lead to a reading anywhere', () => {
    const read = { operationId: 'GET /pet', parameters: BY_ID }
    const trail = trailOf('POST /pets', {
      ...operations,
      'POST /pets': { links: { ...links, read } },
      'GET /pet': { parameters: [inQuery('id')] },
    })
    expect(trail?.reading?.to).toBe('GET /pet')
  })

  it('leave the reading to a GET on the path of the removal where none of them reads', () => {
    const trail = trailOf('POST /pets', { ...operations, 'POST /pets': { links: { away: links.away } } })
    expect(trail?.reading).toMatchObject({ to: 'GET /pets/{id}', parameters: BY_ID })
    const { 'GET /pets/{id}': _, ...unread } = operations
    expect(trailOf('POST /pets', { ...unread, 'POST /pets': { links: { away: links.away } } })?.reading).toBeUndefined()
  })

  it('lead to no removal and no reading that names nothing: it would be of everything there is', () => {
    const all = { operationId: 'DELETE /pets', parameters: { really: true, tenant: '$request.path.tenant' } }
    const eachOfAll = { ...all, 'x-each': '/made' }
    for (const link of [all, eachOfAll])
      expect(
        trailOf('POST /pets', { 'POST /pets': { links: { link } }, 'DELETE /pets': {}, 'GET /pets': {} }),
      ).toBeUndefined()
    const me = { operationId: 'GET /me' }
    const trail = trailOf('POST /pets', {
      ...operations,
      'POST /pets': { links: { all, me, away: links.away } },
      'DELETE /pets': {},
      'GET /me': {},
    })
    expect(trail?.removal?.to).toBe('DELETE /pets/{id}')
    expect(trail?.reading?.to).toBe('GET /pets/{id}')
  })

  it('leave no reading to a GET that does not take what names the thing', () => {
    const inBody = { operationId: 'DELETE /pets', requestBody: BY_ID }
    const byQuery = { operationId: 'DELETE /pets', parameters: BY_ID }
    const readingOf = (link: Json, get: InlineOperation) =>
      trailOf('POST /pets', { 'POST /pets': { links: { link } }, 'DELETE /pets': {}, 'GET /pets': get })?.reading
    expect(readingOf(inBody, { parameters: [inQuery('id')] })).toBeUndefined()
    expect(readingOf(byQuery, { parameters: [inQuery('limit')] })).toBeUndefined()
    expect(readingOf(byQuery, { parameters: [inQuery('id')] })).toEqual({ to: 'GET /pets', parameters: BY_ID })
  })

  it('speak of each thing that a list in the reply names', () => {
    const byRow = (operationId: string, each?: string) => ({
      operationId,
      parameters: { id: '$response.body#/made/0/id' },
      ...(each && { 'x-each': each }),
    })
    const trail = trailOf('POST /pets', {
      ...operations,
      'POST /pets': {
        links: {
          first: byRow('GET /first'),
          read: byRow('GET /pet', '/made'),
          updated: byRow('PATCH /pets/{id}', '/updated'),
          away: byRow('DELETE /pets/{id}', '/made'),
        },
      },
      'GET /first': {},
      'GET /pet': {},
    })
    expect(trail).toMatchObject({ each: '$response.body#/made', reading: { to: 'GET /pet' } })
    expect(trail?.others.map(({ to }) => to)).toEqual(['GET /pet'])
  })

  it('may lead to a list, which is no reading of one thing', () => {
    const find = { operationId: 'GET /pets', parameters: BY_ID }
    const trail = trailOf('POST /pets', {
      ...operations,
      'POST /pets': { links: { find, away: links.away } },
    })
    expect(trail?.reading?.to).toBe('GET /pets/{id}')
    expect(trail?.list?.to).toBe('GET /pets')
  })

  it('name things by a path only where the removal takes them there', () => {
    const both = { operationId: 'DELETE /pets/{id}', parameters: BY_ID, requestBody: BY_ID }
    expect(trailOf('POST /pets', { ...operations, 'POST /pets': { links: { both } } })?.itemShape).toBe('/pets/{}')
    const away = { operationId: 'DELETE /pets/{id}', parameters: { id: 'constant' }, requestBody: BY_ID }
    expect(trailOf('POST /pets', { ...operations, 'POST /pets': { links: { away } } })?.itemShape).toBeUndefined()
    const byQuery = { operationId: 'DELETE /pets', parameters: BY_ID }
    const trail = trailOf('POST /pets', {
      'POST /pets': { links: { byQuery } },
      'DELETE /pets': { parameters: [inQuery('id')] },
    })
    expect(trail?.removal?.to).toBe('DELETE /pets')
    expect(trail?.itemShape).toBeUndefined()
  })
})

describe('a search', () => {
  const find = { operationId: 'GET /find', parameters: { q: '$request.body#/name' } }
  const onward = {
    read: { operationId: 'GET /pets/{id}', parameters: { id: '$response.body#/pets/0/id' } },
    away: { operationId: 'DELETE /pets/{id}', parameters: { id: '$response.body#/pets/0/id' } },
  }
  const operations: Operations = {
    'POST /make': { links: { find } },
    'GET /find': { parameters: [inQuery('q')], gives: objectOf({ pets: listOf(PET) }), links: onward },
    'GET /pets/{id}': {},
    'DELETE /pets/{id}': {},
  }

  it('finds what a reply says nothing of, and leads on', () => {
    const trail = trailOf('POST /make', operations)
    expect(trail?.search).toMatchObject({ name: 'find', to: 'GET /find' })
    expect(trail?.removal?.to).toBe('DELETE /pets/{id}')
    expect(trail?.reading?.to).toBe('GET /pets/{id}')
    expect(trail?.others.map(({ to }) => to)).toEqual(['GET /pets/{id}'])
    expect(trail?.list).toEqual({ to: 'GET /find', parameters: {} })
  })

  it('is passed by where it leads to no removal', () => {
    const nowhere = { operationId: 'GET /pets/{id}', parameters: BY_ID }
    const trail = trailOf('POST /make', { ...operations, 'POST /make': { links: { nowhere, find } } })
    expect(trail?.search?.name).toBe('find')
    const doing = {
      ...operations,
      'POST /make': { links: { do: { operationId: 'POST /do' } } },
      'POST /do': { links: onward },
    }
    expect(trailOf('POST /make', doing)).toBeUndefined()
    const all = { read: onward.read, all: { operationId: 'DELETE /pets' } }
    expect(trailOf('POST /make', { ...operations, 'GET /find': { links: all }, 'DELETE /pets': {} })).toBeUndefined()
    const me = { me: { operationId: 'GET /me' }, ...onward }
    const { reading } = trailOf('POST /make', { ...operations, 'GET /find': { links: me }, 'GET /me': {} }) ?? {}
    expect(reading?.to).toBe('GET /pets/{id}')
    const { away: _, ...read } = onward
    expect(trailOf('POST /make', { ...operations, 'GET /find': { links: read } })).toBeUndefined()
  })
})

describe('the list of what was created', () => {
  const away = { operationId: 'DELETE /pets/{id}', parameters: BY_ID }
  const listOfTrail = (operations: Operations) =>
    trailOf('POST /pets', { 'DELETE /pets/{id}': {}, 'POST /pets': { links: { away } }, ...operations })?.list

  it.each<[what: string, gives: Json]>([
    ['a list', listOf(PET)],
    ['a list in an object', objectOf({ pets: listOf(PET) })],
    ['a list in an object in an object', objectOf({ data: objectOf({ pets: listOf(PET) }) })],
    ['a list of what is combined', listOf({ allOf: [objectOf({ name: TEXT }), { anyOf: [objectOf({ ID: TEXT })] }] })],
    ['a list in what is combined', { oneOf: [TEXT, objectOf({ pets: listOf(PET) })] }],
  ])('is any reading that gives %s of things with such an id', (_, gives) => {
    expect(listOfTrail({ 'GET /pets/all': { gives } })).toEqual({ to: 'GET /pets/all', parameters: {} })
  })

  it.each<[what: string, gives: Json]>([
    ['one thing', PET],
    ['a list of other things', listOf(objectOf({ name: TEXT }))],
    ['a list of texts', objectOf({ ids: listOf(TEXT), id: TEXT })],
    ['a list of things deep down', objectOf({ a: objectOf({ b: objectOf({ pets: listOf(PET) }) }) })],
    ['nothing', undefined],
  ])('is no reading that gives %s', (_, gives) => {
    expect(listOfTrail({ 'GET /pets/all': { gives } })).toBeUndefined()
  })

  it('is no operation that does more than to read', () => {
    expect(listOfTrail({ 'POST /pets/search': { gives: listOf(PET) } })).toBeUndefined()
    expect(listOfTrail({ 'POST /pets/search': { role: 'read-back', gives: listOf(PET) } })?.to).toBe(
      'POST /pets/search',
    )
  })

  it('is the one that stands beside the creation rather than another', () => {
    const both = { 'GET /lost': { gives: listOf(PET) }, 'GET /pets/': { gives: listOf(PET) } }
    expect(listOfTrail(both)?.to).toBe('GET /pets/')
  })

  it('is the one that a link without expressions leads to rather than another', () => {
    const all = { operationId: 'GET /lost', parameters: { withHidden: true } }
    const list = listOfTrail({
      'GET /pets': { gives: listOf(PET) },
      'GET /lost': { gives: listOf(PET) },
      'POST /pets': { links: { all, away } },
    })
    expect(list).toEqual({ to: 'GET /lost', parameters: { withHidden: true } })
    const other = { operationId: 'GET /kinds', parameters: {} }
    expect(
      listOfTrail({
        'GET /pets': { gives: listOf(PET) },
        'GET /kinds': { gives: listOf(objectOf({ kind: TEXT })) },
        'POST /pets': { links: { other, away } },
      })?.to,
    ).toBe('GET /pets')
    expect(
      listOfTrail({
        'GET /pets': { gives: listOf(PET) },
        'GET /lost': { gives: listOf(PET) },
        'POST /lost': { links: { all } },
      })?.to,
    ).toBe('GET /pets')
  })

  it('takes no parameter of a path that the creation has not', () => {
    const lists = { 'GET /shops/{shop}/pets': { gives: listOf(PET) } }
    expect(listOfTrail(lists)).toBeUndefined()
    expect(listOfTrail({ ...lists, 'POST /pets': { links: { away }, parameters: [inQuery('shop')] } })).toBeUndefined()
    const create = 'POST /shops/{shop}/pets'
    const trail = trailOf(create, { [create]: { links: { away } }, 'DELETE /pets/{id}': {}, ...lists })
    expect(trail?.list?.to).toBe('GET /shops/{shop}/pets')
  })

  it('is what its success is as JSON', () => {
    const document = documentWith({
      'POST /pets': { links: { away } },
      'DELETE /pets/{id}': {},
      'GET /pets': { gives: listOf(PET) },
    })
    const get = (document.model.paths as Json)['/pets'].get
    const { 200: success } = get.responses
    const content = { 'text/csv': { schema: TEXT }, ...success.content }
    get.responses = { default: { description: 'Bad' }, '2XX': { ...success, content } }
    expect(findTrails(document, new Set(['POST /pets'])).get('POST /pets')?.list?.to).toBe('GET /pets')
  })

  it('is found in a document whose schemas hold themselves', () => {
    const document = documentWith({
      'POST /pets': { links: { away } },
      'DELETE /pets/{id}': {},
      'GET /pets': { gives: { $ref: '#/components/schemas/Page' } },
    })
    const Page = {
      anyOf: [{ $ref: '#/components/schemas/Page' }, objectOf({ pets: { $ref: '#/components/schemas/Pets' } })],
    }
    const Pets = listOf({ allOf: [PET, { $ref: '#/components/schemas/Pets' }] })
    const schemas = { Page, Pets }
    const trails = findTrails(buildContract({ ...document.model, components: { schemas } }), new Set(['POST /pets']))
    expect(trails.get('POST /pets')?.list?.to).toBe('GET /pets')
  })
})

describe('the expressions of a call', () => {
  it('that say which thing is meant are those of the reply, of the body that was sent, and of an identity', () => {
    const parameters = {
      'path.petId': '$response.body#/id',
      filter: { column: 'id', value: '$request.body#/name' },
      tenant: '$request.path.tenant',
      other: '$identityOf.pet',
      own: '$identity.pet',
      size: 100,
      none: null,
    }
    expect(leavesOf({ to: 'x', parameters, body: { ids: ['$response.body#/made/0/id', 'constant'] } })).toEqual([
      { name: 'petId', expression: '$response.body#/id', isInBody: false },
      { name: 'value', expression: '$request.body#/name', isInBody: false },
      { name: 'own', expression: '$identity.pet', isInBody: false },
      { name: 'ids', expression: '$response.body#/made/0/id', isInBody: true },
    ])
    expect(leavesOf({ to: 'x', parameters: {}, body: '$response.body#/id' })).toEqual([
      { name: '', expression: '$response.body#/id', isInBody: true },
    ])
  })

  it.each([
    ['$response.body#/created/0/userId', 'userId'],
    ['$request.path.petId', 'petId'],
    ['$response.header.Location', 'Location'],
    ['$response.body#/ids/0', 'ids'],
    ['', ''],
  ])('end with the name that they look for: %s', (expression, name) => expect(lastName(expression)).toBe(name))

  it('are none in a link to everything there is', () => {
    const linkOf = (link: Json) => {
      const [found] = documentWith({ 'POST /a': { links: { it: { operationId: 'GET /a', ...link } } } }).links
      return found && isListing(found)
    }
    expect(linkOf({})).toBe(true)
    expect(linkOf({ parameters: { size: 1, tenant: '$request.path.tenant' } })).toBe(true)
    expect(linkOf({ parameters: BY_ID })).toBe(false)
    expect(linkOf({ 'x-each': '/made' })).toBe(false)
  })
})
