import type { Trail } from './find-trails.ts'
import { type Target, type Targets, targetsIn } from './name-target.ts'
import type { Ownership, Proof } from './prove-ownership.ts'
import { isDrawn } from './provoke-placeholders.ts'
import type { Case, CaseRequest } from './vocabulary.ts'

/** Why a request is not sent. */
export interface Refusal {
  readonly reason: string
  /** The flag that would let it; undefined: nothing lets it. */
  readonly flag?: 'allow-changes' | 'allow-leftovers'
}

export interface Leave {
  /** The target is on this machine: what is left behind there harms nobody. */
  readonly isNear: boolean
  readonly allowChanges: boolean | readonly string[]
  readonly allowLeftovers: boolean
}

/** Whether what a trail's operation creates can be proven to be the run's own, and removed. */
export const canFollow = (trail: Trail | undefined): boolean =>
  trail?.removal !== undefined && (trail.reading !== undefined || trail.list !== undefined)

/**
 * Decides of every request of a case whether it may be sent: what reads is free; what creates must lead to a clean-up; what
 * changes or deletes must name what this run made, or what is drawn afresh and not there.
 */
export class Gate {
  readonly #targets: Targets
  readonly #ownership: Ownership
  readonly #leave: Leave
  readonly #tag: string
  /** Operations whose creations were lost once: what they create next would be lost as well. */
  readonly #losing = new Set<string>()
  readonly #refused = new Map<NonNullable<Refusal['flag']>, Set<string>>()

  constructor(targets: Targets, ownership: Ownership, leave: Leave, tag: string) {
    this.#targets = targets
    this.#ownership = ownership
    this.#leave = leave
    this.#tag = tag
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
    const { allowChanges } = this.#leave
    return typeof allowChanges === 'boolean' ? allowChanges : allowChanges.includes(operationId)
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
    const refusal = this.foreseeCreation(operationId)
    if (refusal) return refusal
    // What is there now can never be this run's own, whatever a reply will say.
    if (trail) await this.#ownership.before(trail, request)
    return undefined
  }

  /** The same, as far as it can be told without sending anything. */
  foreseeCreation(operationId: string): Refusal | undefined {
    const { isNear, allowLeftovers } = this.#leave
    if (isNear || allowLeftovers) return undefined
    const trail = this.#targets.trails.get(operationId)
    const reason = !canFollow(trail)
      ? `nothing in the document leads from what ${operationId} creates to ${trail?.removal ? 'a reading of it' : 'its removal'} (x-role, a Link Object, or an item path with GET and DELETE)`
      : this.#losing.has(operationId)
        ? `what ${operationId} created could not be found or removed once`
        : undefined
    return reason === undefined
      ? undefined
      : { reason: `${reason}, so it would stay; --allow-leftovers lets it`, flag: 'allow-leftovers' }
  }

  async #refuseChange(request: CaseRequest, one: Pick<Case, 'id'>): Promise<Refusal | undefined> {
    const { operationId, method } = request
    const flag = 'allow-changes'
    const lets = `--allow-changes=${operationId} lets it`
    const named = this.#targets.namedBy(request)
    const { byPath, byMembers } = named
    if (!byMembers && !byPath)
      return { reason: `${method} ${request.path} would change what this run did not make; ${lets}`, flag }
    for (const target of targetsIn(named)) {
      if (this.#ownership.isProven(target)) continue
      const before = target.trail && (await this.#ownership.before(target.trail, request))
      const proof = await this.#ownership.prove(target, before)
      if (proof === 'own') continue
      if (this.#isNobodys(target, proof, one)) {
        const refusal = target === byPath && this.#refuseMaking(request, target)
        if (refusal) return refusal
        continue
      }
      const why = {
        foreign: 'is not of this run',
        absent: 'is not there and not drawn by this run',
        unknown: 'cannot be read',
      }
      return { reason: `${method} ${request.path}: ${target.label} ${why[proof as keyof typeof why]}; ${lets}`, flag }
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
    const reason = `what ${operationId} may create could not be ${removal ? 'read' : 'removed'}; --allow-leftovers lets it`
    return { reason, flag: 'allow-leftovers' }
  }
}
