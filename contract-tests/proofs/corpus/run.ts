/**
 * Tries every document of a folder: a plausible request for every operation of each, sent to the real mock, and the
 * replies judged by somebody else; with `--verify`, the suite over each mock as well. Exit code 1 where a document is not
 * served, or a reply is 5xx, empty or breaks it; or where the suite fails, dies, takes too long or tries nothing.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { readOptions } from '../../../scripts/read-options.ts'
import { runApart } from './run-apart.ts'
import { headOf, isRight, listFindings, rowOf, sumUp, tellTotals } from './tell-trials.ts'
import {
  headOfVerified,
  isVerified,
  listFailures,
  rowOfVerified,
  sumUpVerified,
  tellVerified,
} from './tell-verifications.ts'
import { NOT_SERVED, type Trial } from './trial.ts'
import { NOT_VERIFIED, type Verification } from './verification.ts'

const USAGE = `Usage: npm run corpus -- <folder or document> [options]

  --verify        also verifies each mock against its document, by rollcall verify
  --strict <e>    what fails a verification beside what is documented: observed or assumed, as rollcall verify has it
  --json <file>   writes all that was found
  --verbose       lists each finding
  --most <n>      requests of a document, spread over its operations; default 200
  --timeout <s>   seconds for one document, and for one verification, default 120
  --memory <MB>   heap of one mock, and of one suite, default 2048
  --help`

const { values, positionals } = readOptions(USAGE, {
  allowPositionals: true,
  options: {
    verify: { type: 'boolean', default: false },
    strict: { type: 'string', default: 'documented' },
    json: { type: 'string' },
    verbose: { type: 'boolean', default: false },
    most: { type: 'string', default: '200' },
    timeout: { type: 'string', default: '120' },
    memory: { type: 'string', default: '2048' },
  },
})
const [folder, ...rest] = positionals
const isStrictness = ['documented', 'observed', 'assumed'].includes(values.strict)
if (!folder || rest.length > 0 || !isStrictness) {
  console.error(USAGE)
  process.exit(2)
}

/** OpenAPI documents; what others refer to and what is something else is passed over. */
function listDocuments(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path]
  const below = readdirSync(path, { recursive: true, encoding: 'utf8' }).sort()
  return below
    .filter((name) => /\.(?:ya?ml|json)$/.test(name) && !name.includes('node_modules'))
    .map((name) => join(path, name))
    .filter((file) => /(?:^|[{,])\s*["']?(?:openapi|swagger)["']?\s*:\s*["']?\d/m.test(readFileSync(file, 'utf8')))
}

const isTerminal = process.stdout.isTTY === true
const clear = isTerminal ? '\r\u001b[K' : ''
const limits = { timeout: Number(values.timeout), memory: Number(values.memory) }

const nameOf = (file: string): string => relative(folder as string, file) || file

async function tryDocument(file: string): Promise<Trial> {
  const document = nameOf(file)
  const tellProgress = (done: number, of: number) =>
    isTerminal && process.stdout.write(`${clear}${document}  ${done} of ${of}`)
  const args = [file, values.most, values.memory]
  const came = await runApart<Trial>({ script: 'try-document.ts', args, ...limits, tellProgress })
  return came instanceof Error ? { ...NOT_SERVED, document, reason: came.message } : { ...came, document }
}

async function verifyDocument(file: string): Promise<Verification> {
  const document = nameOf(file)
  const output = mkdtempSync(join(tmpdir(), 'rollcall-verified-'))
  if (isTerminal) process.stdout.write(`${clear}${document}`)
  try {
    const args = [file, values.memory, output, values.strict]
    const came = await runApart<Verification>({ script: 'verify-document.ts', args, ...limits })
    return came instanceof Error ? { ...NOT_VERIFIED, document, reason: came.message } : { ...came, document }
  } finally {
    rmSync(output, { recursive: true })
  }
}

const documents = listDocuments(folder)
const width = Math.max(8, ...documents.map((file) => nameOf(file).length))
const isVerbose = values.verbose
const write = (lines: readonly string[]) => process.stdout.write(`${clear}${lines.join('\n')}\n`)

console.log(headOf(width))
const trials: Trial[] = []
for (const file of documents) {
  const trial = await tryDocument(file)
  trials.push(trial)
  write([rowOf(trial, width), ...(isVerbose ? listFindings(trial) : [])])
}
const totals = sumUp(trials)
console.log(`\n${tellTotals(totals)}`)

const verified: Verification[] = []
if (values.verify) {
  console.log(`\n${headOfVerified(width)}`)
  for (const file of documents) {
    const verification = await verifyDocument(file)
    verified.push(verification)
    write([rowOfVerified(verification, width), ...(isVerbose ? listFailures(verification) : [])])
  }
  console.log(`\n${tellVerified(sumUpVerified(verified))}`)
}

if (values.json) {
  const all = values.verify && { verified: { totals: sumUpVerified(verified), documents: verified } }
  writeFileSync(values.json, `${JSON.stringify({ totals, documents: trials, ...all }, null, 2)}\n`)
}
if (documents.length === 0) console.error(`${folder} holds no OpenAPI document`)
process.exitCode = documents.length > 0 && trials.every(isRight) && verified.every(isVerified) ? 0 : 1
