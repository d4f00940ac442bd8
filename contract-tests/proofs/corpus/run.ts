/**
 * Tries every document of a folder: a plausible request for every operation of each, sent to the real mock, and the
 * replies judged by somebody else. Exit code 1 where a document is not served, or a reply is 5xx, empty or breaks it.
 */
import { fork } from 'node:child_process'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { headOf, isRight, listFindings, rowOf, sumUp, tellTotals } from './tell-trials.ts'
import { NOT_SERVED, type Trial } from './trial.ts'
import type { Told } from './try-document.ts'

const HELP = `Usage: npm run corpus -- <folder or document> [options]

  --json <file>   writes all that was found
  --verbose       lists each finding
  --most <n>      requests of a document, spread over its operations; default 200
  --timeout <s>   seconds for one document, default 120
  --memory <MB>   heap of one mock, default 2048
  --help`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    verbose: { type: 'boolean', default: false },
    most: { type: 'string', default: '200' },
    timeout: { type: 'string', default: '120' },
    memory: { type: 'string', default: '2048' },
    help: { type: 'boolean', short: 'h' },
  },
})
const [folder, ...rest] = positionals
if (values.help || !folder || rest.length > 0) {
  console.log(HELP)
  process.exit(values.help ? 0 : 2)
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

/** A process of its own for each: whatever a document does, it ends only itself. */
function tryDocument(file: string, tellProgress: (text: string) => void): Promise<Trial> {
  const document = relative(folder as string, file) || file
  return new Promise((resolve) => {
    const child = fork(join(import.meta.dirname, 'try-document.ts'), [file, values.most, values.memory], {
      execArgv: [`--max-old-space-size=${values.memory}`],
      // A group of its own: the mock that it starts ends with it.
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    let reason = 'the trial ended early'
    let trial: Trial | undefined
    const end = (): void => {
      try {
        process.kill(-(child.pid as number), 'SIGKILL')
      } catch {
        // It has ended by itself.
      }
    }
    const timer = setTimeout(() => {
      reason = `not done within ${values.timeout} s`
      end()
    }, Number(values.timeout) * 1000)
    running.add(end)
    child.on('message', (told: Told) => {
      if ('trial' in told) trial = { document, ...told.trial }
      else tellProgress(`${document}  ${told.done} of ${told.of}`)
    })
    child.once('close', () => {
      clearTimeout(timer)
      end()
      running.delete(end)
      resolve(trial ?? { ...NOT_SERVED, document, reason })
    })
  })
}

const running = new Set<() => void>()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    for (const end of running) end()
    process.exit(1)
  })
}

const documents = listDocuments(folder)
const width = Math.max(8, ...documents.map((file) => (relative(folder, file) || file).length))
const isTerminal = process.stdout.isTTY === true
const clear = isTerminal ? '\r\u001b[K' : ''
console.log(headOf(width))
const trials: Trial[] = []
for (const file of documents) {
  const trial = await tryDocument(file, (text) => isTerminal && process.stdout.write(`${clear}${text}`))
  trials.push(trial)
  process.stdout.write(`${clear}${[rowOf(trial, width), ...(values.verbose ? listFindings(trial) : [])].join('\n')}\n`)
}
const totals = sumUp(trials)
console.log(`\n${tellTotals(totals)}`)
if (values.json) writeFileSync(values.json, `${JSON.stringify({ totals, documents: trials }, null, 2)}\n`)
if (documents.length === 0) console.error(`${folder} holds no OpenAPI document`)
process.exitCode = documents.length > 0 && trials.every(isRight) ? 0 : 1
