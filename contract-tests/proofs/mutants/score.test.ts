import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compareSurvivors, readExplanations, readOutOfReach } from './read-survivors.ts'
import { type Mutant, readMutated, type Score, scoreFile, sumOf } from './record-score.ts'

const ROOT = join(import.meta.dirname, '../../..')
const SURVIVORS = readFileSync(join(import.meta.dirname, '../../SURVIVORS.md'), 'utf8')
const { files }: Score = JSON.parse(readFileSync(join(import.meta.dirname, 'score.json'), 'utf8'))

describe('the score of the last run', () => {
  it('is what docs/promises.md says', () => {
    const [, section = ''] = readFileSync(join(ROOT, 'docs', 'promises.md'), 'utf8').split('## What the suite catches')
    const [, ...said] =
      /changed the mock's engine, state and behaviours in\s+([\d,]+) places.*?noticed ([\d,]+) \((\d+) %\).*?([\d,]+) more stand/s.exec(
        section,
      ) ?? []
    const { mutants, noticed, percent } = sumOf(Object.values(files))
    const outOfReach = Object.values(files).reduce((sum, one) => sum + one.outOfReach, 0)
    expect(said.map((text) => Number(text.replaceAll(',', '')))).toEqual([mutants, noticed, percent, outOfReach])
  })

  it('does not fall below what was reached', () => {
    expect(sumOf(Object.values(files)).percent).toBeGreaterThanOrEqual(88)
  })

  it('leaves no file out', () => {
    expect(Object.keys(files)).toEqual([...readMutated().keys()])
  })

  it('has survivors that are explained, each by one line of SURVIVORS.md, and no line without a survivor', () => {
    expect(compareSurvivors(readExplanations(SURVIVORS), files)).toEqual([])
  })

  it('calls nothing out of reach that is not there', () => {
    const named = [...SURVIVORS.matchAll(/^- `(mocks\/[^`]+)`(?: `[^`]+`(?:, .*)?)?: .+$/gm)]
    expect(named.length).toBeGreaterThan(0)
    for (const [line, file = ''] of named) {
      expect(files[file]?.outOfReach, line).toBeGreaterThan(0)
    }
  })
})

describe('scoring a file', () => {
  const text = [
    'const LIMIT = 3',
    'export function isFull(count: number): boolean {',
    '  return count >= LIMIT',
    '}',
    '',
  ].join('\n')
  const mutant = (status: string, line: number, column: number, length: number, replacement: string): Mutant => ({
    status,
    mutatorName: 'any',
    replacement,
    location: { start: { line, column }, end: { line, column: column + length } },
  })
  const mutants = [
    mutant('Killed', 3, 10, 14, 'true'),
    mutant('Timeout', 3, 10, 14, 'false'),
    mutant('Survived', 3, 10, 14, 'count > LIMIT'),
    mutant('NoCoverage', 2, 48, 1, '{}'),
    mutant('CompileError', 3, 10, 14, '?'),
  ]

  it('counts what was noticed, and names what was not by where it stands', () => {
    const score = scoreFile('any.ts', text, mutants, () => false)
    expect(score).toMatchObject({ mutants: 4, noticed: 2, outOfReach: 0 })
    expect(
      score.survivors.map(({ place, line, original, replacement }) => [place, line, original, replacement]),
    ).toEqual([
      ['isFull', 2, '{', '{}'],
      ['isFull', 3, 'count >= LIMIT', 'count > LIMIT'],
    ])
    expect(sumOf([score])).toEqual({ mutants: 4, noticed: 2, percent: 50 })
  })

  it('counts apart what survives out of reach, and nothing that was noticed', () => {
    const isOutOfReach = readOutOfReach('## Out of reach\n\n- `any.ts` `isFull`: why\n\n## Others\n\n- `any.ts`: no\n')
    const score = scoreFile('any.ts', text, mutants, (place) => isOutOfReach('any.ts', place, ''))
    expect(score).toMatchObject({ mutants: 2, noticed: 2, survivors: [], outOfReach: 2 })
    expect([isOutOfReach('any.ts', 'isFuller', ''), isOutOfReach('any.ts', 'isFull.inner', '')]).toEqual([false, true])
    const isOne = readOutOfReach('## Out of reach\n\n- `any.ts` `isFull`, `count >= LIMIT`: why\n')
    const two = scoreFile('any.ts', text, mutants, (place, original) => isOne('any.ts', place, original))
    expect(two).toMatchObject({ mutants: 3, noticed: 2, outOfReach: 1 })
  })

  it('rounds down: a score is not reached before it is', () => {
    expect(sumOf([{ mutants: 1000, noticed: 849 }]).percent).toBe(84)
  })
})

describe('the explanations', () => {
  const survivor = (place: string, original: string, line = 1) => ({
    place,
    line,
    original,
    mutator: 'any',
    replacement: 'x',
  })
  const score = (...survivors: ReturnType<typeof survivor>[]): Score['files'] => ({
    'mocks/engine/a.ts': {
      sha256: '',
      mutants: 9,
      noticed: 9 - survivors.length,
      outOfReach: 0,
      survivors,
    },
  })
  const of = (...lines: string[]) => readExplanations(['### `mocks/engine/a.ts`', '', ...lines].join('\n'))

  it('are about a place or about single sources in it', () => {
    const files = score(survivor('put', 'a < b'), survivor('put', 'a'), survivor('put.inner', 'c'))
    expect(compareSurvivors(of('- `put`, `a < b` (1): equal', '- `put` (2): unseen'), files)).toEqual([])
    expect(compareSurvivors(of('- `put`, `a`, `c` (2): equal', '- `put` (1): unseen'), files)).toEqual([])
    expect(compareSurvivors(of('- `put`, ``a < b`` (1): equal', '- `put` (2): unseen'), files)).toEqual([])
  })

  it('leave no survivor out', () => {
    expect(
      compareSurvivors(of('- `put`, `a` (1): equal'), score(survivor('put', 'a'), survivor('get', 'b', 7))),
    ).toEqual(['mocks/engine/a.ts:7 (get) b -> x is not explained'])
  })

  it('say how many survivors were read: one more or fewer is told', () => {
    const files = score(survivor('put', 'a'))
    expect(compareSurvivors(of('- `put` (2): unseen'), files)).toEqual([
      'SURVIVORS.md, line 3: 1 survivors of mocks/engine/a.ts put, not 2',
    ])
    expect(compareSurvivors(of('- `put` (1): unseen', '- `get` (1): gone'), files)).toEqual([
      'SURVIVORS.md, line 4: 0 survivors of mocks/engine/a.ts get, not 1',
    ])
  })

  it('have one form', () => {
    expect(() => of('- put: because')).toThrow(/SURVIVORS\.md, line 3/)
  })
})
