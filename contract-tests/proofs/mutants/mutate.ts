import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import type { LogLevel } from '@stryker-mutator/api/core'
import { Stryker } from '@stryker-mutator/core'
import { readOptions } from '../../../scripts/read-options.ts'
import { compareSurvivors, readExplanations, readOutOfReach, tell } from './read-survivors.ts'
import { type FileScore, hashOf, type Mutant, readMutated, type Score, scoreFile, sumOf } from './record-score.ts'

const ROOT = join(import.meta.dirname, '../../..')
const SCORE = join(import.meta.dirname, 'score.json')
const SURVIVORS = join(import.meta.dirname, '../../SURVIVORS.md')

/** Of the files that are as they were when the score was taken, one line in so many is tried again. */
const SAMPLE = 32
/** More changed lines than these are sampled too. */
const CHANGED_LINES = 500

const USAGE = `Usage: npm run mutate -- [--changed | --check] [--concurrency <n>]

Changes the mock's engine, state and behaviours, one place at a time, and lets the contract suite judge each.
Without an option everything is tried and contract-tests/proofs/mutants/score.json is written anew.

  --changed          only the files that changed since the score was taken
  --check            writes nothing: tries what changed and a sample of the rest; fails where the score no longer holds
  --concurrency <n>  how many processes judge at once; default 2
  --help`

const { values: options } = readOptions(USAGE, {
  options: {
    changed: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    concurrency: { type: 'string', default: '2' },
  },
})
process.exitCode = (await (options.check ? check() : record(options.changed))) ? 0 : 1

