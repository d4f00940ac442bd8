import type { OpenDraft } from './store.ts'
import { type Behaviours, type Decision, isRefusal, type Operation, type Turn } from './vocabulary.ts'

/** Asks the operation's behaviour what to do. It sees and changes a draft only, so nothing has happened yet. */
export function decide(
  behaviours: Behaviours,
  operation: Operation,
  turn: Omit<Turn<never>, 'users'> & { users: OpenDraft },
): Decision {
  const behave = behaviours.operations[operation.id]
  if (!behave) throw new Error(`no behaviour for operation ${operation.id}`)
  const decision: Partial<Decision> | undefined = behave(turn)
  // A forgotten return, or a promise: types do not reach behaviours written in JavaScript.
  if (!decision || (!isRefusal(decision) && !Number.isInteger(decision.status))) {
    throw new Error('a behaviour must return a reply with a status, or a refusal, at once')
  }
  return decision as Decision
}

/** A decision that may be committed: nothing of a refused or failed request is kept. */
export const isKept = (decision: Decision): boolean => !isRefusal(decision) && decision.status < 400
