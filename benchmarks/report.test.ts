import { describe, expect, it } from 'vitest'
import { pairwise, showRatio } from './figures.ts'
import { describeFindings, judge } from './report.ts'
import { CHECKED, TARGETS } from './targets.ts'
import { MARKER, numberRows, WORKLOADS } from './workloads.ts'

describe('judge', () => {
  it.each([
    ['met', 'cpu-of-floor', [1.1, 1.2, 1.0], undefined],
    ['met', 'cpu-of-floor', [1.15], undefined],
    ['missed within the noise', 'cpu-of-floor', [1.1, 1.2, 1.3], undefined],
    ['missed', 'cpu-of-floor', [1.2, 1.16, 1.3], undefined],
    ['met', 'rate-of-floor', [0.9, 0.8, 0.86], undefined],
    ['missed within the noise', 'rate-of-floor', [0.9, 0.8, 0.7], undefined],
    ['missed', 'rate-of-floor', [0.84, 0.8, 0.7], undefined],
    ['met', 'cold-start', [2.5, 3], 1.9],
  ] as const)('says %s of %s %j', (verdict, target, rounds, value) => {
    expect(judge({ target, subject: 'any', rounds, ...(value && { value }) })).toBe(verdict)
  })

  it('holds to another limit where one is given', () => {
    expect(judge({ target: 'cpu-of-floor', subject: 'any', rounds: [1.8, 1.9] }, 2)).toBe('met')
  })
})

describe('figures', () => {
  it('gives a ratio for each round that both have', () => {
    expect(pairwise([2, undefined, 9], [1, 1, 3])).toEqual([2, 3])
  })

  it('shows the median and the range', () => {
    expect(showRatio([0.5, 0.9, 0.7])).toBe('0.70 (0.50..0.90)')
    expect(showRatio([12.345])).toBe('12.3')
  })

  it('shows what is wanted beside what was found', () => {
    const line = describeFindings([{ target: 'install-size', subject: 'the tarball', rounds: [8.2] }]).split('\n')[2]
    expect(line).toMatch(/^\| production install +\| the tarball +\| at most 12 MB +\| 8\.20 MB +\| met +\|$/)
  })
})

describe('the targets', () => {
  it('ask the check for nothing that no workload is', () => {
    const names = WORKLOADS.map(({ name }) => name)
    expect(Object.keys(CHECKED).filter((name) => !names.includes(name))).toEqual([])
  })

  it('let the check be milder than what is wanted, never stricter', () => {
    for (const limit of Object.values(CHECKED)) expect(limit).toBeGreaterThanOrEqual(TARGETS['cpu-of-floor'].wanted)
  })
})

describe('the workloads', () => {
  it('have names of their own', () => {
    expect(new Set(WORKLOADS.map(({ name }) => name)).size).toBe(WORKLOADS.length)
  })

  it.each(WORKLOADS.filter(({ rows }) => rows > 0).map((workload) => [workload.name, workload] as const))(
    '%s has as many markers in every row',
    (_, { body, rows }) => {
      expect((body.split(MARKER).length - 1) % rows).toBe(0)
      expect(body.split(MARKER).length - 1).toBeGreaterThan(0)
    },
  )

  it('number the rows one after the other', () => {
    expect(numberRows(`${MARKER}${MARKER},${MARKER}${MARKER}`, 2)).toBe('000000000000000000,000000001000000001')
  })
})
