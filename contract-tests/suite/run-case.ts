import { mayTouchSession } from './classify-session.ts'
import { Lifecycles } from './live-lifecycles.ts'
import { NotSentError } from './not-sent-error.ts'
import { outcomeOf } from './outcome-of.ts'
import { shortenReply, shortenRequest, toJudged } from './read-reply.ts'
import { SharedThings } from './share-things.ts'
import type { SharedGround } from './shared-ground.ts'
import type {
  Breach,
  Case,
  CaseReply,
  CaseRequest,
  CaseResult,
  Exchange,
  JudgedReply,
  Outcome,
  Step,
} from './vocabulary.ts'

/** What a run may try. */
export interface Leave {
  readonly allowMail?: boolean
  readonly hasBadToken?: boolean
  readonly hasSecondToken?: boolean
  readonly secondParams?: Readonly<Record<string, string>>
  readonly allowChanges?: boolean | readonly string[]
  /** The only case of the run. */
  readonly only?: string
}

/** The same with what the run may try. */
interface CaseGround extends SharedGround {
  readonly options: Leave
  /** All that are to be tried. */
  readonly cases: readonly Case[]
}

/** Whether what an operation names was there when it was asked for first, and could be made or found. By operationId. */
type Absences = Map<string, 'made' | 'unmade'>

interface Sent {
  readonly step: Step
  readonly request: CaseRequest
}

/** Tries one case after the other: its requests go out if the gate lets them, its replies are judged, and what it made is removed. */
export function createCaseRunner(ground: CaseGround): (one: Case) => Promise<CaseResult> {
  const things = new SharedThings(ground.cases)
  const lifecycles = new Lifecycles(ground)
  const absences: Absences = new Map()
  return async (one) => {
    const began = performance.now()
    const { id, operationId, kind, title, rule, lifecycle } = one
    const told = { id, operationId, kind, title, rule }
    const reason = whyNot(one, ground.options)
    if (lifecycle && !reason)
      return { case: told, ...(await lifecycles.look(one, lifecycle)), duration: performance.now() - began }
    const attempt = new Attempt(ground, one, { absences, things })
    const end = await attempt.run(reason)
    return {
      case: told,
      ...end,
      breaches: attempt.breaches,
      exchanges: attempt.exchanges,
      duration: performance.now() - began,
    }
  }
}

interface End {
  readonly outcome: Outcome
  readonly reason?: string
}

class Attempt {
  readonly breaches: Breach[] = []
  readonly exchanges: Exchange[] = []
  readonly #ground: CaseGround
  readonly #case: Case
  readonly #replies: JudgedReply[] = []
  readonly #requests: CaseRequest[] = []

  readonly #absences: Absences
  readonly #things: SharedThings

  constructor(
    ground: CaseGround,
    one: Case,
    { absences, things }: { readonly absences: Absences; readonly things: SharedThings },
  ) {
    this.#ground = ground
    this.#case = one
    this.#absences = absences
    this.#things = things
  }

