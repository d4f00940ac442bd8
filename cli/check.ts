import { checkDocument } from '../documents/check/check-document.ts'
import { readContract } from '../documents/contract/build-contract.ts'
import type { Contract } from '../documents/contract/contract.ts'
import { findTouched } from '../documents/contract/find-touched.ts'
import { listUnasked } from '../documents/emit/ask-credentials.ts'
import type { Diagnostic } from '../documents/read/diagnostic.ts'
import { findShipped } from '../documents/read/find-shipped.ts'
import { findResources } from '../documents/resources/find-resources.ts'
import { escapeControl } from '../mocks/api/escape-control.ts'
import { chooseOne } from './choose-apis.ts'
import { placeIn } from './describe-faults.ts'
import { checkName } from './load-api.ts'
import { readArguments, readFormat } from './read-arguments.ts'
import { readConfig } from './read-config.ts'
import { describeReadingFlags, READING_FLAGS } from './reading-flags.ts'

const HELP = `Usage: rollcall check <document> [options]

Lists what is wrong in a document of OpenAPI 3 or Swagger 2.0: where, what rollcall does instead, and which operations it
touches. The document is served all the same.

  --format <name>      text (default) or json
  --strict             exit code 1 if anything is wrong
${describeReadingFlags(23)}
  --help`

/** A fault as it is printed. */
interface Told extends Omit<Diagnostic, 'within'> {
  readonly file?: string
  readonly line?: number
  readonly column?: number
  /** The ids of the operations that it touches. */
  readonly operations: readonly string[]
}

/**
 * `rollcall check`.
 * @returns the exit code
 * @throws UsageError; DocumentError when the document cannot be read or is nothing of OpenAPI
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments('check', args, {
    format: { type: 'string', default: 'text' },
    strict: { type: 'boolean', default: false },
    ...READING_FLAGS,
    help: { type: 'boolean', short: 'h' },
  })
  if (values.help) {
    console.log(HELP)
    return 0
  }
  const format = readFormat(values.format)
  const {
    label: name,
    document,
    reading,
  } = chooseOne('check', await readConfig(values.config), positionals, 'document', values)
  checkName(document)
  const contract = await readContract(findShipped(document) ?? document, reading)
  const told = listFaults(contract)
  const operations = contract.operations.length
  if (format === 'json') console.log(JSON.stringify({ document: name, operations, diagnostics: told }, null, 2))
  else console.log(describe(name, operations, told))
  return values.strict && told.length > 0 ? 1 : 0
}

/** In the order of the text, file by file. */
function listFaults(contract: Contract): Told[] {
  const dear = [...checkDocument(contract)].filter((found) => found !== undefined)
  const all = [...contract.diagnostics, ...listUnasked(contract), ...contract.once(findResources).diagnostics, ...dear]
  const byPlaceAndWords = new Map<string, Told>()
  for (const { within, ...fault } of all) {
    const { file, line, column } = contract.findPlace(fault.pointer) ?? {}
    const place = {
      ...(file !== undefined && { file }),
      ...(line !== undefined && { line }),
      ...(column !== undefined && { column }),
    }
    // What stands in a file once may have been taken in several times.
    const key = JSON.stringify([fault.rule, fault.message, line === undefined ? fault.pointer : place])
    const { operations = [], ...known } = byPlaceAndWords.get(key) ?? {}
    const touched = new Set([...operations, ...findTouched(contract, { within })])
    byPlaceAndWords.set(key, { ...fault, ...place, ...known, operations: [...touched] })
  }
  const told = [...byPlaceAndWords.values()]
  const files = [...new Set(told.map(({ file }) => file))]
  const byPlace = (one: Told, other: Told) =>
    files.indexOf(one.file) - files.indexOf(other.file) ||
    (one.line ?? 0) - (other.line ?? 0) ||
    (one.column ?? 0) - (other.column ?? 0)
  return told.sort(byPlace)
}

/** How many operations are named before the rest is counted. */
const NAMED = 3

function describe(name: string, operations: number, told: readonly Told[]): string {
  const lines = told.map(({ rule, message, instead, pointer, operations: ids, ...place }) => {
    const more = ids.length > NAMED ? ` and ${ids.length - NAMED} more` : ''
    const touched = ids.length > 0 ? ` (${ids.slice(0, NAMED).join(', ')}${more})` : ''
    return escapeControl(`${placeIn(place, pointer)}  ${rule}: ${message}; ${instead}${touched}`)
  })
  const touched = new Set(told.flatMap(({ operations: ids }) => ids)).size
  const count = told.length === 1 ? '1 fault' : `${told.length === 0 ? 'no' : told.length} faults`
  const summary = told.length === 0 ? '' : `, ${touched} of ${operations} operations touched`
  return [...lines, `${name}: ${count}${summary}`].join('\n')
}
