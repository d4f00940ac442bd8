import type { DeriveOptions } from '../contract-tests/suite/case-kit.ts'
import { MOST_CASES, MOST_OF_RUN } from '../contract-tests/suite/derive-cases.ts'
import { quote } from '../contract-tests/suite/reporters/curl.ts'
import { REPORTERS, type ReporterName } from '../contract-tests/suite/reporters/index.ts'
import type { Redactor } from '../contract-tests/suite/secrets/redactor.ts'
import type { Evidence } from '../contract-tests/suite/vocabulary.ts'
import type { Contract } from '../documents/contract/contract.ts'
import { parsePointer } from '../documents/read/json-pointer.ts'
import type { ReadOptions } from '../documents/read/read-options.ts'
import { BUILT_IN } from '../mocks/built-in.ts'
import { didYouMean, readArguments, readInteger, UsageError } from './read-arguments.ts'
import { readDuration } from './read-duration.ts'
import { describeReadingFlags, READING_FLAGS } from './reading-flags.ts'
import { type Rate, readRate } from './verify-rate.ts'

/** What `rollcall verify --help` prints. */
export const HELP = `Usage: rollcall verify <api or document> --url <base url> [options]

Checks a running implementation against its document, and deletes again what it created there.
Built in: ${Object.keys(BUILT_IN).join(', ')}. For any other: the path or URL of a document of OpenAPI 3 or Swagger 2.0.

  --url <url>            where the API is, with its base path
  --token <text>         the credential, for Basic and Digest user:password; better in the environment, as ROLLCALL_TOKEN
  --token-env <name>     the environment variable that holds it
  --bad-token <text>     a credential that must be refused (or ROLLCALL_BAD_TOKEN)
  --second-token <text>  a credential of another tenant (or ROLLCALL_SECOND_TOKEN)
  --login <operationId>  call it first; --token-from '#/pointer' says where its reply has the token
  --body <json>          the body of --login (or ROLLCALL_LOGIN_BODY); default: the document's example
  --header <n: v>        sent with every request; repeatable
  --param <k=v>          a path parameter, such as the tenant's id; repeatable
  --second-param <k=v>   the same for a second tenant; repeatable

  --grep <text>          only cases whose id or title contains it
  --case <id>            only this one, again
  --seed <text>          the same seed makes the same requests; default: another for every run
  --cases <n>            at most so many of each operation, default ${MOST_CASES}, and no more than ${MOST_OF_RUN} of all together; what is
                         left out is told. Plain requests come first, then credentials, then the body as a whole, then the
                         rules of each place, from outside in
  --list                 print the cases; nothing is sent
  --dry-run              print the requests and their number per operation; nothing is sent
  --strict <evidence>    what can fail: documented (default), observed, assumed
  --against <url>        verify this one too, and show only what differs

  --allow-changes        also change or delete what the run did not make; --allow-changes=<operationId,…> only by these
  --allow-leftovers      also create what the run can neither prove to be its own nor delete; on this machine it may
  --allow-mail           also try what sends mail to people
  --allow-production     also verify a host that the document names as its server

  --max-requests <n>     end the run after so many; as with --budget, deleting what it created comes after that
  --budget <time>        end the run after 30s, 10m, 1h; a number alone is seconds
  --rate <n/s | n/min>   default: as fast as it goes on this machine, 2/s or the documented limit elsewhere
  --concurrency <n>      requests at the same time, default 1
  --timeout <ms>         for one request, default 30000
  --wait <time>          for a target that is starting: until something answers there
  --fail-fast            stop at the first failure

  --reporter <names>     ${Object.keys(REPORTERS).join(', ')}; several with commas; default list
  --output <folder>      where files go, default rollcall-report
  --stories <file>       also try the stories of this file, of the type Stories of rollcall/contract
${describeReadingFlags(25)}
  --help

How to delete what an operation created is found by x-role (read-back, clean-up) or a Link Object (OpenAPI 3.1, section
4.8.20) on its reply; else it is the DELETE of the item's path beside the collection: POST /users, DELETE /users/{id}.

Exit codes: 0 no failure; 1 failures, broken off, or something left behind unexpectedly; 2 nothing was
tried: the command line or the document was not understood, nothing answers there, or no case passed or failed; 130 ended
by Ctrl-C, 143 by SIGTERM.`

