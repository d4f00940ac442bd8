import { describe, expect, it } from 'vitest'
import type { Json } from '../../documents/read/read-document.ts'
import { inQuery } from '../fixtures/inline-document.ts'
import { asCalled, kitOf, madeBy, type Operations, PETS, told } from '../fixtures/tell-targets.ts'

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
