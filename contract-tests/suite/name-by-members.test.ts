import { describe, expect, it } from 'vitest'
import { type InlineOperation, inHeader, inQuery, listOf, objectOf, TEXT } from '../fixtures/inline-document.ts'
import { namedBy, type Operations } from '../fixtures/tell-targets.ts'

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
