import { RequestBuilder } from '../contract-tests/suite/build-request.ts'
import { touchOfSession } from '../contract-tests/suite/classify-session.ts'
import type { Send } from '../contract-tests/suite/vocabulary.ts'
import type { Contract } from '../documents/contract/contract.ts'
import { UsageError } from './read-arguments.ts'

/** So many say enough. */
const MOST_READINGS = 3

/**
 * Asks for a few things that only who is let in may read. 401 to each of them says that the credential is none (RFC 9110,
 * section 15.5.2); 403 does not: who they are is known, and something else may be allowed to them (section 15.5.4).
 * @param params of the run
 * @param isMade nobody gave the credential: it was made up, or it is none
 * @throws UsageError where the credential is let in nowhere
 */
export async function checkCredentials(
  contract: Contract,
  params: Readonly<Record<string, string>>,
  url: string,
  send: Send,
  isMade: boolean,
): Promise<void> {
  const context = { contract, seed: 'credentials', tag: 'rollcall', params }
  const readings = contract.operations.filter(
    (operation) =>
      operation.method === 'GET' &&
      operation.security.length > 0 &&
      touchOfSession(operation) === undefined &&
      operation.parameters.every((one) => !one.required || one.examples.length > 0 || Object.hasOwn(params, one.name)),
  )
  const asked: string[] = []
  for (const reading of readings.slice(0, MOST_READINGS)) {
    const request = new RequestBuilder(context, reading).request()
    const reply = await send(request, AbortSignal.timeout(10_000)).catch(() => undefined)
    if (reply?.status !== 401) return
    asked.push(`${request.method} ${request.path}`)
  }
  if (asked.length === 0) return
  const reason = isMade ? 'a credential is needed, and none was given' : 'the credential that was given is not let in'
  throw new UsageError(
    `${url} answers 401 to ${asked.join(', ')}: ${reason}; give one with --token-env <name> or --token`,
  )
}
