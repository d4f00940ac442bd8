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

/** A failure ordered in advance for the next calls of one operation. Exactly one of status, failure and example is given. */
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
  /** How often. Default: 1. */
  readonly times?: number
}

/** What is forced upon a call: a whole answer, or a failure of each of its rows. */
export type Forced = Reply | Refusal | { readonly rows: Failure }

/** An order whose API is known. */
export type Order = ProgrammedFailure & { readonly api: string }

export const isForcedRows = (forced: Forced): forced is { readonly rows: Failure } => 'rows' in forced

/** @throws Error that says what is wrong with the order: an unknown failure or example, a status out of range */
export function checkProgrammed(
  order: ProgrammedFailure,
  operation: Operation,
  examples: OperationExamples | undefined,
): void {
  const given = [order.status, order.failure, order.example].filter((one) => one !== undefined)
  if (given.length !== 1) throw new Error('give exactly one of status, failure and example')
  const { times = 1, status, failure, example } = order
  if (!Number.isSafeInteger(times) || times < 1) throw new Error('times must be a whole number of at least 1')
  if (status !== undefined && !(Number.isInteger(status) && status >= 200 && status <= 599)) {
    throw new Error('status must be a whole number from 200 to 599')
  }
  const known = operation.failures.map(({ id }) => id)
  if (failure !== undefined && !known.includes(failure)) {
    throw new Error(`${operation.id} has no failure ${failure}; it has ${known.join(', ') || 'none'}`)
  }
  if (example !== undefined && !findExample(examples, example)) {
    throw new Error(
      `${operation.id} has no reply example ${example}; it has ${exampleNames(examples).join(', ') || 'none'}`,
    )
  }
}

export function forceProgrammed(order: ProgrammedFailure, operation: Operation, examples?: OperationExamples): Forced {
  const failure = operation.failures.find(({ id }) => id === order.failure)
  if (failure?.level === 'row') return { rows: failure }
  if (failure) return refuse('failure', failure.message, { rule: failure.id })
  if (order.example !== undefined) return exampleReply(operation, findExample(examples, order.example) as Found)
  const status = order.status as number
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
 */
export function failRowBy(
  operation: Operation,
  forced?: Failure,
): (email: string | null | undefined) => Failure | undefined {
  if (forced) return () => forced
  return (email) => {
    const at = email ? email.length - TRIGGER.length : 0
    // Asked of every row: hardly any goes past the at sign.
    if (!email || at < 1 || email[at] !== '@' || email.slice(at).toLowerCase() !== TRIGGER) return undefined
    const id = email.slice(0, at).toLowerCase()
    const rows = operation.failures.filter(({ level }) => level === 'row')
    return (rows.length > 0 ? rows : operation.failures).find((failure) => failure.id.toLowerCase() === id)
  }
}