function readScore(): Score {
  try {
    return JSON.parse(readFileSync(SCORE, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { files: {} }
    throw error
  }
}

/** Tries the mutants of these files, or of some of their lines (`file:10-10`). */
async function mutate(patterns: readonly string[]): Promise<ReadonlyMap<string, readonly Mutant[]>> {
  if (patterns.length === 0) return new Map()
  // Outside the project: whatever reads the project's files finds no second copy of them.
  const tempDirName = await mkdtemp(join(tmpdir(), 'rollcall-mutants-'))
  try {
    const results = await new Stryker({
      mutate: [...patterns],
      testRunner: 'contract',
      plugins: [join(import.meta.dirname, 'contract-runner.ts')],
      coverageAnalysis: 'perTest',
      concurrency: Number(options.concurrency),
      // An endless loop is mostly found by its hits. What else takes long may have a busy machine to blame.
      timeoutMS: 20_000,
      tempDirName,
      ignorePatterns: ['dist', 'examples', 'benchmarks', '.ci'],
      disableTypeChecks: false,
      allowEmpty: true,
      reporters: [process.stdout.isTTY ? 'progress' : 'progress-append-only'],
      logLevel: 'error' as LogLevel,
    }).runMutationTest()
    const byFile = new Map<string, Mutant[]>()
    for (const { fileName, ...mutant } of results) {
      const file = relative(ROOT, fileName).replaceAll('\\', '/')
      byFile.set(file, [...(byFile.get(file) ?? []), mutant])
    }
    return byFile
  } finally {
    await rm(tempDirName, { recursive: true, force: true })
  }
}

/** Tries all mutants, or those of changed files, and writes the score. */
async function record(onlyChanged: boolean): Promise<boolean> {
  const sources = readMutated()
  const known = onlyChanged ? readScore().files : {}
  const isKnown = (file: string, text: string) => known[file]?.sha256 === hashOf(text)
  const wanted = [...sources].filter(([file, text]) => !isKnown(file, text))
  const tried = await mutate(wanted.map(([file]) => file))
  const survivors = readFileSync(SURVIVORS, 'utf8')
  const isOutOfReach = readOutOfReach(survivors)
  const files = Object.fromEntries(
    [...sources].map(([file, text]): [string, FileScore] => [
      file,
      isKnown(file, text)
        ? (known[file] as FileScore)
        : scoreFile(file, text, tried.get(file) ?? [], (place, original) => isOutOfReach(file, place, original)),
    ]),
  )
  await writeFile(SCORE, `${JSON.stringify({ files }, null, 2)}\n`)
  print(files)
  const wrong = compareSurvivors(readExplanations(survivors), files)
  for (const one of wrong) console.log(one)
  return wrong.length === 0
}

function print(files: Score['files']): void {
  for (const [file, score] of Object.entries(files)) {
    const { mutants, noticed, percent } = sumOf([score])
    if (mutants > 0) console.log(`${file}: ${noticed} of ${mutants} noticed, ${percent} %`)
  }
  const { mutants, noticed, percent } = sumOf(Object.values(files))
  const outOfReach = Object.values(files).reduce((sum, one) => sum + one.outOfReach, 0)
  console.log(`${noticed} of ${mutants} mutants noticed, ${percent} %; ${outOfReach} more are out of reach`)
}

/** Whether the score still holds: of the changed files all mutants, of the others a sample of those that were noticed. */
async function check(): Promise<boolean> {
  const { files } = readScore()
  const sources = readMutated()
  const changed = [...sources].filter(([file, text]) => files[file]?.sha256 !== hashOf(text))
  const lines = changed.reduce((sum, [, text]) => sum + text.split('\n').length, 0)
  const every = Math.ceil(lines / CHANGED_LINES)
  // The last digits alone: a number of all 64 is rounded, and then every remainder is 0.
  const start = Number.parseInt(hashOf(readSuite()).slice(-8), 16)
  const patterns = [...sources].flatMap(([file, text]) => {
    const count = text.split('\n').length
    const isChanged = changed.some(([name]) => name === file)
    if (isChanged && every <= 1) return [file]
    const spared = new Set(isChanged ? [] : files[file]?.survivors.map(({ line }) => line))
    return sampleOf(count, isChanged ? every : SAMPLE, start)
      .filter((line) => !spared.has(line))
      .map((line) => `${file}:${line}-${line}`)
  })
  const tried = await mutate(patterns)
  const survivors = readFileSync(SURVIVORS, 'utf8')
  const explanations = readExplanations(survivors)
  const isOutOfReach = readOutOfReach(survivors)
  const wrong: string[] = []
  const now: Record<string, FileScore> = { ...files }
  for (const [file, mutants] of tried) {
    const score = scoreFile(file, sources.get(file) ?? '', mutants, (place, original) =>
      isOutOfReach(file, place, original),
    )
    if (!changed.some(([name]) => name === file)) {
      wrong.push(...score.survivors.map((one) => `${tell(file, one)} was noticed when the score was taken`))
      continue
    }
    if (every <= 1) now[file] = score
    wrong.push(...compareSurvivors(explanations, { [file]: score }).filter((text) => text.endsWith('is not explained')))
  }
  const [said, found] = [sumOf(Object.values(files)), sumOf(Object.values(now))]
  if (found.percent < said.percent - 1) wrong.push(`the score is ${found.percent} %, not ${said.percent} %`)
  const count = [...tried.values()].reduce((sum, { length }) => sum + length, 0)
  console.log(`${count} mutants tried again; ${changed.length} files changed since the score was taken`)
  for (const one of wrong) console.log(one)
  if (wrong.length > 0)
    console.log(
      'Make a case that notices, or say in contract-tests/SURVIVORS.md why none can; then: npm run mutate -- --changed',
    )
  return wrong.length === 0
}

function sampleOf(lines: number, every: number, start: number): number[] {
  return Array.from({ length: lines }, (_, at) => at + 1).filter((line) => line % every === start % every)
}

/** Another suite draws another sample. */
function readSuite(): string {
  const folder = join(import.meta.dirname, '../..')
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(({ name }) => name.endsWith('.ts'))
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'))
    .sort()
    .join('\n')
}
