import { declaredStatus } from './check-reply.ts'
import {
  type Call,
  type Failure,
  type Operation,
  type OperationExamples,
  type Refusal,
  type Reply,
  refuse,
} from './vocabulary.ts'

/**
 * What is ordered in advance for the next calls of one operation: exactly one of status, failure, example, drop and timeout,
 * or a delay alone.
 */
export interface ProgrammedFailure {
  /** May be left out where one API alone has an operation of this id. */
  readonly api?: string
  readonly operationId: string
  /** Answered as the vendor would, or from the document's example. */
  readonly status?: number
  /** An id of the operation's catalogue. At row level it strikes every row of the next valid request. */
  readonly failure?: string
  /** The name of one of the operation's reply examples. */
  readonly example?: string
  /** The connection ends without a reply. Nothing of the call is done. */
  readonly drop?: boolean
  /** No reply comes, for as long as the caller waits. Nothing of the call is done. */
  readonly timeout?: boolean
  /** By how many milliseconds the answer is held back, whatever it is; at most 600,000. */
  readonly delay?: number
  /** How often. Default: 1. */
  readonly times?: number
}

/** What is forced upon a call: a whole answer, a failure of each of its rows, or neither where it is only held back. */
export interface Forced {
  readonly outcome?: Reply | Refusal
  readonly rows?: Failure
}

/** An order whose API is known. */
export type Order = ProgrammedFailure & { readonly api: string }

/** The longest time that an answer may be held back, in milliseconds. */
const LONGEST_DELAY = 600_000

/** How long a caller waits at most for a reply that is never given, in milliseconds. */
export const LONGEST_WAIT = 300_000

function checkNumber(name: string, value: number | undefined, least: number, most: number): void {
  if (value !== undefined && !(Number.isInteger(value) && value >= least && value <= most)) {
    throw new Error(`${name} must be a whole number from ${least} to ${most}`)
  }
}

/** @throws Error that says what is wrong with the order: an unknown failure or example, a number out of range */
export function checkProgrammed(
  order: ProgrammedFailure,
  operation: Operation,
  examples: OperationExamples | undefined,
): void {
  const { times, status, failure, example, drop, timeout, delay } = order
  const given = [status, failure, example, drop || undefined, timeout || undefined].filter((one) => one !== undefined)
  if (given.length > 1 || (given.length < 1 && delay === undefined)) {
    throw new Error('give exactly one of status, failure, example, drop and timeout, or a delay alone')
  }
  checkNumber('times', times, 1, 1e9)
  checkNumber('status', status, 200, 599)
  checkNumber('delay', delay, 0, LONGEST_DELAY)
  const checkName = (what: string, name: string | undefined, known: readonly string[]): void => {
    if (name !== undefined && !known.includes(name)) {
      throw new Error(`${operation.id} has no ${what} ${name}; it has ${known.join(', ') || 'none'}`)
    }
  }
  checkName(
    'failure',
    failure,
    operation.failures.map(({ id }) => id),
  )
  checkName('reply example', example, exampleNames(examples))
}

export function forceProgrammed(order: ProgrammedFailure, operation: Operation, examples?: OperationExamples): Forced {
  const failure = operation.failures.find(({ id }) => id === order.failure)
  if (failure?.level === 'row') return { rows: failure }
  const outcome = decide(order, operation, examples, failure)
  return outcome ? { outcome } : {}
}

function decide(
  { status, example: name, drop, timeout }: ProgrammedFailure,
  operation: Operation,
  examples?: OperationExamples,
  failure?: Failure,
): Reply | Refusal | undefined {
  if (drop) return refuse('dropped', 'the connection was dropped, as ordered')
  if (timeout) return refuse('timed-out', 'the connection was held, as ordered')
  if (failure) return refuse('failure', failure.message, { rule: failure.id })
  if (name !== undefined) return exampleReply(operation, findExample(examples, name) as Found)
  if (status === undefined) return undefined
  const [example] = Object.entries(examples?.replies[String(status)] ?? {})
  if (example) return exampleReply(operation, { status, name: example[0], body: example[1] })
  return refuse('failure', `status ${status} was programmed`, { status, rule: String(status) })
}

/**
 * The `Prefer` header (RFC 7240) as Prism reads it: `code=403`, `example=<name>`. An answer is an example of the
 * document; what the operation does not declare is refused.
 */