const FLAGS = {
  url: { type: 'string' },
  token: { type: 'string' },
  'token-env': { type: 'string' },
  'bad-token': { type: 'string' },
  'second-token': { type: 'string' },
  login: { type: 'string' },
  'token-from': { type: 'string' },
  body: { type: 'string' },
  header: { type: 'string', multiple: true },
  param: { type: 'string', multiple: true },
  'second-param': { type: 'string', multiple: true },
  grep: { type: 'string' },
  case: { type: 'string' },
  seed: { type: 'string' },
  cases: { type: 'string' },
  list: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  strict: { type: 'string', default: 'documented' },
  against: { type: 'string' },
  rate: { type: 'string' },
  concurrency: { type: 'string' },
  timeout: { type: 'string', default: '30000' },
  'max-requests': { type: 'string' },
  budget: { type: 'string' },
  wait: { type: 'string' },
  'fail-fast': { type: 'boolean' },
  'allow-changes': { type: 'string', multiple: true },
  'allow-leftovers': { type: 'boolean' },
  'allow-mail': { type: 'boolean' },
  'allow-production': { type: 'boolean' },
  reporter: { type: 'string', default: 'list' },
  output: { type: 'string', default: 'rollcall-report' },
  stories: { type: 'string' },
  ...READING_FLAGS,
  help: { type: 'boolean', short: 'h' },
} as const

type Flags = ReturnType<typeof readArguments<typeof FLAGS>>['values']

type Pairs = Readonly<Record<string, string>>

/** The command line of `rollcall verify`, read and checked. */
export interface VerifyArguments {
  /** An API or the path of a document, as it was given; where it was not, what the configuration has. */
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
  /** Of each operation. */
  readonly cases: number | undefined
  /** All operations, or these. */
  readonly allowChanges: true | readonly string[] | undefined
  readonly maxRequests: number | undefined
  /** Milliseconds. */
  readonly budget: number | undefined
  /** Milliseconds. */
  readonly wait: number
  readonly reading: ReadOptions
}

/** The same before it is known which API is meant, where the command line does not say. */
export type GivenArguments = Omit<VerifyArguments, 'name' | 'reading'> & Partial<Pick<VerifyArguments, 'name'>>

/** @returns undefined when help was asked for @throws UsageError */
export function readVerifyArguments(args: readonly string[]): GivenArguments | undefined {
  const { values: flags, positionals } = readArguments('verify', withValues(args), FLAGS)
  if (flags.help) return undefined
  const [name, ...rest] = positionals
  if (rest.length > 0) {
    const hint = flags['allow-changes']?.includes(ALL) ? '; operations are named as in --allow-changes=updateUser' : ''
    throw new UsageError(`verify takes one API or document${hint}; see rollcall verify --help`)
  }
  if (flags.against !== undefined && flags.reporter !== 'list') {
    throw new UsageError('--against shows differences and takes no --reporter')
  }
  if ((flags.login === undefined) !== (flags['token-from'] === undefined)) {
    throw new UsageError("--login <operationId> and --token-from '#/pointer' go together")
  }
  if (flags['token-from'] !== undefined && parsePointer(flags['token-from']) === undefined) {
    throw new UsageError(`--token-from must be a JSON Pointer such as '#/user/token', not ${flags['token-from']}`)
  }
  return {
    ...(name !== undefined && { name }),
    flags,
    params: readPairs('--param', flags.param),
    secondParams: readPairs('--second-param', flags['second-param']),
    headers: readHeaders(flags.header),
    reporters: readChoices('--reporter', flags.reporter.split(','), Object.keys(REPORTERS) as ReporterName[]),
    strict: readChoices('--strict', [flags.strict], ['documented', 'observed', 'assumed'])[0] as Evidence,
    timeout: readInteger('--timeout', flags.timeout, 1, 3_600_000),
    rate: flags.rate === undefined ? undefined : readRate(flags.rate),
    concurrency: flags.concurrency === undefined ? undefined : readInteger('--concurrency', flags.concurrency, 1, 64),
    cases: flags.cases === undefined ? undefined : readInteger('--cases', flags.cases, 1, 1_000_000),
    allowChanges: readChanges(flags['allow-changes']),
    maxRequests:
      flags['max-requests'] === undefined
        ? undefined
        : readInteger('--max-requests', flags['max-requests'], 1, 1_000_000_000),
    budget: flags.budget === undefined ? undefined : readDuration('--budget', flags.budget),
    wait: flags.wait === undefined ? 0 : readDuration('--wait', flags.wait),
  }
}

