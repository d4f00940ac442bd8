import { setTimeout } from 'node:timers/promises'
import type { CleanUpGround } from './clean-up-ground.ts'
import { type LinkSource, withoutReply } from './follow-links.ts'
import { LostThings, leftoverOf } from './list-lost.ts'
import { noteChange } from './note-change.ts'
import { CreationNotes } from './note-creation.ts'
import { Removals } from './remove-held.ts'
import { Seeker } from './seek-lost.ts'
import type { Breach, CaseRequest, JudgedReply, Leftover } from './vocabulary.ts'

/** Removes what the run created, and nothing else: what is proven to be its own, and is seen to be gone afterwards. */
export class CleanUp {
  readonly #ground: CleanUpGround
  readonly #settling: number
  readonly #lost: LostThings
  readonly #removals: Removals
  readonly #creations: CreationNotes
  readonly #seeker: Seeker
  /** Creations that are under way. */
  readonly #unanswered = new Set<LinkSource>()
  readonly leftovers: Leftover[] = []

  /** @param settling how long what was created or removed may take to show, in milliseconds */
  constructor(ground: CleanUpGround, settling: number) {
    this.#ground = ground
    this.#settling = settling
    this.#lost = new LostThings(ground)
    this.#removals = new Removals(ground, this.#lost)
    this.#creations = new CreationNotes(ground, this.#lost, this.#removals)
    this.#seeker = new Seeker(ground, this.#lost, this.#removals)
  }

  /** What would be left behind if the process ended now. */
  pending(): readonly Leftover[] {
    const waiting = [...this.#unanswered, ...this.#creations.unsearched].map((source) =>
      leftoverOf({ source, count: undefined, reason: 'it was not looked for yet', foreseen: false }),
    )
    return [...this.leftovers, ...this.#removals.pending(), ...this.#lost.leftovers(), ...waiting]
  }

  /** Called before a request of a case is sent. */
  expect(request: CaseRequest): void {
    if (this.#effectOf(request) === 'creates') this.#unanswered.add(withoutReply(request))
  }

  /** A request is not under way any more: it has its answer, has none, or was never sent. */
  settle(request: CaseRequest): void {
    for (const one of this.#unanswered) if (one.request === request) this.#unanswered.delete(one)
  }

  /**
   * Called with every answer to a request of a case, at once: later steps may only touch what is known here.
   * @param by the case's id
   */
  async note(by: string, request: CaseRequest, reply: JudgedReply): Promise<void> {
    this.settle(request)
    const effect = this.#effectOf(request)
    if (effect === 'reads') return
    if (effect === 'creates') this.#seeker.remember(request)
    // A refusal did nothing; a redirect or a server's failure may come after the deed (RFC 9110, section 15).
    if (reply.status >= 400 && reply.status < 500) return
    const source = { request, reply }
    if (effect === 'changes') return this.#noteChange(by, source)
    const trail = this.#ground.kit.targets.trails.get(request.operationId)
    if (reply.status >= 200 && reply.status < 300) return this.#creations.note(by, trail, source)
    this.#lost.add(by, trail, source, undefined, `it answered ${reply.status}`)
  }

  /** A request without an answer may have done what it asked for. */
  async unanswered(by: string, request: CaseRequest, reason: string): Promise<void> {
    this.settle(request)
    const source = withoutReply(request)
    const effect = this.#effectOf(request)
    if (effect === 'changes') return this.#noteChange(by, source)
    const trail = this.#ground.kit.targets.trails.get(request.operationId)
    if (effect === 'creates') this.#lost.add(by, trail, source, undefined, reason)
  }

  /** Searches now for what a case has made: the next request may change it. */
  catchUp(by: string): Promise<void> {
    return this.#creations.catchUp(by)
  }

  /**
   * Removes what a case made, and looks for what was lost where that is soon done.
   * @returns what is worth a note: a removal that says it was done, and was not
   */
  async afterCase(by: string): Promise<Breach[]> {
    await this.catchUp(by)
    const notes = await this.#removals.removeAll((held) => held.by === by)
    const lost = this.#lost.all().filter((one) => one.by === by && !one.isSought)
    if (lost.length > 0) await this.#seeker.seek(lost)
    for (const one of lost) {
      one.isSought = true
      if (this.#lost.has(one)) this.#ground.gate.lost(one.source.request.operationId)
    }
    return notes
  }

  /** The end of the run: what still carries its tag in a list is removed, and what cannot be found is listed. */
  async finish(): Promise<void> {
    await this.#removals.removeAll(() => true)
    await this.#seeker.seek()
    const isLeft = () =>
      this.#removals.stuck.length > 0 || this.#lost.all().some(({ trail }) => trail?.list !== undefined)
    if (isLeft()) {
      await setTimeout(this.#settling)
      await this.#removals.retry()
      if (isLeft()) await this.#seeker.seek()
    }
    this.leftovers.push(...this.#removals.giveUp(), ...this.#lost.giveUp())
  }

  async #noteChange(by: string, source: LinkSource): Promise<void> {
    const changed = await noteChange(this.#ground, this.#removals, by, source)
    if (changed) this.leftovers.push(changed)
  }

  #effectOf({ operationId }: CaseRequest) {
    return this.#ground.kit.targets.effectOf(operationId)
  }
}
