import { type Leave, mayChange, refuseCreation } from './admit-request.ts'
import { canFollow } from './find-trails.ts'
import type { Targets } from './name-target.ts'
import { isDrawn } from './provoke-placeholders.ts'
import type { CaseRequest } from './vocabulary.ts'

/** What an operation would do to the target and to whom, in words; told before anything is sent. */
export function foreseeOperation(targets: Targets, leave: Leave, operationId: string): string {
  const effect = targets.effectOf(operationId)
  if (effect === 'reads') return 'reads'
  if (effect === 'changes') return foreseeChange(targets, leave, operationId)
  const trail = targets.trails.get(operationId)
  const refusal = refuseCreation(trail, operationId, leave)
  if (refusal) return `not sent: ${refusal.reason}`
  if (!trail || !canFollow(trail)) return 'creates; it stays, and is listed'
  return `creates; read back by ${(trail.reading ?? trail.list)?.to}, removed by ${trail.removal?.to}`
}

function foreseeChange(targets: Targets, leave: Leave, operationId: string): string {
  if (mayChange(leave, operationId)) return 'changes whatever it names, as --allow-changes allows'
  const maker = targets.trailOfItem(operationId)
  if (maker) return `changes what ${maker.from} made in this run, or what is drawn in it and not there`
  if (targets.isNamed(operationId)) return 'changes what this run made, or what is drawn in it and not there'
  return `not sent: it would change what this run did not make; --allow-changes=${operationId} allows it`
}

/** Whether a request will certainly not be sent: it changes something, and names what is neither the run's nor drawn in it. */
export function isForeseenRefused(
  targets: Targets,
  leave: Leave,
  request: CaseRequest,
  owner: { tag: string; unique: string },
): boolean {
  const { operationId } = request
  const effect = targets.effectOf(operationId)
  if (effect === 'reads') return false
  if (effect === 'creates') return refuseCreation(targets.trails.get(operationId), operationId, leave) !== undefined
  const { byPath, byMembers } = targets.namedBy(request)
  if (mayChange(leave, operationId) || byMembers) return false
  return !byPath?.ids.every((id) => isDrawn(id, owner))
}
