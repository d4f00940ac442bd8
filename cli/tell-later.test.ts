import { expect, it } from 'vitest'
import type { Assembled } from './assemble-mock.ts'
import { tellLater } from './tell-later.ts'

const assembled = (settings: Partial<Assembled>) =>
  ({
    found: { file: `${process.cwd()}/rollcall.config.ts` },
    ...{ port: 4010, host: '127.0.0.1', controlToken: undefined, maxSessions: 1000, journal: 1000 },
    ...settings,
  }) as Assembled

it('tells of each setting that a running server does not take, once, and not what a secret is', () => {
  const later = tellLater(assembled({}))
  expect(later(assembled({}))).toEqual([])
  const edited = assembled({ port: 4011, controlToken: 'sesame' })
  expect(later(edited)).toEqual([
    'rollcall.config.ts: port is 4011 now, which takes effect when rollcall is started again; it goes on with 4010',
    'rollcall.config.ts: controlToken, which has changed, takes effect when rollcall is started again',
  ])
  expect(later(edited)).toEqual([])
  expect(later(assembled({ port: 4012, controlToken: 'sesame' }))).toHaveLength(1)
  expect(later(assembled({}))).toEqual([])
})
