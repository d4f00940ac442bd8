import { describe, expect, it } from 'vitest'
import { tellFailure } from './tell-failure.ts'

const TAKEN = { id: 'taken', at: '/error/code' }

describe('a business failure shows', () => {
  it.each<[what: string, body: unknown, failure: Parameters<typeof tellFailure>[1], told: unknown]>([
    ['its id where it has no code', { error: { code: 'x', more: 1 } }, TAKEN, { error: { more: 1, code: 'taken' } }],
    ['its code', { error: {} }, { ...TAKEN, code: 'E7' }, { error: { code: 'E7' } }],
    [
      'its message in the place of a code',
      { error: 'x' },
      { id: 'taken', at: '/error', code: null },
      { error: 'Taken' },
    ],
    [
      'its message apart',
      { code: 1, text: 2 },
      { id: 'a', at: '/code', messageAt: '/text' },
      { code: 'a', text: 'Taken' },
    ],
    [
      'in the first of several',
      { errors: [{}, {}] },
      { id: 'a', at: '/errors/*/code' },
      { errors: [{ code: 'a' }, {}] },
    ],
    ['in no item that is not there', { errors: [] }, { id: 'a', at: '/errors/0/code' }, { errors: [] }],
    ['in its status alone', { a: 1 }, { id: 'a', at: '409' }, { a: 1 }],
    [
      'in what is called a code, beside its status',
      { code: 'x', message: 'y' },
      { id: 'a', at: '409' },
      { message: 'y', code: 'a' },
    ],
    [
      'in a code within, with the code of its own',
      { error: { error_code: 'x' } },
      { id: 'a', at: '409', code: 'E7' },
      { error: { error_code: 'E7' } },
    ],
    [
      'in no code that is a number, and in none where it has none',
      { code: 7, in: { code: 'x' } },
      { id: 'a', at: '409', code: null },
      { code: 7, in: { code: 'x' } },
    ],
  ])('%s', (_, body, failure, told) => {
    expect(tellFailure(body, failure, 'Taken', false, undefined)).toEqual(told)
  })

  it('in no code of an example of the document', () => {
    expect(tellFailure({ code: 'x' }, { id: 'a', at: '409' }, 'Taken', true, undefined)).toEqual({ code: 'x' })
  })

  it('nowhere where its schema forbids it', () => {
    expect(tellFailure({ error: { code: 7 } }, TAKEN, 'Taken', false, () => false)).toEqual({ error: { code: 7 } })
  })
})
