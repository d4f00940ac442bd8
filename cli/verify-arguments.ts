import type { DeriveOptions } from '../contract-tests/case-kit.ts'
import { quote } from '../contract-tests/reporters/curl.ts'
import { REPORTERS, type ReporterName } from '../contract-tests/reporters/index.ts'
import type { Evidence } from '../contract-tests/vocabulary.ts'
import { BUILT_IN } from '../mocks/built-in.ts'
import { didYouMean, readArguments, readInteger, UsageError } from './read-arguments.ts'
import { type Rate, readRate } from './verify-rate.ts'

export const HELP = `Usage: rollcall verify <api or document> --url <base url> [options]

Checks a running implementation against its document, and deletes again what it created there.
Built in: ${Object.keys(BUILT_IN).join(', ')}. For any other: the path of an OpenAPI 3.1 document.

  --url <url>            where the API is, with its base path
  --token <text>         the credential; better in the environment, as ROLLCALL_TOKEN
  --token-env <name>     the environment variable that holds it
  --bad-token <text>     one that must be refused (or ROLLCALL_BAD_TOKEN)
  --second-token <text>  one of another tenant (or ROLLCALL_SECOND_TOKEN)
  --header <n: v>        sent with every request; several
  --param <k=v>          a path parameter, such as the tenant's id; several
  --second-param <k=v>   the same for a second tenant; several

  --grep <text>          only cases whose id or title contains it
  --case <id>            only this one, again
  --seed <text>          the same seed makes the same requests; default: another for every run
  --list                 print the cases; nothing is sent
  --dry-run              print the requests and their number per operation; nothing is sent
  --strict <evidence>    what can fail: documented (default), observed, assumed
  --against <url>        verify this one too, and show only what differs

  --rate <n/s | n/min>   default: as fast as it goes on this machine, 2/s or the documented limit elsewhere
  --concurrency <n>      requests at the same time, default 1
  --timeout <ms>         for one request, default 30000
  --fail-fast            stop at the first failure
  --allow-mail           also try what sends mail to people
  --allow-production     the hosts that the document names are refused without

  --reporter <names>     ${Object.keys(REPORTERS).join(', ')}; several with commas; default list
  --output <folder>      where files go, default rollcall-report
  --help

Exit codes: 0 no failure; 1 failures, or broken off; 2 the command line was not understood, or nothing answers there.`

const FLAGS = {
  url: { type: 'string' },
  token: { type: 'string' },
  'token-env': { type: 'string' },
  'bad-token': { type: 'string' },
  'second-token': { type: 'string' },
  header: { type: 'string', multiple: true },
  param: { type: 'string', multiple: true },
  'second-param': { type: 'string', multiple: true },
  grep: { type: 'string' },
  case: { type: 'string' },
  seed: { type: 'string' },
  list: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  strict: { type: 'string', default: 'documented' },
  against: { type: 'string' },
  rate: { type: 'string' },
  concurrency: { type: 'string' },
  timeout: { type: 'string', default: '30000' },
  'fail-fast': { type: 'boolean' },
  'allow-mail': { type: 'boolean' },
  'allow-production': { type: 'boolean' },
  reporter: { type: 'string', default: 'list' },
  output: { type: 'string', default: 'rollcall-report' },
  help: { type: 'boolean', short: 'h' },
} as const

type Flags = ReturnType<typeof readArguments<typeof FLAGS>>['values']

type Pairs = Readonly<Record<string, string>>

/** The command line of `rollcall verify`, read and checked. */
export interface VerifyArguments {
  /** An API or the path of a document, as it was given. */
  readonly name: string
  readonly flags: Flags
  readonly params: Pairs
  readonly secondParams: Pairs
  readonly headers: Pairs
  readonly reporters: readonly ReporterName[]
  readonly strict: Evidence
  readonly timeout: number
  readonly rate: Rate | undefined
  readonly concurrency: number | undefined
}

/** @returns undefined when help was asked for @throws UsageError */
export function readVerifyArguments(args: readonly string[]): VerifyArguments | undefined {
  const { values: flags, positionals } = readArguments('verify', args, FLAGS)
  if (flags.help) return undefined
  const [name, ...rest] = positionals
  if (name === undefined || rest.length > 0) {
    throw new UsageError('verify takes one API or document; see rollcall verify --help')
  }
  if (flags.against !== undefined && flags.reporter !== 'list') {
    throw new UsageError('--against shows differences and takes no --reporter')
  }
  return {
    name,
    flags,
    params: readPairs('--param', flags.param),
    secondParams: readPairs('--second-param', flags['second-param']),
    headers: readHeaders(flags.header),
    reporters: readChoices('--reporter', flags.reporter.split(','), Object.keys(REPORTERS) as ReporterName[]),
    strict: readChoices('--strict', [flags.strict], ['documented', 'observed', 'assumed'])[0] as Evidence,
    timeout: readInteger('--timeout', flags.timeout, 1, 3_600_000),
    rate: flags.rate === undefined ? undefined : readRate(flags.rate),
    concurrency: flags.concurrency === undefined ? undefined : readInteger('--concurrency', flags.concurrency, 1, 64),
  }
}

/** What the derivation of the cases takes from the command line. */
export const deriveOptionsOf = ({ flags: { seed }, params, secondParams }: VerifyArguments): DeriveOptions => ({
  ...(seed !== undefined && { seed }),
  ...(Object.keys(params).length > 0 && { params }),
  ...(Object.keys(secondParams).length > 0 && { secondParams }),
})

/** This command again, without what chooses a case or how it is reported; credentials by their variable. */
export function writeAgain(
  { name, flags, params, secondParams, headers, strict }: VerifyArguments,
  url: string,
): string {
  const { 'token-env': variable = flags.token === undefined ? undefined : 'ROLLCALL_TOKEN' } = flags
  const again = [
    ['--url', url],
    ...Object.entries(params).map(([key, value]) => ['--param', `${key}=${value}`]),
    ...Object.entries(secondParams).map(([key, value]) => ['--second-param', `${key}=${value}`]),
    ...Object.entries(headers).map(([key, value]) => ['--header', `${key}: ${value}`]),
    ...(variable === undefined ? [] : [['--token-env', variable]]),
    ...(strict === 'documented' ? [] : [['--strict', strict]]),
    ...(flags['allow-mail'] ? [['--allow-mail']] : []),
    ...(flags['allow-production'] ? [['--allow-production']] : []),
  ]
  return ['rollcall', 'verify', name, ...again.flat()].map(quote).join(' ')
}

function readPairs(flag: string, pairs: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const equals = pair.indexOf('=')
      if (equals < 1) throw new UsageError(`${flag} must be like name=value, not ${pair}`)
      return [pair.slice(0, equals), pair.slice(equals + 1)]
    }),
  )
}

function readHeaders(headers: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    headers.map((header) => {
      const [, name, value] = /^([\w!#$%&'*+.^`|~-]+):\s*(.*)$/.exec(header) ?? []
      // The header itself may be a secret that was typed wrongly.
      if (name === undefined || value === undefined) throw new UsageError('--header must be like "Name: value"')
      return [name, value]
    }),
  )
}

function readChoices<T extends string>(flag: string, given: readonly string[], known: readonly T[]): T[] {
  return given.map((word) => {
    const found = known.find((name) => name === word.trim())
    if (found) return found
    throw new UsageError(
      `${flag} has no ${word || 'empty name'}${didYouMean(word, known)}; there is ${known.join(', ')}`,
    )
  })
}
