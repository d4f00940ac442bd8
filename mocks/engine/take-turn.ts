import { failRowBy } from './force-failure.ts'
import {
  type Behaviours,
  type Decision,
  type Failure,
  type Input,
  isRefusal,
  type OpenTenant,
  type Operation,
  type World,
} from './vocabulary.ts'

/** An operation with what is needed to take a turn of it. */
export interface Playable {
  readonly operation: Operation
  readonly behaviours: Behaviours
  /** Its business failures by id. */
  readonly failures: Readonly<Record<string, Failure>>
}

/**
 * The one way into a turn: asks the operation's behaviour what to do. What it does to the tenant can be undone still.
 * @param given.struck the failure that was ordered for every row
 * @param given.miss told of what a row's e-mail asks for that is no failure
 * @throws what the behaviour throws, and Error where there is none or it decides nothing
 */
export function takeTurn(
  { operation, behaviours, failures }: Playable,
  open: OpenTenant,
  given: {
    readonly tenant: string
    readonly world: World
    readonly input: Input
    readonly struck?: Failure | undefined
    readonly miss?: ((id: string) => void) | undefined
  },
): Decision {
  const behave = behaviours.operations[operation.id]
  if (!behave) throw new Error(`no behaviour for operation ${operation.id}`)
  const { tenant, world, input, struck, miss } = given
  const decision: Partial<Decision> | undefined = behave({
    input,
    collections: open.collections,
    invite: open.invite,
    world,
    tenant,
    failures,
    failRow: failRowBy(operation, struck, miss),
  })
  // A forgotten return, or a promise: types do not reach behaviours written in JavaScript.
  if (!decision || (!isRefusal(decision) && !Number.isInteger(decision.status))) {
    throw new Error('a behaviour must return a reply with a status, or a refusal, at once')
  }
  return decision as Decision
}

/** A decision that may be committed: nothing of a refused or failed request is kept. */
export const isKept = (decision: Decision): boolean => !isRefusal(decision) && decision.status < 400
