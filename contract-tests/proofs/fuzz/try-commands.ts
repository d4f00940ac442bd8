import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { transform } from 'esbuild'
import { run as check } from '../../../cli/check.ts'
import { run as data } from '../../../cli/data.ts'
import { run as generate } from '../../../cli/generate.ts'
import { run as infer } from '../../../cli/infer.ts'
import { UsageError } from '../../../cli/read-arguments.ts'
import { run as verify } from '../../../cli/verify.ts'
import { DocumentError } from '../../../documents/read/document-error.ts'
import { basePathOf } from '../../../mocks/api/api.ts'
import { createMock } from '../../../mocks/create-mock.ts'
import { readApi } from '../../../mocks/read-api.ts'
import type { BrokenFile } from './broken-documents.ts'
import { answerSoundly, insist, insistOnCleanPrototypes } from './stay-sound.ts'

/** No command may work for longer, in milliseconds of the processor: others may use it as well. */
const LONGEST = 5000

const worked = (): number => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** Runs a command in this process. @returns what it printed */
async function runQuietly(command: (args: readonly string[]) => Promise<number>, args: readonly string[]) {
  const streams = [process.stdout, process.stderr]
  const writes = streams.map(({ write }) => write)
  const { log, error, warn } = console
  let printed = ''
  const take = (text: unknown) => {
    printed += `${text}\n`
    return true
  }
  for (const stream of streams) stream.write = take as typeof stream.write
  Object.assign(console, { log: take, error: take, warn: take })
  try {
    await command(args)
  } finally {
    for (const [at, stream] of streams.entries()) stream.write = writes[at] as typeof stream.write
    Object.assign(console, { log, error, warn })
  }
  return printed
}

/** What ends a command in one line, as `cli/main.ts` prints it. */
const isTold = (error: unknown): boolean =>
  error instanceof UsageError || error instanceof DocumentError || (error instanceof Error && 'code' in error)

async function attempt(name: string, step: () => Promise<unknown>): Promise<void> {
  const began = worked()
  try {
    await step()
  } catch (error) {
    insist(isTold(error), `${name} ends with a stack: ${error instanceof Error ? error.stack : error}`)
    insist(!/\n {4}at /.test(String((error as Error).message)), `${name} tells a stack: ${(error as Error).message}`)
  }
  const took = worked() - began
  insist(took < LONGEST, `${name} took ${Math.round(took)} ms`)
}

/** Each operation is called once; where the document itself has no reply for that, it says 500, and no fault of ours. */
async function mockOnce(file: string): Promise<void> {
  const api = await readApi(file)
  const mock = createMock({ apis: [api], warn: () => {} })
  for (const { method, path } of api.operations) {
    const target = decodeURI(basePathOf(api)) + path.replace(/\{[^}]*\}/g, '1')
    const hasBody = !/^(?:GET|HEAD|TRACE)$/.test(method)
    const headers = { host: 'localhost', authorization: 'Basic YTpi', 'x-key': 'k', 'content-type': 'application/json' }
    const call = { method, path: target, headers, ...(hasBody && { text: '{"id":"a","name":"A"}' }) }
    // Whoever comes first makes what a tenant begins with, also where the call is refused.
    mock.serve(call)
    answerSoundly(mock, call)
  }
}

async function generateSoundly(file: string, within: string): Promise<void> {
  const out = join(within, 'out')
  await mkdir(within, { recursive: true })
  try {
    await runQuietly(generate, [file, '--out', out])
    insist(String(await readdir(within)) === 'out', 'generate has written beside its folder')
    for (const name of await readdir(out)) {
      const text = await readFile(join(out, name), 'utf8')
      // Nothing of the document has closed a comment or a text.
      await transform(text, { loader: 'ts', logLevel: 'silent' }).catch((error) => {
        throw new Error(`${name} is no TypeScript: ${error.message}\n${text.slice(0, 500)}`)
      })
    }
  } finally {
    await rm(within, { recursive: true })
  }
}

/**
 * Gives a document to each command, in this process.
 * @param folder an empty one
 * @throws Error that says which one did not end in a line, or took too long
 */
export async function tryCommands({ name, bytes }: BrokenFile, folder: string): Promise<void> {
  const file = join(folder, name)
  await writeFile(file, bytes)
  await attempt('check', () => runQuietly(check, [file]))
  await attempt('infer', () => runQuietly(infer, [file]))
  await attempt('data', () => runQuietly(data, [file, '--count', '2']))
  await attempt('verify --list', () => runQuietly(verify, [file, '--list']))
  await attempt('mock', () => mockOnce(file))
  await attempt('generate', () => generateSoundly(file, join(folder, 'generated')))
  insistOnCleanPrototypes()
}
