import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import type { Call } from '../../../mocks/engine/vocabulary.ts'

/** Text in pieces, so that a megabyte of the same is one line of a file. */
type Pieces = readonly (string | { readonly repeat: string; readonly times: number })[]

/** An input that failed once, kept so that it never fails again. */
export type Kept =
  | {
      readonly about: string
      readonly against: 'engine'
      readonly calls: readonly (Omit<Call, 'text'> & { text?: Pieces })[]
    }
  | { readonly about: string; readonly against: 'http-server'; readonly isFramed: boolean; readonly bytes: Pieces }
  | { readonly about: string; readonly against: 'documents'; readonly document: object }
  | {
      readonly about: string
      readonly against: 'commands'
      readonly name: 'document.json' | 'document.yaml'
      readonly base64: string
    }

const CORPUS = join(import.meta.dirname, 'corpus')

/** Every input of `corpus/` that is for this part, by the name of its file. */
export function readCorpus<A extends Kept['against']>(
  against: A,
): [name: string, kept: Extract<Kept, { against: A }>][] {
  return readdirSync(CORPUS)
    .map((name) => [name, JSON.parse(readFileSync(join(CORPUS, name), 'utf8'))] as [string, never])
    .filter(([, kept]) => (kept as Kept).against === against)
}

/** The text that the pieces stand for. */
export const unpack = (pieces: Pieces): string =>
  pieces.map((piece) => (typeof piece === 'string' ? piece : piece.repeat.repeat(piece.times))).join('')

/** Writes once what stands there more than thirty times in a row and is up to eight characters long. */
export function pack(text: string): Pieces {
  const pieces: Pieces[number][] = []
  let from = 0
  for (const { index, 0: run, 1: repeat = '' } of text.matchAll(/(.{1,8}?)\1{30,}/gs)) {
    if (index > from) pieces.push(text.slice(from, index))
    pieces.push({ repeat, times: run.length / repeat.length })
    from = index + run.length
  }
  if (from < text.length) pieces.push(text.slice(from))
  return pieces
}

/** Calls as a file of the corpus has them; `about` is to be filled in by hand. */
export const keepCalls = (calls: readonly Call[]): Kept => ({
  about: 'what went wrong, in a sentence',
  against: 'engine',
  calls: calls.map(({ text, ...call }) => ({ ...call, ...(text !== undefined && { text: pack(text) }) })),
})

/** The calls that were kept. */
export const openCalls = (kept: Extract<Kept, { against: 'engine' }>): Call[] =>
  kept.calls.map(({ text, ...call }) => ({ ...call, ...(text && { text: unpack(text) }) }))

const SEED = Number(process.env['ROLLCALL_FUZZ_SEED'] ?? 20_261_122)
const RUNS = Number(process.env['ROLLCALL_FUZZ_RUNS'] ?? 60_000)

/** Of all runs, so many of a hundred. */
export const share = (percent: number): number => Math.max(1, Math.round((RUNS * percent) / 100))

/** How long a test may take: longer when more is asked for. */
export const FUZZ_TIMEOUT = Math.max(60_000, RUNS * 10)

/** Runs a property; an input that breaks it is reported as the file that keeps it. */
export async function fuzz<T>(
  runs: number,
  inputs: fc.Arbitrary<T>,
  holds: (input: T) => unknown,
  keep: (input: T) => unknown,
): Promise<void> {
  const property = fc.asyncProperty(inputs, async (input) => void (await holds(input)))
  const details = await fc.check(property, {
    seed: SEED,
    numRuns: runs,
    interruptAfterTimeLimit: FUZZ_TIMEOUT - 5000,
    markInterruptAsFailure: true,
  })
  if (!details.failed) return
  const [input] = details.counterexample ?? []
  const kept = input === undefined ? 'nothing: it took too long' : JSON.stringify(keep(input), null, 2)
  const how = `seed ${details.seed}, run ${details.numRuns}, path ${details.counterexamplePath}`
  const cause = details.errorInstance
  throw new Error(
    `${cause instanceof Error ? cause.message : cause}\n${how}\nkeep it as contract-tests/proofs/fuzz/corpus/<name>.json:\n${kept}`,
    { cause },
  )
}
