import { RequestBuilder } from '../contract-tests/suite/build-request.ts'
import { touchOfSession } from '../contract-tests/suite/classify-session.ts'
import { carrierOf, type OperationSchemes } from '../contract-tests/suite/send-http-credentials.ts'
import type { Send } from '../contract-tests/suite/vocabulary.ts'
import type { Contract } from '../documents/contract/contract.ts'
import { UsageError } from './read-arguments.ts'

/** So many say enough. */
const MOST_READINGS = 3

/** What a few readings that ask for credentials were answered; none where the document has none to ask. */
type Asked = readonly { readonly what: string; readonly status: number | undefined }[]

/**
 * Asks for a few things that only who is let in may read, until one is not answered with 401 or 403.
 * @param params of the run
 */
export async function askReadings(
  contract: Contract,
  params: Readonly<Record<string, string>>,
  send: Send,
): Promise<Asked> {
  const context = { contract, seed: 'credentials', tag: 'rollcall', params }
  const readings = contract.operations.filter(
    (operation) =>
      operation.method === 'GET' &&
      operation.security.length > 0 &&
      touchOfSession(operation) === undefined &&
      operation.parameters.every((one) => !one.required || one.examples.length > 0 || Object.hasOwn(params, one.name)),
  )
  const asked: { what: string; status: number | undefined }[] = []
  for (const reading of readings.slice(0, MOST_READINGS)) {
    const request = new RequestBuilder(context, reading).request()
    const reply = await send(request, AbortSignal.timeout(10_000)).catch(() => undefined)
    asked.push({ what: `${request.method} ${request.path}`, status: reply?.status })
    if (reply?.status !== 401 && reply?.status !== 403) break
  }
  return asked
}

/**
 * Whether 401 was answered to each: the credential is none (RFC 9110, section 15.5.2). 403 does not say so: who they are is
 * known, and something else may be allowed to them (section 15.5.4).
 */
export const isShut = (asked: Asked): boolean => asked.length > 0 && asked.every(({ status }) => status === 401)

/** @param isMade nobody gave the credential: it was made up, or it is none @throws UsageError where it is let in nowhere */
export function checkCredentials(url: string, asked: Asked, isMade: boolean): void {
  if (!isShut(asked)) return
  const reason = isMade ? 'a credential is needed, and none was given' : 'the credential that was given is not let in'
  throw new UsageError(
    `${url} answers 401 to ${asked.map(({ what }) => what).join(', ')}: ${reason}; give one with --token-env <name> or --token`,
  )
}

/** Whether a token is sent as a key in `Authorization` that names no scheme, as bearer tokens are declared in Swagger 2.0. */
export const isBareKey = (token: string, schemes: ReadonlyMap<string, OperationSchemes>): boolean =>
  !token.includes(' ') &&
  [...schemes.values()].some(({ together }) =>
    together.some((one) => carrierOf(one) === 'header authorization' && one.type === 'apiKey'),
  )

/** Such a token as it is let in: as it was given, or where that is refused and this is not, as a bearer token. */
export async function completeKey(token: string, ask: (token: string) => Promise<Asked>): Promise<string> {
  const isLetIn = (asked: Asked) => (asked.at(-1)?.status ?? 500) < 400
  if (isLetIn(await ask(token))) return token
  return isLetIn(await ask(`Bearer ${token}`)) ? `Bearer ${token}` : token
}
