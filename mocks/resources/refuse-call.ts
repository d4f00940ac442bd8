import type { DeclaredFailure } from '../../documents/contract/operation.ts'
import { wordsOf } from '../../documents/patterns/read-words.ts'
import { singularOf } from '../../documents/resources/tell-words.ts'
import { type Operation, type Refusal, refuse } from '../engine/vocabulary.ts'
import type { KeptResource, Scene } from './kept-resource.ts'

/** What one record of a resource is called. */
export const nounOf = ({ name }: KeptResource): string =>
  singularOf(wordsOf((name.split('.').at(-1) ?? name).replace(/_\d+$/, '')))

/** Nothing is there. */
export const refuseMissing = ({ kept, inferred }: Scene, id: string | undefined): Refusal =>
  refuse('failure', id ? `there is no ${nounOf(kept)} ${id}` : `there is no ${nounOf(kept)} here`, {
    status: 404,
    rule: 'not-found',
    ...(inferred.identity && id !== undefined && { at: `path/${inferred.identity.parameter}` }),
  })

/** What it would lie under is not there. */
export const refuseOrphan = (parent: KeptResource, id: string | undefined): Refusal =>
  refuse('failure', `there is no ${nounOf(parent)} ${id ?? ''}`.trimEnd(), { status: 404, rule: 'not-found' })

/** Somebody has it already. @param member its path, as `/email` */
export function refuseTaken({ kept, operation, declared }: Scene, member: string, value: unknown): Refusal {
  const failure = failureBy(declared.failures, 'duplicate', member)
  if (failure) return refuse('failure', '', { rule: failure.id, at: member })
  const words = `there is a ${nounOf(kept)} with the ${member.slice(1)} ${JSON.stringify(value)} already`
  return refuse('failure', words, { status: statusOf(operation, [409, 422, 400]), rule: 'duplicate', at: member })
}

/** The change cannot be made. */
export const refuseChange = ({ operation }: Scene, message: string, isConflict: boolean): Refusal =>
  refuse('failure', message, {
    status: statusOf(operation, isConflict ? [409, 422, 400] : [422, 400, 409]),
    rule: 'patch',
    at: '/',
  })

/** The first of several statuses that is declared, or else the first. */
const statusOf = ({ replies }: Operation, statuses: readonly [number, ...number[]]): number =>
  statuses.find((status) => Object.hasOwn(replies, String(status))) ?? statuses[0]

/** A business failure of this rule, of one member or of any. */
export const failureBy = (
  failures: readonly DeclaredFailure[],
  rule: NonNullable<DeclaredFailure['rule']>,
  member?: string,
): DeclaredFailure | undefined =>
  failures.find((failure) => failure.rule === rule && (member === undefined || failure.of === member))
