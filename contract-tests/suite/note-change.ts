import type { CaseKit } from './case-kit.ts'
import type { CleanUpGround } from './clean-up-ground.ts'
import { excerpt } from './cut-text.ts'
import type { LinkSource } from './follow-links.ts'
import type { Ownership } from './prove-ownership.ts'
import { sentRowsIn } from './read-rows.ts'
import type { Removals } from './remove-held.ts'
import { type NamedThings, type Target, targetsIn } from './target.ts'
import type { CaseRequest, Leftover } from './vocabulary.ts'

/**
 * Called with every answer to a change or a removal, or when there was none. A write to something that was not there may
 * have put it there: it is claimed, to be removed.
 * @param by the case's id
 * @returns what was changed or removed that is not known to be the run's own, as `--allow-changes` lets it
 */
export async function noteChange(
  ground: CleanUpGround,
  removals: Removals,
  by: string,
  source: LinkSource,
): Promise<Leftover | undefined> {
  const { kit, ownership, gate } = ground
  const { request } = source
  const named = kit.targets.namedBy(request)
  const { byPath } = named
  // Once it is claimed or removed, nobody could say whose it was.
  const strange = listStrange(ownership, named)
  if (isRemoval(kit, request)) for (const target of targetsIn(named)) ownership.markRemoved(target)
  else if (byPath && !strange.includes(byPath)) await noteRenaming(ground, removals, by, byPath, source)
  else if (byPath && !gate.mayChange(request.operationId)) claimMade(ground, removals, by, byPath, source)
  return gate.mayChange(request.operationId) ? tellStrange(kit, named, strange, source) : undefined
}

/** RFC 9110, section 9.3.5: whatever its role, a DELETE makes nothing. */
const isRemoval = ({ targets }: CaseKit, { operationId, method }: CaseRequest): boolean =>
  targets.removes(operationId) || method === 'DELETE'

/** What a request names and is not known to be the run's own. */
function listStrange(ownership: Ownership, named: NamedThings): readonly Target[] {
  const isClaimed = (target: Target) => ownership.isClaimed(target) || ownership.isProven(target)
  // A body names by another key than the path by which a thing was claimed.
  const isMade = ({ trail, collection, ids }: Target) =>
    ownership.hasMade({ collection: trail?.itemShape ?? collection, ids })
  return targetsIn(named).filter((target) => !isClaimed(target) && (target === named.byPath || !isMade(target)))
}

function tellStrange(
  kit: CaseKit,
  { byPath, byMembers }: NamedThings,
  strange: readonly Target[],
  { request, reply }: LinkSource,
): Leftover | undefined {
  const isDone = reply.status >= 200 && reply.status < 300
  const isAllOwn = strange.length === 0 && (byPath ?? byMembers) !== undefined
  if (!isDone || isAllOwn) return undefined
  const { method, path, operationId } = request
  const inMembers = strange.filter((target) => target !== byPath).map(({ label }) => label)
  const what = inMembers.length === 0 ? 'something that' : `${excerpt(inMembers.join(', '))}, which`
  return {
    what: `${what} ${method} ${path} ${isRemoval(kit, request) ? 'removed' : 'changed'}`,
    reason: `it is not known to be of this run, and --allow-changes allows ${callOf(kit, operationId)}`,
    foreseen: true,
  }
}

/** An operation by its name and its path as the document has it: of the path that was sent, all may be hidden. */
function callOf(kit: CaseKit, operationId: string): string {
  const { method, path } = kit.builderOf(operationId).operation
  const call = `${method} ${path}`
  return operationId === call ? call : `${operationId} (${call})`
}

function claimMade(
  { kit, ownership }: CleanUpGround,
  removals: Removals,
  by: string,
  target: Target,
  source: LinkSource,
) {
  const { operationId } = source.request
  const rows = sentRowsIn(source.request, kit.builderOf(operationId))
  ownership.claim(target, rows, { ids: new Set(), isComplete: false })
  const trail = { from: operationId, others: [] }
  removals.hold({ by, target, rows, trail, source, foreseen: target.removal === undefined })
}

/** A change may give a thing another id: then the reply says which, or it is looked for. */
async function noteRenaming(
  { kit, ownership }: CleanUpGround,
  removals: Removals,
  by: string,
  target: Target,
  source: LinkSource,
): Promise<void> {
  const { request, reply } = source
  const trail = kit.targets.trailOfItem(request.operationId)
  removals.markChanged(target)
  const named = trail && kit.targets.targetOf(trail, reply.body, source, true)
  if (!trail || !named || named.keys.some((key) => target.keys.includes(key))) return
  const before = await ownership.before(trail, request)
  const rows = sentRowsIn(request, kit.builderOf(request.operationId))
  if (ownership.claim(named, rows, before)) removals.hold({ by, target: named, rows, trail, source, foreseen: false })
}
