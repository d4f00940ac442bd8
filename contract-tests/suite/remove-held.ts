import type { CleanUpGround } from './clean-up-ground.ts'
import type { LostThings } from './list-lost.ts'
import { type Held, isUnlisted, proveHeld } from './prove-held.ts'
import type { Before, Proof } from './prove-ownership.ts'
import type { Target } from './target.ts'
import type { Breach, Leftover } from './vocabulary.ts'

/** As often in a row a removal without an answer is waited for; then it is taken to hang for ever. */
const PATIENCE = 2

/** Removes what the run holds, if it is proven to be its own, and looks whether it is gone. */
export class Removals {
  readonly #ground: CleanUpGround
  readonly #lost: LostThings
  readonly #held = new Set<Held>()
  /** What could not be removed at the first attempt. */
  readonly #stuck = new Map<Held, Leftover>()
  /** By operationId, how often in a row a removal had no answer. */
  readonly #hanging = new Map<string, number>()

  constructor(ground: CleanUpGround, lost: LostThings) {
    this.#ground = ground
    this.#lost = lost
  }

  /** Keeps in mind that something is to be removed. */
  hold(held: Held): void {
    this.#held.add(held)
  }

  markChanged({ keys }: Target): void {
    for (const held of this.#held) if (held.target.keys.some((key) => keys.includes(key))) held.isChanged = true
  }

  /** What could not be removed. */
  get stuck(): readonly Leftover[] {
    return [...this.#stuck.values()]
  }

  /** Whether it is known that it could not be removed. */
  isStuck({ keys }: Target): boolean {
    return [...this.#stuck.keys()].some(({ target }) => target.keys.some((key) => keys.includes(key)))
  }

  /** What would be left behind if the process ended now. */
  pending(): readonly Leftover[] {
    const held = [...this.#held].map(({ target, foreseen }) => ({
      what: target.label,
      reason: 'it was not removed yet',
      foreseen,
    }))
    return [...this.stuck, ...held]
  }

  /** @returns what is worth a note: a removal that says it was done, and was not */
  async removeAll(isMeant: (held: Held) => boolean): Promise<Breach[]> {
    const { slots } = this.#ground
    const notes: Breach[] = []
    const remove = async (held: Held) => {
      notes.push(...(await this.remove(held)))
      this.#held.delete(held)
    }
    // What was made last goes first: it may lie below what was made before it.
    const waiting = [...this.#held].filter(isMeant).reverse()
    for (let held = waiting.shift(); held; held = waiting.shift()) {
      await remove(held)
      // What one request made lies side by side, and the first of it has shown how it is removed.
      const { source } = held
      const helpers: Promise<void>[] = []
      const hasMore = () => waiting[0]?.source === source
      const help = async () => {
        while (hasMore()) await remove(waiting.shift() as Held)
        slots.leave()
      }
      while (hasMore()) {
        const own = remove(waiting.shift() as Held)
        while (hasMore() && slots.take()) helpers.push(help())
        await own
      }
      await Promise.all(helpers)
    }
    return notes
  }

  /** What failed once, among other cases or a moment too early, is tried once more by itself. */
  async retry(): Promise<void> {
    for (const [held, leftover] of [...this.#stuck]) {
      this.#stuck.delete(held)
      await this.remove(held)
      // Why it was left at first says more than that it still is.
      if (this.#stuck.has(held)) this.#stuck.set(held, leftover)
    }
  }

  /** What could not be removed: nobody tries it any more. */
  giveUp(): readonly Leftover[] {
    const left = this.stuck
    this.#stuck.clear()
    return left
  }

  async remove(held: Held): Promise<Breach[]> {
    const { kit, ownership } = this.#ground
    const { target, trail, source } = held
    const isCreated = kit.targets.effectOf(source.request.operationId) === 'creates'
    const before = isCreated ? await ownership.before(trail, source.request) : undefined
    const proof = await proveHeld(ownership, held, before)
    if (proof === 'own') return this.#send(held, before)
    if (proof === 'unknown') this.#leave(held, 'it could not be read, so nobody can say whose it is')
    else {
      this.#miss(held, proof, before)
      ownership.forget(target)
    }
    return []
  }

  /** It is not there, or is somebody else's: what was made may be somewhere else. */
  #miss({ by, target, trail, source, isChanged }: Held, proof: Proof, before: Before | undefined): void {
    const { ownership } = this.#ground
    const lose = (reason: string) => this.#lost.add(by, trail, source, 1, reason)
    // A case may have removed it itself.
    const mayBeElsewhere = before && !ownership.wasRemoved(target)
    if (proof === 'foreign') lose(`it named ${target.label}, which does not show the tag of this run`)
    else if (mayBeElsewhere && isChanged) lose(`${target.label} was changed, and is not there any more`)
    else if (mayBeElsewhere && !ownership.isProven(target)) lose(`it named ${target.label}, which is not there`)
  }

  async #send(held: Held, before: Before | undefined): Promise<Breach[]> {
    const { kit, ownership, send } = this.#ground
    const { target, rows, trail } = held
    const { removal, reading } = target
    if (!removal) return this.#leave(held, 'the document has no operation that removes it')
    const hanging = () => this.#hanging.get(removal.operationId) ?? 0
    if (hanging() >= PATIENCE)
      return this.#leave(held, `${removal.operationId} gave no answer before, and was not asked again`, false)
    const reply = await send(removal)
    const hung = 'failure' in reply
    this.#hanging.set(removal.operationId, hung ? hanging() + 1 : 0)
    const said = hung ? reply.failure : `${removal.method} ${removal.path} answered ${reply.status}`
    const isDone = !hung && reply.status < 300
    if (isDone) ownership.markRemoved(target)
    const after = await proveHeld(ownership, held, before)
    const isAnothers = isDone && !ownership.isClaimedFor(target, rows)
    if (after === 'absent' || isAnothers || (isDone && (await isUnlisted(ownership, held, before)))) {
      if (!isAnothers) ownership.forget(target)
      return []
    }
    const isThere = after === 'own' || after === 'foreign'
    this.#leave(held, `${said}, and ${isThere ? 'it is still there' : 'nobody can say whether it is gone'}`, false)
    if (!isDone || !isThere) return []
    const rule = {
      text: `what ${removal.operationId} removed is gone`,
      pointer: kit.builderOf(removal.operationId).operation.pointer,
      evidence: 'assumed',
    } as const
    const finder = reading ? `${reading.method} ${reading.path}` : trail.list?.to
    return [{ rule, seen: `${said}, and ${finder} still finds it` }]
  }

  #leave(held: Held, reason: string, foreseen = held.foreseen): Breach[] {
    this.#stuck.set(held, { what: held.target.label, reason, foreseen })
    this.#ground.gate.lost(held.source.request.operationId)
    return []
  }
}
