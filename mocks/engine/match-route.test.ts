import { describe, expect, it } from 'vitest'
import { buildRoutes, type Routable } from './match-route.ts'
import { isRefusal, type Operation } from './vocabulary.ts'

interface Target extends Routable {
  readonly api: string
}

/** @param line `GET /users/{id}`; the operation is called by it */
function target(line: string, basePath = '', api = 'people'): Target {
  const [method = '', path = ''] = line.split(' ')
  const operation: Operation = { id: line, method, path, parameters: [], security: [], replies: {}, failures: [] }
  return { api, basePath, operation }
}

const routesOf = (...targets: Target[]) => buildRoutes(targets, ({ api, operation }) => `${api} ${operation.id}`)

/** What a call leads to, in short: the operation with its path values, or why there is none. */
function leadsTo(lines: readonly string[], call: string) {
  const [method = '', path = ''] = call.split(' ')
  const route = routesOf(...lines.map((line) => target(line))).match(method, path)
  return isRefusal(route) ? route.refused : [route.target.operation.id, route.pathValues]
}

describe('a route', () => {
  const LINES = [
    'GET /users',
    'POST /users',
    'GET /users/{id}',
    'GET /users/me',
    'GET /users/{id}/notes/{note}',
    'GET /',
  ]

  it.each<[call: string, want: unknown]>([
    ['GET /users', ['GET /users', {}]],
    ['POST /users', ['POST /users', {}]],
    ['GET /users/7', ['GET /users/{id}', { id: '7' }]],
    ['GET /users/7/notes/8', ['GET /users/{id}/notes/{note}', { id: '7', note: '8' }]],
    ['GET /', ['GET /', {}]],
    // The concrete segment wins, and only when it is the whole segment in the same letters.
    ['GET /users/me', ['GET /users/me', {}]],
    ['GET /users/me2', ['GET /users/{id}', { id: 'me2' }]],
    ['GET /users/ME', ['GET /users/{id}', { id: 'ME' }]],
    ['GET /users/me/notes/8', ['GET /users/{id}/notes/{note}', { id: 'me', note: '8' }]],
  ])('of %s is %j', (call, want) => {
    expect(leadsTo(LINES, call)).toEqual(want)
    expect(leadsTo([...LINES].reverse(), call)).toEqual(want)
  })

  it.each<[call: string, want: unknown]>([
    ['GET /files/7.json', ['GET /files/{id}.json', { id: '7' }]],
    ['GET /files/a.b.json', ['GET /files/{id}.json', { id: 'a.b' }]],
    ['GET /files/7.xml', ['GET /files/{name}', { name: '7.xml' }]],
    ['GET /files/.json', ['GET /files/{name}', { name: '.json' }]],
    ['GET /days/2026-11', ['GET /days/{from}-{to}', { from: '2026', to: '11' }]],
    ['GET /days/2026', 'no-such-path'],
  ])('may be a template in a part of a segment: %s', (call, want) => {
    const lines = ['GET /files/{name}', 'GET /files/{id}.json', 'GET /days/{from}-{to}']
    expect(leadsTo(lines, call)).toEqual(want)
  })

  it.each([
    ['GET /nobody'],
    ['GET /users/'],
    ['GET /users/7/'],
    ['GET //users'],
    ['GET /users//notes/8'],
    ['GET users'],
    ['GET '],
    ['GET /Users'],
    ['GET /users/7/notes'],
  ])('of %s does not exist', (call) => {
    expect(leadsTo(LINES, call)).toBe('no-such-path')
  })

  it('keeps a trailing slash that the document writes, and asks for it', () => {
    expect(leadsTo(['GET /user/'], 'GET /user/')).toEqual(['GET /user/', {}])
    expect(leadsTo(['GET /user/'], 'GET /user')).toBe('no-such-path')
    expect(leadsTo(['GET /user/', 'GET /user/{id}'], 'GET /user/')).toEqual(['GET /user/', {}])
  })

  it('starts with the base path', () => {
    const routes = routesOf(target('GET /users', '/api/v0'))
    expect(routes.match('GET', '/api/v0/users')).toMatchObject({ pathValues: {} })
    expect(routes.match('GET', '/users')).toMatchObject({ refused: 'no-such-path' })
  })

  it('may go through a template after a concrete segment led nowhere', () => {
    const lines = ['GET /a/b/c', 'GET /a/{x}/d', 'GET /{y}/b/e']
    expect(leadsTo(lines, 'GET /a/b/d')).toEqual(['GET /a/{x}/d', { x: 'b' }])
    expect(leadsTo(lines, 'GET /a/b/e')).toEqual(['GET /{y}/b/e', { y: 'a' }])
  })

  it('gives each operation the names of its own template', () => {
    const lines = ['GET /users/{id}', 'PUT /users/{userId}', 'GET /users/{who}/notes']
    expect(leadsTo(lines, 'GET /users/7')).toEqual(['GET /users/{id}', { id: '7' }])
    expect(leadsTo(lines, 'PUT /users/7')).toEqual(['PUT /users/{userId}', { userId: '7' }])
    expect(leadsTo(lines, 'GET /users/7/notes')).toEqual(['GET /users/{who}/notes', { who: '7' }])
  })
})