/** What `--allow-changes` alone stands for. */
const ALL = '*'

/** Node's parser knows no value that may be left out: the next word, which is the document perhaps, would be taken for it. */
function withValues(args: readonly string[]): string[] {
  const end = args.includes('--') ? args.indexOf('--') : args.length
  return args.map((arg, at) => (arg === '--allow-changes' && at < end ? `${arg}=${ALL}` : arg))
}

/** @throws UsageError when an operation's name is empty: an unset variable of the shell must not allow everything */
function readChanges(given: readonly string[] | undefined): VerifyArguments['allowChanges'] {
  if (given === undefined || given.includes(ALL)) return given && true
  const ids = given.flatMap((text) => text.split(',')).map((id) => id.trim())
  if (ids.includes('')) throw new UsageError('--allow-changes= needs an operationId; without = it allows all changes')
  return ids
}

/** @throws UsageError when `--allow-changes` names an operation that the document has not */
export function checkChanges({ allowChanges }: VerifyArguments, contract: Contract): void {
  if (allowChanges === undefined || allowChanges === true) return
  const known = contract.operations.map(({ id }) => id)
  const strange = allowChanges.find((id) => !known.includes(id))
  if (strange === undefined) return
  throw new UsageError(`--allow-changes: there is no operation ${strange}${didYouMean(strange, known)}`)
}

/** What the derivation of the cases takes from the command line. */
export const deriveOptionsOf = ({ flags: { seed }, params, secondParams, cases }: VerifyArguments): DeriveOptions => ({
  ...(cases !== undefined && { cases }),
  ...(seed !== undefined && { seed }),
  ...(Object.keys(params).length > 0 && { params }),
  ...(Object.keys(secondParams).length > 0 && { secondParams }),
})

/**
 * This command again, without what chooses a case or how it is reported; credentials by their variables.
 * @param hide of texts: takes secrets out
 */
export function writeAgain(
  { name, flags, params, secondParams, headers, strict, allowChanges }: VerifyArguments,
  url: string,
  hide: Pick<Redactor, 'pairs' | 'hideKnown'>,
): string {
  const { 'token-env': variable = flags.token === undefined ? undefined : 'ROLLCALL_TOKEN' } = flags
  const given = (flag: keyof Flags, value: string) => (flags[flag] === undefined ? [] : [[`--${flag}`, value]])
  const pairs = (flag: string, given: Pairs, between: string) =>
    Object.entries(hide.pairs(given)).map(([key, value]) => [flag, `${key}${between}${value}`])
  const again = [
    ['--url', hide.hideKnown(url)],
    ...pairs('--param', params, '='),
    ...pairs('--second-param', secondParams, '='),
    ...pairs('--header', headers, ': '),
    ...(variable === undefined ? [] : [['--token-env', variable]]),
    ...given('bad-token', '$ROLLCALL_BAD_TOKEN'),
    ...given('second-token', '$ROLLCALL_SECOND_TOKEN'),
    ...given('body', '$ROLLCALL_LOGIN_BODY'),
    ...(strict === 'documented' ? [] : [['--strict', strict]]),
    ...(allowChanges === undefined ? [] : [[`--allow-changes${allowChanges === true ? '' : `=${allowChanges}`}`]]),
    ...(['allow-leftovers', 'allow-mail', 'allow-production', 'allow-remote'] as const).flatMap((flag) =>
      flags[flag] ? [[`--${flag}`]] : [],
    ),
    ...(flags['allow-files'] ?? []).map((folder) => ['--allow-files', folder]),
    ...(flags.overlay ?? []).map((overlay) => ['--overlay', hide.hideKnown(overlay)]),
    ...(['login', 'token-from', 'cases', 'max-requests', 'budget'] as const).flatMap((flag) =>
      flags[flag] === undefined ? [] : given(flag, flags[flag]),
    ),
    ...(flags.timeout === FLAGS.timeout.default ? [] : [['--timeout', flags.timeout]]),
  ]
  return ['npx', 'rollcall', 'verify', hide.hideKnown(name), ...again.flat()].map(quote).join(' ')
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
