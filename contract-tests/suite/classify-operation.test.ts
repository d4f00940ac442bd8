import { describe, expect, it } from 'vitest'
import { documentWith, type InlineOperation } from '../fixtures/inline-document.ts'
import {
  classifyOperations,
  isReading,
  isRemoval,
  itemParameterOf,
  itemPathOf,
  itemShapeOf,
  listItemPaths,
  placeAt,
} from './classify-operation.ts'

const effectsOf = (operations: Readonly<Record<string, InlineOperation>>) =>
  Object.fromEntries(classifyOperations(documentWith(operations)))

const effectOf = (id: string, operations: Readonly<Record<string, InlineOperation>>) => effectsOf(operations)[id]

const linkTo = (operationId: string) => ({ on: { operationId, parameters: { id: '$response.body#/id' } } })

describe('an operation', () => {
  it('reads where its method is safe, whatever it is called', () => {
    const methods = ['GET', 'HEAD', 'OPTIONS', 'TRACE']
    expect(effectsOf(Object.fromEntries(methods.map((method) => [`${method} /delete-all`, {}])))).toEqual(
      Object.fromEntries(methods.map((method) => [`${method} /delete-all`, 'reads'])),
    )
  })

  it.each(['PUT', 'PATCH', 'DELETE'])('changes what is there where its method is %s', (method) => {
    expect(effectOf(`${method} /pets/{id}`, { [`${method} /pets/{id}`]: {} })).toBe('changes')
    expect(effectOf(`${method} /pets`, { [`${method} /pets`]: { role: 'subject' }, 'GET /pets/{id}': {} })).toBe(
      'changes',
    )
  })

  it('reads where its role is to read back, and changes where it is to clean up, whatever its method', () => {
    expect(effectOf('POST /search', { 'POST /search': { role: 'read-back' } })).toBe('reads')
    expect(effectOf('GET /delete', { 'GET /delete': { role: 'clean-up' } })).toBe('changes')
  })
})

describe('a POST', () => {
  it('creates where a path beside it has items', () => {
    expect(effectOf('POST /pets', { 'POST /pets': {}, 'GET /pets/{id}': {} })).toBe('creates')
    expect(effectOf('POST /pets/', { 'POST /pets/': {}, 'GET /pets/{id}/': {} })).toBe('creates')
    expect(effectOf('POST /pets.json', { 'POST /pets.json': {}, 'GET /pets/{id}.json': {} })).toBe('creates')
  })

  it('creates where a link leads from it to a removal', () => {
    const removal = { 'DELETE /pet': {}, 'POST /pet/delete': { role: 'clean-up' }, 'GET /pet': {} } as const
    expect(effectOf('POST /new', { 'POST /new': { links: linkTo('DELETE /pet') }, ...removal })).toBe('creates')
    expect(effectOf('POST /new', { 'POST /new': { links: linkTo('POST /pet/delete') }, ...removal })).toBe('creates')
    expect(effectOf('POST /new', { 'POST /new': { links: linkTo('GET /pet') }, ...removal })).toBe('changes')
  })

  it('does nobody knows what where a link leads from it to itself alone', () => {
    expect(effectOf('POST /a', { 'POST /a': { links: linkTo('POST /a') } })).toBe('changes')
    const removal = { 'POST /a': { role: 'clean-up', links: linkTo('POST /a') } } as const
    expect(effectOf('POST /a', removal)).toBe('changes')
  })

  it.each([['POST /login'], ['POST /pets/{id}'], ['POST /pets/{id}/archive'], ['POST /{id}'], ['POST /delete-all']])(
    'does nobody knows what where nothing in the document says so: %s',
    (id) => {
      expect(effectOf(id, { [id]: {}, 'GET /pets/{id}': {}, 'GET /{id}': {}, 'GET /pets/{id}/{photo}': {} })).toBe(
        'changes',
      )
    },
  )

  it('creates as a subject, unless another subject makes what it works on', () => {
    const patch = { 'POST /patch': { role: 'subject' } } as const
    expect(effectOf('POST /patch', patch)).toBe('creates')
    const make = { role: 'subject', links: linkTo('POST /patch') } as const
    expect(effectsOf({ 'POST /make': make, ...patch })).toEqual({ 'POST /make': 'creates', 'POST /patch': 'changes' })
    // Back to itself: as often as it is sent, it makes something.
    expect(effectOf('POST /patch', { 'POST /patch': { role: 'subject', links: linkTo('POST /patch') } })).toBe(
      'creates',
    )
  })
})

