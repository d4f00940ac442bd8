import type { Contract } from '../../documents/contract/contract.ts'
import type { DeclaredOperation } from '../../documents/contract/operation.ts'
import type { Server } from '../../documents/contract/read-servers.ts'
import type { RequestBuilder } from './build-request.ts'

/** Why nothing of an operation can be tried below the base URL of a run; undefined: it can. */
export function whyUntried(contract: Contract, operation: DeclaredOperation): string | undefined {
  const { servers: [own] = [] } = operation
  if (own && !isBelow(operation.servers ?? [], contract.servers))
    return `it is served at ${own.url}, and not below the document's own servers`
  const twin = twinOf(contract, operation)
  return twin && `its path differs from that of ${twin.id} only behind #, which is never sent`
}

/** Another host with the same base path may well be one server in a test. */
const isBelow = (own: readonly Server[], base: readonly Server[]): boolean =>
  base.length === 0 || basePathsOf(own).some((path) => basePathsOf(base).includes(path))

const basePathsOf = (servers: readonly Server[]): string[] =>
  servers
    .flatMap(({ urls }) => urls)
    .filter((url) => URL.canParse(url, 'http://localhost'))
    .map((url) => new URL(url, 'http://localhost').pathname.replace(/\/+$/, ''))

/** The operation that answers in the place of one whose path has a fragment (RFC 9110, section 7.1). */
function twinOf({ operations }: Contract, { path, method }: DeclaredOperation): DeclaredOperation | undefined {
  const [sent = '', fragment] = path.split('#', 2)
  if (fragment === undefined) return undefined
  return operations.find((other) => other.method === method && answersAt(other.path, sent))
}

/** Whether a path's template has room for another's, each segment in its place. */
function answersAt(template: string, path: string): boolean {
  const [own, others] = [template.split('/'), path.split('/')]
  const fits = (segment: string, other = '') => segment.includes('{') || segment === other
  return own.length === others.length && own.every((segment, at) => fits(segment, others[at]))
}

/** What is not tried of an operation's rules, whatever the limit is; undefined: all of them are. */
export const whyLess = ({ choice }: RequestBuilder): string | undefined =>
  choice?.form === 'xml' ? 'the rules of single members are not tried in XML' : undefined
