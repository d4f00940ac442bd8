import { expect, it } from 'vitest'
import { readTemplates } from './read-templates.ts'

it.each<[path: string, declared: string, want: string]>([
  ['/a/{id}', '', '/a/{id}'],
  ['/a/{ id }/{b}', 'id', '/a/{id}/{b}'],
  ['/a/{id:int}', 'id', '/a/{id}'],
  ['/a/{id: [0-9]{3}}.json', 'id', '/a/{id}.json'],
  ['/a/{path*}', 'path', '/a/{path}'],
  ['/a/{proxy+}', '', '/a/{proxy}'],
  ['/a/{+name}', 'name', '/a/{name}'],
  ['/a/{id?}', '', '/a/{id}'],
  ['/a/{from}-{to}', '', '/a/{from}-{to}'],
  // What is declared so is called so.
  ['/a/{path*}', 'path*', '/a/{path*}'],
  ['/a/{id:int}', 'id:int', '/a/{id:int}'],
  ['/a/{größe}/{a b}', '', '/a/{größe}/{a b}'],
  ['/a{?page}', 'page', '/a{?page}'],
  // Only what is declared is a parameter without braces.
  ['/a/:id/:b', 'id', '/a/{id}/:b'],
  ['/a/{id}:cancel', 'id cancel', '/a/{id}:cancel'],
  ['/a/{id}/:id', 'id', '/a/{id}/:id'],
])('%s with the parameters "%s" is read as %s', (path, declared, want) => {
  expect(readTemplates(path, new Set(declared.split(' ')))).toBe(want)
})
