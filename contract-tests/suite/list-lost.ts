import type { CleanUpGround } from './clean-up-ground.ts'
import { excerpt } from './cut-text.ts'
import type { Trail } from './find-trails.ts'
import type { LinkSource } from './follow-links.ts'
import { shortenReply } from './read-reply.ts'
import type { Leftover } from './vocabulary.ts'

/** Something that was created, or may have been, and that nothing of the reply leads to. */
export interface Lost {
  /** The case that sent it. */
  readonly by: string
  readonly trail: Trail | undefined
  readonly source: LinkSource
  /** How many things; undefined: nobody knows, perhaps none. */
  count: number | undefined
  /** How many of them were found since, where nobody knows how many there are. */
  found: number
  readonly reason: string
  readonly foreseen: boolean
  /** It was looked for once and not found; at the end of the run it is looked for again. */
  isSought: boolean
}

/** What a run has created, or may have, and does not know where it is. */
export class LostThings {
  readonly #ground: CleanUpGround
  readonly #lost = new Set<Lost>()

  constructor(ground: CleanUpGround) {
    this.#ground = ground
  }

  /**
   * @param by the case's id
   * @param count how many things; undefined: nobody knows, perhaps none
   */
  add(by: string, trail: Trail | undefined, source: LinkSource, count: number | undefined, reason: string): void {
    const { kit, gate } = this.#ground
    const { operationId } = source.request
    const isChange = kit.targets.effectOf(operationId) === 'changes'
    const foreseen = isChange ? gate.mayChange(operationId) : gate.foreseesLeftover(operationId)
    // A run may lose thousands of them, and a reply may be long.
    const reply = { ...shortenReply(source.reply), body: undefined }
    this.#lost.add({ by, trail, source: { ...source, reply }, count, found: 0, reason, foreseen, isSought: false })
  }

  /** It was found, or never was. */
  remove(lost: Lost): void {
    this.#lost.delete(lost)
  }

  has(lost: Lost): boolean {
    return this.#lost.has(lost)
  }

  all(): readonly Lost[] {
    return [...this.#lost]
  }

  leftovers(): readonly Leftover[] {
    return this.all().map(leftoverOf)
  }

  /** What was not found: nobody looks for it any more. */
  giveUp(): readonly Leftover[] {
    const left = this.leftovers()
    this.#lost.clear()
    return left
  }
}

/**
 * What a creation made that cannot be found again, in words for people.
 * @param count undefined: nobody knows how many
 */
export function leftoverOf({
  source: { request, reply },
  count,
  reason,
  foreseen,
}: Pick<Lost, 'source' | 'count' | 'reason' | 'foreseen'>): Leftover {
  const many = count === undefined ? 'what' : count === 1 ? 'something that' : `${count} things that`
  const made = count === undefined ? 'may have created' : 'created'
  const said = reply.text === '' ? '' : `; it said ${excerpt(reply.text)}`
  return {
    what: `${many} ${request.method} ${excerpt(request.path, 1000)} ${made}`,
    reason: `${reason}${said}`,
    foreseen,
  }
}
