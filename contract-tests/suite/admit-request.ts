import type { CaseKit } from './case-kit.ts'
import { canFollow, type Trail } from './find-trails.ts'
import { listAsked } from './list-asked.ts'
import { idsInBody } from './name-by-members.ts'
import type { Targets } from './name-target.ts'
import type { Before, Ownership, Proof } from './prove-ownership.ts'
import { isDrawn } from './provoke-placeholders.ts'
import { rowsIn } from './read-rows.ts'
import { type Target, targetsIn } from './target.ts'
import type { Case, CaseRequest } from './vocabulary.ts'

/** Why a request is not sent. */
export interface Refusal {
  readonly reason: string
  /** The flag that would let it; undefined: nothing lets it. */
  readonly flag?: 'allow-changes' | 'allow-leftovers'
}

/** What a run may do to its target: `--allow-changes` (all operations, or those named) and `--allow-leftovers`. */
export interface Leave {
  /** The target is on this machine: what is left behind there harms nobody. */
  readonly isNear: boolean
  readonly allowChanges: boolean | readonly string[]
  readonly allowLeftovers: boolean
}

const WHY: Readonly<Record<Exclude<Proof, 'own'>, string>> = {
  foreign: 'what it names does not show the tag of this run, or was there before',
  absent: 'what it names is not there, and its name was not made up by this run',
  unknown: 'what it names could not be read',
}

/** Whether the command line lets an operation change what is not the run's own. */
export const mayChange = ({ allowChanges }: Leave, operationId: string): boolean =>
  typeof allowChanges === 'boolean' ? allowChanges : allowChanges.includes(operationId)

/** @param isLosing what it created could not be found or removed once */
export function refuseCreation(
  trail: Trail | undefined,
  operationId: string,
  { isNear, allowLeftovers }: Leave,
  isLosing = false,
): Refusal | undefined {
  if (isNear || allowLeftovers || (canFollow(trail) && !isLosing)) return undefined
  const missing = trail?.removal ? 'a reading of it' : 'its removal'
  const reason = canFollow(trail)
    ? `what ${operationId} created could not be found or removed once`
    : `nothing in the document leads from what ${operationId} creates to ${missing} (x-role, a Link Object, or an item path with GET and DELETE)`
  return { reason: `${reason}, so it would stay; --allow-leftovers allows it`, flag: 'allow-leftovers' }
}

/**
 * Decides of every request of a case whether it may be sent: what reads is free; what creates must lead to a clean-up; what
 * changes or deletes must name what this run made, or what is drawn afresh and not there.
 */
export class Gate {
  readonly #kit: CaseKit
  readonly #targets: Targets
  readonly #ownership: Ownership
  readonly #leave: Leave
  readonly #tag: string
  /** Operations whose creations were lost once: what they create next would be lost as well. */
  readonly #losing = new Set<string>()
  readonly #refused = new Map<NonNullable<Refusal['flag']>, Set<string>>()

  constructor(kit: CaseKit, ownership: Ownership, leave: Leave) {
    this.#kit = kit
    this.#targets = kit.targets
    this.#ownership = ownership
    this.#leave = leave
    this.#tag = kit.context.tag
  }

  /** Something that an operation created could not be found again, or not be removed. */
  lost(operationId: string): void {
    this.#losing.add(operationId)
  }

  /** Whether it is known beforehand that what an operation creates may not be found again, or not be removed. */
  foreseesLeftover(operationId: string): boolean {
    return this.#leave.allowLeftovers || !canFollow(this.#targets.trails.get(operationId))
  }

  isChange({ operationId }: CaseRequest): boolean {
    return this.#targets.effectOf(operationId) === 'changes'
  }

  /** Whether the command line lets an operation change what is not the run's own. */
  mayChange(operationId: string): boolean {
    return mayChange(this.#leave, operationId)
  }

  /** How many cases each flag would add. */
  remarks(): string[] {
    return [...this.#refused].map(
      ([flag, cases]) => `--${flag} would add ${cases.size} case${cases.size === 1 ? '' : 's'}`,
    )
  }

  /** @returns undefined when it may be sent */
  async refuse(request: CaseRequest, one: Pick<Case, 'id'>): Promise<Refusal | undefined> {
    const refusal = await this.#judge(request, one)
    if (refusal?.flag) this.#refused.set(refusal.flag, (this.#refused.get(refusal.flag) ?? new Set()).add(one.id))
    return refusal
  }

  async #judge(request: CaseRequest, one: Pick<Case, 'id'>): Promise<Refusal | undefined> {
    const odd = this.#targets.oddIdIn(request)
    if (odd !== undefined) return { reason: `${JSON.stringify(odd)} is no id: it would lead somewhere else` }
    const effect = this.#targets.effectOf(request.operationId)
    if (effect === 'reads') return undefined
    if (effect === 'creates') return this.#refuseCreation(request)
    if (this.mayChange(request.operationId)) return undefined
    return this.#refuseChange(request, one)
  }

