import { BUILT_IN } from '../mocks/built-in.ts'
import { checkBody, makeBody, makeRows } from '../mocks/data/index.ts'
import { chooseOne } from './choose-apis.ts'
import { loadChosen } from './load-chosen.ts'
import { readArguments, readInteger, UsageError } from './read-arguments.ts'
import { readConfig } from './read-config.ts'
import { describeReadingFlags, READING_FLAGS } from './reading-flags.ts'
import { tellFaults } from './tell-faults.ts'

const HELP = `Usage: rollcall data <api or document> [options]

Prints a valid request body of the bulk operation, and nothing else. Built in: ${Object.keys(BUILT_IN).join(', ')}.
For any other document: a body made from its schema.

  --count <n>          how many users, default 10
  --seed <text>        the same seed gives the same users; default rollcall
  --pretty             indented
${describeReadingFlags(23)}
  --help`

/**
 * `rollcall data`.
 * @returns the exit code
 * @throws UsageError, also where the count does not fit one request; DocumentError, DataError
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments('data', args, {
    count: { type: 'string', default: '10' },
    seed: { type: 'string' },
    pretty: { type: 'boolean', default: false },
    ...READING_FLAGS,
    help: { type: 'boolean', short: 'h' },
  })
  if (values.help) {
    console.log(HELP)
    return 0
  }
  const count = readInteger('--count', values.count, 0, 1_000_000)
  const found = await readConfig(values.config)
  const chosen = chooseOne('data', found, positionals, 'API or document', values)
  const seed = values.seed ?? found.environment.seed ?? found.config.seed ?? 'rollcall'
  const api = await loadChosen(chosen)
  tellFaults(chosen.label, api, process.stderr)
  const body = makeBody(api, makeRows(api, count, seed), seed)
  const error = checkBody(api, body)
  if (error?.keyword === 'maxItems' || error?.keyword === 'minItems') {
    throw new UsageError(`--count ${count} does not fit one request of ${api.name}: the list ${error.message}`)
  }
  if (error) throw new Error(`the body is not valid: ${error.instancePath || '/'} ${error.message}`)
  process.stdout.write(`${JSON.stringify(body, null, values.pretty ? 2 : 0)}\n`)
  return 0
}
