import type { FoundList } from './find-list.ts'
import type { Place } from './read-paths.ts'
import type { Identity, ResourceRole } from './resource.ts'
import type { Sketch } from './sketch-resources.ts'
import type { Surroundings } from './surroundings.ts'
import type { Subject } from './verdict.ts'

const LISTING: ReadonlySet<ResourceRole> = new Set(['list', 'search'])

/**
 * Puts what operations say of themselves in the place of what was found.
 * @param found resources, by the names that they would have had
 * @returns the resources that have been given a name
 */
export function applyStatements(
  subjects: readonly Subject[],
  around: Surroundings,
  found: ReadonlyMap<string, Sketch>,
): ReadonlyMap<Sketch, string> {
  for (const subject of subjects) applyRole(subject, around)
  const named = nameStated(subjects, found)
  for (const { statement, verdict } of subjects) {
    const { sketch } = verdict
    if (!statement || !sketch) continue
    const identity = { ...sketch.identity, ...statement.identity } as Partial<Identity>
    const { member, by = 'server' } = identity
    // Each operation may call it otherwise.
    const parameter = sketch.parameter?.name ?? identity.parameter
    if (statement.identity && parameter !== undefined && member !== undefined)
      sketch.identity = { parameter, member, by }
    if (statement.parent !== undefined) sketch.statedParent = statement.parent
  }
  return named
}

function applyRole(subject: Subject, around: Surroundings): void {
  const { statement, operation, place, verdict } = subject
  if (!statement) return
  const role = statement.role ?? verdict.role
  const sketch = role === 'none' ? undefined : (verdict.sketch ?? sketchAt(around, place, role))
  const list =
    LISTING.has(role) && sketch ? (verdict.list ?? around.listIn(operation, sketch) ?? WHOLE(sketch)) : undefined
  subject.verdict = {
    ...verdict,
    role,
    sketch,
    list,
    sure: role === 'unsure' ? 0 : 1,
    reason: 'x-resource says so',
    evidence: statement.evidence,
  }
}

/** What an operation of a role has to do with, where only its path is known. */
function sketchAt(around: Surroundings, place: Place, role: ResourceRole): Sketch | undefined {
  if (role === 'unsure') return undefined
  if (role.startsWith('singleton')) return around.single(place)
  const { steps } = place
  const known = around.itemAt(steps) ?? around.listAt(steps) ?? around.nearest(steps)
  // These are done to what there is; all else speaks of something.
  return known ?? (role === 'action' || role === 'count' ? undefined : around.several(place))
}

/** A list of which nothing is said but that it is one. */
const WHOLE = ({ record }: Sketch): FoundList | undefined =>
  record && { at: [], item: [], record, sure: 1, reason: 'x-resource says so' }

/**
 * Operations that give the same name have to do with one resource: with that of an item's path, if one of them has it,
 * or else with what was found under that name.
 */
function nameStated(subjects: readonly Subject[], found: ReadonlyMap<string, Sketch>): Map<Sketch, string> {
  const byName = new Map<string, Subject[]>()
  for (const subject of subjects) {
    const name = subject.statement?.name
    if (name !== undefined && subject.verdict.sketch) byName.set(name, [...(byName.get(name) ?? []), subject])
  }
  const named = new Map<Sketch, string>()
  for (const [name, members] of byName) {
    const own = members.flatMap(({ verdict }) => verdict.sketch ?? [])
    const free = [...own.filter(({ parameter }) => parameter), found.get(name), ...own].filter(
      (one) => one && !named.has(one),
    )
    const sketch = free[0] ?? { ...(own[0] as Sketch) }
    named.set(sketch, name)
    for (const member of members) member.verdict = { ...member.verdict, sketch }
  }
  return named
}
