import { describe, expect, it } from 'vitest'
import { judgeMembers } from './derive-round-trips.ts'

const RULE = { text: 'it comes back', pointer: '#/paths', evidence: 'assumed' } as const
const ROW = { email: 'ada@example.com', news: true, team: 'Blue', password: 'secret', tags: ['a'], shoe: 38 }
const judged = (body: unknown) => judgeMembers(body, ROW, RULE).map(({ rule, seen }) => `${rule.text} (${seen})`)

describe('what comes back of a row', () => {
  it('is what was sent, wherever the reply shows whose it is', () => {
    expect(judged({ count: 1, users: [{ email: 'eve@example.com', team: 'Red' }, { ...ROW }] })).toEqual([])
    expect(judged({ user: { ...ROW, team: 'Red', shoe: 39 } })).toEqual([
      'it comes back: team is "Blue" ("Red")',
      'it comes back: shoe is 38 (39)',
    ])
  })

  it('is dropped where it comes back as nothing', () => {
    expect(judged({ ...ROW, news: null, team: '' })).toEqual([
      'it comes back: news is true (null)',
      'it comes back: team is "Blue" ("")',
    ])
  })

  it('may be left out, be of another type, or hold more than was sent', () => {
    expect(judged({ email: ROW.email, password: true, tags: [{ name: 'a' }], id: 7 })).toEqual([])
  })

  it('is nobody’s where no e-mail or login says whose it is', () => {
    expect(judged({ user: { team: 'Red' } })).toEqual([])
    expect(judged(undefined)).toEqual([])
  })
})
