import { expect, it } from 'vitest'
import type { Operation } from './engine/vocabulary.ts'
import { leaveOutShadowed } from './leave-out-shadowed.ts'

const operation = (id: string, method: string, path: string) => ({ id, method, path }) as Operation

it('of operations that answer the same requests the first is served, and none that no request reaches', () => {
  const operations = [
    operation('a', 'GET', '/a/{b}'),
    operation('b', 'GET', '/a/{c}'),
    operation('c', 'PUT', '/a/{c}'),
    operation('d', 'GET', '/a/d'),
    operation('e', 'GET', '/a/{b}.json'),
    operation('f', 'GET', '/a/{c}.json'),
    operation('g', 'GET', '/a/d#e'),
    operation('h', 'GET', '/a/d?e=1'),
    operation('i', 'GET', '/a/d?e=1'),
    operation('j', 'GET', '/a/d{?e}'),
  ]
  expect(leaveOutShadowed(operations).map(({ id }) => id)).toEqual(['a', 'c', 'd', 'e', 'h'])
})
