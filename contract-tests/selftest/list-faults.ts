import type { Contract } from '../../documents/contract/contract.ts'
import { best } from '../../documents/contract/evidence.ts'
import { createKit } from '../suite/case-kit.ts'
import type { Case } from '../suite/vocabulary.ts'
import { constraintFaults } from './constraints.ts'
import { failureFaults } from './failures.ts'
import { type ReplyFault, replyFaults } from './replies.ts'
import { stateFaults } from './states.ts'
import type { Fault, VendorFaults } from './vocabulary.ts'

/** The faults of any document that this one has a rule against, and the API's own. */
export function listFaults(contract: Contract, cases: readonly Case[], { own }: VendorFaults): Fault[] {
  const tried = cases.filter(({ unprovokable }) => unprovokable === undefined)
  const generic = [...constraintFaults(), ...replyFaults(), ...failureFaults(), ...stateFaults()].flatMap(
    (fault): Fault[] => {
      const evidence = knownOf(fault, contract, tried)
      return evidence === undefined ? [] : [{ ...fault, evidence }]
    },
  )
  return [...generic, ...own]
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
