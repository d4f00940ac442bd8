import type { Contract } from '../../documents/contract/contract.ts'
import { best } from '../../documents/contract/evidence.ts'
import { createKit, type DeriveOptions } from '../case-kit.ts'
import type { Case } from '../vocabulary.ts'
import { constraintFaults } from './constraints.ts'
import { descopeFaults } from './descope.ts'
import { dynamicFaults, environments } from './dynamic.ts'
import { failureFaults } from './failures.ts'
import { type ReplyFault, replyFaults } from './replies.ts'
import { royaltiFaults } from './royalti.ts'
import type { Fault } from './vocabulary.ts'

const OWN: Readonly<Record<string, readonly Fault[]>> = {
  dynamic: dynamicFaults,
  royalti: royaltiFaults,
  descope: descopeFaults,
}

/** Where the tenants of a built-in API have parameters of their own: those of two of them. */
export const paramsOf = (name: string): Pick<DeriveOptions, 'params' | 'secondParams'> =>
  name === 'dynamic' ? environments : {}

/** Tokens that a built-in API refuses: the one that every mock refuses, and those that the API itself cannot read. */
export const badTokensOf = (name: string): readonly string[] => [
  'invalid',
  ...(name === 'descope' ? ['no-colon', ':key:more', 'project:'] : []),
]

/** The faults of any document that this one has a rule against, and the API's own. */
export function listFaults(name: string, contract: Contract, cases: readonly Case[]): Fault[] {
  const tried = cases.filter(({ unprovokable }) => unprovokable === undefined)
  const generic = [...constraintFaults(), ...replyFaults(), ...failureFaults()].flatMap((fault): Fault[] => {
    const evidence = knownOf(fault, contract, tried)
    return evidence === undefined ? [] : [{ ...fault, evidence }]
  })
  return [...generic, ...(Object.hasOwn(OWN, name) ? (OWN[name] as readonly Fault[]) : [])]
}

function requestSites(contract: Contract) {
  const kit = createKit(contract)
  return contract.subjects.flatMap(({ id }) => kit.builderOf(id).bodySites)
}

/** As the document says, or as the best known of the cases that are about it. */
function knownOf(fault: ReplyFault, contract: Contract, cases: readonly Case[]) {
  const { isIn } = fault
  if (isIn && !requestSites(contract).some(({ schema }) => isIn(schema))) return undefined
  if (fault.knownIn) return fault.knownIn(contract)
  return best(cases.filter(({ id }) => fault.wakes.cases.test(id)).map(({ rule }) => rule.evidence))
}