export function forcePreferred(
  operation: Operation,
  examples: OperationExamples | undefined,
  call: Call,
): Reply | Refusal | undefined {
  const header = call.headers?.['prefer']
  if (header === undefined) return undefined
  const code = readPreference(header, 'code')
  const name = readPreference(header, 'example')
  if (code === undefined && name === undefined) return undefined
  const at = 'header/prefer'
  // With `default` any number is declared, also one that HTTP cannot carry.
  const declared = code && /^[2-5]\d\d$/.test(code) ? declaredStatus(operation, Number(code)) : undefined
  if (code !== undefined && declared === undefined) {
    return refuse(
      'invalid',
      `${at} asks for a status that is not declared; ${operation.id} declares ${Object.keys(operation.replies).join(', ')}`,
      { at, rule: 'prefer' },
    )
  }
  const found = findExample(examples, name, declared)
  if (found) return exampleReply(operation, code === undefined ? found : { ...found, status: Number(code) })
  if (name !== undefined) {
    const names = exampleNames(examples).join(', ') || 'none'
    return refuse('invalid', `${at} asks for an example that is not there; ${operation.id} has ${names}`, {
      at,
      rule: 'prefer',
    })
  }
  return { status: Number(code), headers: {} }
}

function readPreference(header: string, name: string): string | undefined {
  return new RegExp(`(?:^|[,;\\s])${name}\\s*=\\s*"?([^",;\\s]+)`, 'i').exec(header)?.[1]
}

interface Found {
  readonly status: number
  readonly name: string
  readonly body: unknown
}

/** The first example that has the name and the status, where these are given. */
function findExample(examples: OperationExamples | undefined, name?: string, status?: string): Found | undefined {
  for (const [declared, byName] of Object.entries(examples?.replies ?? {})) {
    if (status !== undefined && declared !== status) continue
    for (const [known, body] of Object.entries(byName)) {
      if (name === undefined || known === name) return { status: statusOf(declared, examples), name: known, body }
    }
  }
  return undefined
}

/** Of a range its first status; `default` is a success only where no other one is declared. */
function statusOf(declared: string, examples: OperationExamples | undefined): number {
  if (declared !== 'default') return Number(declared.replace(/XX$/i, '00'))
  return Object.keys(examples?.replies ?? {}).some((other) => other.startsWith('2')) ? 500 : 200
}

const exampleNames = (examples: OperationExamples | undefined): string[] =>
  Object.values(examples?.replies ?? {}).flatMap((byName) => Object.keys(byName))

function exampleReply(operation: Operation, { status, body }: Found): Reply {
  const declared = declaredStatus(operation, status)
  const [mediaType = 'application/json'] = (declared && operation.replies[declared]?.mediaTypes) || []
  return { status, headers: { 'content-type': mediaType, ...retryAfter(status) }, body }
}

/** A client that honours Retry-After is told to wait a second, whoever ordered the failure. */
export const retryAfter = (status: number): Record<string, string> | undefined =>
  status === 429 || status === 503 ? { 'retry-after': '1' } : undefined

/** E-mails in this domain order the failure that stands before the at sign; `.test` is reserved (RFC 2606). */
const TRIGGER = '@rollcall.test'

/**
 * Says for each row whether it must fail: because all of them must, or because its e-mail names a failure of the
 * operation's catalogue. In an operation without row failures the body itself is the row.
 * @param miss told of what an e-mail names that is no failure
 */
export function failRowBy(
  operation: Operation,
  forced?: Failure,
  miss?: (id: string) => void,
): (email: string | null | undefined) => Failure | undefined {
  if (forced) return () => forced
  return (email) => {
    const at = email ? email.length - TRIGGER.length : 0
    // Asked of every row: hardly any goes past the at sign.
    if (!email || at < 1 || email[at] !== '@' || email.slice(at).toLowerCase() !== TRIGGER) return undefined
    const id = email.slice(0, at).toLowerCase()
    const struck = listStriking(operation).find((failure) => failure.id.toLowerCase() === id)
    if (!struck) miss?.(id)
    return struck
  }
}

/** The failures that an e-mail can name: those of rows, or where there are none all of the operation. */
export function listStriking({ failures }: Operation): readonly Failure[] {
  const rows = failures.filter(({ level }) => level === 'row')
  return rows.length > 0 ? rows : failures
}