describe('what an operation does with what it names', () => {
  const placeOf = (id: string, operation: InlineOperation) => documentWith({ [id]: operation }).operations[0]

  it.each<[id: string, operation: InlineOperation, isRemoving: boolean, isReading: boolean]>([
    ['DELETE /pets/{id}', {}, true, false],
    ['DELETE /pets/{id}', { role: 'subject' }, false, false],
    ['POST /pets/delete', { role: 'clean-up' }, true, false],
    ['POST /pets/delete', {}, false, false],
    ['GET /pets', {}, false, true],
    ['HEAD /pets', {}, false, false],
    ['GET /pets', { role: 'clean-up' }, true, false],
    ['POST /pets/search', { role: 'read-back' }, false, true],
  ])('%s as %j', (id, operation, isRemoving, isReadingIt) => {
    expect(isRemoval(placeOf(id, operation))).toBe(isRemoving)
    expect(isReading(placeOf(id, operation))).toBe(isReadingIt)
  })

  it('is neither reading nor removing where there is no such operation', () => {
    expect(isRemoval(undefined)).toBe(false)
    expect(isReading(undefined)).toBe(false)
  })
})

describe('a collection', () => {
  const itemPaths = (...paths: string[]) =>
    Object.fromEntries(
      listItemPaths(documentWith(Object.fromEntries(paths.map((path) => [`GET ${path}`, {}]))).operations),
    )

  it('is known by the path of its items, the first of them', () => {
    expect(itemPaths('/pets', '/pets/{id}', '/pets/{id}.json', '/a/{b}/pets/{id}/')).toEqual({
      '/pets': '/pets/{id}',
      '/a/{b}/pets': '/a/{b}/pets/{id}/',
    })
    expect(itemPaths("/Orders('{id}')/Lines({no})", "/Orders('{id}')")).toEqual({
      '/Orders/{id}/Lines': "/Orders('{id}')/Lines({no})",
      '/Orders': "/Orders('{id}')",
    })
    expect(itemPaths('/users/{sid}.json')).toEqual({ '/users': '/users/{sid}.json' })
    expect(itemPaths('/as.json/users/{sid}.xml')).toEqual({ '/as.json/users': '/as.json/users/{sid}.xml' })
  })

  it('is none where the items are those of an item, of the root, or are named by more than a parameter', () => {
    expect(itemPaths('/a/{x}/{y}', '/{id}', '/pets/{id}/archive', '/pets/v{id}', '/pets/{a}-{b}')).toEqual({})
  })
})

describe('the operation at a path', () => {
  const places = documentWith({
    'GET /pets/{id}.json': {},
    'DELETE /pets/{id}/': {},
    'DELETE /pets': {},
  }).operations

  it('is found by its method, however the path ends', () => {
    expect(placeAt(places, 'GET', '/pets/{id}')?.id).toBe('GET /pets/{id}.json')
    expect(placeAt(places, 'DELETE', '/pets/{id}.json')?.id).toBe('DELETE /pets/{id}/')
    expect(placeAt(places, 'DELETE', '/pets/')?.id).toBe('DELETE /pets')
    const keyed = documentWith({ "GET /Pets('{id}')": {} }).operations
    expect(placeAt(keyed, 'GET', '/Pets/{id}')?.path).toBe("/Pets('{id}')")
  })

  it('is none where there is no such method, no such path, or no path at all', () => {
    expect(placeAt(places, 'PUT', '/pets/{id}')).toBeUndefined()
    expect(placeAt(places, 'GET', '/pets')).toBeUndefined()
    expect(placeAt(places, 'GET', undefined)).toBeUndefined()
  })
})

describe('the path of a thing', () => {
  it.each([
    ['/pets/{petId}', '/pets/{petId}', '/pets/{}', 'petId'],
    ['/pets/{petId}/archive', '/pets/{petId}', '/pets/{}', 'petId'],
    ['/a/{x}/pets/{y}.json', '/a/{x}/pets/{y}', '/a/{}/pets/{}', 'y'],
    ["/Pets('{petId}')/Toys({no})/Name", '/Pets/{petId}/Toys/{no}', '/Pets/{}/Toys/{}', 'no'],
  ])('of %s ends with its last parameter', (path, item, shape, parameter) => {
    expect(itemPathOf(path)).toBe(item)
    expect(itemParameterOf(path)).toBe(parameter)
    expect(itemShapeOf(path)).toBe(shape)
  })

  it('is none without a parameter', () => {
    expect(itemPathOf('/pets')).toBeUndefined()
    expect(itemShapeOf('/pets')).toBeUndefined()
    expect(itemParameterOf('/pets')).toBeUndefined()
  })
})
