import { setTimeout } from 'node:timers/promises'
import { NotSentError } from './not-sent-error.ts'
import { outcomeOf } from './outcome-of.ts'
import { shortenReply, shortenRequest, toJudged } from './read-reply.ts'
import type { SharedGround } from './shared-ground.ts'
import type {
  Answered,
  Ask,
  Breach,
  Case,
  CaseRequest,
  CaseResult,
  Exchange,
  Lifecycle,
  Look,
  Unsent,
} from './vocabulary.ts'

/** What became of a lifecycle, for all who look at it. */
interface Lived {
  readonly looks: ReadonlyMap<string, Look>
  readonly exchanges: readonly Exchange[]
  /** What replies break of the rules for all replies, by the case that the request was about. */
  readonly breaches: ReadonlyMap<string, readonly Breach[]>
  /** Why it could not be gone through to its end. */
  readonly fault?: string
}

/** Goes through each lifecycle once, when the first case wants to look at it. */
export class Lifecycles {
  readonly #ground: SharedGround
  readonly #lived = new Map<Lifecycle, Promise<Lived>>()

  constructor(ground: SharedGround) {
    this.#ground = ground
  }

  /** What a case sees of its lifecycle. */
  async look(
    { id }: Case,
    lifecycle: Lifecycle,
  ): Promise<Pick<CaseResult, 'outcome' | 'reason' | 'breaches' | 'exchanges'>> {
    let lived = this.#lived.get(lifecycle)
    if (!lived) this.#lived.set(lifecycle, (lived = new Attempt(this.#ground, lifecycle, id).live()))
    const { looks, exchanges: all, breaches: ofAll, fault } = await lived
    const look = looks.get(id)
    const found = [...(ofAll.get(id) ?? []), ...(look?.breaches ?? [])]
    const shown = new Set([...(look?.exchanges ?? []), ...found.flatMap(({ exchange }) => exchange ?? [])])
    const order = [...shown].sort((one, other) => one - other)
    const breaches = found.map(({ exchange, ...breach }) => ({
      ...breach,
      ...(exchange !== undefined && { exchange: order.indexOf(exchange) }),
    }))
    const exchanges = order.flatMap((at) => all[at] ?? [])
    const seen = { breaches, exchanges }
    if (breaches.length > 0) return { outcome: outcomeOf(breaches, this.#ground.strict), ...seen }
    if (look ? look.reason === ENDED : this.#ground.isStopped()) return { outcome: 'skipped', reason: ENDED, ...seen }
    if (!look && fault !== undefined) return { outcome: 'fail', reason: `the case could not be run: ${fault}`, ...seen }
    const reason = look ? look.reason : 'the step that it looks at was not reached'
    return reason === undefined ? { outcome: 'pass', ...seen } : { outcome: 'not-reached', reason, ...seen }
  }
}

type About = Parameters<Ask['send']>[0]

/** Why nothing more was sent. */
const ENDED = 'the run was ended'

class Attempt implements Ask {
  readonly #ground: SharedGround
  readonly #lifecycle: Lifecycle
  readonly #first: string
  readonly #exchanges: Exchange[] = []
  readonly #breaches = new Map<string, Breach[]>()

  /** @param first the case that looks first: what the clean-up notes is told there */
  constructor(ground: SharedGround, lifecycle: Lifecycle, first: string) {
    this.#ground = ground
    this.#lifecycle = lifecycle
    this.#first = first
  }

  async live(): Promise<Lived> {
    const { cleanUp } = this.#ground
    const { id } = this.#lifecycle
    let looks: ReadonlyMap<string, Look> = new Map()
    let fault: string | undefined
    try {
      looks = await this.#lifecycle.live(this)
    } catch (error) {
      fault = (error as Error).message
    }
    for (const note of await cleanUp.afterCase(id)) this.#note(this.#first, note)
    const told = { looks, exchanges: this.#exchanges, breaches: this.#breaches }
    return fault === undefined ? told : { ...told, fault }
  }

  async send(about: About, title: string, request: CaseRequest): Promise<Answered | Unsent> {
    const { gate, cleanUp, send, isStopped, judge } = this.#ground
    const { id } = this.#lifecycle
    if (isStopped()) return { skip: ENDED }
    const refusal = await gate.refuse(request, { id })
    if (refusal) return { skip: refusal.reason }
    cleanUp.expect(request)
    let reply: Answered['reply']
    try {
      reply = toJudged(await send(request))
    } catch (error) {
      return this.#unanswered(about, title, request, error as Error)
    }
    const exchange = this.#exchanges.push({ title, request: shortenRequest(request), reply: shortenReply(reply) }) - 1
    await cleanUp.note(id, request, reply)
    for (const breach of judge.judge(request.operationId, reply)) this.#note(about.id, { ...breach, exchange })
    return { reply, exchange }
  }

  async wait(looks: number): Promise<boolean> {
    if (looks >= MOST_LOOKS || this.#ground.isStopped()) return false
    await setTimeout(this.#ground.settling / (MOST_LOOKS - 1))
    return true
  }

  async #unanswered(about: About, title: string, request: CaseRequest, error: Error): Promise<Unsent> {
    const { cleanUp, isStopped } = this.#ground
    if (error instanceof NotSentError) {
      cleanUp.settle(request)
      return { skip: ENDED }
    }
    const exchange = this.#exchanges.push({ title, request: shortenRequest(request) }) - 1
    await cleanUp.unanswered(this.#lifecycle.id, request, error.message)
    if (isStopped()) return { skip: ENDED }
    this.#note(about.id, {
      rule: { text: 'every request is answered', pointer: about.rule.pointer, evidence: 'documented' },
      seen: error.message,
      cause: `not answered: ${error.message.replace(/\d+/g, '*')}`,
      exchange,
    })
    return { skip: 'a request was not answered' }
  }

  #note(id: string, breach: Breach): void {
    this.#breaches.set(id, [...(this.#breaches.get(id) ?? []), breach])
  }
}

/** So often it is looked whether what was done shows. */
const MOST_LOOKS = 3
