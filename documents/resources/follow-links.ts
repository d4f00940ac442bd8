import type { Contract } from '../contract/contract.ts'
import { parsePointer } from '../read/json-pointer.ts'
import type { MemberPath, ResourceRole } from './resource.ts'
import type { Sketch, Sketches } from './sketch-resources.ts'
import type { Subject, Verdict } from './verdict.ts'

/** Roles that a creation may have been taken for, whose link says what it creates. */
const OPEN: ReadonlySet<ResourceRole> = new Set(['action', 'unsure', 'create', 'none'])

/**
 * Takes over what Link Objects say: a POST whose reply leads to an item by a member of its body creates that item, and the
 * member is what names it (OpenAPI 3.1, Link Object).
 */
export function followLinks(contract: Contract, subjects: readonly Subject[], sketches: Sketches): void {
  const byId = new Map(subjects.map((subject) => [subject.operation.id, subject]))
  for (const link of contract.links) {
    const [from, to] = [byId.get(link.from), byId.get(link.to)]
    const sketch = to && sketches.byItem(to.place.key)
    if (!from || !to || !sketch || from.operation.method !== 'POST' || link.each !== undefined) continue
    const leaf = leafOf(link.parameters, to, sketch)
    if (!leaf || !leadsThere(from, sketch)) continue
    const member = leaf.path.at(-1) as string
    const reply = leaf.isRequest ? undefined : leaf.path.slice(0, -1)
    const parameter = sketch.parameter?.name ?? leaf.parameter
    sketch.identity = { parameter, member, by: leaf.isRequest ? 'client' : (sketch.identity?.by ?? 'server') }
    const said = {
      sure: 0.98,
      evidence: 'documented',
      reason: 'a link leads from what is created to the item',
    } as const
    from.verdict = { ...said, role: 'create', sketch, ...(reply && { reply }) }
    to.verdict = { ...to.verdict, ...said } satisfies Verdict
  }
}

/** Which member names the item, where a link fills the parameter of its path from a body. */
function leafOf(parameters: Readonly<Record<string, unknown>>, to: Subject, { steps }: Sketch) {
  const parameter = to.steps[steps.length]?.parameter
  if (parameter === undefined) return undefined
  const expression = parameters[parameter] ?? parameters[`path.${parameter}`]
  const [, source, pointer] =
    typeof expression === 'string' ? (/^\$(request|response)\.body#(\/.+)$/.exec(expression) ?? []) : []
  const path: MemberPath | undefined = pointer === undefined ? undefined : parsePointer(pointer)
  return path && { parameter, path, isRequest: source === 'request' }
}

/** Whether a creation can lie where the items do: what the path of an item needs besides its name, the creation has. */
function leadsThere({ verdict, steps: own }: Subject, { steps, key }: Sketch): boolean {
  if (verdict.sketch?.key === key) return OPEN.has(verdict.role)
  const needed = steps.flatMap(({ parameter }) => parameter ?? [])
  const given = own.flatMap(({ parameter }) => parameter ?? [])
  const hasItems = verdict.role === 'create' && verdict.sketch?.parameter !== undefined
  return OPEN.has(verdict.role) && !hasItems && needed.every((name, at) => given[at] === name)
}
