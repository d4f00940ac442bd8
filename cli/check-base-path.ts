import { RequestBuilder } from '../contract-tests/suite/build-request.ts'
import { touchOfSession } from '../contract-tests/suite/classify-session.ts'
import type { Send } from '../contract-tests/suite/vocabulary.ts'
import type { Contract } from '../documents/contract/contract.ts'
import { basePathOf } from '../mocks/api/api.ts'
import { UsageError } from './read-arguments.ts'

/** So many say enough. */
const MOST_READINGS = 3

/**
 * Asks for a few things that are there whatever the target holds: what needs no name and no parameter. Where each is
 * answered with 404 (RFC 9110, section 15.5.5), the URL may be without its base path, or with one too many.
 * @param url as the run asks, without a slash at its end
 * @param sendTo with the run's credentials, below a base URL
 * @returns a sentence where nothing is there, and no server of the document helps
 * @throws UsageError where the same is there at the base path that the document names
 */
export async function checkBasePath(
  contract: Contract,
  url: string,
  sendTo: (base: string) => Send,
): Promise<string | undefined> {
  const context = { contract, seed: 'base path', tag: 'rollcall', params: {} }
  const requests = contract.operations
    .filter(
      (one) =>
        one.method === 'GET' &&
        !one.path.includes('{') &&
        one.parameters.every(({ required }) => !required) &&
        touchOfSession(one) === undefined,
    )
    .slice(0, MOST_READINGS)
    .map((operation) => new RequestBuilder(context, operation).request())
  const isMissing = async (base: string, request: (typeof requests)[number]) => {
    const reply = await sendTo(base)(request, AbortSignal.timeout(10_000)).catch(() => undefined)
    return reply?.status === 404
  }
  for (const request of requests) if (!(await isMissing(url, request))) return undefined
  const [first] = requests
  if (!first) return undefined
  const told = `${url} answers 404 to ${requests.map(({ method, path }) => `${method} ${path}`).join(', ')}`
  const { origin } = new URL(url)
  const bases = new Set(contract.servers.map((server) => origin + basePathOf({ servers: [server.url] })))
  for (const base of [...bases, origin].slice(0, MOST_READINGS)) {
    if (base === url || (await isMissing(base, first))) continue
    throw new UsageError(`${told}, and ${base} does not: give --url ${base}`)
  }
  return requests.length > 1 ? `${told}: the base path of --url may be another` : undefined
}
