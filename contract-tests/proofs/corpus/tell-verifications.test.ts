import { describe, expect, it } from 'vitest'
import { isVerified, listFailures, rowOfVerified, sumUpVerified, tellVerified } from './tell-verifications.ts'
import { NOT_VERIFIED, type Verification } from './verification.ts'

const good: Verification = {
  document: 'good.yaml',
  cases: 12,
  outcomes: { pass: 9, note: 1, 'not-reached': 2, fail: 0 },
  failures: [],
  complaints: [],
  duration: 1500,
  memory: 100 * 2 ** 20,
}
const bad: Verification = {
  ...good,
  document: 'bad.yaml',
  outcomes: { pass: 8, fail: 4 },
  failures: [
    { kind: 'accepts', rule: 'status is 200', cases: 3, first: 'a/accepts/plain', seen: '500\nno' },
    { kind: 'refuses', rule: '/a is text', cases: 1, first: 'a/refuses/a', seen: 'accepted' },
  ],
}
const died: Verification = { ...NOT_VERIFIED, document: 'died.yaml', reason: 'not done within 120 s' }
const left: Verification = { ...good, complaints: ['left behind: a thing: DELETE answered 500'] }

describe('a verification', () => {
  it('holds where no case failed, nothing died and nothing was left behind', () => {
    expect([good, bad, died, left].map(isVerified)).toEqual([true, false, false, false])
  })

  it('is a row of the table, with what cases failed for by their kind', () => {
    expect(rowOfVerified(good, 9)).toMatch(/^good\.yaml +12 +9 +1 +2 +0 +0 +0 +1\.5 +100 M +\?$/)
    expect(rowOfVerified(bad, 9)).toMatch(/ 4 +1\.5 +100 M +\? +3 accepts, 1 refuses$/)
    expect(rowOfVerified(died, 9)).toBe('died.yaml  not verified: not done within 120 s')
  })

  it('lists each failure in a line, and what else fails the run', () => {
    expect(listFailures(bad)).toEqual([
      '  accepts  3 ×  status is 200; seen: 500 no  (a/accepts/plain)',
      '  refuses  1 ×  /a is text; seen: accepted  (a/refuses/a)',
    ])
    expect(listFailures(left)).toEqual(['  left behind: a thing: DELETE answered 500'])
  })

  it('adds up to totals', () => {
    const totals = sumUpVerified([good, bad, died])
    expect(totals).toMatchObject({
      documents: 3,
      verified: 1,
      cases: 24,
      outcomes: { pass: 17, note: 1, fail: 4 },
      failures: { accepts: 3, refuses: 1 },
    })
    expect(tellVerified(totals)).toContain('1 of 3 mocks verified without a failure; the longest run took 1.5 s')
    expect(tellVerified(totals)).toContain('24 cases: 17 passed, 1 notes, 2 not reached')
  })
})