  async #refuseCreation(request: CaseRequest): Promise<Refusal | undefined> {
    const { operationId } = request
    const trail = this.#targets.trails.get(operationId)
    const mayChange = this.mayChange(operationId)
    const refusal =
      refuseCreation(trail, operationId, this.#leave, this.#losing.has(operationId)) ??
      (mayChange ? undefined : this.#refuseAsked(request))
    if (refusal || !trail) return refusal
    // What is there now can never be this run's own, whatever a reply will say.
    const before = await this.#ownership.before(trail, request)
    return mayChange ? undefined : this.#refuseNamed(trail, request, before)
  }

  /** What a creation says of things that it does not create must be of this run, or given. */
  #refuseAsked(request: CaseRequest): Refusal | undefined {
    const { operationId } = request
    const { parents, options } = listAsked(this.#kit.builderOf(operationId), request)
    const flag = 'allow-changes'
    const lets = `--allow-changes=${operationId} allows it`
    if (options.length > 0)
      return { reason: `${operationId} may do more than create where ${options.join(', ')} is given; ${lets}`, flag }
    if (parents.every((parent) => this.#ownership.hasMade(parent))) return undefined
    const reason = `${operationId} would add to what this run did not make; name a place for it with --param, or ${lets}`
    return { reason, flag }
  }

  /** What a creation calls its things must be drawn afresh, or not be there. */
  async #refuseNamed(trail: Trail, request: CaseRequest, before: Before): Promise<Refusal | undefined> {
    const { operationId } = request
    const rows = rowsIn(request, this.#kit.builderOf(operationId).rowPath)
    for (const target of this.#targets.targetsOfRows(trail, rows, request)) {
      if (target.ids.every((id) => isDrawn(id, { tag: this.#tag, unique: '' }))) continue
      const proof = await this.#ownership.prove(target, before)
      if (proof === 'own' || proof === 'absent' || (proof === 'unknown' && !target.reading && before.isComplete))
        continue
      const reason = `${operationId} names something that may be there already; --allow-changes=${operationId} allows it`
      return { reason, flag: 'allow-changes' }
    }
    return undefined
  }

  async #refuseChange(request: CaseRequest, one: Pick<Case, 'id'>): Promise<Refusal | undefined> {
    const { operationId } = request
    const refuse = (why: string): Refusal => ({
      reason: `${operationId} would change what this run did not make: ${why}; --allow-changes=${operationId} allows it`,
      flag: 'allow-changes',
    })
    const named = this.#targets.namedBy(request)
    const { byPath, byMembers } = named
    if (!byMembers && !byPath) return refuse('no creation in the document leads to what it names')
    const isStrange = (id: string) =>
      !isDrawn(id.toLowerCase(), { tag: this.#tag, unique: one.id }) && !byPath?.ids.includes(id.toLowerCase())
    if (byPath && ['POST', 'DELETE'].includes(request.method) && idsInBody(request).some(isStrange))
      return refuse('its body names something that may belong to somebody else')
    for (const target of targetsIn(named)) {
      if (this.#ownership.isProven(target)) continue
      const before = target.trail && (await this.#ownership.before(target.trail, request))
      const proof = await this.#ownership.prove(target, before)
      if (proof === 'own') continue
      if (!this.#isNobodys(target, proof, one)) return refuse(WHY[proof])
      const refusal = target === byPath && this.#refuseMaking(request, target)
      if (refusal) return refusal
    }
    return undefined
  }

  /** Whether it is drawn afresh, or was made by this run, and is not there; or nobody can read it, and it can be nobody else's. */
  #isNobodys(target: Target, proof: Proof, one: Pick<Case, 'id'>): boolean {
    const isDrawnHere = target.ids.every((id) => isDrawn(id, { tag: this.#tag, unique: one.id }))
    if (proof === 'absent') return isDrawnHere || this.#ownership.hasMade(target)
    if (target.reading || proof === 'foreign') return false
    return isDrawnHere || (this.#ownership.isNew(target) && !this.#ownership.wasRemoved(target))
  }

  /** A write to what is not there may put it there: then it must be readable and removable as well. */
  #refuseMaking({ operationId, method }: CaseRequest, { reading, removal }: Target): Refusal | undefined {
    const { isNear, allowLeftovers } = this.#leave
    if (method === 'DELETE' || (reading && removal) || isNear || allowLeftovers) return undefined
    const reason = `what ${operationId} may create could not be ${removal ? 'read' : 'removed'}; --allow-leftovers allows it`
    return { reason, flag: 'allow-leftovers' }
  }
}
