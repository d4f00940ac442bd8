import { describe, expect, it } from 'vitest'
import { namedBy, PETS } from '../fixtures/tell-targets.ts'

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