  /** @param early how it ends before it begins */
  async run(early: End | undefined): Promise<End> {
    let end = early
    if (!end) {
      end = await this.#tryIt()
      await this.#tidy(this.#case.id)
    }
    if (this.#things.leave(this.#case)) await this.#tidy(this.#things.ownerOf(this.#case))
    if (early || (end && end.outcome !== 'not-reached')) return end as End
    const founded = this.breaches.filter(({ doubt }) => doubt === undefined)
    if (founded.length > 0) return { outcome: outcomeOf(founded, this.#ground.strict) }
    if (this.breaches.length > 0) return { outcome: 'not-reached', reason: 'a valid request was refused' }
    return end ?? { outcome: 'pass' }
  }

  async #tryIt(): Promise<End | undefined> {
    try {
      for (const turn of turnsOf(this.#case.steps)) {
        const [step] = turn
        const end = step?.isShared ? await this.#share(step) : await this.#prepare(turn)
        if (end) return end
      }
      return undefined
    } catch (error) {
      return { outcome: 'fail', reason: `the case could not be run: ${(error as Error).message}` }
    }
  }

  /** What is to be changed next may have been made by this case, or for all of the operation. */
  async #catchUp(): Promise<void> {
    const { cleanUp } = this.#ground
    if (this.#things.isUsedBy(this.#case)) await cleanUp.catchUp(this.#things.ownerOf(this.#case))
    await cleanUp.catchUp(this.#case.id)
  }

  async #tidy(by: string): Promise<void> {
    this.breaches.push(...(await this.#ground.cleanUp.afterCase(by)))
  }

  /** Takes what another case of the operation has made, or makes it for all of them. */
  async #share(step: Step): Promise<End | undefined> {
    const known = this.#things.get(this.#case, step.operationId)
    if (known) {
      this.exchanges.push(known.exchange)
      this.#requests.push(known.request)
      this.#replies.push(known.reply)
      return undefined
    }
    const end = await this.#prepare([step])
    const [request, reply, exchange] = [this.#requests.at(-1), this.#replies.at(-1), this.exchanges.at(-1)]
    if (!end && request && reply && exchange && isSuccess(reply))
      this.#things.keep(this.#case, step.operationId, { request, reply, exchange })
    return end
  }

  /** Takes a turn, after what it names was made or found, where that was not there before. */
  async #prepare(turn: readonly Step[]): Promise<End | undefined> {
    const [step] = turn
    if (step?.makers && this.#absences.get(step.operationId) === 'made') await this.#make(step.makers)
    return this.#take(turn)
  }

  /** Makes or finds what the next step names. @returns whether it was made; if not, the step goes without */
  async #make(makers: readonly Step[]): Promise<boolean> {
    for (const maker of makers) {
      const end = maker.isShared ? await this.#share(maker) : await this.#prepare([maker])
      const reply = this.#replies.at(-1)
      if (end || !reply || !isSuccess(reply)) return false
    }
    return true
  }

  /** Sends what goes out together and judges it. @returns how the case ends, if it does */
  async #take(turn: readonly Step[]): Promise<End | undefined> {
    const { gate, cleanUp, send, isStopped, judge } = this.#ground
    const run = { replies: this.#replies, requests: this.#requests }
    const { id } = this.#case
    const by = turn[0]?.isShared ? this.#things.ownerOf(this.#case) : id
    const sent: Sent[] = []
    for (const step of turn) {
      const request = step.follow ? step.follow(run) : (step.request as CaseRequest)
      if ('skip' in request) return { outcome: 'not-reached', reason: request.skip }
      if (gate.isChange(request)) await this.#catchUp()
      const refusal = await gate.refuse(request, this.#case)
      if (refusal) return { outcome: 'not-reached', reason: refusal.reason }
      sent.push({ step, request })
    }
    for (const { request } of sent) cleanUp.expect(request)
    const settled = await Promise.allSettled(sent.map(({ request }) => send(request)))
    const answered: (Sent & { reply: JudgedReply; exchange: number })[] = []
    for (const [at, { step, request }] of sent.entries()) {
      const outcome = settled[at] as PromiseSettledResult<CaseReply>
      if (outcome.status === 'fulfilled') {
        const reply = toJudged(outcome.value)
        this.exchanges.push({ title: step.title, request: shortenRequest(request), reply: shortenReply(reply) })
        answered.push({ step, request, reply, exchange: this.exchanges.length - 1 })
        await cleanUp.note(by, request, reply)
        continue
      }
      if (outcome.reason instanceof NotSentError) {
        cleanUp.settle(request)
        continue
      }
      const { message } = outcome.reason as Error
      this.exchanges.push({ title: step.title, request: shortenRequest(request) })
      await cleanUp.unanswered(by, request, message)
      if (isStopped()) continue
      this.breaches.push({
        rule: { text: 'every request is answered', pointer: this.#case.rule.pointer, evidence: 'documented' },
        seen: message,
        cause: `not answered: ${message.replace(/\d+/g, '*')}`,
        exchange: this.exchanges.length - 1,
      })
    }
    if (answered.length < sent.length) {
      return isStopped()
        ? { outcome: 'skipped', reason: 'the run was ended' }
        : { outcome: 'not-reached', reason: 'a request was not answered' }
    }
    for (const { step, request, reply, exchange } of answered) {
      if (isAbsent(reply) && step.makers && !this.#absences.has(step.operationId)) {
        const isMade = await this.#make(step.makers)
        this.#absences.set(step.operationId, isMade ? 'made' : 'unmade')
        if (isMade) return this.#take([step])
      }
      const always = step.isSetUp ? [] : judge.judge(request.operationId, reply)
      for (const breach of [...step.judge(reply, run), ...always]) this.breaches.push({ ...breach, exchange })
      this.#requests.push(request)
      this.#replies.push(reply)
    }
    return undefined
  }
}

const isSuccess = ({ status }: JudgedReply): boolean => status >= 200 && status < 300

/** RFC 9110, sections 15.5.5 and 15.5.11. */
const isAbsent = ({ status }: JudgedReply): boolean => status === 404 || status === 410

/** Steps that go out together are one turn. */
function turnsOf(steps: readonly Step[]): Step[][] {
  const turns: Step[][] = []
  for (const [at, step] of steps.entries()) {
    if (steps[at - 1]?.withNext) turns.at(-1)?.push(step)
    else turns.push([step])
  }
  return turns
}

/** How a case ends before it begins; undefined where it may begin. */
function whyNot(one: Case, leave: Leave): End | undefined {
  if (one.unprovokable !== undefined) return { outcome: 'unprovokable', reason: one.unprovokable }
  const { needs, operationId } = one
  const touches = needs === 'login' || needs === 'logout'
  if (touches && one.id !== leave.only && !mayTouchSession(needs, operationId, leave.allowChanges)) {
    const what = needs === 'login' ? 'begins' : 'ends'
    return { outcome: 'not-reached', reason: `it ${what} a session; --allow-changes=${operationId} tries it` }
  }
  const missing = whatIsMissing(one, leave)
  return missing === undefined ? undefined : { outcome: 'skipped', reason: missing }
}

function whatIsMissing(one: Case, leave: Leave): string | undefined {
  if (one.needs === 'mail' && !leave.allowMail) return 'it may send messages to people; --allow-mail allows it'
  if (one.needs === 'bad-token' && !leave.hasBadToken) return 'no token is known to be wrong; give one with --bad-token'
  if (one.needs === 'second-tenant' && !leave.secondParams && !leave.hasSecondToken)
    return 'there is no second tenant; give one with --second-param or --second-token'
  return undefined
}
