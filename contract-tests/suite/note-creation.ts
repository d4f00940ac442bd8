import type { CleanUpGround } from './clean-up-ground.ts'
import { findCreated } from './find-created.ts'
import type { Trail } from './find-trails.ts'
import { canFollow } from './find-trails.ts'
import type { LinkSource } from './follow-links.ts'
import type { LostThings } from './list-lost.ts'
import { sentRowsIn } from './read-rows.ts'
import type { Removals } from './remove-held.ts'
import type { CaseRequest } from './vocabulary.ts'

interface Unsearched {
  readonly by: string
  readonly trail: Trail
  readonly source: LinkSource
}

/** Claims what creations made, to be removed; what their replies do not name is lost. */
export class CreationNotes {
  readonly #ground: CleanUpGround
  readonly #lost: LostThings
  readonly #removals: Removals
  readonly #unsearched = new Set<Unsearched>()

  constructor(ground: CleanUpGround, lost: LostThings, removals: Removals) {
    this.#ground = ground
    this.#lost = lost
    this.#removals = removals
  }

  /** Creations whose things were not searched for yet. */
  get unsearched(): readonly LinkSource[] {
    return [...this.#unsearched].map(({ source }) => source)
  }

  /** Called with a creation's success. @param by the case's id */
  async note(by: string, trail: Trail | undefined, source: LinkSource): Promise<void> {
    if (!trail || !canFollow(trail))
      this.#lost.add(by, trail, source, 1, 'nothing in the document leads to its removal')
    // A search takes time, and shows whom a later step may still want to find as they are.
    else if (trail.search) this.#unsearched.add({ by, trail, source })
    else await this.#claim({ by, trail, source })
  }

  /** Searches now for what a case has made: the next request may change it. */
  async catchUp(by: string): Promise<void> {
    for (const one of [...this.#unsearched].filter((unsearched) => unsearched.by === by)) {
      await this.#claim(one)
      this.#unsearched.delete(one)
    }
  }

  async #claim({ by, trail, source }: Unsearched): Promise<void> {
    const { kit, ownership, gate } = this.#ground
    const { request, reply } = source
    const before = await ownership.before(trail, request)
    const { records, count, isListed } = await findCreated(this.#ground, trail, source)
    const rows = sentRowsIn(request, kit.builderOf(request.operationId))
    const foreseen = gate.foreseesLeftover(request.operationId)
    let named = 0
    for (const record of records) {
      const target = kit.targets.targetOf(trail, record, source, isListed)
      if (!target) continue
      // Whom a request names itself, it did not create.
      if (ownership.isClaimed(target) && target.ids.some((id) => names(request, id))) named++
      else if (ownership.claim(target, rows, before)) {
        named++
        this.#removals.hold({ by, target, rows, trail, source, foreseen })
      }
    }
    if (named >= count) return
    const said =
      reply.body === undefined ? 'its reply cannot be read' : 'its reply does not name what only this run can have made'
    this.#lost.add(by, trail, source, count - named, said)
  }
}

const names = ({ body = '' }: CaseRequest, id: string): boolean => body.toLowerCase().includes(JSON.stringify(id))
