import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readContract } from '../documents/contract/build-contract.ts'
import type { Contract } from '../documents/contract/contract.ts'
import { generate, headerOf, NoTypeScriptError } from '../documents/emit/generate.ts'
import { listOperations } from '../documents/emit/list-operations.ts'
import { findShipped, shippedName } from '../documents/read/find-shipped.ts'
import { fileNameOf, nameDocument } from '../documents/read/name-document.ts'
import { DocumentError } from '../documents/read/read-document.ts'
import { leaveOutShadowed } from '../mocks/leave-out-shadowed.ts'
import { type Chosen, chooseApis, chooseOne } from './choose-apis.ts'
import { checkName } from './load-api.ts'
import { openFolder } from './open-folder.ts'
import { readArguments, UsageError } from './read-arguments.ts'
import { readConfig } from './read-config.ts'
import { describeReadingFlags, READING_FLAGS } from './reading-flags.ts'
import { tellFaults } from './tell-faults.ts'
import { writeWhole } from './write-whole.ts'

const HELP = `Usage: rollcall generate [api or document] [--out <folder>] [--check]

Writes what is derived from a document of OpenAPI 3 or Swagger 2.0, or that of a built-in API: types.ts, operations.ts, examples.ts, validators.js, validators.d.ts;
of a document of your own also api.ts, an API for createMock and createHandlers that runs in a page without the document.
Needs the packages typescript (5.x), openapi-typescript and esbuild.

  --out <folder>       where the files go; made if it is not there; default: that of the configuration
  --check              write nothing; name every stale file and exit 1 if there is one
${describeReadingFlags(23)}
  --help`

/** Packages that only this command needs; optional peers, because most users never generate. */
const NEEDED = ['typescript@5', 'openapi-typescript', 'esbuild']

/**
 * `rollcall generate`.
 * @returns the exit code: 1 where --check finds a stale file
 * @throws UsageError, DocumentError, NoTypeScriptError; Error (code `ERR_MODULE_NOT_FOUND`) where a peer is not
 * installed
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments('generate', args, {
    out: { type: 'string' },
    check: { type: 'boolean' },
    ...READING_FLAGS,
    help: { type: 'boolean', short: 'h' },
  })
  if (values.help) {
    console.log(HELP)
    return 0
  }
  const found = await readConfig(values.config)
  const all = positionals.length === 0 && values.out === undefined ? chooseApis(found, [], values) : []
  const ready = all.filter(({ out }) => out !== undefined)
  const chosen = ready.length > 0 ? ready : [chooseOne('generate', found, positionals, 'API or document', values)]
  let code = 0
  for (const one of chosen) code = Math.max(code, await derive(one, values.out ?? one.out, values.check === true))
  return code
}

async function derive(
  { document, label, reading, name }: Chosen,
  out: string | undefined,
  isCheck: boolean,
): Promise<number> {
  if (!out) throw new UsageError('generate needs --out <folder>')
  checkName(document)
  const file = existsSync(document) ? document : (findShipped(document) ?? document)
  const contract = await readContract(file, reading)
  tellFaults(label, contract, process.stderr)
  const files = await deriveFiles(contract, file, name).catch((error) => explain(error, label))
  return isCheck ? check(files, out) : write(files, out)
}

/** Of a document of one's own also an API that needs it no more; a built-in one is there already. */
async function deriveFiles(contract: Contract, file: string, name = nameDocument(file)) {
  const source = fileNameOf(file)
  const files = await generate(contract, source)
  if (shippedName(file) !== undefined) return files
  const { writeApi } = await import('../mocks/plan/write-api.ts')
  const operations = leaveOutShadowed(listOperations(contract))
  return new Map([...files, ['api.ts', writeApi(contract, operations, name, headerOf(source))]])
}

function explain(error: NodeJS.ErrnoException, document: string): never {
  if (error instanceof NoTypeScriptError) throw error
  if (error instanceof RangeError && error.message.includes('call stack')) {
    const reason =
      'its schemas lead from one to the next too deep for validators to be written, which is some 200 times'
    throw new DocumentError(
      `${document}: ${reason}; join some of them, or serve it by rollcall mock, which takes them as they are`,
    )
  }
  // What the libraries find wrong is the document's fault, and needs no stack: a pattern that does not compile.
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw new DocumentError(`${document}: ${error.message.split('\n')[0]}`)
  throw Object.assign(new Error(`generate needs more packages; run: npm install --save-dev ${NEEDED.join(' ')}`), {
    code: 'ERR_MODULE_NOT_FOUND',
  })
}

async function check(files: ReadonlyMap<string, string>, folder: string): Promise<number> {
  const stale: string[] = []
  for (const [name, text] of files) {
    const path = join(folder, name)
    if ((await readFile(path, 'utf8').catch(() => undefined)) !== text) stale.push(path)
  }
  if (stale.length === 0) return 0
  process.stderr.write(`rollcall: stale, run rollcall generate again: ${stale.join(', ')}\n`)
  return 1
}

async function write(files: ReadonlyMap<string, string>, folder: string): Promise<number> {
  await openFolder('--out', folder)
  const paths = new Map([...files].map(([name, text]) => [join(folder, name), text]))
  await writeWhole(paths)
  for (const path of paths.keys()) console.log(path)
  return 0
}