describe('a path value', () => {
  it.each([
    ['a%2Fb', 'a/b'],
    ['a%2fb', 'a/b'],
    ['%00', '\u0000'],
    ['%25', '%'],
    ['%2525', '%25'],
    ['J%C3%B6rg', 'Jörg'],
    ['Jörg', 'Jörg'],
    ['a+b', 'a+b'],
    ['%2E%2E', '..'],
    ['..', '..'],
    ['__proto__', '__proto__'],
    ['constructor', 'constructor'],
    ['{id}', '{id}'],
  ])('sent as %s is %j', (sent, want) => {
    expect(leadsTo(['GET /users/{id}'], `GET /users/${sent}`)).toEqual(['GET /users/{id}', { id: want }])
  })

  it.each(['%zz', '%', '%2', 'a%', '%ff', '%C3', '%ED%A0%80'])('sent as %s is refused, saying where', (sent) => {
    expect(routesOf(target('GET /users/{id}')).match('GET', `/users/${sent}`)).toEqual({
      refused: 'invalid',
      message: `path/id is not valid percent-encoding: ${sent}`,
      at: 'path/id',
      rule: 'encoding',
    })
  })

  it('is not split by an encoded slash', () => {
    expect(leadsTo(['GET /users/{id}/notes'], 'GET /users/7%2Fnotes')).toBe('no-such-path')
  })

  it.each(['__proto__', 'constructor', 'toString'])('is not mistaken for a concrete segment when it is %s', (name) => {
    expect(leadsTo(['GET /users/me'], `GET /users/${name}`)).toBe('no-such-path')
    expect(leadsTo([`GET /users/${name}`], `GET /users/${name}`)).toEqual([`GET /users/${name}`, {}])
  })
})

describe('another method than the declared ones', () => {
  it('is refused with those that are allowed, in alphabetical order', () => {
    const routes = routesOf(target('POST /users'), target('GET /users'), target('GET /users/{id}'))
    expect(routes.match('DELETE', '/users')).toEqual({
      refused: 'method-not-allowed',
      message: 'DELETE is not allowed here; allowed: GET, POST',
      headers: { allow: 'GET, POST' },
    })
  })

  it('is offered what any template of the path allows, each once', () => {
    const routes = routesOf(target('GET /users/me'), target('GET /users/{id}'), target('PATCH /users/{id}'))
    expect(routes.match('PUT', '/users/me')).toMatchObject({ headers: { allow: 'GET, PATCH' } })
    expect(routes.match('PUT', '/users/7')).toMatchObject({ headers: { allow: 'GET, PATCH' } })
  })

  it('is not refused on a path that only leads on to others', () => {
    expect(leadsTo(['GET /users/all/active'], 'POST /users/all')).toBe('no-such-path')
  })

  it.each(['get', 'HEAD', 'OPTIONS', '__proto__', 'constructor', ''])('includes %j', (method) => {
    expect(leadsTo(['GET /users'], `${method} /users`)).toBe('method-not-allowed')
  })
})

describe('two operations with one method and template', () => {
  it.each([
    ['GET /users', '', 'GET /users', ''],
    ['GET /users/{id}', '', 'GET /users/{userId}', ''],
    ['GET /v1/users', '', 'GET /users', '/v1'],
  ])('are refused, naming both: %s under %j, %s under %j', (one, oneBase, other, otherBase) => {
    const build = () => routesOf(target(one, oneBase, 'people'), target(other, otherBase, 'staff'))
    expect(build).toThrow(`staff ${other} and people ${one} both answer GET ${otherBase}${other.slice(4)}`)
  })

  it('are welcome when one of them differs', () => {
    expect(() => routesOf(target('GET /users'), target('POST /users'), target('GET /users', '/v2'))).not.toThrow()
    expect(() => routesOf(target('GET /users/me'), target('GET /users/{id}'))).not.toThrow()
  })
})
