import { expect, it } from 'vitest'
import type { DeclaredParameter } from '../../documents/contract/operation.ts'
import { writeParameter } from './write-parameter.ts'

it.each<
  [parameter: { in: DeclaredParameter['in']; style?: string; explode?: boolean }, value: unknown, written: object]
>([
  [{ in: 'query' }, [1, 2], { p: ['1', '2'] }],
  [{ in: 'query', explode: false }, ['a', 'b'], { p: 'a,b' }],
  [{ in: 'query', style: 'pipeDelimited', explode: false }, ['a', 'b'], { p: 'a|b' }],
  [{ in: 'query', style: 'spaceDelimited' }, [1, 2.5], { p: '1 2.5' }],
  [{ in: 'header' }, ['a', 'b'], { p: 'a,b' }],
  [
    { in: 'query', style: 'deepObject' },
    { unit: 'cm', least: 2 },
    { 'p[unit]': 'cm', 'p[least]': '2' },
  ],
  [{ in: 'query' }, true, { p: 'true' }],
])('writes a parameter %j whose value is %j', (parameter, value, written) => {
  expect(writeParameter({ name: 'p', ...parameter }, value)).toEqual(written)
})
