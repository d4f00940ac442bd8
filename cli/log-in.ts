import { RequestBuilder } from '../contract-tests/suite/build-request.ts'
import { bodyOf } from '../contract-tests/suite/read-rows.ts'
import type { Send } from '../contract-tests/suite/vocabulary.ts'
import type { Contract } from '../documents/contract/contract.ts'
import { valueAt } from '../documents/read/json-pointer.ts'
import { didYouMean, UsageError } from './read-arguments.ts'

/** How a run gets its own token. */
export interface Login {
  /** `--login`: the operation that gives it. */
  readonly operationId: string
  /** `--token-from`: where its reply has it, a JSON Pointer as a fragment. */
  readonly pointer: string
  /** `--body`: the exact text that it is asked with; left out: the document's example. */
  readonly body: string | undefined
}

/** What a login gave: the token, and every text that nobody may see. */
interface LoggedIn {
  readonly token: string
  readonly secrets: readonly string[]
}

const SECRET = /pass|secret|key|token|code|pin$/i

/** @throws UsageError, in one line, where there is no such operation, it refuses, or its reply has no token there */
export async function logIn(
  contract: Contract,
  params: Readonly<Record<string, string>>,
  { operationId, pointer, body }: Login,
  send: Send,
): Promise<LoggedIn> {
  const operation = contract.operation(operationId)
  if (!operation) {
    const known = contract.operations.map(({ id }) => id)
    throw new UsageError(`--login: there is no operation ${operationId}${didYouMean(operationId, known)}`)
  }
  const builder = new RequestBuilder({ contract, seed: 'login', tag: 'rollcall', params }, operation)
  const own = body === undefined ? builder.plain('login') : { text: body }
  const request = builder.request({ ...own, credentials: 'none' })
  const reply = await send(request, AbortSignal.timeout(30_000)).catch((error: Error) => {
    throw new UsageError(`--login ${operationId}: ${error.message}`)
  })
  if (reply.status < 200 || reply.status >= 300) {
    throw new UsageError(`--login ${operationId} was answered with ${reply.status}; give its body with --body '<json>'`)
  }
  const token: unknown = valueAt(readJson(reply.text), pointer)
  if (typeof token !== 'string' || token === '') {
    throw new UsageError(`--token-from: the reply of ${operationId} has no text at ${pointer}`)
  }
  return { token, secrets: [token, ...textsOf(bodyOf(request))] }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Texts of members that are called like secrets. */
function textsOf(value: unknown, name = ''): string[] {
  if (typeof value === 'string') return SECRET.test(name) && value !== '' ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) => textsOf(member, key))
}
