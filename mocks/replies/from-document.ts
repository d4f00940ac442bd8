import type { Behaviours, Operation } from '../engine/vocabulary.ts'
import { chooseRefusal, chooseSuccess } from './choose-status.ts'
import { tellProblem } from './tell-refusal.ts'

/**
 * What an API does whose document was read at run time, when nobody wrote behaviours for it: it validates, keeps nothing,
 * and says with which status. Bodies and headers are what the document declares for that.
 */
export const fromDocument = (operations: readonly Operation[]): Behaviours => ({
  tenantOf: () => '',
  collections: {},
  refuse: (refusal, status, operation) =>
    operation ? { status: chooseRefusal(refusal, status, operation) } : tellProblem(refusal, status),
  exampleCredential: 'token',
  operations: Object.fromEntries(
    operations.map((operation) => [operation.id, () => ({ status: chooseSuccess(operation).status })]),
  ),
})
