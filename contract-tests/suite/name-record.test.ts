import { describe, expect, it } from 'vitest'
import type { Json } from '../../documents/read/read-document.ts'
import { documentWith, inQuery, listOf, objectOf, TEXT } from '../fixtures/inline-document.ts'
import { asCalled, kitOf, madeBy, type Operations, PETS, replyOf, told } from '../fixtures/tell-targets.ts'
import { createKit } from './case-kit.ts'
import { idsOf, nameKeysOf } from './name-record.ts'

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

  it('is named by the whole of a reply, which may be a text or a number', () => {
    const links = away({}, { ids: ['$response.body'] })
    expect(told(madeBy(along(links), 'a'))).toMatchObject({ ids: ['a'], removal: 'POST /give-away {"ids":["a"]}' })
    expect(madeBy(along(links), 7)?.keys).toEqual(['id=7'])
    expect(madeBy(along(links), { id: 7 })).toBeUndefined()
    expect(madeBy(along(away({}, { ids: ['$response.body#/a#b'] })), { 'a#b': 7 })?.ids).toEqual(['7'])
    const sent = away({}, { ids: ['$request.body'] })
    expect(madeBy(along(sent), {}, { rows: 'sent' })?.ids).toEqual(['sent'])
  })

  it('is each item of a reply that is a list, also where its link says so', () => {
    for (const each of ['$response.body', '$response.body#']) {
      const { targets, builderOf } = kitOf(along(away({}, { ids: ['$response.body#/0/id'] }, each)))
      const [trail] = targets.trails.values()
      const source = { request: builderOf('POST /pets').request(), reply: replyOf([{ id: 1 }, { id: 2 }]) }
      expect(trail && targets.targetOf(trail, { id: 2 }, source, false)?.ids).toEqual(['2'])
    }
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
    expect(idsOf(trail, { pet: { id: 'A' } }, source, true)).toEqual(['a'])
    expect(idsOf(trail, { colour: 'red' }, source, true)).toEqual([])
    expect(idsOf(trail, { petId: ['A', 'b', 'a'] }, source, true)).toEqual(['a', 'b'])
    expect(nameKeysOf(trail, { petId: 'A' }, source, true)).toEqual(['id=A'])
  })

  it('is named by the only item of a list that a reply shows it in, and by none of several', () => {
    const operations: Operations = { 'POST /pets': {}, 'DELETE /pets/{petId}': {} }
    expect(madeBy(operations, { data: [{ id: 7 }], total: 1 })?.ids).toEqual(['7'])
    expect(madeBy(operations, { data: [{ id: 7 }, { id: 8 }] })).toBeUndefined()
    expect(madeBy(operations, { id: 6, parts: [{ id: 7 }] })?.ids).toEqual(['6'])
  })

  it('is not looked for in a Location where a list does not show it', () => {
    const { targets, builderOf } = kitOf(PETS)
    const trail = targets.trailOfItem('PUT /pets/{petId}')
    if (!trail) throw new Error('there is no trail')
    const source = { request: builderOf('POST /pets').request(), reply: replyOf({}, { location: '/pets/7' }) }
    expect(idsOf(trail, {}, source, true)).toEqual([])
    expect(idsOf(trail, {}, source, false)).toEqual(['7'])
  })

  it('has an id in a list, where a list is all there is', () => {
    const { targets, builderOf } = kitOf({ 'POST /pets': {}, 'GET /pets': {}, 'PUT /pets/{x}': {} })
    const trail = targets.trailOfItem('PUT /pets/{x}')
    if (!trail) throw new Error('there is no trail')
    const source = { request: builderOf('POST /pets').request(), reply: replyOf({}) }
    expect(idsOf(trail, { id: 7 }, source, true)).toEqual(['7'])
  })
})
